"""A short way to write what a tablet keeps. Each answer is checked against the form as it is written, so that a mistyped story cannot be
told.

`seen`, `shown`, `told` and `by_agency` say how an answer is known; where a question asks that and the story does not say, it is the way
named for the row or the visit. The reasons for no answer are `NOT_ASKED`, `NOT_SEEN`, `REFUSED`, `UNSAFE`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from visitapp.formlang import Form, Question


@dataclass(frozen=True)
class Known:
    """`how` is a word of how it is known, empty for the way of the row; `since` the day on which it was established, when that was
    earlier."""

    value: Any
    how: str
    since: str | None = None


@dataclass(frozen=True)
class Absent:
    why: str


NOT_ASKED, NOT_SEEN, REFUSED, UNSAFE = (Absent(why) for why in ("not_asked", "not_seen", "refused", "not_safe_to_ask"))


def seen(value: Any) -> Known:
    return Known(value, "seen")


def shown(value: Any) -> Known:
    return Known(value, "shown")


def told(value: Any) -> Known:
    return Known(value, "told")


def by_agency(value: Any) -> Known:
    return Known(value, "told_by_agency")


@dataclass(frozen=True)
class InDays:
    """A date, so many days after the visit (before it, where they are negative)."""

    days: int


@dataclass(frozen=True)
class Row:
    """One row: of a person of the family by key, or of nobody. `how` is the way its answers are known unless they say otherwise; None is
    the way of what it stands in."""

    said: dict[str, Any]
    person: str | None = None
    how: str | None = None


@dataclass(frozen=True)
class Rows:
    """Rows that may be more than these, because nobody said that they are all."""

    rows: tuple[Row, ...]
    complete: bool = False


class NotInForm(ValueError):
    """A story says something that the form does not ask or does not offer."""


@dataclass(frozen=True)
class Writer:
    """Writes the answers of one visit on a day. `people` is key -> id of person."""

    form: Form
    on: date
    people: Mapping[str, str]
    new_id: Callable[[], str]

    def written(self, said: dict[str, Any], how: str = "seen") -> dict[str, Any]:
        top = [question for section in self.form.sections for question in section.questions]
        return self._answers(top, said, how)

    def _answers(self, questions: Iterable[Question], said: dict[str, Any], how: str) -> dict[str, Any]:
        asked = {question.id: question for question in questions}
        strange = sorted(set(said) - set(asked))
        if strange:
            raise NotInForm(f"{self.form.name} does not ask {', '.join(strange)} there")
        return {id: self._answer(asked[id], value, how) for id, value in said.items()}

    def _answer(self, question: Question, said: Any, how: str) -> dict[str, Any]:
        if isinstance(said, Absent):
            return {"absent": said.why}
        if question.kind == "rows":
            return self._rows(question, said, how)
        plain = said if isinstance(said, Known) else Known(said, how)
        value = (self.on + timedelta(days=plain.value.days)).isoformat() if isinstance(plain.value, InDays) else plain.value
        since = {"since": plain.since} if plain.since else {}
        if not question.known:
            return {"value": value} | since
        known = plain.how or how
        return {"value": value, "known": known if known in question.known else question.known[0]} | since

    def _rows(self, question: Question, said: Rows | Iterable[Row], how: str) -> dict[str, Any]:
        rows, complete = (said.rows, said.complete) if isinstance(said, Rows) else (tuple(said), True)
        return {"rows": [self._row(question, row, how) for row in rows], "complete": complete}

    def _row(self, question: Question, row: Row, how: str) -> dict[str, Any]:
        person = self.people[row.person] if row.person else None
        return {"id": self.new_id(), "person": person, "answers": self._answers(question.questions, row.said, row.how or how)}
