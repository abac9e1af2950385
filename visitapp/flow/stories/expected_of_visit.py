"""Whether what a story expects of a visit is what came out: findings, what to ask, level, urgency and destination."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from typing import Any

from visitapp.flow.stories.came import Came, Decide, Result, in_words
from visitapp.flow.stories.expect import Found as Looked
from visitapp.flow.stories.outcome import Found, Judged


def _matching(came: Came, looked: Looked) -> list[Found]:
    return [one for one in came.of(looked.code) if not looked.person or one.person == looked.person]


def in_state(state: str) -> Decide:
    def decide(came: Came, looked: Looked) -> Result:
        found = _matching(came, looked)
        return any(one.state == state for one in found), *_how_it_came(found)

    return decide


def not_in_state(*states: str) -> Decide:
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


def nothing_in_state(state: str) -> Decide:
    def decide(came: Came, _: Any) -> Result:
        found = [one for one in came.judged.findings if one.state == state and not one.finding.under] if came.judged else []
        return not found, _listed(found) or "nothing", ()

    return decide


def _listed(found: Iterable[Found]) -> str:
    return ", ".join(f"{one.code} ({one.person})" if one.person else one.code for one in found)


def ever(came: Came, looked: Looked) -> Result:
    found = [
        one for judged in came.visits for one in judged.findings
        if fnmatchcase(one.code, looked.code) and one.state == "present" and looked.person in ("", one.person)
    ]  # fmt: skip
    return (
        bool(found),
        "raised" if found else "raised at no visit",
        tuple(f"because of {each}" for one in found[:1] for each in one.because),
    )


def never(came: Came, looked: Looked) -> Result:
    raised, said, why = ever(came, looked)
    return not raised, said, why


def asked(came: Came, looked: Looked) -> Result:
    asks = came.judged.asks if came.judged else ()
    holds = any(fnmatchcase(one.code, looked.code) and looked.person in ("", one.person) for one in asks)
    return holds, f"asked next: {_listed(asks) or 'nothing'}", ()


def asked_in_words(came: Came, words: str) -> Result:
    asks = came.judged.asks if came.judged else ()
    return (
        any(words.casefold() in one.said.casefold() for one in asks),
        f"asked next: {'; '.join(one.said for one in asks) or 'nothing'}",
        (),
    )


def asks_nothing(came: Came, _: Any) -> Result:
    asks = came.judged.asks if came.judged else ()
    return not asks, f"asked next: {_listed(asks) or 'nothing'}", ()


def level(end: str) -> Decide:
    def decide(came: Came, wanted: frozenset[int]) -> Result:
        if came.judged is None:
            return False, "no visit was judged", ()
        states = ("present",) if end == "at_least" else ("present", "cannot_tell")
        behind = [one for one in came.judged.findings if one.state in states and one.finding.level > 1 and not one.finding.under]
        why = tuple(f"level {one.finding.level}: {_listed([one])}, {STATE[one.state]}" for one in behind)
        level = came.judged.level
        return getattr(level, end) in wanted, f"at least level {level.at_least}, could be {level.could_be}", why

    return decide


def result(of: Callable[[Judged], Any]) -> Decide:
    def decide(came: Came, wanted: Any) -> Result:
        if came.judged is None:
            return False, "no visit was judged", ()
        value = of(came.judged)
        why = [f"{one.finding.severity.replace('_', ' ')}: {_listed([one])}" for one in came.judged.findings if one.state == "present"]
        return (value in wanted if isinstance(wanted, frozenset) else value == wanted), in_words(value), tuple(why)

    return decide
