"""Whether a visit body is as its form says, by marshmallow, with one schema compiled for each form version. It comes after the receipt:
what is wrong is noted beside a kept visit and never refuses it, so a body of any shape gives problems and no exception."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validates_schema
from marshmallow import validate as must

from visitapp.domain.ages import day_number
from visitapp.domain.answers import MOST_ROWS, AnswerProblem
from visitapp.domain.past import ADDITION
from visitapp.domain.photographs import MOST as MOST_PHOTOGRAPHS
from visitapp.domain.photographs import PLACES
from visitapp.formlang.answer_fields import REQUIRED, Checked, Few, answers, date, text
from visitapp.formlang.model import Form, Question
from visitapp.formlang.plain import plainly_right

MOST_PROBLEMS = 200
MOST_CALLS = 100
MOST_REASONS = 3_000


def validate(form: Form, body: object) -> list[AnswerProblem]:
    """Everything in a body that is not as the form says, at most `MOST_PROBLEMS`. Never raises; an empty list means nothing was wrong."""
    if not isinstance(body, dict):
        return [AnswerProblem("", "A visit is an object with its answers in it.")]
    if plainly_right(form, body):
        return []
    try:
        errors = _schema(form).validate(body)
    except (RecursionError, ValueError, TypeError) as fault:
        return [AnswerProblem("", f"The visit could not be checked ({type(fault).__name__}).")]
    wrong = [AnswerProblem(_path(path, body), message) for path, message in _flat(errors, ())]
    return [*wrong, *_too_late(form, body)][:MOST_PROBLEMS]


def _too_late(form: Form, body: dict[str, Any]) -> Iterator[AnswerProblem]:
    """Answers that say they were established after the visit at which they were confirmed."""
    today = day_number(body.get("occurred_on"))
    for section in form.sections:
        for path, answer in _carried(section.questions, body.get("answers"), ""):
            since = day_number(answer.get("since"))
            if since is not None and today is not None and since > today:
                yield AnswerProblem(path, "This says that it was established after the visit.")


def _carried(questions: tuple[Question, ...], answers: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every answer to a question that is carried forward, with its path."""
    for question in questions:
        answer = _member(answers, question.id)
        if question.carry and isinstance(answer, dict):
            yield path + question.id, answer
        rows = _member(answer, "rows") if question.questions else None
        for index, row in enumerate(rows[:MOST_ROWS] if isinstance(rows, list) else ()):
            yield from _carried(question.questions, _member(row, "answers"), f"{path}{question.id}/{_row_id(row, index)}/")


@lru_cache(maxsize=256)
def _schema(form: Form) -> Schema:
    questions = [question for section in form.sections for question in section.questions]
    return Schema.from_dict(
        {
            "v": fields.Integer(required=True, strict=True, validate=must.Equal(1), error_messages=REQUIRED),
            "household": text(required=True),
            "form": fields.String(required=True, validate=must.Equal(form.name), error_messages=REQUIRED),
            "form_version": fields.Integer(required=True, strict=True, validate=must.Equal(form.version), error_messages=REQUIRED),
            **({"adds_to": text(required=True)} if form.kind == ADDITION else {}),
            "occurred_on": Checked(date, required=True, error_messages=REQUIRED),
            "answers": fields.Nested(answers(tuple(questions)), required=True, unknown=RAISE, error_messages=REQUIRED),
            "calls": Few(fields.Nested(_CALL, unknown=RAISE), MOST_CALLS),
            "unasked_reasons": Few(fields.Nested(_UNASKED, unknown=RAISE), MOST_REASONS),
            "photographs": fields.Nested(_PHOTOGRAPHS),
        }
    )(unknown=RAISE)


_CALL = Schema.from_dict(
    {
        "id": text(required=True),
        "at": text(required=True),
        "who": text(required=True),
        "number": text(required=True),
        "reached": fields.Boolean(required=True, truthy={True}, falsy={False}),
        "spoke_to": text(allow_none=True),
        "said": text(allow_none=True),
    }
)
_CONSENT = Schema.from_dict(
    {
        "who": text(required=True),
        "agreed": fields.Boolean(required=True, truthy={True}, falsy={False}, error_messages=REQUIRED),
        "at": text(required=True, allow_none=True),
    }
)(unknown=RAISE)
_TAKEN = Schema.from_dict(
    {
        "id": text(required=True),
        "sha256": text(required=True),
        "size": fields.Integer(required=True, strict=True, validate=must.Range(min=1), error_messages=REQUIRED),
        "place": fields.String(required=True, validate=must.OneOf(PLACES), error_messages=REQUIRED),
        "caption": text(required=True),
        "taken_at": text(required=True),
        "lost": fields.Boolean(truthy={True}, falsy=set()),
    }
)(unknown=RAISE)


class _Photographs(Schema):
    """Photographs of the place, and who agreed to them before the first was taken."""

    class Meta:
        unknown = RAISE

    consent = fields.Nested(_CONSENT, required=True, error_messages=REQUIRED)
    taken = Few(fields.Nested(_TAKEN), MOST_PHOTOGRAPHS, required=True, error_messages=REQUIRED)

    @validates_schema
    def agreed(self, said: dict[str, Any], **_: Any) -> None:
        if said.get("taken") and not (said["consent"]["agreed"] and said["consent"]["who"].strip()):
            raise ValidationError("Nobody is named who agreed to these photographs.", "consent")


_PHOTOGRAPHS = _Photographs()
_UNASKED = Schema.from_dict({"finding": text(required=True), "row": text(required=True), "reason": text(required=True)})


def _flat(errors: Any, path: tuple[str | int, ...]) -> list[tuple[tuple[str | int, ...], str]]:
    if isinstance(errors, dict):
        return [one for key, inner in errors.items() for one in _flat(inner, path if key == "_schema" else (*path, key))]
    return [(path, str(message)) for message in (errors if isinstance(errors, list) else [errors])]


def _path(path: tuple[str | int, ...], body: dict[str, Any]) -> str:
    """marshmallow's way to a fault, turned into the paths that findings use: row ids in place of numbers, wrappers left out."""
    if path[:1] != ("answers",):
        return "/".join(str(step) for step in path)
    words: list[str] = []
    at: Any = body
    for before, step in zip((None, *path), path, strict=False):
        at = _member(at, step)
        if isinstance(step, int) and before == "rows":
            words.append(_row_id(at, step))
        elif step not in ("answers", "rows"):
            words.append(str(step))
    return "/".join(words) or "answers"


def _member(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


def _row_id(row: Any, index: int) -> str:
    id = row.get("id") if isinstance(row, dict) else None
    return id if isinstance(id, str) and 0 < len(id) <= 64 else f"#{index}"
