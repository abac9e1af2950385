"""Published scores of a visit, as ranges: what is not answered could be anything."""

from collections.abc import Iterator

from visitapp.decide.evaluate import visit_of
from visitapp.decide.points import total
from visitapp.decide.visit import Scope, Visit
from visitapp.domain.findings import Score
from visitapp.formlang.model import Form
from visitapp.formlang.model import Score as Published


def scores(form: Form, body: object, given: object) -> list[Score]:
    """Every score of the form, in form order, one for each row that its questions stand in. Never raises on a body of any shape."""
    return scores_in(visit_of(form, body, given))


def scores_in(visit: Visit) -> list[Score]:
    """The same, of a visit that may have been read already."""
    return [_score(visit, one, scope) for one in visit.form.scores for scope in _places(visit, one.rows) if _asked(visit, one, scope)]


def _asked(visit: Visit, score: Published, scope: Scope) -> bool:
    """Whether it may have been asked: what surely was not has no score, and is not nought."""
    return score.when is None or visit.evaluate(score.when, scope).value is not False


def _places(visit: Visit, rows: str | None) -> Iterator[Scope]:
    """Every row of rows that may be nested, or the top; rows that are hidden for sure have none."""
    if rows is None:
        yield visit.top
        return
    question, parent = visit.form.placed[rows]
    for outer in _places(visit, parent):
        hidden = question.show_if is not None and visit.evaluate(question.show_if, outer).value is False
        yield from () if hidden else visit.rows(rows, outer).scopes


def _score(visit: Visit, score: Published, scope: Scope) -> Score:
    points = total(visit, score, scope)
    row = "" if score.rows is None else scope.path.split("/")[-2]
    return Score(score.id, score.measure, row, _person(scope), points.low, points.high)


def _person(scope: Scope | None) -> str:
    while scope is not None and not scope.person:
        scope = scope.outer
    return scope.person if scope else ""
