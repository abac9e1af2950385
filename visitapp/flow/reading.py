"""What a kept body says, read with the form it was written on: the named measures that outlive versions of a form, whether the visit
took place, whether a child was seen, and the telephone calls made from it. Pure, and safe on a body of any shape: what is not as the form
says is left out here and was noted by the schema.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from visitapp.domain.moments import is_instant
from visitapp.formlang import Form, Question

OUTCOME, SEEN, SEEN_AT_DOOR = "visit.outcome", "child.seen", "child.seen_at_door"
MOST_CALLS = 100
LONGEST_CALL_TEXT = 2_000

Measure = tuple[str, str, str, str]
"""(person, name, value, how it is known); an absent answer has no value and says there why it is absent."""


@dataclass(frozen=True)
class Reading:
    """`child_seen` is None when it was not said."""

    kind: str
    outcome: str | None
    child_seen: bool | None
    measures: tuple[Measure, ...]


def read(form: Form, body: dict[str, Any]) -> Reading:
    """What the body says in the form's own measures."""
    answers = body.get("answers")
    top = [question for section in form.sections for question in section.questions]
    measures = tuple(_measures(top, answers, "")) if isinstance(answers, dict) else ()
    outcomes = [value for _, name, value, _ in measures if name == OUTCOME and value]
    return Reading(form.kind, outcomes[0] if outcomes else None, _child_seen(measures), measures)


def _child_seen(measures: tuple[Measure, ...]) -> bool | None:
    said = {value for _, name, value, _ in measures if name in (SEEN, SEEN_AT_DOOR) and value}
    if said & {"awake", "asleep", "true"}:
        return True
    return False if said else None


def _measures(questions: list[Question] | tuple[Question, ...], answers: dict[str, Any], person: str) -> Iterator[Measure]:
    for question in questions:
        answer = answers.get(question.id)
        if not isinstance(answer, dict):
            continue
        if question.kind == "rows":
            yield from _of_rows(question, answer, person)
        elif question.measure:
            yield from _of_answer(question.measure, answer, person)


def _of_rows(question: Question, answer: dict[str, Any], person: str) -> Iterator[Measure]:
    for row in rows(answer):
        whose = row.get("person")
        yield from _measures(question.questions, row["answers"], whose if isinstance(whose, str) else person)


def rows(answer: Any) -> list[dict[str, Any]]:
    """The rows of an answer that are rows."""
    found = answer.get("rows") if isinstance(answer, dict) else None
    return [row for row in found if isinstance(row, dict) and isinstance(row.get("answers"), dict)] if isinstance(found, list) else []


def people_named(form: Form, body: dict[str, Any]) -> frozenset[str]:
    """The ids of everybody whom a row of the visit says it is about."""
    return frozenset(_named([question for section in form.sections for question in section.questions], body.get("answers")))


def _named(questions: Iterable[Question], answers: Any) -> Iterator[str]:
    for question in questions if isinstance(answers, dict) else ():
        answer = answers.get(question.id)
        given = answer.get("rows") if question.kind == "rows" and isinstance(answer, dict) else None
        for row in given if isinstance(given, list) else ():
            if isinstance(row, dict):
                if isinstance(row.get("person"), str):
                    yield row["person"]
                yield from _named(question.questions, row.get("answers"))


def _of_answer(measure: str, answer: dict[str, Any], person: str) -> Iterator[Measure]:
    absent, known, value = answer.get("absent"), answer.get("known"), answer.get("value")
    if isinstance(absent, str):
        yield person, measure, "", absent
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str | int):
            text = ("true" if one else "false") if isinstance(one, bool) else str(one)
            yield person, measure, text, known if isinstance(known, str) else ""


def calls(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The calls made from the visit, as facts are kept."""
    found = body.get("calls")
    return [call for one in found[:MOST_CALLS] if (call := _call(one))] if isinstance(found, list) else []


def _call(said: Any) -> dict[str, Any] | None:
    if not isinstance(said, dict) or not isinstance(said.get("id"), str) or not is_instant(said.get("at")):
        return None
    words = {name: _words(said.get(name)) for name in ("who", "number", "spoke_to", "said")}
    return {"call": said["id"][:64], "at_time": said["at"], "reached": said.get("reached") is True, **words}


def _words(value: Any) -> str:
    return value[:LONGEST_CALL_TEXT] if isinstance(value, str) else ""
