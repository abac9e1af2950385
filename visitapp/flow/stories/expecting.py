"""Whether what a story expects is what came out. One table, from the kind of an expectation to what decides it; each says what came out, so
that an expectation that does not hold explains itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from visitapp.domain.moments import moment_words
from visitapp.flow.stories.expect import Found as Looked
from visitapp.flow.stories.outcome import Duty, Found, Judged, Outcome
from visitapp.flow.stories.wanted import Wanted


@dataclass(frozen=True)
class Verdict:
    """An expectation, whether it holds, and what came out instead; `why` are the answers behind that."""

    wanted: Wanted
    holds: bool
    came: str
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Came:
    """What an expectation is asked of: the outcome, and every visit so far, the newest last. At the end of a story `judged` is empty and a
    finding is looked for in the newest visit that could have found it."""

    outcome: Outcome
    visits: tuple[Judged, ...]
    at_end: bool = False

    def of(self, code: str) -> list[Found]:
        """The results of one finding, of every row."""
        visits = [self.outcome.judged] if self.outcome.judged else list(reversed(self.visits))
        judged = next((one for one in visits if one is not None and code in one.form.rules), None)
        return [one for one in judged.findings if one.code == code] if judged else []

    @property
    def judged(self) -> Judged | None:
        """The visit itself, or the newest there was."""
        return self.outcome.judged or (self.visits[-1] if self.visits else None)


Result = tuple[bool, str, tuple[str, ...]]
Decide = Callable[[Came, Any], Result]


def verdicts(came: Came, wanted: Iterable[Wanted]) -> Iterator[Verdict]:
    """Each expectation with what came out."""
    for one in wanted:
        holds, said, why = HOLDS[one.kind](came, one.what)
        yield Verdict(one, holds, said, why)


# --- findings -----------------------------------------------------------------------------------------------------------------------


def _matching(came: Came, looked: Looked) -> list[Found]:
    return [one for one in came.of(looked.code) if not looked.person or one.person == looked.person]


def _in_state(state: str) -> Decide:
    def decide(came: Came, looked: Looked) -> Result:
        found = _matching(came, looked)
        return any(one.state == state for one in found), *_how_it_came(found)

    return decide


def _not_in_state(*states: str) -> Decide:
    def decide(came: Came, looked: Looked) -> Result:
        found = _matching(came, looked)
        return all(one.state not in states for one in found), *_how_it_came(found)

    return decide


STATE = {"present": "it is raised", "absent": "it is ruled out", "cannot_tell": "it cannot be told"}
WEIGHT = ("present", "cannot_tell", "absent")


def _how_it_came(found: list[Found]) -> tuple[str, tuple[str, ...]]:
    if not found:
        return "no visit looked for it", ()
    one = min(found, key=lambda each: WEIGHT.index(each.state))
    whose = f" for {one.person}" if one.person else ""
    why = [f"because of {each}" for each in one.because] + [f"not known: {each}" for each in one.missing]
    return f"{STATE[one.state]}{whose}", tuple(why)


def _nothing_in_state(state: str) -> Decide:
    def decide(came: Came, _: Any) -> Result:
        found = [one for one in came.judged.findings if one.state == state and not one.finding.under] if came.judged else []
        return not found, _listed(found) or "nothing", ()

    return decide


def _listed(found: Iterable[Found]) -> str:
    return ", ".join(f"{one.code} ({one.person})" if one.person else one.code for one in found)


def _ever(came: Came, looked: Looked) -> Result:
    found = [
        one for judged in came.visits for one in judged.findings
        if one.code == looked.code and one.state == "present" and looked.person in ("", one.person)
    ]  # fmt: skip
    return (
        bool(found),
        "raised" if found else "raised at no visit",
        tuple(f"because of {each}" for one in found[:1] for each in one.because),
    )


def _never(came: Came, looked: Looked) -> Result:
    raised, said, why = _ever(came, looked)
    return not raised, said, why


def _asked(came: Came, looked: Looked) -> Result:
    asks = came.judged.asks if came.judged else ()
    holds = any(one.code == looked.code and looked.person in ("", one.person) for one in asks)
    return holds, f"asked next: {_listed(asks) or 'nothing'}", ()


def _asked_in_words(came: Came, words: str) -> Result:
    asks = came.judged.asks if came.judged else ()
    return (
        any(words.casefold() in one.said.casefold() for one in asks),
        f"asked next: {'; '.join(one.said for one in asks) or 'nothing'}",
        (),
    )


def _asks_nothing(came: Came, _: Any) -> Result:
    asks = came.judged.asks if came.judged else ()
    return not asks, f"asked next: {_listed(asks) or 'nothing'}", ()


# --- results ------------------------------------------------------------------------------------------------------------------------


def _level(end: str) -> Decide:
    def decide(came: Came, wanted: frozenset[int]) -> Result:
        if came.judged is None:
            return False, "no visit was judged", ()
        states = ("present",) if end == "at_least" else ("present", "cannot_tell")
        behind = [one for one in came.judged.findings if one.state in states and one.finding.level > 1 and not one.finding.under]
        why = tuple(f"level {one.finding.level}: {_listed([one])}, {STATE[one.state]}" for one in behind)
        level = came.judged.level
        return getattr(level, end) in wanted, f"at least level {level.at_least}, could be {level.could_be}", why

    return decide


def _result(of: Callable[[Judged], Any]) -> Decide:
    def decide(came: Came, wanted: Any) -> Result:
        if came.judged is None:
            return False, "no visit was judged", ()
        value = of(came.judged)
        why = [f"{one.finding.severity.replace('_', ' ')}: {_listed([one])}" for one in came.judged.findings if one.state == "present"]
        return (value in wanted if isinstance(wanted, frozenset) else value == wanted), _words(value), tuple(why)

    return decide


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value) or "none"
    return "unknown" if value is None else str(value)


def _referral(came: Came, wanted: frozenset[str]) -> Result:
    states = [one.state for one in came.outcome.standing.referrals]
    return (states[-1] if states else "none") in wanted, f"referrals: {', '.join(states) or 'none'}", ()


# --- duties and plans ---------------------------------------------------------------------------------------------------------------


def _duty(overdue: bool, wanted: bool) -> Decide:
    def decide(came: Came, what: Looked | str) -> Result:
        duties = [one for one in came.outcome.standing.duties if one.overdue or not overdue]
        return any(_is_that(one, what) for one in duties) is wanted, _owed(came), ()

    return decide


def _is_that(duty: Duty, what: Looked | str) -> bool:
    if isinstance(what, str):
        return what.casefold() in duty.what.casefold()
    return what.code in (duty.kind, duty.finding) and what.person in ("", duty.person)


def _no_duty(overdue: bool) -> Decide:
    return lambda came, _: (not [one for one in came.outcome.standing.duties if one.overdue or not overdue], _owed(came), ())


def _owed(came: Came) -> str:
    duties = came.outcome.standing.duties
    said = [f"{one.finding or one.kind}{' (overdue)' if one.overdue else f' (due {moment_words(one.due_at)})'}" for one in duties]
    return f"open: {', '.join(said) or 'nothing'}"


def _plans(count: str) -> Decide:
    def decide(came: Came, wanted: frozenset[int]) -> Result:
        plans = came.outcome.standing.plans
        value = sum(one.plan.stands for one in plans) if count == "open" else sum(getattr(one, count) for one in plans)
        return value in wanted, "; ".join(one.counted for one in plans) or "there is no plan", ()

    return decide


def _agreed(came: Came, wanted: frozenset[int]) -> Result:
    level = came.outcome.standing.level
    return level in wanted, f"level agreed: {_words(level)}", ()


def _none_agreed(came: Came, _: Any) -> Result:
    level = came.outcome.standing.level
    return level is None, f"level agreed: {_words(level)}", ()


# --- what is known from before ------------------------------------------------------------------------------------------------------


def _pattern(came: Came, what: tuple[str, Any]) -> Result:
    name, wanted = what
    value = came.outcome.standing.history.get(name)
    return value == wanted, f"{name}: {_words(value)}", ()


def _pattern_number(came: Came, what: tuple[str, frozenset[int]]) -> Result:
    name, wanted = what
    value = came.outcome.standing.history.get(name)
    return value in wanted, f"{name}: {_words(value)}", ()


def _pattern_code(came: Came, what: tuple[str, str]) -> Result:
    name, code = what
    value = came.outcome.standing.history.get(name)
    return code in (value or ()), f"{name}: {_words(value)}", ()


def _memory(came: Came, words: str) -> Result:
    lines = came.outcome.standing.memory
    return any(words.casefold() in line.casefold() for line in lines), "; ".join(lines) or "nothing is remembered", ()


def _refused(came: Came, wanted: bool) -> Result:
    refused = came.outcome.refused
    return (refused is not None) is wanted, f"refused: {refused}" if refused else "it was done", ()


HOLDS: Mapping[str, Decide] = MappingProxyType(
    {
        "raised": _in_state("present"),
        "not_raised": _not_in_state("present"),
        "cannot_tell": _in_state("cannot_tell"),
        "ruled_out": _not_in_state("present", "cannot_tell"),
        "ever_raised": _ever,
        "never_raised": _never,
        "no_raised": _nothing_in_state("present"),
        "no_cannot_tell": _nothing_in_state("cannot_tell"),
        "ask_next": _asked,
        "ask_next_words": _asked_in_words,
        "no_ask_next": _asks_nothing,
        "at_least": _level("at_least"),
        "could_be": _level("could_be"),
        "urgency": _result(lambda judged: judged.urgency),
        "destination": _result(lambda judged: judged.destination),
        "interrupts": _result(lambda judged: judged.interrupts),
        "no_concern": _result(lambda judged: judged.no_concern),
        "referral": _referral,
        "duty_open": _duty(overdue=False, wanted=True),
        "duty_overdue": _duty(overdue=True, wanted=True),
        "duty_not_open": _duty(overdue=False, wanted=False),
        "duty_not_overdue": _duty(overdue=True, wanted=False),
        "no_duty": _no_duty(overdue=False),
        "no_duty_open": _no_duty(overdue=False),
        "no_duty_overdue": _no_duty(overdue=True),
        "plans_open": _plans("open"),
        "plans_met": _plans("met"),
        "plans_done": _plans("done"),
        "plans_actions": _plans("actions"),
        "plans_not_done": _plans("not_done"),
        "level_agreed": _agreed,
        "no_level_agreed": _none_agreed,
        "pattern": _pattern,
        "pattern_number": _pattern_number,
        "pattern_code": _pattern_code,
        "memory": _memory,
        "refused": _refused,
    }
)
