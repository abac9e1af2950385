"""A referral that became graver says so on the page and in the list, is asked for again from there with everything as typed, and the team
that has it reads that it was."""

from tests.web import place
from tests.web.conftest import Enter
from visitapp.flow import refer
from visitapp.wiring import Wired

HOSTILE = '<b>"x"</b> 🧑 שלום '
SAID = {"asked_for": HOSTILE + "x" * 9_000, "parents_told": "yes", "parents_said": "They agree.", "why_not_early_help": "It was tried."}


def became_graver(wired: Wired) -> str:
    """A routine referral to social care that was delivered, and a later visit that says tonight."""
    place.visit(wired)
    id = place.referral(wired, level=3, urgency="routine", code="social_care")
    said = {"asked_for": "Please assess.", "not_told_why": []}
    for event in ("requested", "lettered", "delivered"):
        place.happened(wired, id, event, **(said if event == "requested" else {}))
    place.lettered(wired, id)
    place.visit(wired, "v-9", on="2026-11-21")
    with wired.engine.write() as tx:
        refer.propose(wired, tx, place.proposal("a-v-9", "v-9"), place.NOW)
    return id


def test_the_page_and_the_list_say_that_it_became_graver_and_what_is_to_be_done(enter: Enter, wired: Wired) -> None:
    id = became_graver(wired)
    for who in ("hv", "lead"):
        page = enter(who).get(f"/referrals/{id}").text
        for words in ("More urgent now, and they are not told", "they were asked for routine, and it is tonight", "Phone first",
                      "Ask again, more urgently",
                      "Until now: Please assess.", "Who gets it, and why", "They need not be told"):  # fmt: skip
            assert words in page, (who, words)
    assert "they are not told yet: phone, and send the update" in enter("hv").get("/referrals").text
    theirs = enter("duty").get(f"/referrals/{id}").text
    assert not [words for words in ("graver", "not told yet") if words in theirs], "told by us, and not by a screen"


def test_an_error_keeps_what_was_typed_and_it_is_asked_for_again(enter: Enter, wired: Wired) -> None:
    id = became_graver(wired)
    page = enter("hv").post(f"/referrals/{id}/raise", data=SAID | {"parents_told": ""})
    assert (page.status_code, 'href="#parents_told"' in page.text, "&lt;b&gt;" in page.text) == (422, True, True)
    assert enter("hv").post(f"/referrals/{id}/raise", data=SAID | {"look": "yes"}).status_code == 200
    assert enter("hv").post(f"/referrals/{id}/raise", data=SAID).status_code == 302
    page = enter("hv").get(f"/referrals/{id}").text
    assert "More urgent now, and they are not told" not in page
    assert "Urgent update, number 2, was sent" in page
    assert "&lt;b&gt;&#34;x&#34;" in page
    seen = enter("duty").get(f"/referrals/{id}").text
    assert "Urgent update, number 2" in seen, "the team that keeps it never loses sight of it"
    assert "It was asked for again, because it became graver" in enter("duty").get("/referrals").text


def test_it_is_let_stand_with_a_reason(enter: Enter, wired: Wired) -> None:
    id = became_graver(wired)
    assert enter("nurse").post(f"/referrals/{id}/let-stand", data={"stand_reason": "No."}).status_code == 403
    theirs = enter("nurse").get(f"/referrals/{id}").text
    assert ("/let-stand" in theirs, "is for a health visitor, a midwife or a supervisor of the team to say" in theirs) == (False, True)
    assert enter("west").post(f"/referrals/{id}/let-stand", data={"stand_reason": "No."}).status_code == 404
    page = enter("hv").post(f"/referrals/{id}/let-stand", data={"stand_reason": " "})
    assert (page.status_code, 'href="#stand_reason"' in page.text) == (422, True)
    assert enter("hv").post(f"/referrals/{id}/let-stand", data={"stand_reason": HOSTILE}).status_code == 302
    page = enter("hv").get(f"/referrals/{id}").text
    assert "Found graver, and left as it was sent" in page
    assert "&lt;b&gt;&#34;x&#34;" in page
