"""Runs a compiled rule over a visit body in Kleene's three values: True, False, and None for "cannot tell". `static/tablet/rules.js` is
the same in JavaScript, line for line where it can be, and the tests hold the two together."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

from visitapp.decide.points import read_score, sure
from visitapp.decide.reading import READERS, Range, Reading, entered
from visitapp.decide.visit import Operator, Result, Scope, Visit, mapping, union
from visitapp.domain.ages import day_number
from visitapp.domain.answers import whole_number
from visitapp.formlang.model import Form, Tree


def visit_of(form: Form, body: object, given: object) -> Visit:
    """A visit body and given facts of any shape: whatever is not as it should be is unknown."""
    whole = mapping(body)
    top = Scope(None, mapping(whole.get("answers")), "", "")
    return Visit(form, whole.get("occurred_on"), mapping(given), top, OPERATORS)


def _read(visit: Visit, term: object, scope: Scope) -> Reading:
    if not isinstance(term, tuple):
        return Reading(term)
    return _READERS[term[0]](visit, term, scope)


def _plus(visit: Visit, term: Tree, scope: Scope) -> Reading:
    found = _read(visit, term[1], scope)
    if isinstance(found.value, Range):
        return found._replace(value=Range(found.value.low + term[2], found.value.high + term[2]))
    if found.value is None:
        return found
    added = whole_number(found.value + term[2])
    return Reading(None, missing=found.because) if added is None else found._replace(value=added)


_READERS: Mapping[str, Callable[[Visit, Tree, Scope], Reading]] = {**READERS, "score": read_score, "plus": _plus}


def _and(visit: Visit, tree: Tree, scope: Scope) -> Result:
    """The first part that is false decides it, and is reason enough; what stands behind it is not looked at."""
    parts = []
    for part in tree[1:]:
        found = visit.evaluate(part, scope)
        if found.value is False:
            return found
        parts.append(found)
    return _all(parts)


def _or(visit: Visit, tree: Tree, scope: Scope) -> Result:
    parts = [visit.evaluate(part, scope) for part in tree[1:]]
    for_it = [part for part in parts if part.value]
    if for_it:
        return Result(True, union([part.because for part in for_it]))
    because = union([part.because for part in parts])
    if all(part.value is False for part in parts):
        return Result(False, because)
    return Result(None, because, union([part.missing for part in parts]))


def _all(parts: list[Result]) -> Result:
    """Parts of which none is false."""
    because = union([part.because for part in parts])
    if all(part.value for part in parts):
        return Result(True, because)
    return Result(None, because, union([part.missing for part in parts]))


def _not(visit: Visit, tree: Tree, scope: Scope) -> Result:
    found = visit.evaluate(tree[1], scope)
    return found if found.value is None else Result(not found.value, found.because)


def _if_shown(visit: Visit, tree: Tree, scope: Scope) -> Result:
    """Like `and`, but what is behind an unanswered question is not missing yet: only that question is."""
    gate = visit.evaluate(tree[1], scope)
    if gate.value is False:
        return gate
    inner = visit.evaluate(tree[2], scope)
    if inner.value is False:
        return inner
    return gate if gate.value is None else _all([gate, inner])


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
        return Result(True, union([result.because for result in for_it]))
    all_there = frozenset((rows.path,))
    if rows.complete and len(for_it) + len(unsure) < least:
        return Result(False, union([all_there, *(result.because for result in results if result.value is False)]))
    because = union([result.because for result in (*for_it, *unsure)])
    return Result(None, because, union([*(result.missing for result in unsure), *(() if rows.complete else (all_there,))]))


def _comparison(sign: str, test: Callable[[Any, Any], bool]) -> Operator:
    def compared(visit: Visit, tree: Tree, scope: Scope) -> Result:
        left, right = _read(visit, tree[1], scope), _read(visit, tree[2], scope)
        if left.missing or right.missing or isinstance(left.value, Range) or isinstance(right.value, Range):
            return _between(sign, left, right)
        return Result(test(_day(left.value, right.value), _day(right.value, left.value)), union([left.because, right.because]))

    return compared


def _between(sign: str, left: Reading, right: Reading) -> Result:
    """A comparison in which a side is unknown, or is a range: it holds only when it holds for all that the sides could be."""
    because, one, other = union([left.because, right.because]), _range(left), _range(right)
    value = sure(sign, one, other) if one is not None and other is not None else None
    return Result(value, because) if value is not None else Result(None, because, union([left.missing, right.missing]))


def _range(side: Reading) -> Range | None:
    """The numbers that a side could be; None when that is anything, or when it is no number and has no order."""
    if isinstance(side.value, Range):
        return side.value
    return Range(side.value, side.value) if isinstance(side.value, int) else None


def _day(value: Any, other: Any) -> Any:
    """A date written in the rule becomes a day number where it meets one."""
    return day_number(value) if isinstance(value, str) and isinstance(other, int) else value


def _in(visit: Visit, tree: Tree, scope: Scope) -> Result:
    left = _read(visit, tree[1], scope)
    if left.missing:
        return Result(None, missing=left.missing)
    return Result(any(_day(one, left.value) == left.value for one in tree[2][1:]), left.because)


def _has(visit: Visit, tree: Tree, scope: Scope) -> Result:
    codes = _read(visit, tree[1], scope)
    if codes.value is None:
        return Result(None, missing=codes.missing)
    if tree[2] in codes.value:
        return Result(True, codes.because)
    return Result(None, missing=codes.rest) if tree[2] in codes.open else Result(False, union([codes.because, codes.vouched]))


def _unanswered(visit: Visit, tree: Tree, scope: Scope) -> Result:
    """Whether a question that was put has no answer, for whatever reason: the one test that silence decides, and never towards "no"."""
    found = entered(visit, tree[1], scope)
    return Result(found.value is None, found.because or found.missing)


OPERATORS: Mapping[str, Operator] = {
    "and": _and,
    "or": _or,
    "not": _not,
    "if_shown": _if_shown,
    "some": _some,
    "count": _count,
    "==": _comparison("==", operator.eq),
    "<": _comparison("<", operator.lt),
    "<=": _comparison("<=", operator.le),
    ">": _comparison(">", operator.gt),
    ">=": _comparison(">=", operator.ge),
    "in": _in,
    "has": _has,
    "unanswered": _unanswered,
}
"""Every operator a tree may hold in `lang: 3`. The tests compare the names with those in rules.js."""
