"""The words of plans and duties: every code has words, and a ladder of actions is climbed one rung at a time."""

from visitapp.domain import agencies, duties, helping, outcomes, plans
from visitapp.domain.plans import Action, Plan

CALL = Action("Call the police", "Duty social worker", 4)
TELL = Action("Tell the team manager", "Health visitor", 8)
STRATEGY = Action("Ask for a strategy discussion", "Duty social worker", 4, after_declined=True)
VISIT_TOGETHER = Action("Visit together with social care", "Health visitor", 24, after_declined=True)


def plan(*actions: Action) -> Plan:
    return Plan("p", "fam", "child_protection", "2026-11-01", "Everybody", plans.REFUSED_ENTRY, "they refuse entry", actions)


def test_when_the_moment_comes_only_what_waits_for_nothing_is_called_for():
    assert plans.first_rungs(plan(CALL, STRATEGY, TELL)) == [1, 3]


def test_when_an_action_is_declined_the_next_that_waited_is_called_for_and_none_twice():
    ladder = plan(CALL, STRATEGY, TELL, VISIT_TOGETHER)
    assert plans.next_rung(ladder, 1, [1, 3]) == 2
    assert plans.next_rung(ladder, 2, [1, 2, 3]) == 4
    assert plans.next_rung(ladder, 3, [1, 2, 3]) == 4
    assert plans.next_rung(ladder, 4, [1, 2, 3, 4]) is None
    assert plans.next_rung(plan(CALL), 1, [1]) is None


def test_a_trigger_may_wait_for_a_finding():
    assert plans.finding_code("finding:sleep_sofa") == "sleep_sofa"
    assert plans.finding_code(plans.REFUSED_ENTRY) is None
    assert plans.finding_code("finding:") == ""


def test_what_an_outcome_can_meet_is_never_what_must_not_count():
    assert not {code for codes in plans.BY_OUTCOME.values() for code in codes} & set(outcomes.NEVER_COUNTED)


def test_every_code_has_words():
    for table in (plans.TRIGGERS, plans.SOURCES, plans.STATES, duties.KINDS, duties.HOWS, agencies.KINDS, agencies.HOWS, helping.HELP):
        assert all(len(words) > 1 and words[0].isupper() for words in table.values())
    assert set(helping.ENDS) < set(helping.STEPS)
    assert set(duties.MAY_BE_DONE) < set(duties.KINDS)


def test_the_subjects_of_duties_never_meet():
    subjects = {
        duties.action_subject("m", 1), duties.instead_subject("m"), duties.finding_subject("h", "code", "p", 0),
        duties.see_subject("h", "p"), duties.help_subject("m"), duties.meeting_subject("m", 1), duties.level_subject("m"),
    }  # fmt: skip
    assert len(subjects) == 7
