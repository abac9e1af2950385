"""Judging a kept visit: the tablet is checked with its own facts, today's facts decide, what is wrong is noted and refuses nothing."""

import json
from concurrent.futures import ThreadPoolExecutor

from tests.flow.notes import NIGHT_ON_THE_SOFA, SAFE_NIGHT, Absent, child
from visitapp.decide.findings import find_in
from visitapp.domain.findings import Finding
from visitapp.flow.assess import assess, said
from visitapp.flow.stuck import what_is_stuck
from visitapp.store import assessments


def judged(world, id, kind="today"):
    return world.rows("SELECT * FROM assessment WHERE submission = :id AND kind = :kind ORDER BY seq", id=id, kind=kind)


def kept(world, id, kind="today"):
    """What is kept of the findings of a judgement."""
    judgement = judged(world, id, kind)[0]["id"]
    with world.w.engine.read() as tx:
        return assessments.findings(tx, judgement)


def present(world, assessment):
    with world.w.engine.read() as tx:
        return [row["code"] for row in assessments.findings(tx, assessment["id"]) if row["state"] == "present"]


def test_the_service_finds_what_the_tablet_found_and_says_why(world):
    id = world.family().sofa()
    shown, today = judged(world, id, "as_shown")[0], judged(world, id)[0]
    assert shown["matches_tablet"] == 1
    assert (today["at_least"], today["urgency"], today["destination"]) == (4, "tonight", "social_care_urgent")
    used = world.w.catalogue
    assert (today["levels"], today["policy"]) == (f"standard-{used.levels.version}", f"standard-{used.policy.version}")
    assert today["routes"] == f"eastmoor-{used.routes('eastmoor').version}"
    assert "level of need is at least 4" in json.loads(today["reasons"])[0]
    first = world.rows("SELECT * FROM finding WHERE assessment = :id AND code = 'sleep_sofa_substances'", id=today["id"])[0]
    assert first["said"].startswith("Ava slept on a sofa")
    assert "children/r1/nights/children-0-nights-0/surface" in json.loads(first["because"])


def test_the_family_summary_and_its_measures_follow_in_the_same_transaction(world):
    family = world.family()
    family.sofa()
    summary = world.rows("SELECT * FROM household_now WHERE household = :h", h=family.household)[0]
    assert (summary["level_at_least"], summary["last_visit_on"], summary["last_seen_child_on"]) == (4, "2026-11-22", "2026-11-22")
    measures = [(row["person"], row["measure"], row["value"], row["known"]) for row in world.rows("SELECT * FROM visit_measure")]
    assert measures == [(family.people["Ava"], "child.seen", "awake", "")]
    kept = json.loads(world.rows("SELECT measures FROM visit_reading")[0]["measures"])
    assert [family.people["Ava"], "sleep.surface", "sofa", "seen"] in kept


def test_an_absent_answer_is_a_measure_that_says_why(world):
    family = world.family()
    family.visit(family.child(SAFE_NIGHT | {"mattress": Absent("refused")}))
    measures = json.loads(world.rows("SELECT measures FROM visit_reading")[0]["measures"])
    assert [one[2:] for one in measures if one[1] == "sleep.mattress"] == [["", "refused"]]


def test_what_was_learnt_since_the_tablet_left_changes_the_judgement_and_not_the_check(world):
    family = world.family()
    carried = world.tablet().take(family.household)
    for on in ("2026-10-01", "2026-10-20"):
        family.not_let_in(on=on, who="midwife")
    id = family.visit(carried=carried)
    shown, today = judged(world, id, "as_shown")[0], judged(world, id)[0]
    assert shown["matches_tablet"] == 1
    assert "visits_not_completed" not in present(world, shown)
    assert "visits_not_completed" in present(world, today)


def test_a_tablet_that_showed_something_else_is_announced_and_its_visit_judged(world):
    wrong = {"shown": {"findings": [["sleep_sofa", "", "absent"]], "level": {"at_least": 1, "could_be": 1}}}
    id = world.family().sofa(**wrong)
    assert judged(world, id, "as_shown")[0]["matches_tablet"] == 0
    assert judged(world, id)[0]["at_least"] == 4
    assert [one.what for one in what_is_stuck(world.w)] == ["tablet_differs"]


def test_answers_of_the_wrong_type_are_kept_flagged_and_judged(world):
    family = world.family()
    tablet = world.tablet()
    broken = {"outcome": 7, "children": {"rows": "none", "complete": True}, "floors": {"value": ["good"], "known": "guessed"}, "nobody": {}}
    received = tablet.send(tablet.write(family.household, "home_visit", "2026-11-22", broken, calls="not a list"))
    assert received.status == 201
    world.work()
    problems = json.loads(world.rows("SELECT problems FROM answer_problems")[0]["problems"])
    assert {"outcome", "floors", "nobody", "calls"} <= {one["path"].split("/")[0] for one in problems}
    assert len(judged(world, received.body["id"])) == 1


def test_the_calls_made_from_a_visit_are_facts(world):
    call = {
        "id": "c-1",
        "at": "2026-11-22T10:45:00.000Z",
        "who": "Duty desk",
        "number": "01632 960100",
        "reached": False,
        "spoke_to": "",
        "said": "",
    }
    world.family().sofa(calls=[call, call | {"id": "c-2", "reached": True, "spoke_to": "The duty social worker"}, {"id": 5}])
    kept = world.rows("SELECT call, reached, spoke_to FROM urgent_call ORDER BY seq")
    assert [(one["call"], one["reached"]) for one in kept] == [("c-1", 0), ("c-2", 1)]


def test_a_visit_that_arrives_late_gives_the_later_ones_a_new_judgement(world):
    family = world.family()
    family.not_let_in(on="2026-10-01")
    last = family.not_let_in(on="2026-11-20")
    assert "not_completed_third" not in present(world, judged(world, last)[0])
    family.not_let_in(on="2026-10-20", who="midwife")
    again = judged(world, last)
    assert len(again) == 2
    assert "not_completed_third" in present(world, again[1])
    assert len(judged(world, last, "as_shown")) == 1
    assert world.rows("SELECT assessment FROM visit WHERE submission = :id", id=last) == [{"assessment": again[1]["id"]}]


def test_two_third_visits_not_completed_that_arrive_together_raise_it_once(world):
    family = world.family()
    family.not_let_in(on="2026-10-01")
    for on, who in (("2026-11-20", "hv"), ("2026-11-20", "midwife")):
        payload = family.written({"outcome": "no_answer"}, form="not_let_in", on=on, who=who)
        world.tablet(who).send(payload)
    waiting = [row["key"] for row in world.rows("SELECT key FROM outbox")]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda id: assess(world.w, id), waiting))
    third = world.rows(
        "SELECT DISTINCT f.submission FROM finding f JOIN visit v ON v.assessment = f.assessment"
        " WHERE f.code = 'not_completed_third' AND f.state = 'present'"
    )
    assert len(third) == 1
    assert family.state() == "proposed"
    assert len(world.rows("SELECT subject FROM duty WHERE referral IS NOT NULL")) == 1


def test_judging_twice_changes_nothing(world):
    id = world.family().sofa()
    before = {table: world.count(table) for table in ("assessment", "finding", "visit_reading", "referral", "referral_event", "owed")}
    assess(world.w, id)
    assess(world.w, "10000000-0000-4000-8000-00000000dead")
    assert before == {table: world.count(table) for table in before}


def test_twins_each_have_their_own_finding(world):
    family = world.family("Osei")
    family.member("Kofi", "Osei", "child", born_on="2026-09-20")
    both = [child(family.people["Ava"], NIGHT_ON_THE_SOFA), child(family.people["Kofi"], SAFE_NIGHT) | {"row": "r2"}]
    id = family.visit({"children": both, "interpreter": "not_needed"})
    rows = [row for row in kept(world, id) if row["code"] == "sleep_sofa"]
    assert [(row["person"], row["state"]) for row in rows] == [(family.people["Ava"], "present"), (family.people["Kofi"], "absent")]


def test_a_visit_that_weighs_more_once_a_late_one_arrives_is_proposed_again(world):
    family = world.family()
    family.not_let_in(on="2026-10-01")
    family.not_let_in(on="2026-11-20")
    lesser = family.referral()
    family.not_let_in(on="2026-10-20", who="midwife")
    graver = world.rows("SELECT * FROM referral WHERE id = :id", id=family.referral())[0]
    assert (graver["destination"], graver["level"]) == ("social_care", 3)
    events = [row["event"] for row in world.rows("SELECT event FROM referral_event WHERE referral = :id ORDER BY seq", id=lesser)]
    assert events[-1] == "withdrawn"
    assert [row["subject"] for row in world.rows("SELECT subject FROM duty WHERE referral IS NOT NULL")] == [graver["id"]]


def test_what_is_absent_is_kept_with_what_ruled_it_out_and_of_the_tablets_facts_only_what_it_could_show(world):
    id = world.family().sofa()
    shown, today = kept(world, id, "as_shown"), kept(world, id)
    assert "absent" not in {row["state"] for row in shown}
    assert any(json.loads(row["because"]) for row in today if row["state"] == "absent")
    assert {row["code"] for row in today} == set(world.w.catalogue.current("home_visit").rules)


def test_a_visit_is_judged_again_only_where_something_was_learnt_since_the_tablet_left(world, monkeypatch):
    facts = []
    monkeypatch.setattr("visitapp.flow.assess.find_in", lambda visit: facts.append(visit.given) or find_in(visit))
    family = world.family()
    carried = world.tablet().take(family.household)
    first = family.visit(carried=carried)
    assert len(facts) == 1
    assert [judged(world, first, kind)[0]["could_be"] for kind in ("as_shown", "today")] == [judged(world, first)[0]["could_be"]] * 2
    family.visit(carried=carried)
    assert len(facts) == 3
    assert [given["history"]["days_since_child_seen"] for given in facts] == [None, None, 0]


def test_a_finding_says_the_name_of_the_child_or_the_adult_whom_it_is_about(world):
    form = next(one for one in reversed(world.w.catalogue.forms) if one.name == "home_visit" and "adult_audit_c" in one.rules)
    drinks = Finding("adult_audit_c", "substances", "adult_use/r1", "ada", "present", "advise", 1)
    sofa = Finding("sleep_sofa", "sleep", "children/r1", "ava", "present", "this_week", 3)
    assert said(form, drinks, {"ada": "Ada"}).startswith("Ada scored 5 or more")
    assert said(form, drinks, {}).startswith("An adult scored 5 or more")
    assert said(form, sofa, {"ava": "Ava"}).startswith("Ava slept on a sofa")
