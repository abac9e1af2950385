"""What a rule reads: answers, facts about a child, and what was known before. Each reading comes with its reasons: the paths that it
stands on, or those that would have to be answered before it could be read."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from visitapp.decide.visit import NOTHING, Result, Scope, Visit, mapping, union
from visitapp.domain.ages import corrected_age_days, day_number, days_since, days_until
from visitapp.domain.answers import whole_number
from visitapp.formlang.kinds import CHILD_FACTS, HISTORY
from visitapp.formlang.model import Question, Tree


class Range(NamedTuple):
    """Whole numbers from `low` to `high`."""

    low: int
    high: int


class Reading(NamedTuple):
    """A value, None when unknown. Of several choices, `open` are the codes that were neither said nor ruled out, `rest` is what to ask
    for them, and `vouched` what ruling out the others stands on beside the answer."""

    value: Any
    because: frozenset[str] = NOTHING
    missing: frozenset[str] = NOTHING
    open: frozenset[str] = NOTHING
    rest: frozenset[str] = NOTHING
    vouched: frozenset[str] = NOTHING


def read_at(value: Any, path: str) -> Reading:
    """A plain value that was looked for at a path."""
    paths = frozenset((path,))
    return Reading(None, missing=paths) if value is None else Reading(value, paths)


# --- answers ----------------------------------------------------------------------------------------------


def answer(visit: Visit, id: str, scope: Scope) -> Reading:
    """The answer to a question in the row of `scope` or one around it."""
    question, parent = visit.form.placed[id]
    inside = visit.scope_of(parent, scope)
    found: Reading | None = inside.known.get(id)
    if found is None:
        found = _entered(question, inside)
        if question.sensitive and found.value is not None:
            found = _with_care(visit, question, found, inside.path + id)
        inside.known[id] = found
    return found


def entered(visit: Visit, id: str, scope: Scope) -> Reading:
    """What was entered as the answer, however it was asked: whether a question was answered does not depend on whether it counts."""
    question, parent = visit.form.placed[id]
    return _entered(question, visit.scope_of(parent, scope))


def _entered(question: Question, inside: Scope) -> Reading:
    return VALUES[question.kind](question, mapping(inside.answers.get(question.id)).get("value"), inside.path + question.id)


def _code(question: Question, value: object, path: str) -> Reading:
    return read_at(value if isinstance(value, str) and value in question.codes else None, path)


def _codes(question: Question, value: object, path: str) -> Reading:
    if not isinstance(value, list) or not value or not all(isinstance(code, str) and code in question.codes for code in value):
        return read_at(None, path)
    found = read_at(value, path)
    if any(option.rest_unknown and option.code in value for option in question.options):
        return found._replace(open=question.codes.difference(value), rest=found.because)
    return found


VALUES: dict[str, Callable[[Question, object, str], Reading]] = {
    "choice": _code,
    "choices": _codes,
    "yes_no": lambda question, value, path: read_at(value if isinstance(value, bool) else None, path),
    "integer": lambda question, value, path: read_at(whole_number(value), path),
    "date": lambda question, value, path: read_at(day_number(value), path),
}


def _with_care(visit: Visit, question: Question, found: Reading, path: str) -> Reading:
    """A sensitive answer as it counts: unless it was asked properly, reassurance in it counts as not asked, and a disclosure stands."""
    properly = visit.evaluate(visit.form.asked_properly, visit.top) if visit.form.asked_properly else Result(False)
    unsure = properly.missing if properly.value is None else frozenset((path,))
    if question.kind == "choices":
        return _with_care_of_several(question, found, properly, unsure)
    if not _reassures(question, found.value):
        return found
    return found._replace(because=union([found.because, properly.because])) if properly.value else Reading(None, missing=unsure)


def _with_care_of_several(question: Question, found: Reading, properly: Result, unsure: frozenset[str]) -> Reading:
    alone = frozenset(option.code for option in question.options if option.alone)
    if alone.intersection(found.value):
        return found._replace(because=union([found.because, properly.because])) if properly.value else Reading(None, missing=unsure)
    disclosed = any(option.code in found.value for option in question.options if not option.rest_unknown)
    ruled_out = alone if disclosed else NOTHING  # "none of these", once something is said: so what follows it is asked however it came
    if properly.value:
        return found._replace(open=found.open - ruled_out, vouched=properly.because)
    return found._replace(open=question.codes.difference(found.value, ruled_out), rest=found.rest or unsure)


def _reassures(question: Question, value: object) -> bool:
    return value is False if question.kind == "yes_no" else any(option.reassures and option.code == value for option in question.options)


# --- facts that were given --------------------------------------------------------------------------------


def _read_answer(visit: Visit, term: Tree, scope: Scope) -> Reading:
    return answer(visit, term[1], scope)


def _read_history(visit: Visit, term: Tree, _: Scope) -> Reading:
    name = term[1]
    value, path = mapping(visit.given.get("history")).get(name), f"given/history/{name}"
    if HISTORY[name] == "number":
        return _number_or_range(value, path)
    if HISTORY[name] == "truth":
        return read_at(value if isinstance(value, bool) else None, path)
    return read_at(value if isinstance(value, list) and all(isinstance(code, str) for code in value) else None, path)


def _number_or_range(value: object, path: str) -> Reading:
    """A number, or what it was at least and could have been, where a visit left something open."""
    low, high = (whole_number(mapping(value).get(end)) for end in ("at_least", "could_be"))
    if low is None or high is None or low >= high:
        return read_at(whole_number(value), path)
    return Reading(Range(low, high), frozenset((path,)), frozenset((path,)))


_SPANS: dict[str, Callable[[object, object], int | None]] = {
    "age_days": days_since,
    "days_since_seen": days_since,
    "days_home": days_since,
    "days_to_due": days_until,
}


def _read_child(visit: Visit, term: Tree, scope: Scope) -> Reading:
    name, child = term[0], visit.scope_of(term[1], scope)
    found: Reading | None = child.known.get(name)
    if found is None:
        found = child.known[name] = _OTHERWISE.get(name, _span)(visit, name, child)
    return found


def _span(visit: Visit, name: str, child: Scope) -> Reading:
    if not child.person:
        return read_at(None, f"{child.path}person")
    fact = CHILD_FACTS[name]
    if name == "days_to_due" and _span(visit, "age_days", child).value is not None:
        fact = "born_on"  # nobody waits for a child who is born, before the due date as little as after it
    return read_at(_SPANS[name](visit.person(child).get(fact), visit.on), f"given/people/{child.person}/{fact}")


def _birth_weight(visit: Visit, name: str, child: Scope) -> Reading:
    """As it was recorded, in grams."""
    if not child.person:
        return read_at(None, f"{child.path}person")
    return read_at(whole_number(visit.person(child).get(CHILD_FACTS[name])), f"given/people/{child.person}/{CHILD_FACTS[name]}")


def _corrected_age(visit: Visit, _: str, child: Scope) -> Reading:
    born, person = _span(visit, "age_days", child), visit.person(child)
    if born.value is None:
        return born
    value = corrected_age_days(person.get("born_on"), person.get("gestation_days"), visit.on)
    return read_at(value, f"given/people/{child.person}/{CHILD_FACTS['corrected_age_days']}")


_OTHERWISE: Mapping[str, Callable[[Visit, str, Scope], Reading]] = {
    "corrected_age_days": _corrected_age,
    "birth_weight_g": _birth_weight,
}
"""Facts of a child that are no span between two days."""

READERS: Mapping[str, Callable[[Visit, Tree, Scope], Reading]] = {
    "get": _read_answer,
    "history": _read_history,
    **dict.fromkeys(CHILD_FACTS, _read_child),
}
