"""What a tablet is told: its caseload in the agreed shape, receipts and results of its own visits only, and each read written down."""

import json
from typing import Any

from tests.web import place
from tests.web.conftest import Enter
from visitapp.store import households, submissions, teams
from visitapp.wiring import Wired


def test_who_is_signed_in(enter: Enter) -> None:
    assert enter("hv").get("/tablet/api/whoami").get_json() == {"account": {"id": "hv", "name": "Worker Hv", "role": "health_visitor"}}
    assert enter("").get("/tablet/api/whoami").status_code == 401


def test_a_tablet_registers_once_and_gets_its_half_of_the_second_wrap_again(enter: Enter) -> None:
    hv = enter("hv")
    answer = hv.post("/tablet/api/devices", json={"label": "Tablet 7"})
    assert answer.status_code == 201
    new = answer.get_json()
    assert hv.get(f"/tablet/api/recovery?device={new['device']}").get_json() == {"recovery": new["recovery"]}
    assert enter("midwife").get(f"/tablet/api/recovery?device={new['device']}").status_code == 404
    for wrong in ({}, {"label": 7}, {"label": " "}):
        assert hv.post("/tablet/api/devices", json=wrong).get_json()["problem"]["field"] == "label"
    assert hv.post("/tablet/api/devices", data=b"\xff").get_json()["problem"]["code"] == "not_json"


def caseload(enter: Enter) -> dict[str, Any]:
    found: dict[str, Any] = enter("hv").get("/tablet/api/caseload").get_json()
    return found


def test_the_caseload_has_the_agreed_shape(enter: Enter, wired: Wired) -> None:
    place.visit(wired, findings=(place.PRESENT, place.UNKNOWN))
    place.visit(wired, place.NOT_LET_IN, on="2026-11-10", form="not_let_in", kind="visit_not_completed", outcome="no_answer")
    place.referral(wired)
    found = caseload(enter)
    assert set(found) == {"as_of", "account", "service_key", "forms", "office_hours", "opens_offline", "reviews", "handovers", "families",
                          "help", "news"}  # fmt: skip
    assert found["service_key"]["jwk"]["crv"] == "P-256"
    assert {form["name"] for form in found["forms"]} == {form.name for form in wired.catalogue.forms}
    assert found["forms"][0]["page"].startswith("/tablet/forms/")
    assert "2026-12-25" in found["office_hours"]["holidays"]
    assert found["opens_offline"] == wired.catalogue.policy.number("opens_offline") > 0, "days"
    assert [family["household"] for family in found["families"]] == [place.FAMILY], "named to this practitioner"
    family = found["families"][0]
    assert set(family) == {
        "household", "name", "address", "postcode", "area", "due", "people", "given", "contacts", "earlier", "referrals",
        "established", "plans", "duties", "memory", "losses", "risks", "second", "talk", "curious", "phones",
    }  # fmt: skip
    assert family["given"]["on"] == "2026-11-22"
    assert [person["role"] for person in family["people"]] == ["child", "mother"]
    assert [visit["submission"] for visit in family["earlier"]] == [place.VISIT, place.NOT_LET_IN], "newest first"
    assert family["earlier"][0]["findings"][0] == {
        "area": "sleep", "state": "present", "severity": "tonight", "said": "Isla slept on a sofa.", "about": "Isla",
    }  # fmt: skip
    assert family["earlier"][1]["outcome"] == "It was arranged, and nobody answered"
    assert family["referrals"][0]["state"] == "proposed"


def test_whom_to_phone_is_the_front_door_then_999_then_the_supervisor(enter: Enter, wired: Wired) -> None:
    with wired.engine.write() as tx:
        teams.add_receiving_team(
            tx, id="help", name="Early help", area="eastmoor", kind="early_help", email="help@eastmoor.example", phone="01632 960300",
            phone_out_of_hours="01632 960301", review_on="2027-01-01", **place.STAMP,
        )  # fmt: skip
    contacts = caseload(enter)["families"][0]["contacts"]
    assert [one["who"] for one in contacts if one.get("second")] == ["Supervisor, Worker Lead"], "who can send a second worker"
    assert [(one["who"], one["number"], one["when"]) for one in contacts] == [
        ("Front door of Eastmoor", "01632 960100", "in_hours"),
        ("Front door of Eastmoor, out of hours", "01632 960101", "out_of_hours"),
        ("Emergency services", "999", "always"),
        ("NHS 111, for a child who is unwell", "111", "always"),
        ("Supervisor, Worker Lead", "07700 900123", "always"),
    ]


def test_taking_a_caseload_is_one_read_of_each_family(enter: Enter, wired: Wired) -> None:
    with wired.engine.write() as tx:
        households.plan_visit(tx, id="due", household=place.QUIET, what="New birth visit", on_date="2026-11-29", **place.STAMP)
    assert caseload(enter)["families"][1]["due"] == [{"what": "New birth visit", "on": "2026-11-29"}], "somebody may have to cover"
    read = [(row["kind"], row["actor"], row["household"]) for row in place.reads(wired)]
    assert read == [("read.caseload", "hv", place.FAMILY), ("read.caseload", "hv", place.QUIET)], "one of each, by name"


def test_a_planned_visit_that_was_missed_stays_until_a_visit_is_recorded(enter: Enter, wired: Wired) -> None:
    with wired.engine.write() as tx:
        for family in (place.FAMILY, place.QUIET):
            households.plan_visit(tx, id=f"due-{family}", household=family, what="Weighing", on_date="2026-11-20", **place.STAMP)
    place.visit(wired, "v-before", on="2026-11-19", household=place.QUIET, author="midwife")
    missed = [{"what": "Weighing", "on": "2026-11-20"}]
    assert [family["due"] for family in caseload(enter)["families"]] == [missed, missed], "a colleague's family too"
    assert "<strong>was due on 20 November 2026</strong>" in enter("hv").get(f"/families/{place.QUIET}").text
    place.visit(wired, "v-tried", on="2026-11-20", form="not_let_in", kind="visit_not_completed", outcome="no_answer")
    place.visit(wired, "v-after", on="2026-11-21", household=place.QUIET, author="midwife")
    assert [(family["household"], family["due"]) for family in caseload(enter)["families"]] == [(place.FAMILY, [])]
    assert "was due on" not in enter("hv").get(f"/families/{place.QUIET}").text


def test_a_decision_is_said_with_what_was_decided(enter: Enter, wired: Wired) -> None:
    place.visit(wired)
    referral = place.referral(wired)
    for event in ("requested", "lettered", "delivered"):
        place.happened(wired, referral, event)
    assert caseload(enter)["families"][0]["referrals"][0]["words"] == "Delivered: waiting for somebody to acknowledge it"
    place.happened(wired, referral, "decided", outcome="early_help", reason="Enough support.", next_step="")
    [said] = caseload(enter)["families"][0]["referrals"]
    answer = said.pop("answer")
    assert said == {"id": referral, "state": "decided", "words": "Decided: offer early help", "at": place.BEFORE, "graver": False}
    assert answer == {
        "team": "Front door of Eastmoor", "at": place.BEFORE, "by": "", "outcome": "Offer early help", "reason": "Enough support.",
        "next_step": "", "next_on": "", "contact": "", "whose": "",
    }  # fmt: skip


def test_what_was_told_by_phone_comes_with_who_said_it_and_when_they_did(enter: Enter, wired: Wired) -> None:
    place.visit(wired)
    referral = place.referral(wired)
    for event in ("requested", "lettered", "delivered"):
        place.happened(wired, referral, event)
    assert caseload(enter)["families"][0]["referrals"][0]["answer"] is None
    kim = {"via": "phone", "name": "Kim Ode", "role": "duty social worker", "at": "2026-11-20T08:10:00.000Z"}
    place.happened(wired, referral, "returned", reason="They live in Westfen.", whose="Westfen", by=kim)
    [said] = caseload(enter)["families"][0]["referrals"]
    assert (said["state"], said["words"]) == ("returned", "Not for them: choose where else it goes")
    assert [said["answer"][part] for part in ("at", "by", "reason", "whose")] == [
        kim["at"], "Kim Ode, duty social worker", "They live in Westfen.", "Westfen",
    ]  # fmt: skip


def test_twenty_visits_of_a_family_are_carried_and_no_more(enter: Enter, wired: Wired) -> None:
    for number in range(23):
        place.visit(wired, f"v-{number:02}", on=f"2026-10-{number + 1:02}", assessed=False)
    earlier = caseload(enter)["families"][0]["earlier"]
    assert [visit["occurred_on"] for visit in (earlier[0], earlier[-1])] == ["2026-10-23", "2026-10-04"]
    assert len(earlier) == 20
    assert earlier[0]["level"] is None, "not assessed is not level 1"


def test_a_receipt_is_its_authors_alone(enter: Enter, wired: Wired) -> None:
    place.visit(wired)
    receipt = enter("hv").get(f"/tablet/api/receipts/{place.VISIT}").get_json()
    assert set(receipt) == {"id", "seq", "sha256", "received_at"}
    assert enter("midwife").get(f"/tablet/api/receipts/{place.VISIT}").status_code == 404


def test_results_are_not_yet_then_assessed_and_never_somebody_elses(enter: Enter, wired: Wired) -> None:
    place.visit(wired, findings=(place.PRESENT, place.UNKNOWN))
    place.visit(wired, "v-later", assessed=False)
    referral = place.referral(wired)
    found = enter("hv").get(f"/tablet/api/results?ids=v-later,{place.VISIT},v-nowhere").get_json()
    assert found[0] == {"submission": "v-later", "state": "not_yet"}
    assert found[1]["state"] == "assessed"
    assert found[1]["destination"]["words"].startswith("Eastmoor children's social care, urgent")
    assert found[1]["findings"][0]["said"] == "Isla slept on a sofa."
    assert found[1]["findings"][0]["because"] == ["children/r1/nights/n1/surface"]
    assert found[1]["referral"]["url"] == f"/referrals/{referral}"
    assert len(found) == 2
    assert enter("midwife").get(f"/tablet/api/results?ids={place.VISIT}").get_json() == []
    assert enter("hv").get("/tablet/api/results").get_json() == []


def test_a_visit_that_stays_set_aside_is_never_said_to_be_on_its_way(enter: Enter, wired: Wired) -> None:
    place.visit(wired, "v-9", assessed=False)
    with wired.engine.write() as tx:
        submissions.put_aside(
            tx, id="q-1", submission="v-9", household=place.FAMILY, author="hv", reason="form_unknown", owner="lead", envelope="{}",
            body=b"{}", sha256="0" * 64, received_at=place.NOW,
        )  # fmt: skip
    waiting = enter("hv").get("/tablet/api/results?ids=v-9").get_json()
    answer = {"outcome": "keep_aside", "reason": "A form that was only tried out."}
    assert enter("lead").post("/quarantine/q-1", data=answer).status_code == 302
    assert enter("hv").get("/tablet/api/results?ids=v-9").get_json() == waiting == [{"submission": "v-9", "state": "quarantined"}]


def test_families_opened_offline_are_written_down(enter: Enter, wired: Wired) -> None:
    told = [{"household": place.FAMILY, "at": "2026-11-21T16:00:00.000Z"}]
    assert enter("hv").post("/tablet/api/openings", json=told).status_code == 204
    line = place.reads(wired)[-1]
    assert (line["kind"], line["household"], line["detail"]) == ("read.offline", place.FAMILY, "2026-11-21T16:00:00.000Z")
    for wrong in ({}, [1], told * 501):
        assert enter("hv").post("/tablet/api/openings", data=json.dumps(wrong)).status_code == 422


def test_a_submission_that_cannot_be_read_is_answered_in_the_one_shape(enter: Enter) -> None:
    for body in (b"", b"\xff\xfe", b"[]", b'{"envelope": 7}'):
        answer = enter("hv").post("/tablet/api/submissions", data=body)
        assert answer.status_code == 422
        assert answer.get_json()["problem"]["code"] == "envelope_unreadable"
