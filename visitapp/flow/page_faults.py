"""Everything that is to be put right on one page, said at once: a page that names one fault after another is filled in as often as it has
faults, by somebody who has the family waiting."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from marshmallow import ValidationError, validates_schema

from visitapp.problems import Problem, wrong

Found = Iterator[tuple[str, str]]
"""Fields, each with what is wrong with it and what to do."""


def rule(look: Callable[[Any, dict[str, Any]], Found]) -> Callable[..., None]:
    """A rule over several fields of a schema, asked whatever else is wrong: a field that cannot be read is None in it, and has said so
    itself. It yields fields with what is to be put right."""

    @wraps(look)
    def asked(self: Any, said: dict[str, Any], **_: Any) -> None:
        found: dict[str, list[str]] = {}
        for field, message in look(self, defaultdict(lambda: None, said)):
            found.setdefault(field, [message])
        if found:
            raise ValidationError(found)

    asker: Callable[..., None] = validates_schema(skip_on_field_errors=False)(asked)
    return asker


def first_problem(fault: ValidationError, order: list[str]) -> Problem:
    """The first field to put right, in the order of the page, with its words, and the others with theirs."""
    messages = fault.normalized_messages()
    fields = sorted(messages, key=lambda name: order.index(name) if name in order else len(order))
    return every_problem([(field, _in_words(messages[field])) for field in fields])


def every_problem(found: list[tuple[str, str]]) -> Problem:
    """What is to be put right on one page, field and words, as one problem that names the first of them."""
    first = wrong(*found[0])
    return Problem(first.code, first.status, first.message, first.field, tuple(found[1:]))


def _in_words(said: Any) -> str:
    while not isinstance(said, str):
        said = next(iter(said.values() if isinstance(said, dict) else said))
    return said


@contextmanager
def within(part: str) -> Iterator[None]:
    """Problems raised inside name their fields with the part of the page they stand in."""
    try:
        yield
    except Problem as fault:
        others = tuple((f"{part}.{field}", message) for field, message in fault.others)
        raise Problem(fault.code, fault.status, fault.message, f"{part}.{fault.field}" if fault.field else None, others) from fault


class Parts:
    """A page of several parts, each read in a `with parts.each():`; what is wrong in any of them is said together by `check`."""

    def __init__(self) -> None:
        self._found: list[tuple[str, str]] = []

    @contextmanager
    def each(self) -> Iterator[None]:
        """What is wrong in here is kept for `check`; a problem that is no field's ends everything."""
        try:
            yield
        except Problem as fault:
            if fault.field is None:
                raise
            self._found += [(fault.field, fault.message), *fault.others]

    def check(self) -> None:
        """Raises Problem with everything that was found, if anything was."""
        if self._found:
            raise every_problem(self._found)
