"""The supervisor's page of staff, and the pages on which a talk, a second worker, a risk and a date of supervision are recorded."""

import pytest

from tests.web import place
from tests.web.conftest import Enter
from tests.web.test_whose_turn import HOSTILE, on, record
from visitapp.domain.curiosity import HELP
from visitapp.domain.findings import Finding
from visitapp.flow import second_workers
from visitapp.store import duties
from visitapp.store.duties import owe
from visitapp.wiring import Wired

FAMILY = f"/families/{place.FAMILY}"
TALK = on("on_date", "2026-11-21") | {
    "with_whom": "Worker Hv and Worker Lead", "how_is": "shaken", "how_words": "Rest on Friday.", "judged": "ambivalent",
    "judged_why": "Late twice, and glad of the scales.", "changes": "Two go, at ten.",
}  # fmt: skip
RISK = on("from_on", "2026-11-20") | {"kind": "dog", "words": "A dog, loose in the yard.", "known": "seen", "source": "The postman"}


@pytest.fixture
def refused(enter: Enter, wired: Wired) -> str:
    """A visit that was refused, about which a talk is owed."""
    place.visit(wired, place.NOT_LET_IN, form="not_let_in", kind="visit_not_completed", outcome="refused_at_door", on="2026-11-20")
    with wired.engine.write() as tx:
        duties.owe(
            tx, subject=f"debrief:{place.NOT_LET_IN}", kind="debrief", what="Talk the visit through with Worker Hv.",
            due_at="2026-11-24T10:00:00.000Z", at=place.BEFORE, actor="service", household=place.FAMILY, owner_account="lead",
        )  # fmt: skip
    return f"/staff/debrief/{place.NOT_LET_IN}"


def test_a_talk_is_owed_on_the_page_of_staff_and_the_family_recorded_and_then_read(enter: Enter, refused: str) -> None:
    lead, hv = enter("lead"), enter("hv")
    for path in ("/staff", FAMILY, "/mine"):
        assert f'href="{refused}"' in lead.get(path).text, path
    assert "The worker never records it themselves" in hv.get(refused).text
    assert hv.post(refused, data=TALK).status_code == 403
    assert "kept as typed" in record(lead, refused, TALK | {"changes": "", "judged_why": "kept as typed"}, 422)
    record(lead, refused, TALK)
    assert "No talk is owed" in lead.get("/staff").text
    page, theirs = lead.get(refused).text, enter("midwife").get(refused).text
    assert "Two go, at ten." in page
    assert ("Rest on Friday" in page, "Rest on Friday" in hv.get(refused).text, "Rest on Friday" in theirs) == (True, True, False)
    family = hv.get(FAMILY).text
    assert "Two go, at ten." in family
    assert "Rest on Friday" not in family


def test_a_second_worker_is_asked_for_at_the_desk_and_answered(enter: Enter, wired: Wired) -> None:
    hv, lead = enter("hv"), enter("lead")
    assert "Say why two should go" in record(hv, f"{FAMILY}/second-worker", {"words": ""}, 422)
    record(hv, f"{FAMILY}/second-worker", {"words": "Two adults shouted."})
    page = lead.get("/staff").text
    answer = next(part for part in page.split('href="')[1:] if part.startswith("/staff/second/")).split('"')[0]
    assert "Two adults shouted." in lead.get(answer).text
    assert "Not answered yet" in hv.get(answer).text
    assert hv.post(answer, data={"goes": "yes", "name": "Me"}).status_code == 403
    assert "Name who goes along" in record(lead, answer, {"goes": "yes"}, 422)
    record(lead, answer, {"goes": "yes", "account": "midwife", "words": "Meet at ten."})
    assert "Worker Midwife goes along" in hv.get(FAMILY).text
    assert "Nobody waits for a second worker" in lead.get("/staff").text
    assert "Worker Midwife" in hv.get(answer).text


def test_a_risk_is_recorded_shown_confirmed_and_ended_and_none_is_no_promise(enter: Enter) -> None:
    hv = enter("hv")
    for path in (FAMILY, f"{FAMILY}/risks"):
        assert "does not mean that there is none" in hv.get(path).text
    assert "in place of “aggressive”" in record(hv, f"{FAMILY}/risks/new", RISK | {"words": "An aggressive man."}, 422)
    record(hv, f"{FAMILY}/risks/new", RISK | {"protected": "yes"})
    for path in (FAMILY, f"{FAMILY}/risks"):
        page = hv.get(path).text
        for words in ("A dog, loose in the yard.", "Source protected", "It ends on 24 May 2027", "The postman"):
            assert words in page, (path, words)
        theirs = enter("midwife").get(path).text
        assert ("The postman" in theirs, "the name is kept for supervisors" in theirs) == (False, True)
    paths = {part.split('"')[0] for part in page.split('href="')[1:] if part.startswith("/risks/")}
    said = on("on_date", "2026-11-21") | {"words": "Seen again.", "known": "seen"}
    for path in sorted(paths):
        record(hv, path, said)
    assert "to be so no more" in hv.get(f"{FAMILY}/risks").text
    assert hv.get(min(paths).replace("confirmed", "forgotten")).status_code == 404


def test_supervision_is_booked_held_and_missed_by_a_supervisor(enter: Enter) -> None:
    lead = enter("lead")
    assert "None is recorded" in lead.get("/staff").text
    record(lead, "/staff/supervision/hv/booked", on("on_date", "2026-12-04") | {"words": "The quiet room"})
    assert "Booked for 4 December 2026" in lead.get("/staff").text
    record(lead, "/staff/supervision/hv/missed", on("on_date", "2026-11-20") | {"words": "Ill."})
    record(lead, "/staff/supervision/hv/held", on("on_date", "2026-11-21"))
    page = lead.get("/staff").text
    assert "Last held on 21 November 2026" in page
    assert "Due by 20 February 2027" in page
    assert "The quiet room" in lead.get("/staff/supervision/hv").text
    assert "This day is over" in record(lead, "/staff/supervision/hv/booked", on("on_date", "2026-11-01"), 422)
    assert lead.get("/staff/supervision/hv/forgotten").status_code == 404
    assert lead.get("/staff/supervision/west").status_code == 404
    assert enter("hv").get("/staff").status_code == 403


def test_a_team_without_a_supervisor_is_led_to_no_page_that_is_refused(enter: Enter, wired: Wired) -> None:
    with wired.engine.write() as tx:
        owe(tx, subject="supervision:west", kind="supervision", what="Safeguarding supervision.", due_at=place.BEFORE, owner_account="west",
            household=None, **place.STAMP)  # fmt: skip
    page = enter("west").get("/mine").text
    assert "A supervisor of your team records it." in page
    assert 'href="/staff' not in page


def test_every_text_meets_what_people_paste(enter: Enter, refused: str) -> None:
    lead = enter("lead")
    for text in HOSTILE:
        record(lead, f"{FAMILY}/risks/new", RISK | {"words": text, "source": text})
        record(lead, f"{FAMILY}/second-worker", {"words": text})
        record(lead, "/staff/supervision/hv/missed", on("on_date", "2026-11-20") | {"words": text})
    record(lead, refused, TALK | dict.fromkeys(("with_whom", "how_words", "judged_why", "changes"), HOSTILE[0]))
    for path in ("/staff", FAMILY, f"{FAMILY}/risks", refused, "/staff/supervision/hv"):
        assert lead.get(path).status_code == 200, path


def test_no_page_of_it_shows_another_teams_family(enter: Enter, refused: str, wired: Wired) -> None:
    west = enter("west")
    request = second_workers.ask(wired, "hv", place.FAMILY, words="Two adults shouted.")
    for path in (refused, f"/staff/second/{request}", f"{FAMILY}/risks", f"{FAMILY}/risks/new", f"{FAMILY}/second-worker"):
        assert west.get(path).status_code == 404, path


def test_help_with_a_family_who_keeps_us_at_a_distance_stands_where_its_pattern_is_found(enter: Enter, wired: Wired) -> None:
    found = HELP["cancelled"].found
    for number in (1, 2):
        assert found not in enter("hv").get(FAMILY).text
        place.visit(
            wired, f"c-{number}", form="not_let_in", kind="visit_not_completed", outcome="cancelled_by_family", on=f"2026-11-1{number}"
        )
    page = enter("hv").get(FAMILY).text
    assert found in page
    assert HELP["cancelled"].tries[0] in page
    again = Finding("cancelled_again", "engagement", "", "", "present", "advise", 1, (), ())
    place.visit(wired, "c-3", form="not_let_in", kind="visit_not_completed", outcome="cancelled_by_family", findings=((again, "Again."),))
    assert HELP["cancelled"].tries[0] in enter("hv").get("/visits/c-3").text, "beside the finding"


def test_a_tablet_asks_by_its_own_credential_and_takes_the_answer_with_the_risks(enter: Enter, wired: Wired) -> None:
    hv = enter("hv")
    new = hv.post("/tablet/api/devices", json={"label": "Tablet 7"}).get_json()
    credential = {"Authorization": f"Device {new['device']}:{new['secret']}"}
    tap = {"household": place.FAMILY, "id": "tap-1", "asked_from": "door", "asked_at": place.BEFORE}
    for said, status in ((tap, 200), (tap, 200), (tap | {"household": place.WESTERN, "id": "tap-2"}, 404), ({"id": "tap-3"}, 422)):
        assert enter("").post("/tablet/api/second-workers", json=said, headers=credential).status_code == status
    assert enter("").post("/tablet/api/second-workers", json=tap).status_code == 401
    second_workers.answer(wired, "lead", "tap-1", goes="yes", account="midwife", words="At ten.")
    record(hv, f"{FAMILY}/risks/new", RISK)
    record(hv, f"{FAMILY}/risks/new", RISK | {"kind": "person", "protected": "yes"})
    found = hv.get("/tablet/api/caseload").get_json()
    [family] = [one for one in found["families"] if one["household"] == place.FAMILY]
    assert (family["second"]["state"], family["second"]["who"], family["second"]["words"]) == ("goes", "Worker Midwife", "At ten.")
    kinds = {one["kind"]: (one["source"], one["protected"], one["stands"]) for one in family["risks"]}
    assert kinds["A dog or another animal"] == ("The postman", False, True)
    assert kinds["Somebody not to be met alone"] == ("", True, True), "who said so is never on a tablet"
    assert [one["code"] for one in found["help"]] == list(HELP)
    assert family["curious"] == []
    assert not any("second worker" in one["what"] for one in family["duties"]), "not among what the family may read as still to do"
