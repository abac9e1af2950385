"""Whether there is surely nothing wrong with a visit body, seen in a fraction of the time that a schema takes. Nearly every visit is so,
because tablets write them; whatever is not goes to the schema, which alone says what is wrong."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from visitapp.domain.answers import MOST_ROWS
from visitapp.domain.past import ADDITION
from visitapp.formlang.answer_fields import LONGEST_TEXT, answer_check, date
from visitapp.formlang.model import Form, Question

REQUIRED = {"v", "household", "form", "form_version", "occurred_on", "answers"}
EMPTY = {"calls", "unasked_reasons"}
"""Parts of a body that are looked at here only to see that nothing is in them."""
ROW, ROWS = {"id", "person", "answers"}, {"rows", "complete"}


class _Part(NamedTuple):
    """A question: how an answer to it is checked, or the questions of its rows."""

    check: Callable[[Any], str | None] | None
    inside: "Mapping[str, _Part]"


def plainly_right(form: Form, body: Mapping[str, Any]) -> bool:
    """True means that the schema would find nothing wrong; False means nothing."""
    parts, required = body.keys(), REQUIRED | ({"adds_to"} if form.kind == ADDITION else set())
    if not (parts >= required and parts <= required | EMPTY) or any(body[part] != [] for part in EMPTY & parts):
        return False
    said = body["v"], body["form"], body["form_version"]
    if said != (1, form.name, form.version) or type(body["v"]) is not int or type(body["form_version"]) is not int:
        return False
    if not _text(body["household"]) or not _text(body.get("adds_to", "")) or date(body["occurred_on"]) is not None:
        return False
    return _right(_parts_of(form), body["answers"], body["occurred_on"])


def _right(parts: Mapping[str, _Part], answers: object, on: str) -> bool:
    if not isinstance(answers, dict):
        return False
    for id, answer in answers.items():
        part = parts.get(id)
        if part is None or not isinstance(answer, dict):
            return False
        if part.check is None:
            if not _right_rows(part.inside, answer, on):
                return False
        elif part.check(answer) is not None or answer.get("since", "") > on:
            return False
    return True


def _right_rows(inside: Mapping[str, _Part], answer: Mapping[str, Any], on: str) -> bool:
    rows = answer.get("rows")
    if answer.keys() != ROWS or not isinstance(rows, list) or len(rows) > MOST_ROWS or not isinstance(answer["complete"], bool):
        return False
    return all(
        isinstance(row, dict)
        and row.keys() <= ROW
        and _text(row.get("id"))
        and (row.get("person") is None or _text(row["person"]))
        and _right(inside, row.get("answers"), on)
        for row in rows
    )


def _text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT


@lru_cache(maxsize=256)
def _parts_of(form: Form) -> Mapping[str, _Part]:
    return _parts([question for section in form.sections for question in section.questions])


def _parts(questions: list[Question] | tuple[Question, ...]) -> Mapping[str, _Part]:
    return {one.id: _Part(None if one.kind == "rows" else answer_check(one), _parts(one.questions)) for one in questions}
