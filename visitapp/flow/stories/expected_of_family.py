"""Whether what a story expects of a family's standing is what came out: duties, plans, the agreed level, referrals, what is known."""

from __future__ import annotations

from typing import Any

from visitapp.domain.moments import moment_words
from visitapp.flow.stories.came import Came, Decide, Result, in_words
from visitapp.flow.stories.expect import Found as Looked
from visitapp.flow.stories.outcome import Duty


def duty(overdue: bool, wanted: bool) -> Decide:
    def decide(came: Came, what: Looked | str) -> Result:
        duties = [one for one in came.outcome.standing.duties if one.overdue or not overdue]
        return any(_is_that(one, what) for one in duties) is wanted, _owed(came), ()

    return decide


def _is_that(duty: Duty, what: Looked | str) -> bool:
    if isinstance(what, str):
        return what.casefold() in duty.what.casefold()
    return what.code in (duty.kind, duty.finding) and what.person in ("", duty.person)


def no_duty(overdue: bool) -> Decide:
    return lambda came, _: (not [one for one in came.outcome.standing.duties if one.overdue or not overdue], _owed(came), ())


def _owed(came: Came) -> str:
    duties = came.outcome.standing.duties
    said = [f"{one.finding or one.kind}{' (overdue)' if one.overdue else f' (due {moment_words(one.due_at)})'}" for one in duties]
    return f"open: {', '.join(said) or 'nothing'}"


def plans(count: str) -> Decide:
    def decide(came: Came, wanted: frozenset[int]) -> Result:
        plans = came.outcome.standing.plans
        value = sum(one.plan.stands for one in plans) if count == "open" else sum(getattr(one, count) for one in plans)
        return value in wanted, "; ".join(one.counted for one in plans) or "there is no plan", ()

    return decide


def agreed(came: Came, wanted: frozenset[int]) -> Result:
    level = came.outcome.standing.level
    return level in wanted, f"level agreed: {in_words(level)}", ()


def none_agreed(came: Came, _: Any) -> Result:
    level = came.outcome.standing.level
    return level is None, f"level agreed: {in_words(level)}", ()


def pattern(came: Came, what: tuple[str, Any]) -> Result:
    name, wanted = what
    value = came.outcome.standing.history.get(name)
    known = None if isinstance(value, dict) else value  # what could be one number or another is not known
    return known == wanted, f"{name}: {in_words(value)}", ()


def pattern_number(came: Came, what: tuple[str, frozenset[int]]) -> Result:
    name, wanted = what
    value = came.outcome.standing.history.get(name)
    could_be = range(value["at_least"], value["could_be"] + 1) if isinstance(value, dict) else (value,)
    return wanted.issuperset(could_be), f"{name}: {in_words(value)}", ()


def pattern_code(came: Came, what: tuple[str, str]) -> Result:
    name, code = what
    value = came.outcome.standing.history.get(name)
    return code in (value or ()), f"{name}: {in_words(value)}", ()


def memory(came: Came, words: str) -> Result:
    lines = came.outcome.standing.memory
    return any(words.casefold() in line.casefold() for line in lines), "; ".join(lines) or "nothing is remembered", ()


def refused(came: Came, wanted: bool) -> Result:
    refused = came.outcome.refused
    return (refused is not None) is wanted, f"refused: {refused}" if refused else "it was done", ()


def referral(came: Came, wanted: frozenset[str]) -> Result:
    states = [one.state for one in came.outcome.standing.referrals]
    return (states[-1] if states else "none") in wanted, f"referrals: {', '.join(states) or 'none'}", ()
