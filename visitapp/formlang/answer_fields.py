"""One answer, and rows of answers, as marshmallow checks them. Each kind of question has its check in one table."""

from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields
from marshmallow import validate as must

from visitapp.domain.ages import day_number
from visitapp.domain.answers import MOST_ROWS, whole_number
from visitapp.formlang.model import Question

LONGEST_TEXT = 100_000
REQUIRED: dict[str, Any] = {"required": "This is missing.", "null": "This is empty."}


def text(**how: Any) -> fields.String:
    return fields.String(validate=must.Length(max=LONGEST_TEXT), error_messages=REQUIRED, **how)


def answers(questions: tuple[Question, ...]) -> Schema:
    return Schema.from_dict({question.id: ANSWERS[question.kind](question) for question in questions})(unknown=RAISE)


class Checked(fields.Field):
    """A value that one function checks: it returns what is wrong, or nothing."""

    def __init__(self, check: Callable[[Any], str | None], **how: Any) -> None:
        super().__init__(**how)
        self.check = check

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> Any:
        wrong = self.check(value)
        if wrong:
            raise ValidationError(wrong)
        return value


class Few(fields.List):
    """A list whose length is looked at before anything in it, so that a flood of rows costs nothing."""

    def __init__(self, inner: fields.Field, most: int, **how: Any) -> None:
        super().__init__(inner, **how)
        self.most = most

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **how: Any) -> list[Any]:
        if isinstance(value, list) and len(value) > self.most:
            raise ValidationError(f"There are more than {self.most} here.")
        return super()._deserialize(value, attr, data, **how)


class _Answer(Checked):
    """Exactly one of a value (with how it is known, and since when if it is carried forward) and a reason why it is absent."""

    def __init__(self, question: Question) -> None:
        self.question = question
        super().__init__(self.wrong)

    def wrong(self, answer: Any) -> str | None:
        if not isinstance(answer, dict):
            return "An answer is an object with a value, or with the reason why it is absent."
        if set(answer) == {"absent"}:
            return None if _among(answer["absent"], self.question.absent) else "This reason for no answer is not one that is offered here."
        if "value" not in answer or set(answer) - {"value", "known", *(("since",) if self.question.lasts(answer["value"]) else ())}:
            return "An answer has either a value or a reason why it is absent, and nothing else."
        if "known" in answer and not _among(answer["known"], self.question.known):
            return "How it is known is not one of the ways offered here."
        if "since" in answer and day_number(answer["since"]) is None:
            return "Since when it is known is not a date written as year-month-day."
        return _VALUES[self.question.kind](self.question, answer["value"])


def answer_check(question: Question) -> Callable[[Any], str | None]:
    """What is wrong with an answer to this question, or nothing, without the schema around it."""
    return _Answer(question).wrong


def _rows(question: Question) -> fields.Field:
    row = Schema.from_dict(
        {
            "id": text(required=True),
            "person": text(allow_none=True),
            "answers": fields.Nested(answers(question.questions), required=True, unknown=RAISE, error_messages=REQUIRED),
        }
    )(unknown=RAISE)
    return fields.Nested(
        Schema.from_dict(
            {
                "rows": Few(fields.Nested(row), MOST_ROWS, required=True, error_messages=REQUIRED),
                "complete": fields.Boolean(required=True, truthy={True}, falsy={False}, error_messages=REQUIRED),
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


def date(value: object) -> str | None:
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
    "date": lambda _, value: date(value),
    "text": _free_text,
}
ANSWERS: dict[str, Callable[[Question], fields.Field]] = {**dict.fromkeys(_VALUES, _Answer), "rows": _rows}
