"""Points of a published score: the least and the most that they can be, from the answers there are. An unanswered question could be
anything, one that is hidden for sure counts nothing, and of one that may be hidden both are possible."""

from collections.abc import Mapping
from typing import NamedTuple

from visitapp.decide.reading import Range, Reading, answer
from visitapp.decide.visit import NOTHING, Result, Scope, Visit
from visitapp.formlang.model import Question, Score, Tree
from visitapp.formlang.scoring import most_points


class Points(NamedTuple):
    low: int
    high: int
    because: frozenset[str] = NOTHING
    missing: frozenset[str] = NOTHING


def total(visit: Visit, score: Score, scope: Scope) -> Points:
    """The points of a score in the row of `scope` or one around it."""
    inside = visit.scope_of(score.rows, scope)
    found: Points | None = inside.known.get(score.id)
    if found is None:
        found = inside.known[score.id] = _added(visit, score, inside)
    return found


def _added(visit: Visit, score: Score, inside: Scope) -> Points:
    each = [_points(visit, visit.form.question(id), points, inside) for id, points in score.of.items()]
    because, missing = NOTHING.union(*(one.because for one in each)), NOTHING.union(*(one.missing for one in each))
    return Points(sum(one.low for one in each), sum(one.high for one in each), because, missing)


def _points(visit: Visit, question: Question, points: Mapping[str, int], inside: Scope) -> Points:
    gate = visit.evaluate(question.show_if, inside) if question.show_if else Result(True)
    if gate.value is False:
        return Points(0, 0, gate.because)
    found = _answered(question, points, answer(visit, question.id, inside))
    because = gate.because | found.because
    if gate.value is None:
        return Points(0, found.high, because, gate.missing)
    return Points(found.low, found.high, because, found.missing)


def _answered(question: Question, points: Mapping[str, int], said: Reading) -> Points:
    most = most_points(question, points)
    if said.value is None:
        return Points(min(points.values()), most, missing=said.missing)
    if question.kind == "choice":
        return Points(points[said.value], points[said.value], said.because)
    counted = min(most, sum(points[code] for code in set(said.value)))
    more = sum(points[code] for code in said.open.intersection(option.code for option in question.options if not option.alone))
    because = said.because | said.vouched
    return Points(counted, min(most, counted + more), because, said.rest if said.open else NOTHING)


def read_score(visit: Visit, term: Tree, scope: Scope) -> Reading:
    """A score as a rule reads it."""
    found = total(visit, visit.form.score[term[1]], scope)
    return Reading(Range(found.low, found.high), found.because, found.missing)


def sure(sign: str, left: Range, right: Range) -> bool | None:
    """Whether a comparison holds for all of both ranges, for none, or cannot be told."""
    if _BETWEEN[sign](left, right):
        return True
    return False if _NEVER[sign](left, right) else None


_BETWEEN = {
    "==": lambda left, right: left.low == left.high == right.low == right.high,
    "<": lambda left, right: left.high < right.low,
    "<=": lambda left, right: left.high <= right.low,
    ">": lambda left, right: left.low > right.high,
    ">=": lambda left, right: left.low >= right.high,
}
_NEVER = {
    "==": lambda left, right: left.high < right.low or left.low > right.high,
    "<": _BETWEEN[">="],
    "<=": _BETWEEN[">"],
    ">": _BETWEEN["<="],
    ">=": _BETWEEN["<"],
}
