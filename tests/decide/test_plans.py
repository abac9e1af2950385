"""How far a plan is, said alike everywhere: what was met, what of it is done, and that nothing but its evidence makes it so."""

import random
from dataclasses import replace

import pytest

from visitapp.decide.plans import Progress, instead_words, owed_words, progress, trigger
from visitapp.domain.duties import action_subject, instead_subject
from visitapp.domain.plans import Action, Met, Plan, Step

CALL = Action("Call the police for a welfare check", "Duty social worker", 4, backup="Team manager")
START = Action("Start child protection steps", "Team manager", 24)
DISCUSS = Action("Ask for a strategy discussion", "Health visitor", 1, after_declined=True)
NOW = "2026-11-22T10:40:00.000Z"
DUE, PASSED = "2026-11-22T14:40:00.000Z", "2026-11-22T09:00:00.000Z"


def plan(*actions: Action, words: str = "If they refuse entry") -> Plan:
    return Plan("p", "fam", "child_protection", "2026-11-01", "All", "refused_entry", words, actions or (CALL, START))


def met(id: str = "m") -> Met:
    return Met(id, "p", "2026-11-22", "An adult opened the door and did not let us in.", f"visit of {id}")


def step(met: str, number: int, how: str = "", due_at: str = DUE, **more: str) -> Step:
    return Step(action_subject(met, number), "Worker hv", due_at, how, **({"closed_at": NOW} if how else {}) | more)


def of(agreed: Plan, *steps: Step, times: int = 1) -> Progress:
    mets = [met("m" if number == 0 else f"m{number}") for number in range(times)]
    return progress([agreed], mets, {one.subject: one for one in steps})[0]


def states(found: Progress) -> list[str]:
    return [rung.state for time in found.times for rung in time.rungs]


def test_given_a_plan_that_nothing_has_met_then_it_is_said_whole():
    found = of(plan(CALL, DISCUSS), times=0)
    assert found.words == (
        "If they refuse entry, then Call the police for a welfare check (Duty social worker, within 4 hours; else Team manager);"
        " where that is declined, Ask for a strategy discussion (Health visitor, within an hour)."
    )
    assert (found.met, found.done, found.actions, found.not_done, found.counted) == (0, 0, 2, 0, "Trigger not met")
    assert found.lines(NOW) == []


def test_given_entry_refused_when_nobody_has_acted_then_one_trigger_is_met_and_none_of_two_actions_done():
    found = of(plan(), step("m", 1), step("m", 2, due_at=PASSED))
    assert found.counted == "1 trigger met, 0 of 2 actions done"
    assert found.not_done == 2
    assert found.lines(NOW) == [
        "An adult opened the door and did not let us in.",
        "Call the police for a welfare check. Duty social worker: not done, due by 22 November 2026 at 14:40",
        "Start child protection steps. Team manager: not done, overdue since 22 November 2026 at 09:00",
    ]


def test_given_one_action_done_with_evidence_then_one_of_two_is_done():
    found = of(plan(), step("m", 1, "done", evidence="Seen by PC 12", reference="INC-7"), step("m", 2))
    assert (found.counted, found.not_done) == ("1 trigger met, 1 of 2 actions done", 1)
    assert found.lines(NOW)[1].endswith("done on 22 November 2026 at 10:40 (reference INC-7)")
    assert found.times[0].rungs[0].evidence == "Seen by PC 12"


def test_given_the_police_were_asked_and_declined_then_it_is_not_done_and_the_next_is_owed():
    found = of(plan(CALL, DISCUSS), step("m", 1, "declined", reference="INC-7"), step("m", 2))
    assert (states(found), found.counted, found.not_done) == (["declined", "open"], "1 trigger met, 0 of 2 actions done", 2)
    assert "asked for and declined: not done" in found.lines(NOW)[1]


def test_given_the_next_rung_is_done_then_what_was_declined_stays_not_done_and_nothing_more_is_outstanding():
    found = of(plan(CALL, DISCUSS), step("m", 1, "declined"), step("m", 2, "done"))
    assert (found.counted, found.not_done) == ("1 trigger met, 1 of 2 actions done", 0)


def test_an_action_that_waits_is_not_needed_once_the_one_before_it_is_done():
    assert states(of(plan(CALL, DISCUSS), step("m", 1))) == ["open", "waiting"]
    found = of(plan(CALL, DISCUSS), step("m", 1, "done"))
    assert (states(found), found.counted) == (["done", "not_needed"], "1 trigger met, 1 of 1 actions done")


def test_given_the_last_action_was_declined_then_somebody_decides_what_is_done_instead():
    decide = Step(instead_subject("m"), "Worker lead", DUE)
    found = of(plan(CALL), step("m", 1, "declined"), decide)
    assert (found.counted, found.not_done) == ("1 trigger met, 0 of 1 actions done", 1)
    assert found.lines(NOW)[-1].startswith("Decide what is done instead")
    assert "Worker lead: not done, due by" in found.lines(NOW)[-1]
    assert of(plan(CALL), step("m", 1, "declined"), replace(decide, how="done", closed_at=NOW)).not_done == 0


def test_an_excused_action_is_not_done_and_no_longer_outstanding():
    found = of(plan(), step("m", 1, "excused", evidence="The family moved abroad."), step("m", 2, "done"))
    assert (found.counted, found.not_done) == ("1 trigger met, 1 of 2 actions done", 0)
    assert "not done: a supervisor gave a reason" in found.lines(NOW)[1]


def test_two_times_are_counted_together():
    found = of(plan(), step("m", 1, "done"), step("m", 2), step("m1", 1), step("m1", 2), times=2)
    assert found.counted == "2 triggers met, 1 of 4 actions done"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("if they refuse entry.", "they refuse entry"), ("IF  they", "they"), ("iffy answers", "iffy answers"),
        ("<b>they</b> & \u202emore 👶", "<b>they</b> & \u202emore 👶"), ("x" * 10_000, "x" * 10_000),
    ],
)  # fmt: skip
def test_the_trigger_is_said_after_if_as_it_was_typed(typed, said):
    assert trigger(plan(words=typed)) == said
    assert of(plan(words=typed), times=0).words.startswith(f"If {said}, then ")


def test_what_is_owed_says_why_and_whose_it_is():
    assert owed_words(plan(), CALL) == (
        "Call the police for a welfare check. Agreed plan: if they refuse entry. Duty social worker; else Team manager."
    )
    assert owed_words(plan(), Action("Call!", "", 1)) == "Call! Agreed plan: if they refuse entry."
    assert instead_words(plan()).endswith("Agreed plan: if they refuse entry.")


def test_as_json_it_says_the_same():
    said = of(plan(), step("m", 1), step("m", 2)).as_json(NOW)
    assert (said["met"], said["done"], said["actions"], said["counted"]) == (1, 0, 2, "1 trigger met, 0 of 2 actions done")
    assert len(said["lines"]) == 3
    assert said["stands"] is True


@pytest.mark.parametrize("seed", range(20))
def test_whatever_happens_only_what_was_done_with_evidence_counts_as_done(seed):
    chosen = random.Random(seed)
    actions = tuple(replace(CALL, after_declined=number > 0 and chosen.random() < 0.5) for number in range(chosen.randrange(1, 6)))
    steps = [
        step(id, number, chosen.choice(["", "done", "declined", "excused"]))
        for id in ("m", "m1")
        for number in range(1, len(actions) + 1)
        if chosen.random() < 0.8
    ]
    found = of(plan(*actions), *steps, times=2)
    assert found.done == sum(one.how == "done" for one in steps) <= found.actions
    assert 0 <= found.not_done <= found.actions - found.done
    open_ones = sum(not one.how for one in steps)
    assert found.not_done >= open_ones
