"""What a tablet would have kept of a visit's answers: it sets an answer aside where its question does not apply for sure, so that a story
may begin with the ordinary answers of everybody and still be written as a practitioner would have written it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from visitapp.decide.evaluate import visit_of
from visitapp.decide.history import small_at_birth
from visitapp.decide.limits import Limits
from visitapp.decide.visit import Scope, Visit, mapping
from visitapp.domain.measures import OPEN_TO, PAST, SMALL
from visitapp.formlang import Form, Question

STANDS: dict[str, str] = {OPEN_TO: "open_to", PAST: "past"}
"""Measure -> the given fact that says what of it stands. An ordinary visit confirms what is of the family and not of the visit."""


def confirmed(form: Form, answers: dict[str, Any], given: dict[str, Any], said: Mapping[str, Any], limits: Limits) -> dict[str, Any]:
    """The ordinary answers with what stands of the family in place of "nobody" and "nothing", and the weight on record of a birth, as the
    tablet shows it to be confirmed; what the story `said` itself (by row) stays."""
    found = {id: _of_birth(form, id, answer, given, mapping(said.get(id)), limits) for id, answer in answers.items()}
    for question in (one for section in form.sections for one in section.questions if one.measure in STANDS):
        stands = [code for code in given["history"].get(STANDS[str(question.measure)]) or () if code in question.codes]
        if stands and question.id in answers and question.id not in said:
            gravest = max(stands, key=[option.code for option in question.options].index)  # written from the least to the most
            found[question.id] = {**answers[question.id], "value": stands if question.kind == "choices" else gravest}
    return found


def _of_birth(form: Form, id: str, answer: Any, given: dict[str, Any], said: Mapping[str, Any], limits: Limits) -> Any:
    asked = [one.id for one in form.question(id).questions if one.measure == SMALL] if id in form.placed else []
    if not asked or "rows" not in answer:
        return answer
    rows = []
    for row in answer["rows"]:
        small = small_at_birth(given["people"].get(row.get("person"), {}), limits)
        open_here = [one for one in asked if small is not None and one in row["answers"] and one not in mapping(said.get(row["person"]))]
        rows.append(row | {"answers": row["answers"] | {one: row["answers"][one] | {"value": small} for one in open_here}})
    return answer | {"rows": rows}


def on_screen(form: Form, on: str, answers: dict[str, Any], given: object) -> dict[str, Any]:
    """The answers to questions that were on the screen on that day, with these facts given. What one hides may have shown another."""
    top = [question for section in form.sections for question in section.questions]
    while True:
        visit = visit_of(form, {"occurred_on": on, "answers": answers}, given)
        kept = _kept(visit, top, visit.top)
        if kept == answers:
            return kept
        answers = kept


def _kept(visit: Visit, questions: Iterable[Question], scope: Scope) -> dict[str, Any]:
    """In the order in which they were written; whatever is no question of the form is left for the schema to say."""
    asked = {question.id: question for question in questions}
    found: dict[str, Any] = {}
    for id, answer in scope.answers.items():
        question = asked.get(id)
        if question and question.show_if and visit.evaluate(question.show_if, scope).value is not True:
            continue
        found[id] = _rows(visit, question, answer, scope) if question and question.kind == "rows" and "rows" in answer else answer
    return found


def _rows(visit: Visit, question: Question, answer: dict[str, Any], scope: Scope) -> dict[str, Any]:
    inside = zip(answer["rows"], visit.rows(question.id, scope).scopes, strict=False)
    rows = [row | {"answers": _kept(visit, question.questions, inner)} for row, inner in inside]
    return answer | {"rows": rows}
