"""Whether a visit body is as its form says, by marshmallow, with one schema compiled for each form version. It comes after the receipt:
what is wrong is noted beside a kept visit and never refuses it, so a body of any shape gives problems and no exception."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields
from marshmallow import validate as must

from visitapp.domain.ages import day_number
from visitapp.domain.answers import MOST_ROWS, AnswerProblem, whole_number
from visitapp.formlang.model import Form, Question

LONGEST_TEXT = 100_000
MOST_PROBLEMS = 200
MOST_CALLS = 100
MOST_REASONS = 3_000
_REQUIRED: dict[str, Any] = {"required": "This is missing.", "null": "This is empty."}


def validate(form: Form, body: object) -> list[AnswerProblem]:
    """Everything in a body that is not as the form says, at most `MOST_PROBLEMS`. Never raises; an empty list means nothing was wrong."""
    if not isinstance(body, dict):
        return [AnswerProblem("", "A visit is an object with its answers in it.")]
    try:
        errors = _schema(form).validate(body)
    except (RecursionError, ValueError, TypeError) as fault:
        return [AnswerProblem("", f"The visit could not be checked ({type(fault).__name__}).")]
    return [AnswerProblem(_path(path, body), message) for path, message in _flat(errors, ())][:MOST_PROBLEMS]


@lru_cache(maxsize=256)
def _schema(form: Form) -> Schema:
    questions = [question for section in form.sections for question in section.questions]
    return Schema.from_dict(
        {
            "v": fields.Integer(required=True, strict=True, validate=must.Equal(1), error_messages=_REQUIRED),
            "household": _text(required=True),
            "form": fields.String(required=True, validate=must.Equal(form.name), error_messages=_REQUIRED),
            "form_version": fields.Integer(required=True, strict=True, validate=must.Equal(form.version), error_messages=_REQUIRED),
            "occurred_on": _Checked(_date, required=True, error_messages=_REQUIRED),
            "answers": fields.Nested(_answers(tuple(questions)), required=True, unknown=RAISE, error_messages=_REQUIRED),
            "calls": _Few(fields.Nested(_CALL, unknown=RAISE), MOST_CALLS),
            "unasked_reasons": _Few(fields.Nested(_UNASKED, unknown=RAISE), MOST_REASONS),
        }
    )(unknown=RAISE)


def _text(**how: Any) -> fields.String:
    return fields.String(validate=must.Length(max=LONGEST_TEXT), error_messages=_REQUIRED, **how)


_CALL = Schema.from_dict(
    {
        "id": _text(required=True),
        "at": _text(required=True),
        "who": _text(required=True),
        "number": _text(required=True),
        "reached": fields.Boolean(required=True, truthy={True}, falsy={False}),
        "spoke_to": _text(allow_none=True),
        "said": _text(allow_none=True),
    }
)
_UNASKED = Schema.from_dict({"finding": _text(required=True), "row": _text(required=True), "reason": _text(required=True)})


def _answers(questions: tuple[Question, ...]) -> Schema:
    return Schema.from_dict({question.id: _ANSWERS[question.kind](question) for question in questions})(unknown=RAISE)


class _Checked(fields.Field):
    """A value that one function checks: it returns what is wrong, or nothing."""

    def __init__(self, check: Callable[[Any], str | None], **how: Any) -> None:
        super().__init__(**how)
        self.check = check

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> Any:
        wrong = self.check(value)
        if wrong:
            raise ValidationError(wrong)
        return value


class _Few(fields.List):
    """A list whose length is looked at before anything in it, so that a flood of rows costs nothing."""

    def __init__(self, inner: fields.Field, most: int, **how: Any) -> None:
        super().__init__(inner, **how)
        self.most = most

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **how: Any) -> list[Any]:
        if isinstance(value, list) and len(value) > self.most:
            raise ValidationError(f"There are more than {self.most} here.")
        return super()._deserialize(value, attr, data, **how)


class _Answer(_Checked):
    """Exactly one of a value (with how it is known) and a reason why it is absent."""

    def __init__(self, question: Question) -> None:
        self.question = question
        super().__init__(self.wrong)

    def wrong(self, answer: Any) -> str | None:
        if not isinstance(answer, dict):
            return "An answer is an object with a value, or with the reason why it is absent."
        if set(answer) == {"absent"}:
            return None if _among(answer["absent"], self.question.absent) else "This reason for no answer is not one that is offered here."
        if "value" not in answer or set(answer) - {"value", "known"}:
            return "An answer has either a value or a reason why it is absent, and nothing else."
        if "known" in answer and not _among(answer["known"], self.question.known):
            return "How it is known is not one of the ways offered here."
        return _VALUES[self.question.kind](self.question, answer["value"])


def _rows(question: Question) -> fields.Field:
    row = Schema.from_dict(
        {
            "id": _text(required=True),
            "person": _text(allow_none=True),
            "answers": fields.Nested(_answers(question.questions), required=True, unknown=RAISE, error_messages=_REQUIRED),
        }
    )(unknown=RAISE)
    return fields.Nested(
        Schema.from_dict(
            {
                "rows": _Few(fields.Nested(row), MOST_ROWS, required=True, error_messages=_REQUIRED),
                "complete": fields.Boolean(required=True, truthy={True}, falsy={False}, error_messages=_REQUIRED),
            }
        )(unknown=RAISE)
    )


def _among(value: object, codes: tuple[str, ...]) -> bool:
    return isinstance(value, str) and value in codes


def _choice(question: Question, value: object) -> str | None:
    return None if isinstance(value, str) and value in question.codes else "This is not one of the answers offered."


def _choices(question: Question, value: object) -> str | None:
    if not isinstance(value, list) or not value:
        return "This is a list of at least one of the answers offered."
    if any(_choice(question, one) for one in value):
        return "One of these is not among the answers offered."
    alone = [option.label for option in question.options if option.alone and option.code in value]
    return f"“{alone[0]}” cannot stand beside other answers." if alone and len(value) > 1 else None


def _integer(question: Question, value: object) -> str | None:
    number = whole_number(value)
    if number is None:
        return "This is not a whole number."
    low, high = question.minimum, question.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        return f"This is not from {low if low is not None else 'any number'} to {high if high is not None else 'any number'}."
    return None


def _date(value: object) -> str | None:
    return None if day_number(value) is not None else "This is not a date written as year-month-day."


def _free_text(_: Question, value: object) -> str | None:
    if not isinstance(value, str):
        return "This is not text."
    return f"This is longer than {LONGEST_TEXT} characters." if len(value) > LONGEST_TEXT else None


_VALUES: dict[str, Callable[[Question, Any], str | None]] = {
    "choice": _choice,
    "choices": _choices,
    "yes_no": lambda _, value: None if isinstance(value, bool) else "This is neither yes nor no.",
    "integer": _integer,
    "date": lambda _, value: _date(value),
    "text": _free_text,
}
_ANSWERS: dict[str, Callable[[Question], fields.Field]] = {**dict.fromkeys(_VALUES, _Answer), "rows": _rows}


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
