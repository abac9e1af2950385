"""Asking another team on the screens: whoever asks sees nothing of theirs, who answers sees both sides, and nothing typed is lost."""

import re

import pytest

from tests.web import place
from tests.web.conftest import Enter
from tests.web.test_arrangements import HOSTILE
from visitapp.store import accounts, households, people
from visitapp.wiring import Wired

HERE, WEST = f"/families/{place.FAMILY}", f"/families/{place.WESTERN}"
SAID = {"to_team": "west", "nhs_number": "", "words": "Her sister says that Westfen visits them.", "goes_on": "us"}


@pytest.fixture
def westlead(wired: Wired) -> None:
    """A supervisor of Westfen, and in its family the baby whose number the family in Eastmoor has."""
    with wired.engine.write() as tx:
        accounts.add_account(
            tx, id="westlead", username="westlead.user", name="Worker Westlead", role="supervisor", team="west", **place.STAMP
        )
        people.add_person(tx, id="p-7", **place.STAMP)
        households.add_member(tx, id="p-7@f-3", household=place.WESTERN, person="p-7", role="child", from_on="2026-11-02", **place.STAMP)
        people.add_detail(
            tx, person="p-7", household=place.WESTERN, given_names="Yzla", family_name="Westerly", born_on="2026-09-20",
            nhs_number="9990000018", **place.STAMP,
        )  # fmt: skip


def test_one_team_asks_and_the_other_agrees_with_both_sides_in_view(enter: Enter, wired: Wired, westlead: None) -> None:
    hv, west = enter("hv"), enter("west")
    assert f"{HERE}/join/ask" in hv.get(f"{HERE}/join").text
    assert west.get(f"{HERE}/join/ask").status_code == 404
    assert west.post(f"{HERE}/join/ask", data=SAID).status_code == 404
    wrong = hv.post(f"{HERE}/join/ask", data=SAID | {"goes_on": ""})
    assert wrong.status_code == 422
    assert "Her sister says" in wrong.text
    assert hv.post(f"{HERE}/join/ask", data=SAID).status_code == 302
    page = hv.get(HERE).text
    assert "Team West was asked on 22 November 2026" in page
    assert not re.search("Westerly|Yzla|f-3", page)
    assert west.get("/joins").status_code == 403
    lead = enter("westlead")
    assert "Another team asks whether this record is of the same family" in lead.get("/today").text
    [asked] = set(re.findall(r'href="(/joins/[^"]+)"', lead.get("/joins").text))
    for who in ("hv", "lead", "admin", "duty"):
        assert enter(who).get(asked).status_code in (403, 404)
        assert enter(who).post(f"{asked}/agree", data={"with": place.WESTERN, "why": "x"}).status_code in (403, 404)
    lead = enter("westlead")
    both = lead.get(asked).text
    assert "Isla Ashdown" in both
    assert "Yzla Westerly" in both
    assert re.search(r'<option value="p-1" selected>', both), "one number"
    assert lead.get(HERE).status_code == 404, "no more of it"
    lost = lead.post(f"{asked}/agree", data={"with": place.WESTERN, "why": " ", "same-p-7": "p-1"})
    assert lost.status_code == 422
    assert re.search(r'<option value="p-1" selected>', lost.text)
    assert lead.post(f"{asked}/agree", data={"with": place.FAMILY, "why": "x"}).status_code in (404, 422)
    assert lead.post(f"{asked}/agree", data={"with": place.WESTERN, "why": "One red book.", "same-p-7": "p-1"}).location == "/joins"
    assert lead.get(WEST).status_code == 404, "it is the other team's"
    hv = enter("hv")
    assert "was joined to this one" in hv.get(HERE).text
    assert "Go on there" in hv.get(WEST).text
    assert "they are one family" in hv.get(f"{HERE}?show=people").text


def test_not_agreed_or_taken_back_it_is_said_where_it_was_asked(enter: Enter, westlead: None) -> None:
    hv = enter("hv")
    for _ in range(2):
        assert hv.post(f"{HERE}/join/ask", data=SAID).status_code == 302
        [back] = re.findall(rf'href="({HERE}/join/asked/[^"]+/back)"', hv.get(HERE).text)
        lead = enter("westlead")
        [asked] = set(re.findall(r'href="(/joins/[^"]+)"', lead.get("/joins").text))
        if _:
            hv = enter("hv")
            assert hv.post(back, data={"reason": ""}).status_code == 422
            assert hv.post(back, data={"reason": "They phoned."}).status_code == 302
            assert hv.get(back).status_code == 404
        else:
            assert lead.post(f"{asked}/refuse", data={"reason": " "}).status_code == 422
            assert lead.post(f"{asked}/refuse", data={"reason": "Two babies of one name."}).location == "/joins"
            hv = enter("hv")
            assert "Two babies of one name." in hv.get(HERE).text
    assert "Nothing waits" in enter("westlead").get("/joins").text


def test_what_was_typed_is_shown_as_it_was(enter: Enter, westlead: None) -> None:
    for text in HOSTILE:
        assert enter("hv").post(f"{HERE}/join/ask", data=SAID | {"words": text, "nhs_number": "9990000026"}).status_code == 302
        lead = enter("westlead")
        assert "1 question" in lead.get("/today").text, "no record of theirs has this number"
        [asked] = set(re.findall(r'href="(/joins/[^"]+)"', lead.get("/joins").text))
        assert "<b>bold" not in lead.get(f"{asked}?find=Westerly").text
        assert lead.post(f"{asked}/refuse", data={"reason": text}).status_code == 302
        assert "<b>bold" not in enter("hv").get(HERE).text
