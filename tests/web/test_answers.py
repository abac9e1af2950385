"""The answers on their screens: each side can give what is its to give, and a mistake is said beside its field with everything kept."""

import pytest

from tests.web import place
from tests.web.conftest import Enter
from tests.web.test_screens import COMPLETION, HOSTILE
from visitapp.store import recipients
from visitapp.wiring import Wired

SAID = {"said_by": "Kim Ode", "said_role": "Duty social worker"}
DECISION = {
    "outcome": "assessment_s17", "reason": "A broken cot.", "next_step": "Kim visits.", "next_on-day": "24", "next_on-month": "11",
    "next_on-year": "2026", "contact": "Kim Ode, 01632 960107",
}  # fmt: skip
NOT_OURS = {"not_ours_reason": "They live in Westfen.", "whose": "Westfen's front door"}


@pytest.fixture
def referral(enter: Enter, wired: Wired) -> str:
    return delivered(enter, wired)


def delivered(enter: Enter, wired: Wired) -> str:
    """A referral whose letter the receiving team has; its id."""
    place.visit(wired, findings=(place.PRESENT, place.UNKNOWN))
    id = place.referral(wired)
    enter("hv").post(f"/referrals/{id}/send", data=COMPLETION)
    place.lettered(wired, id)
    for event in ("lettered", "delivered"):
        place.happened(wired, id, event)
    return id


def test_an_answer_by_phone_is_read_as_told_by_phone(enter: Enter, referral: str) -> None:
    assert "They answered by phone" in enter("lead").get(f"/referrals/{referral}").text
    said = (
        SAID
        | DECISION
        | {"answer": "decision", "said_at-day": "22", "said_at-month": "11", "said_at-year": "2026", "said_at-time": "10:15"}
    )
    assert enter("hv").post(f"/referrals/{referral}/told-by-phone", data=said).status_code == 302
    for page in (enter("hv").get(f"/referrals/{referral}").text, enter("lead").get(f"/families/{place.FAMILY}").text):
        for words in (
            "As told by phone to Worker Hv: Kim Ode, Duty social worker, 22 November 2026 at 10:15",
            "A broken cot.",
            "24 November 2026",
        ):
            assert words in page, words
    assert "They answered by phone" not in enter("hv").get(f"/referrals/{referral}").text
    assert enter("hv").post(f"/referrals/{referral}/told-by-phone", data=said).status_code == 409


def test_a_mistake_stands_beside_its_field_and_everything_is_kept(enter: Enter, referral: str) -> None:
    no_day = {"said_at-day": "31", "said_at-month": "2", "said_at-year": "2026"}
    for field, typed in (
        ("answer", SAID),
        ("said_by", {"answer": "received"}),
        ("said_at", SAID | {"answer": "received"} | no_day),
        ("not_ours_reason", SAID | {"answer": "not_for_us"}),
    ):
        page = enter("hv").post(f"/referrals/{referral}/told-by-phone", data={"whose": HOSTILE} | typed)
        assert page.status_code == 422
        assert f'href="#{field}"' in page.text
        assert "&lt;script&gt;" in page.text
        assert 'class="nhsuk-details" open' in page.text, "what was typed is in view"


def test_not_for_us_comes_back_and_is_sent_on(enter: Enter, referral: str) -> None:
    assert "Say why it is not" in enter("duty").post(f"/referrals/{referral}/not-for-us", data={"whose": HOSTILE}).text
    assert enter("duty").post(f"/referrals/{referral}/not-for-us", data=NOT_OURS).status_code == 302
    theirs = enter("duty").get(f"/referrals/{referral}").text
    assert "Given back to the practitioner" in theirs
    assert "choose where else" not in theirs
    assert "choose where else it goes" in enter("hv").get("/referrals").text
    page = enter("hv").get(f"/referrals/{referral}").text
    for words in ("They live in Westfen.", "Front door of Eastmoor (gave it back)", "Do not send it on"):
        assert words in page, words
    assert "Do not send it on" not in enter("lead").get(f"/referrals/{referral}").text
    assert "Choose where it goes now" in enter("hv").post(f"/referrals/{referral}/send-on", data={"why": HOSTILE}).text
    assert enter("hv").post(f"/referrals/{referral}/send-on", data={"team": "elsewhere"}).status_code == 302
    assert "Sent on to another team: Front door of Westfen" in enter("hv").get(f"/referrals/{referral}").text
    assert enter("duty").get(f"/referrals/{referral}").status_code == 404, "what is with somebody else is no more theirs to read"
    assert enter("other_duty").get(f"/referrals/{referral}").status_code == 404, "and not theirs before it is delivered"


def test_the_team_that_gave_it_back_is_named_and_not_the_one_that_was_proposed(enter: Enter, wired: Wired, referral: str) -> None:
    with wired.engine.write() as tx:
        first = recipients.receiver(tx, referral)
        assert first is not None
        recipients.add(
            tx, id="r-duty", referral=referral, household=place.FAMILY, place="receiver", document="referral", number=1,
            receiving_team="elsewhere", name="Front door of Westfen", address="d@westfen.example", phone="", transport="folder", reasons=(),
            at="2026-11-22T10:00:00.000Z", actor="system", instead_of=first["id"],
        )  # fmt: skip
    said = SAID | {"answer": "not_for_us", "not_ours_reason": "They are Eastmoor's."}
    assert enter("hv").post(f"/referrals/{referral}/told-by-phone", data=said).status_code == 302
    page = enter("hv").get(f"/referrals/{referral}").text
    assert [name in page for name in ("Front door of Westfen (gave it back)", "Front door of Eastmoor (gave it back)")] == [True, False]


def test_who_has_it_now_reads_and_answers_it(enter: Enter, wired: Wired, referral: str) -> None:
    enter("duty").post(f"/referrals/{referral}/not-for-us", data=NOT_OURS)
    enter("lead").post(f"/referrals/{referral}/send-on", data={"team": "elsewhere"})
    for event in ("lettered", "delivered"):
        place.happened(wired, referral, event)
    assert enter("other_duty").get(f"/referrals/{referral}").status_code == 200
    assert enter("other_duty").post(f"/referrals/{referral}/decide", data=DECISION).status_code == 302
    page = enter("lead").get(f"/families/{place.FAMILY}?show=referrals").text
    assert page.index("Front door of Westfen") < page.index("Front door of Eastmoor"), "each event names the team it was with then"


def test_only_the_familys_team_writes_down_a_call_or_sends_on(enter: Enter, referral: str) -> None:
    for account in ("west", "duty", "admin"):
        for path, typed in (("told-by-phone", SAID | {"answer": "received"}), ("send-on", {"team": "elsewhere"})):
            assert enter(account).post(f"/referrals/{referral}/{path}", data=typed).status_code in (403, 404)


def test_where_no_link_travelled_it_is_said(enter: Enter, wired: Wired, referral: str) -> None:
    said = "There is no link to answer with"
    assert said not in enter("hv").get(f"/referrals/{referral}").text
    with wired.engine.write() as tx:
        known = recipients.receiver(tx, referral)
        assert known is not None
        kept = {name: known[name] for name in ("referral", "household", "place", "document", "number", "receiving_team", "name", "phone")}
        recipients.add(
            tx, id="by-mesh", **kept, address="X26ABC2", transport="mesh", reasons=(), instead_of=known["id"], **place.STAMP
        )  # fmt: skip
    assert f"{said} in what they got: by MESH" in enter("hv").get(f"/referrals/{referral}").text


def test_what_is_asked_and_where_the_children_are_can_be_changed_before_it_is_sent_on(enter: Enter, referral: str) -> None:
    assert enter("duty").post(f"/referrals/{referral}/not-for-us", data=NOT_OURS).status_code == 302
    page = enter("hv").get(f"/referrals/{referral}").text
    for words in ("What do you ask of them?", "Where is Isla tonight?", "By when? (if a day matters)"):
        assert words in page, words
    typed = {"team": "elsewhere", "asked_for": HOSTILE, "tonight-p-1-where": HOSTILE, "asked_by_on-day": "40", "asked_by_on-month": "1",
             "asked_by_on-year": "2027"}  # fmt: skip
    wrong = enter("hv").post(f"/referrals/{referral}/send-on", data=typed)
    assert (wrong.status_code, 'href="#asked_by_on' in wrong.text, wrong.text.count("&lt;script&gt;") >= 2) == (422, True, True)
    assert enter("hv").post(f"/referrals/{referral}/send-on", data=typed | {"asked_by_on-day": "4"}).status_code == 302
    assert "&lt;script&gt;" in enter("hv").get(f"/referrals/{referral}").text
