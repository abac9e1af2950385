"""Whether the moment of a plan has come: once for each cause, only while the plan stood, and never by what must not count."""

from dataclasses import replace

import pytest

from visitapp.decide.triggers import Child, Seen, met_by_days, met_by_visits
from visitapp.domain.plans import Action, Plan

NOTHING: frozenset[str] = frozenset()


def plan(kind: str, **more) -> Plan:
    agreed = Plan("p", "fam", "cp", "2026-11-01", "All", kind, "they refuse", (Action("Call", "Duty", 4),), seq=100)
    return replace(agreed, **more)


def missed(on: str, *, seq: int = 200, outcome: str = "no_answer", counts: bool = True, id: str = "") -> Seen:
    return Seen(id or f"v{on}", on, seq, outcome, counts)


def days(causes) -> list[str]:
    return [cause.on for cause in causes]


def test_given_two_within_thirty_days_when_the_second_is_missed_then_it_is_met_and_again_by_the_third():
    visits = [missed("2026-11-02"), missed("2026-11-20"), missed("2026-12-10")]
    found = met_by_visits(plan("not_completed", trigger_count=2, trigger_days=30), visits, NOTHING)
    assert days(found) == ["2026-11-20", "2026-12-10"]
    assert found[0].cause == "v2026-11-20"
    assert found[0].why == "2 visits were not completed in 30 days, the last on 20 November 2026."


def test_the_window_holds_its_first_day_and_not_the_day_before():
    watched = plan("not_completed", trigger_count=2, trigger_days=30)
    assert days(met_by_visits(watched, [missed("2026-11-02"), missed("2026-12-02")], NOTHING)) == ["2026-12-02"]
    assert days(met_by_visits(watched, [missed("2026-11-02"), missed("2026-12-03")], NOTHING)) == []


def test_what_we_cancelled_never_meets_a_plan():
    visits = [missed("2026-11-02"), missed("2026-11-03", outcome="cancelled_by_service", counts=False)]
    assert met_by_visits(plan("not_completed", trigger_count=2, trigger_days=30), visits, NOTHING) == []


@pytest.mark.parametrize(
    ("kind", "outcome", "met"),
    [
        ("refused_entry", "refused_at_door", True),
        ("refused_entry", "no_answer", False),
        ("refused_entry", "service_declined", False),
        ("refused_entry", None, False),
        ("not_brought", "not_brought", True),
        ("not_brought", "refused_at_door", False),
        ("said", "refused_at_door", False),
    ],
)
def test_an_outcome_meets_the_plan_that_names_it(kind, outcome, met):
    assert bool(met_by_visits(plan(kind), [missed("2026-11-10", outcome=outcome)], NOTHING)) == met


def test_a_finding_that_is_present_meets_the_plan_that_names_it():
    visits = [missed("2026-11-10", id="one"), missed("2026-11-11", id="two")]
    assert [one.cause for one in met_by_visits(plan("finding:sleep_sofa"), visits, frozenset({"two"}))] == ["two"]


@pytest.mark.parametrize(
    ("on", "seq", "met"),
    [
        ("2026-10-31", 200, False),
        ("2026-11-01", 99, False),
        ("2026-11-01", 200, True),
        ("2026-11-15", 99, True),
        ("2026-11-16", 200, False),
    ],
)
def test_only_visits_while_the_plan_stood_meet_it_and_of_its_first_day_only_those_received_after_it(on, seq, met):
    watched = plan("refused_entry", ended_on="2026-11-15", ended_why="Stepped down")
    assert bool(met_by_visits(watched, [missed(on, seq=seq, outcome="refused_at_door")], NOTHING)) == met


def test_visits_before_the_plan_are_not_counted_towards_it():
    visits = [missed("2026-10-30"), missed("2026-11-05")]
    assert met_by_visits(plan("not_completed", trigger_count=2, trigger_days=30), visits, NOTHING) == []


# a child who is not seen


def unseen(child: Child, today: str, **more) -> list[str]:
    return days(met_by_days(plan("child_unseen", **({"trigger_days": 10} | more)), [child], today))


def test_given_ten_days_when_the_tenth_day_comes_then_it_is_met_on_that_day_and_no_other():
    child = Child("2026-09-20", "2026-11-05")
    assert unseen(child, "2026-11-14") == []
    assert unseen(child, "2026-11-15") == unseen(child, "2026-11-30") == ["2026-11-15"]
    assert met_by_days(plan("child_unseen", trigger_days=10), [child], "2026-11-30")[0].cause == "day:2026-11-15"


def test_a_child_unseen_for_longer_already_meets_the_plan_on_the_day_it_is_agreed():
    assert unseen(Child("2026-09-20", "2026-10-01"), "2026-11-01") == ["2026-11-01"]


def test_a_child_who_was_never_seen_is_counted_from_the_plan_or_from_when_there_was_a_child_to_see():
    assert unseen(Child("2026-09-20", None), "2026-11-12") == ["2026-11-11"]
    assert unseen(Child("2026-11-08", None), "2026-11-18") == ["2026-11-18"]


def test_a_child_who_was_seen_asleep_only_is_counted_from_the_first_of_it_or_from_the_plan():
    assert unseen(Child("2026-09-20", None, "2026-10-29"), "2026-11-12") == ["2026-11-08"]
    assert unseen(Child("2026-09-20", None, "2026-11-07"), "2026-11-12") == ["2026-11-11"]


def test_once_seen_again_the_days_begin_anew():
    assert unseen(Child("2026-09-20", "2026-11-16"), "2026-11-25") == []


def test_a_plan_that_ended_before_is_not_met():
    assert unseen(Child("2026-09-20", "2026-11-05"), "2026-11-30", ended_on="2026-11-14") == []


def test_two_children_on_one_day_are_one_cause():
    both = [Child("2026-09-20", "2026-11-05"), Child("2024-01-01", "2026-11-05"), Child("2022-01-01", "2026-11-07")]
    found = met_by_days(plan("child_unseen", trigger_days=10), both, "2026-11-30")
    assert days(found) == ["2026-11-15", "2026-11-17"]


def test_other_plans_do_not_run_by_the_clock():
    assert met_by_days(plan("refused_entry"), [Child("2026-09-20", None)], "2027-11-30") == []
