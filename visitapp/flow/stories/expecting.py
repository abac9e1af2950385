"""Whether what a story expects is what came out. One table, from the kind of an expectation to what decides it; each says what came out, so
that an expectation that does not hold explains itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from visitapp.flow.stories import expected_of_family as family
from visitapp.flow.stories import expected_of_visit as visit
from visitapp.flow.stories.came import Came, Decide, Verdict
from visitapp.flow.stories.wanted import Wanted


def verdicts(came: Came, wanted: Iterable[Wanted]) -> Iterator[Verdict]:
    """Each expectation with what came out."""
    for one in wanted:
        holds, said, why = HOLDS[one.kind](came, one.what)
        yield Verdict(one, holds, said, why)


HOLDS: Mapping[str, Decide] = MappingProxyType(
    {
        "raised": visit.in_state("present"),
        "not_raised": visit.not_in_state("present"),
        "cannot_tell": visit.in_state("cannot_tell"),
        "ruled_out": visit.not_in_state("present", "cannot_tell"),
        "ever_raised": visit.ever,
        "never_raised": visit.never,
        "no_raised": visit.nothing_in_state("present"),
        "no_cannot_tell": visit.nothing_in_state("cannot_tell"),
        "ask_next": visit.asked,
        "ask_next_words": visit.asked_in_words,
        "no_ask_next": visit.asks_nothing,
        "at_least": visit.level("at_least"),
        "could_be": visit.level("could_be"),
        "urgency": visit.result(lambda judged: judged.urgency),
        "destination": visit.result(lambda judged: judged.destination),
        "interrupts": visit.result(lambda judged: judged.interrupts),
        "no_concern": visit.result(lambda judged: judged.no_concern),
        "referral": family.referral,
        "duty_open": family.duty(overdue=False, wanted=True),
        "duty_overdue": family.duty(overdue=True, wanted=True),
        "duty_not_open": family.duty(overdue=False, wanted=False),
        "duty_not_overdue": family.duty(overdue=True, wanted=False),
        "no_duty": family.no_duty(overdue=False),
        "no_duty_open": family.no_duty(overdue=False),
        "no_duty_overdue": family.no_duty(overdue=True),
        "plans_open": family.plans("open"),
        "plans_met": family.plans("met"),
        "plans_done": family.plans("done"),
        "plans_actions": family.plans("actions"),
        "plans_not_done": family.plans("not_done"),
        "level_agreed": family.agreed,
        "no_level_agreed": family.none_agreed,
        "pattern": family.pattern,
        "pattern_number": family.pattern_number,
        "pattern_code": family.pattern_code,
        "memory": family.memory,
        "refused": family.refused,
    }
)
