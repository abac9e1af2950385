"""A copy of the record for a parent: gone through by one, checked by another, given by hand; what was taken out is nowhere in the file."""

from io import BytesIO

import pikepdf
import pytest
from flask.testing import FlaskClient
from pikepdf import pdfa

from tests.letter.reading import pages
from tests.web import place
from tests.web.conftest import Enter
from visitapp.domain.record_requests import AFTER, EVENTS, answer_by, state, without
from visitapp.domain.working_days import is_working_day
from visitapp.store import duties, households, people
from visitapp.wiring import Wired

NEW = f"/families/{place.FAMILY}/copies/new"
ASKED = {
    "person": "p-2",
    "received_on-day": "20",
    "received_on-month": "11",
    "received_on-year": "2026",
    "identity": "I know her",
    "said": "",
}
SECRET, OTHERS = "Afraid of the uncle Zebedee", "Partner drinks vodka"
HOSTILE = "<b>Kettle</b> \u202eשלום 👩🏽‍🍼 on the stove"


@pytest.fixture
def visited(app: object, wired: Wired) -> None:
    with wired.engine.write() as tx:
        people.add_person(tx, id="p-9", **place.STAMP)
        households.add_member(tx, id="m-9", household=place.FAMILY, person="p-9", role="partner", from_on="2026-01-02", **place.STAMP)
        people.add_detail(tx, person="p-9", household=place.FAMILY, given_names="Quentin", family_name="Marlowe", **place.STAMP)
    placed = wired.catalogue.form("home_visit", 1).placed
    text = [id for id, (one, parent) in placed.items() if one.kind == "text" and parent is None and not one.confidential]
    inner, rows = next((id, parent) for id, (one, parent) in placed.items() if one.kind == "text" and parent and not one.confidential)
    apart = {"id": "r-1", "person": "p-2", "answers": {"abuse_said": {"value": SECRET}}}
    other = {"id": "r-2", "person": "p-9", "answers": {inner: {"value": OTHERS}}}
    said = {text[0]: {"value": HOSTILE}, text[1]: {"value": "Quentin slept here. " + "x" * 10_000}}
    place.visit(wired, answers=said | {"adults": {"rows": [apart]}, rows: {"rows": [other]}})


def asked(client: FlaskClient) -> str:
    answer = client.post(NEW, data=ASKED)
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return answer.location


def gone_through(client: FlaskClient, path: str) -> None:
    """Every entry kept as it is proposed."""
    while (here := client.get(f"{path}/next").location) != path:
        assert client.post(here, data={}).status_code == 302


def everywhere(file: bytes) -> bytes:
    """Every byte of a file as it is and as its streams say, and the words that are read out."""
    whole = pikepdf.open(BytesIO(file))
    inside = [one.read_bytes() for one in whole.objects if isinstance(one, pikepdf.Stream)]
    said = " ".join(str(one) for one in whole.objects) + "".join(pages(file))
    return b"\n".join([file, *inside, said.encode(), said.encode("utf-16-be")])


@pytest.mark.usefixtures("visited")
def test_from_the_request_to_the_parents_hand(enter: Enter, wired: Wired) -> None:
    hv, lead = enter("hv"), enter("lead")
    path = asked(hv)
    assert "20 December 2026" not in hv.get(path).get_data(as_text=True)  # a Sunday
    assert "21 December 2026" in hv.get(path).get_data(as_text=True)
    assert "Go through every entry first" in hv.post(f"{path}/for-check", data={"answer": "copy"}).get_data(as_text=True)
    gone_through(hv, path)
    assert hv.post(f"{path}/for-check", data={"answer": "copy"}).status_code == 302
    assert f'href="{path}"' in lead.get("/mine").get_data(as_text=True)
    refused = hv.post(f"{path}/check", data={"agrees": "yes"})
    assert refused.status_code == 422
    assert "cannot check it" in refused.get_data(as_text=True)
    page = lead.get(f"{path}/taken-out").get_data(as_text=True)
    for words in (SECRET, OTHERS, "Quentin Marlowe"):
        assert words in page
    assert lead.post(f"{path}/check", data={"agrees": "yes"}).status_code == 302
    with wired.engine.read() as tx:
        paper = tx.one("SELECT bytes FROM paper")
        assert {row["kind"] for row in duties.of_household(tx, place.FAMILY)} == {"record_request"}
    assert paper
    read = "".join(pages(file := bytes(paper["bytes"])))
    assert pdfa.check(pikepdf.open(BytesIO(file)), "2b").findings == []
    for words in ("Copy of the record: for Ada Okoro", "Isla Ashdown", "Kettle", "passages were taken out", "[Taken out]"):
        assert words in read
    found = everywhere(file)
    for words in ("Zebedee", "Afraid", "vodka", "Quentin", "Marlowe", "slept here"):
        for form in (words.encode(), words.encode("utf-16-be")):
            assert form not in found, words
    given = {"on_date-day": "21", "on_date-month": "11", "on_date-year": "2026", "how": "To her, at home"}
    assert hv.post(f"{path}/give", data=given).status_code == 302
    with wired.engine.read() as tx:
        assert duties.of_household(tx, place.FAMILY) == []


@pytest.mark.usefixtures("visited")
def test_one_entry_is_decided_item_by_item_and_nothing_typed_is_lost(enter: Enter, wired: Wired) -> None:
    lead = enter("lead")
    path = asked(lead)
    with wired.engine.read() as tx:
        visit = tx.one("SELECT seq FROM submission WHERE id = :id", id=place.VISIT)
    assert visit
    here = f"{path}/entries/{visit['seq']}"
    key = next(
        line.split('name="does:')[1].split('"')[0]
        for line in lead.get(here).get_data(as_text=True).split("<")
        if 'name="does:' in line and "adults" not in line
    )
    wrong = lead.post(
        here, data={f"does:{key}": "words", f"words:{key}": "Teapot", f"reason:{key}": "third_party", f"why:{key}": "<i>Ask</i>"}
    )
    assert wrong.status_code == 422
    page = wrong.get_data(as_text=True)
    assert "do not stand in the text" in page
    assert "Teapot</textarea>" in page
    assert "&lt;i&gt;Ask" in page
    assert lead.post(here, data={f"does:{key}": "out"}).status_code == 422  # no reason
    assert lead.post(here, data={f"does:{key}": "words", f"words:{key}": "KETTLE", f"reason:{key}": "third_party"}).status_code == 302
    assert "Words taken out" in lead.get(here).get_data(as_text=True)


def test_a_refusal_is_checked_too_and_a_request_given_back_is_open_again(enter: Enter) -> None:
    hv, lead = enter("hv"), enter("lead")
    path = asked(hv)
    assert hv.post(f"{path}/for-check", data={"answer": "refusal"}).status_code == 422
    refusal = {"answer": "refusal", "ground": "serious_harm", "reason": "The paediatrician says so"}
    assert hv.post(f"{path}/for-check", data=refusal).status_code == 302
    assert lead.post(f"{path}/check", data={"agrees": "no"}).status_code == 422
    assert lead.post(f"{path}/check", data={"agrees": "no", "reason": "Ask the child’s doctor"}).status_code == 302
    assert hv.post(f"{path}/for-check", data=refusal).status_code == 302
    assert lead.post(f"{path}/check", data={"agrees": "yes"}).status_code == 302
    assert hv.post(f"{path}/extend", data={"why": "late"}).status_code == 409
    assert hv.post(f"{path}/withdraw", data={"why": "She phoned"}).status_code == 302


def test_more_time_is_taken_once_and_moves_the_clock(enter: Enter) -> None:
    path = asked(hv := enter("hv"))
    assert hv.post(f"{path}/extend", data={"why": "Ten years; told her today"}).status_code == 302
    assert "22 February 2027" in hv.get(path).get_data(as_text=True)  # the 20th is a Saturday
    assert hv.post(f"{path}/extend", data={"why": "Again"}).status_code == 422


def test_who_may_not_read_what_is_apart_does_not_work_on_a_request(enter: Enter) -> None:
    path = asked(enter("hv"))
    for account in ("midwife", "nurse", "west"):
        assert enter(account).get(NEW).status_code == 404
        assert enter(account).get(path).status_code == 404
        assert enter(account).get(f"{path}/taken-out").status_code == 404
        assert enter(account).post(f"{path}/withdraw", data={"why": "x"}).status_code == 404
    assert enter("hv").post(NEW, data={}).status_code == 422


def test_the_month_is_counted_as_the_commissioner_counts_it() -> None:
    from datetime import date

    for received, months, by in (
        ("2026-09-03", 1, "2026-10-05"), ("2026-08-31", 1, "2026-09-30"), ("2027-01-31", 1, "2027-03-01"), ("2026-11-25", 1, "2026-12-29"),
        ("2026-11-30", 3, "2027-03-01"),
    ):  # fmt: skip
        assert answer_by(date.fromisoformat(received), months, is_working_day).isoformat() == by


def test_states_and_words() -> None:
    for before, event in AFTER:
        assert event in EVENTS
        assert before is None or before in AFTER.values()
    assert state(["asked", "for_check", "returned", "for_check", "approved", "given"]) == "answered"
    with pytest.raises(ValueError, match="cannot happen"):
        state(["asked", "given"])
    assert without("Aunt  Bea and aunt bea", ["Aunt Bea"], "[…]") == "[…] and […]"
