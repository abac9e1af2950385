"""A visit of a story that begins with the form's own ordinary answers (`formlang.ordinary`) and gives only what was different, person by
person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from visitapp.flow.reading import SEEN
from visitapp.flow.stories.answering import UNANSWERED, Answering
from visitapp.flow.stories.answers import Row, Rows
from visitapp.flow.stories.looking import Spot
from visitapp.formlang import Form, Question
from visitapp.formlang.ordinary import ordinary as ordinary_of
from visitapp.formlang.reading import Document

EACH = "each"
NOT_BORN, AWAKE = "not_born", "awake"


def has_ordinary(form: Form) -> bool:
    """Whether the form says what is ordinary."""
    return bool(ordinary_of(form))


def ordinary(form: Form, family: Mapping[str, Mapping[str, bool]]) -> dict[str, Any]:
    """A form's ordinary answers, with one row for each of the family where it says `each`; `family` is child and adult -> key -> whether
    they are born."""
    spot, reading = Spot(Document(form.file, value=dict(ordinary_of(form)))), Answering(form, ())
    found: dict[str, Any] = {}
    for id, raw in spot.mapping.items():
        question = form.question(id)
        if question.kind == "rows" and isinstance(raw, dict) and EACH in raw:
            said = reading.inside(spot.at(id, EACH), question)
            rows = tuple(Row(said | _seen(question, said, born), key) for key, born in family[question.of or ""].items())
            found[id] = Rows(rows, complete=True)
        else:
            found |= reading.one(spot.at(id), question)
    return found


def unanswered(form: Form, family: Mapping[str, Mapping[str, bool]]) -> dict[str, Any]:
    """What a tablet opens a visit with: a row for each of the family and nothing answered, so that a child of whom nothing was said stays a
    child of whom nothing is known. Nobody said yet that these are all."""
    asked = [question for section in form.sections for question in section.questions if question.of]
    return {question.id: Rows(tuple(Row({}, key) for key in family[question.of or ""])) for question in asked}


def _seen(rows: Question, said: dict[str, Any], born: bool) -> dict[str, Any]:
    """A form's ordinary child is born, or is not: whoever is otherwise is seen otherwise."""
    question = next((one for one in rows.questions if one.measure == SEEN and NOT_BORN in one.codes), None)
    if question is None or (said.get(question.id) == NOT_BORN) is not born:
        return {}
    return {question.id: AWAKE if born else NOT_BORN}


def merged(base: dict[str, Any], said: dict[str, Any], questions: Iterable[Question]) -> dict[str, Any]:
    """What is said over what is ordinary: rows of a person by person, every other answer as a whole."""
    asked = {question.id: question for question in questions}
    found = dict(base)
    for id, given in said.items():
        before, value = found.get(id), as_rows(given)
        if isinstance(value, Rows) and isinstance(before, Rows) and asked[id].of:
            found[id] = _rows(before, value, asked[id])
        else:
            found[id] = value
    return without_unanswered(found)


def as_rows(value: Any) -> Any:
    """A list of rows is all of them."""
    return Rows(tuple(value), complete=True) if isinstance(value, list) and value and isinstance(value[0], Row) else value


def _rows(base: Rows, said: Rows, question: Question) -> Rows:
    over = {row.person: row for row in said.rows}
    known = {row.person for row in base.rows}
    rows = [_row(row, over[row.person], question) if row.person in over else row for row in base.rows]
    return replace(said, rows=(*rows, *(row for row in said.rows if row.person not in known)))


def _row(base: Row, said: Row, question: Question) -> Row:
    return Row(merged(base.said, said.said, question.questions), base.person, said.how or base.how)


def without_unanswered(said: dict[str, Any]) -> dict[str, Any]:
    """Only what was answered."""
    found: dict[str, Any] = {}
    for id, value in ((id, as_rows(one)) for id, one in said.items()):
        if isinstance(value, Rows):
            found[id] = replace(value, rows=tuple(replace(row, said=without_unanswered(row.said)) for row in value.rows))
        elif value is not UNANSWERED:
            found[id] = value
    return found
