"""The page that a council's own form is filled from: in the form's order, each answer to be copied without script, too long said so."""

import pytest

from tests.web import place
from tests.web.conftest import Enter
from visitapp.domain.portals import pieces
from visitapp.store import portals, recipients
from visitapp.wiring import Wired

RECIPIENT = "recipient-1"
LONG = "She slept. " * 40
ANSWERS = [
    {"ask": "Your name", "hint": "", "longest": 80, "answer": "Worker Hv"},
    {"ask": "Describe <it>", "hint": "A hint", "longest": 100, "answer": f"<b>🙂</b> \u202eہے {LONG}"},
    {"ask": "Nothing", "hint": "", "longest": None, "answer": ""},
]


@pytest.fixture
def referral(wired: Wired) -> str:
    place.visit(wired)
    id = place.referral(wired)
    for event in ("requested", "lettered"):
        place.happened(wired, id, event)
    place.lettered(wired, id)
    with wired.engine.write() as tx:
        [letter] = tx.all("SELECT id FROM letter WHERE referral = :id", id=id)
        recipients.add(
            tx, id=RECIPIENT, referral=id, household=place.FAMILY, place="receiver", document="referral", number=1, receiving_team="front",
            name="Front door", address="westfen_front_door", phone="1", transport="portal", reasons=(), **place.STAMP,
        )  # fmt: skip
        portals.add_sheet(
            tx, recipient=RECIPIENT, letter=letter["id"], household=place.FAMILY, portal="westfen_front_door-1", answers=ANSWERS,
            **place.STAMP,
        )  # fmt: skip
    return id


def test_every_answer_stands_there_to_copy_and_what_is_too_long_shows_where_to_cut(enter: Enter, referral: str) -> None:
    page = enter("hv").get(f"/referrals/{referral}/portal").text
    assert page.index("Your name") < page.index("Describe &lt;it&gt;") < page.index("Nothing")
    assert page.count("readonly") == 1 + len(pieces(ANSWERS[1]["answer"], 100))
    assert "Too long for this field: it takes 100 characters" in page
    assert "&lt;b&gt;🙂&lt;/b&gt; \u202eہے" in page
    assert "The letter says nothing of this." in page
    assert "https://concern.westfen.example/professional" in page
    assert "Copy it into their own form" in enter("hv").get(f"/referrals/{referral}").text
    assert "I have sent it" not in enter("lead").get(f"/referrals/{referral}/portal").text
    assert enter("west").get(f"/referrals/{referral}/portal").status_code == 404
    assert enter("duty").get(f"/referrals/{referral}/portal").status_code == 403


def test_the_reference_is_recorded_and_nothing_typed_is_lost(enter: Enter, wired: Wired, referral: str) -> None:
    where, typed = f"/referrals/{referral}/portal/{RECIPIENT}", "<b>🙂</b> \u202eہے" + "x" * 10_000
    refused = enter("hv").post(where, data={"reference": typed})
    assert refused.status_code == 422
    assert "Make this shorter" in refused.text
    assert "&lt;b&gt;🙂&lt;/b&gt;" in refused.text
    assert enter("west").post(where, data={"reference": "EH-1"}).status_code == 404
    assert enter("hv").post(where, data={"reference": "EH-1 🙂"}).headers["Location"] == f"/referrals/{referral}"
    page = enter("lead").get(f"/referrals/{referral}/portal").text
    assert "EH-1 🙂" in page
    assert "by Worker Hv" in page
    assert "the receiver’s own form" in enter("hv").get(f"/referrals/{referral}").text
    with wired.engine.read() as tx:
        assert len(tx.all("SELECT seq FROM journal WHERE kind = 'read.portal'")) >= 2
