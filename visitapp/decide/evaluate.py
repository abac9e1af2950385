"""Runs a compiled rule over a visit body in Kleene's three values: True, False, and None for "cannot tell". `static/tablet/rules.js` is
the same in JavaScript, line for line where it can be, and the tests hold the two together.

Each result carries its reasons. For a decided one, `because` alone is enough to decide it again; for an undecided one, `missing` is
what to ask, and `because` what already points to it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from visitapp.domain.ages import age_days, corrected_age_days, day_number
from visitapp.domain.answers import MOST_ROWS, whole_number
from visitapp.formlang.kinds import HISTORY
from visitapp.formlang.model import Form, Question, Tree

_NOTHING: frozenset[str] = frozenset()
_PLAIN_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")


class Result(NamedTuple):
    value: bool | None
    because: frozenset[str] = _NOTHING
    missing: frozenset[str] = _NOTHING


class Reading(NamedTuple):
    """A value read from the visit or from given facts, None when unknown, with the path it was looked for at."""

    value: Any
    path: str | None = None
    rest_unknown: bool = False


@dataclass(frozen=True)
class Scope:
    """One level of rows: the answers there, the rows question they belong to (None: the top), the path before them, and the person."""

    rows: str | None
    answers: Mapping[str, Any]
    path: str
    person: str
    outer: "Scope | None" = None


@dataclass(frozen=True)
class Rows:
    """The rows somebody entered; `complete` when the practitioner said that these are all, and all could be read."""

    path: str
    scopes: tuple[Scope, ...]
    complete: bool


@dataclass(frozen=True)
class Visit:
    """What a rule is run over: the form, the date of the visit, the facts given, and the answers. What was worked out for one rule is
    there for the next (`known`), because most rules ask what others ask too."""

    form: Form
    on: object
    given: Mapping[str, Any]
    top: Scope
    known: dict[tuple[int | str, int], tuple[Any, ...]] = field(default_factory=dict, repr=False, compare=False)

    def evaluate(self, tree: Tree, scope: Scope) -> Result:
        key = id(tree), id(scope)
        found = self.known.get(key)
        if found is None:  # with the tree and the scope, so that no other can come to have their ids
            found = self.known[key] = (OPERATORS[tree[0]](self, tree, scope), tree, scope)
        result: Result = found[0]
        return result

    def scope_of(self, rows: str | None, scope: Scope) -> Scope:
        while scope.rows != rows and scope.outer is not None:
            scope = scope.outer
        return scope

    def rows(self, question: str, scope: Scope) -> Rows:
        inside = self.scope_of(self.form.placed[question][1], scope)
        key = question, id(inside)
        if key not in self.known:
            self.known[key] = (_rows(question, inside), inside)
        rows: Rows = self.known[key][0]
        return rows


def visit_of(form: Form, body: object, given: object) -> Visit:
    """A visit body and given facts of any shape: whatever is not as it should be is unknown."""
    whole = mapping(body)
    return Visit(form, whole.get("occurred_on"), mapping(given), Scope(None, mapping(whole.get("answers")), "", ""))


def mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def plain_id(value: object) -> str:
    return value if isinstance(value, str) and _PLAIN_ID.fullmatch(value) else ""


def _rows(question: str, inside: Scope) -> Rows:
    path, answer = inside.path + question, mapping(inside.answers.get(question))
    entered = answer.get("rows")
    if not isinstance(entered, list):
        return Rows(path, (), False)
    scopes = tuple(_row_scope(question, path, row, index, inside) for index, row in enumerate(entered[:MOST_ROWS]))
    return Rows(path, scopes, answer.get("complete") is True and len(entered) <= MOST_ROWS)


def _row_scope(rows: str, path: str, row: object, index: int, outer: Scope) -> Scope:
    entered = mapping(row)
    id = plain_id(entered.get("id")) or f"#{index}"
    return Scope(rows, mapping(entered.get("answers")), f"{path}/{id}/", plain_id(entered.get("person")), outer)


# --- reading values ---------------------------------------------------------------------------------------


def _read(visit: Visit, term: object, scope: Scope) -> Reading:
    if not isinstance(term, tuple):
        return Reading(term)
    return _READERS[term[0]](visit, term, scope)


def _read_answer(visit: Visit, term: Tree, scope: Scope) -> Reading:
    question, parent = visit.form.placed[term[1]]
    inside = visit.scope_of(parent, scope)
    path = inside.path + question.id
    value = mapping(inside.answers.get(question.id)).get("value")
    return _VALUES[question.kind](question, value, path)


def _code(question: Question, value: object, path: str) -> Reading:
    return Reading(value if isinstance(value, str) and value in question.codes else None, path)


def _codes(question: Question, value: object, path: str) -> Reading:
    if not isinstance(value, list) or not value or not all(isinstance(code, str) and code in question.codes for code in value):
        return Reading(None, path)
    return Reading(value, path, any(option.rest_unknown and option.code in value for option in question.options))


_VALUES: dict[str, Callable[[Question, object, str], Reading]] = {
    "choice": _code,
    "choices": _codes,
    "yes_no": lambda question, value, path: Reading(value if isinstance(value, bool) else None, path),
    "integer": lambda question, value, path: Reading(whole_number(value), path),
    "date": lambda question, value, path: Reading(day_number(value), path),
}


def _read_history(visit: Visit, term: Tree, _: Scope) -> Reading:
    name = term[1]
    value, path = mapping(visit.given.get("history")).get(name), f"given/history/{name}"
    if HISTORY[name] == "number":
        return Reading(whole_number(value), path)
    if HISTORY[name] == "truth":
        return Reading(value if isinstance(value, bool) else None, path)
    return Reading(value if isinstance(value, list) and all(isinstance(code, str) for code in value) else None, path)


def _read_age(visit: Visit, term: Tree, scope: Scope) -> Reading:
    child = visit.scope_of(term[1], scope)
    if not child.person:
        return Reading(None, f"{child.path}person")
    person = mapping(mapping(visit.given.get("people")).get(child.person))
    return Reading(age_days(person.get("born_on"), visit.on), f"given/people/{child.person}/born_on")


def _read_corrected_age(visit: Visit, term: Tree, scope: Scope) -> Reading:
    born = _read_age(visit, term, scope)
    if born.value is None:
        return born
    person_id = visit.scope_of(term[1], scope).person
    person = mapping(mapping(visit.given.get("people")).get(person_id))
    value = corrected_age_days(person.get("born_on"), person.get("gestation_days"), visit.on)
    return Reading(value, f"given/people/{person_id}/gestation_days")


_READERS: dict[str, Callable[[Visit, Tree, Scope], Reading]] = {
    "get": _read_answer,
    "history": _read_history,
    "age_days": _read_age,
    "corrected_age_days": _read_corrected_age,
}


# --- operators --------------------------------------------------------------------------------------------


def _and(visit: Visit, tree: Tree, scope: Scope) -> Result:
    return _all([visit.evaluate(part, scope) for part in tree[1:]])


def _or(visit: Visit, tree: Tree, scope: Scope) -> Result:
    return _turned(_all([_turned(visit.evaluate(part, scope)) for part in tree[1:]]))


def _all(parts: list[Result]) -> Result:
    against = [part for part in parts if part.value is False]
    if against:
        return Result(False, _union(part.because for part in against))
    because = _union(part.because for part in parts)
    if all(part.value for part in parts):
        return Result(True, because)
    return Result(None, because, _union(part.missing for part in parts))


def _not(visit: Visit, tree: Tree, scope: Scope) -> Result:
    return _turned(visit.evaluate(tree[1], scope))


def _turned(result: Result) -> Result:
    return result if result.value is None else result._replace(value=not result.value)


def _if_shown(visit: Visit, tree: Tree, scope: Scope) -> Result:
    """Like `and`, but what is behind an unanswered question is not missing yet: only that question is."""
    gate, inner = visit.evaluate(tree[1], scope), visit.evaluate(tree[2], scope)
    if gate.value is None and inner.value is not False:
        return gate
    return _all([gate, inner])


def _some(visit: Visit, tree: Tree, scope: Scope) -> Result:
    return _at_least(visit, 1, tree[1], tree[2], scope)


def _count(visit: Visit, tree: Tree, scope: Scope) -> Result:
    return _at_least(visit, tree[1], tree[2], tree[3], scope)


def _at_least(visit: Visit, least: int, id: str, test: Tree, scope: Scope) -> Result:
    rows = visit.rows(id, scope)
    results = [visit.evaluate(test, row) for row in rows.scopes]
    for_it = [result for result in results if result.value is True]
    unsure = [result for result in results if result.value is None]
    if len(for_it) >= least:
        return Result(True, _union(result.because for result in for_it))
    all_there = frozenset() if rows.complete else frozenset((rows.path,))
    if rows.complete and len(for_it) + len(unsure) < least:
        against = _union(result.because for result in results if result.value is False)
        return Result(False, against | {rows.path})
    because = _union(result.because for result in (*for_it, *unsure))
    return Result(None, because, _union(result.missing for result in unsure) | all_there)


def _equal(visit: Visit, tree: Tree, scope: Scope) -> Result:
    return _compared(visit, tree, scope, lambda left, right: left == right)


def _compared(visit: Visit, tree: Tree, scope: Scope, test: Callable[[Any, Any], bool]) -> Result:
    left, right = _read(visit, tree[1], scope), _read(visit, tree[2], scope)
    return _settled((left, right), lambda: test(_day(left, right), _day(right, left)))


def _settled(sides: tuple[Reading, ...], test: Callable[[], bool]) -> Result:
    """Whether the test holds, once everything it reads is known."""
    missing = [side.path for side in sides if side.value is None and side.path]
    because = frozenset([side.path for side in sides if side.value is not None and side.path])
    return Result(None, because, frozenset(missing)) if missing else Result(test(), because)


def _day(side: Reading, other: Reading) -> Any:
    """A date written in the rule becomes a day number where it meets one."""
    return day_number(side.value) if isinstance(side.value, str) and isinstance(other.value, int) else side.value


def _in(visit: Visit, tree: Tree, scope: Scope) -> Result:
    left = _read(visit, tree[1], scope)
    return _settled((left,), lambda: any(_day(Reading(one), left) == left.value for one in tree[2][1:]))


def _has(visit: Visit, tree: Tree, scope: Scope) -> Result:
    codes = _read(visit, tree[1], scope)
    path = frozenset(() if codes.path is None else (codes.path,))
    if codes.value is None:
        return Result(None, missing=path)
    if tree[2] in codes.value:
        return Result(True, path)
    return Result(None, missing=path) if codes.rest_unknown else Result(False, path)


def _union(sets: Any) -> frozenset[str]:
    return _NOTHING.union(*sets)


OPERATORS: Mapping[str, Callable[[Visit, Tree, Scope], Result]] = {
    "and": _and,
    "or": _or,
    "not": _not,
    "if_shown": _if_shown,
    "some": _some,
    "count": _count,
    "==": _equal,
    "<": lambda visit, tree, scope: _compared(visit, tree, scope, lambda left, right: left < right),
    "<=": lambda visit, tree, scope: _compared(visit, tree, scope, lambda left, right: left <= right),
    ">": lambda visit, tree, scope: _compared(visit, tree, scope, lambda left, right: left > right),
    ">=": lambda visit, tree, scope: _compared(visit, tree, scope, lambda left, right: left >= right),
    "in": _in,
    "has": _has,
}
"""Every operator a tree may hold in `lang: 1`. The tests compare the names with those in rules.js."""
