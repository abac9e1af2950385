"""What a kept body says, read with the form it was written on: the named measures that outlive versions of a form, whether the visit
took place, whether a child was seen, and the telephone calls made from it. Pure, and safe on a body of any shape: what is not as the form
says is left out here and was noted by the schema.

A measure says what a rule would read: reassurance in a sensitive question that was not asked properly is not known here either. A question
that applied and has no answer is a measure that is not known, because what was asked and not learnt is history too. What is confidential is
no measure: measures go to tablets, charts and letters.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from visitapp.decide.evaluate import visit_of
from visitapp.decide.reading import VALUES, answer
from visitapp.decide.score import scores_in
from visitapp.decide.visit import Scope, Visit, mapping
from visitapp.domain.ages import day_number
from visitapp.domain.measures import OUTCOME, SEEN, SEEN_AT_DOOR, UNANSWERED, could_be
from visitapp.domain.moments import is_instant
from visitapp.formlang import Form, Question

MOST_CALLS = 100
LONGEST_CALL_TEXT = 2_000
NOT_ASKED = "not_asked"

Measure = tuple[str, ...]
"""(person, name, value, how it is known), as `domain.measures` says; a fifth part, of what the form carries, is the day since when it
stands."""


@dataclass(frozen=True)
class Reading:
    """`child_seen` is None when it was not said."""

    kind: str
    outcome: str | None
    child_seen: bool | None
    measures: tuple[Measure, ...]


def read(form: Form, body: dict[str, Any], given: object = None) -> Reading:
    """What the body says in the form's own measures, its scores among them. `given` is what was known beside it, where a question's
    `show_if` or a score reads that."""
    return read_in(visit_of(form, body, given))


def read_in(visit: Visit) -> Reading:
    """The same, of a visit that may be judged afterwards: what was worked out here is not worked out again."""
    top = [question for section in visit.form.sections for question in section.questions]
    measures = (*_measures(visit, top, visit.top, ""), *_scores(visit))
    outcomes = [one[2] for one in measures if one[1] == OUTCOME and one[2]]
    return Reading(visit.form.kind, outcomes[0] if outcomes else None, _child_seen(measures), measures)


def _child_seen(measures: Iterable[Measure]) -> bool | None:
    said = {one[2] for one in measures if one[1] in (SEEN, SEEN_AT_DOOR) and one[2]}
    if said & {"awake", "asleep", "true"}:
        return True
    return False if said else None


def _measures(visit: Visit, questions: Iterable[Question], scope: Scope, person: str) -> Iterator[Measure]:
    for question in questions:
        if question.kind == "rows":
            for row in visit.rows(question.id, scope).scopes:
                yield from _measures(visit, question.questions, row, row.person or person)
        elif question.measure and not question.confidential:
            yield from _of_answer(visit, question, scope, person)


def _of_answer(visit: Visit, question: Question, scope: Scope, person: str) -> Iterator[Measure]:
    entered, name = mapping(scope.answers.get(question.id)), str(question.measure)
    value, absent, known, since = (entered.get(part) for part in ("value", "absent", "known", "since"))
    how = known if isinstance(known, str) else ""
    if isinstance(absent, str):
        yield person, name, "", absent
    elif _reads(visit, question, scope, value):
        stands = (str(since if _before(since, visit.on) else visit.on),) if question.carry else ()
        for one in value if isinstance(value, list) else [value]:
            yield person, name, _text(one), how, *stands
    elif value is not None and question.sensitive:
        yield person, name, "", NOT_ASKED
    elif _applies(visit, question, scope):
        yield person, name, "", UNANSWERED


def _reads(visit: Visit, question: Question, scope: Scope, value: object) -> bool:
    """Whether a rule could read the answer; free text is read by people alone."""
    if question.kind not in VALUES:
        return isinstance(value, str) and value.strip() != ""
    return value is not None and answer(visit, question.id, scope).value is not None


def _applies(visit: Visit, question: Question, scope: Scope) -> bool:
    """Whether the question was on the screen for sure."""
    return question.show_if is None or visit.evaluate(question.show_if, scope).value is True


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) else str(value)


def _before(since: object, on: object) -> bool:
    """Whether an answer stands since a day before the visit."""
    first, day = day_number(since), day_number(on)
    return first is not None and day is not None and first <= day


def _scores(visit: Visit) -> Iterator[Measure]:
    """Each score of which something is known."""
    for score in scores_in(visit):
        if score.measure and (score.at_least > 0 or score.could_be < visit.form.score[score.id].max):
            yield score.person, score.measure, str(score.at_least), could_be(score.could_be)


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
