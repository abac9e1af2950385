"""The fields of what is said about a family, and how what was said is read: each message stands beside its field and says what to do.
Nothing is tidied: what was typed is kept as typed.
"""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from visitapp.domain.ages import day_number
from visitapp.flow.page_faults import Found, Parts, first_problem, rule, within
from visitapp.flow.people_schemas import Said
from visitapp.problems import wrong

LONGEST = 10_000
SHORTER = f"Make this shorter: at most {LONGEST:,} characters."


def words(missing: str) -> fields.String:
    """Words that must be there."""
    messages: dict[str, Any] = {"required": missing, "null": missing, "invalid": missing}
    length = validate.Length(max=LONGEST, error=SHORTER)
    return fields.String(required=True, error_messages=messages, validate=length)


def more() -> fields.String:
    """Words that may be left out."""
    length = validate.Length(max=LONGEST, error=SHORTER)
    return fields.String(load_default=None, allow_none=True, validate=length, error_messages={"invalid": "Write this in words."})


def day(missing: str, *, required: bool = True) -> fields.String:
    """A date that exists."""

    def is_day(text: str) -> None:
        if day_number(text) is None:
            raise ValidationError("Write a date that exists, such as 27 11 2026.")

    if not required:
        return fields.String(load_default=None, allow_none=True, validate=is_day, error_messages={"invalid": "Write a date."})
    return fields.String(required=True, error_messages={"required": missing, "null": missing, "invalid": missing}, validate=is_day)


def one_of(codes: Any, missing: str) -> fields.String:
    """One of some codes."""
    messages: dict[str, Any] = {"required": missing, "null": missing, "invalid": missing}
    return fields.String(required=True, error_messages=messages, validate=validate.OneOf(codes, error=missing))


class _Whole(fields.Integer):
    """A whole number, or its digits; half of one is not cut off."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **given: Any) -> Any:
        if isinstance(value, float) and not value.is_integer():
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **given)


def number(first: int, last: int, error: str, *, required: bool = True) -> fields.Integer:
    messages: dict[str, Any] = {"required": error, "null": error, "invalid": error, "too_large": error}
    limits = validate.Range(first, last, error=error)
    if required:
        return _Whole(required=True, error_messages=messages, validate=limits)
    return _Whole(load_default=None, allow_none=True, error_messages=messages, validate=limits)


class Happened(Said):
    """Something that happened on a day; `today` comes from the clock."""

    today = fields.String(load_only=True)

    @rule
    def _not_to_come(self, said: dict[str, Any]) -> Found:
        for name in ("agreed_on", "on_date", "from_on"):
            if said[name] and said["today"] and said[name] > said["today"]:
                yield name, "This day is still to come. Give the day on which it happened."


def load(schema: Schema, said: dict[str, Any], *, today: str = "") -> dict[str, Any]:
    """What was said, as it may be kept; what was left out is None. Raises Problem with every field to put right, in the order of the
    page."""
    try:
        loaded: dict[str, Any] = schema.load(said | ({"today": today} if today else {}))
    except ValidationError as fault:
        raise first_problem(fault, list(schema.fields)) from fault
    loaded.pop("today", None)
    return loaded


def load_each(schema: Schema, name: str, each: Any, *, most: int) -> list[dict[str, Any]]:
    """Several of one kind, such as the actions of a plan; a problem names its field as `actions.0.what`."""
    if not isinstance(each, list | tuple) or len(each) > most:
        raise wrong(name, f"Give at most {most}, one after another.")
    parts, loaded = Parts(), []
    for number, one in enumerate(each):
        with parts.each():
            loaded.append(_one_of_several(schema, f"{name}.{number}", one))
    parts.check()
    return loaded


def _one_of_several(schema: Schema, name: str, said: Any) -> dict[str, Any]:
    if not isinstance(said, Mapping):
        raise wrong(name, "This cannot be read. Fill it in again.")
    with within(name):
        return load(schema, dict(said))
