"""The answers of a visit as a story writes them, turned into what `answers.Writer` takes. Forgiving where nothing can be mistaken: a code
or its words, one thing for a list of one, yes for true; and exact about everything else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from visitapp.domain.answers import HOW_KNOWN, WHY_ABSENT
from visitapp.flow.stories.answers import Absent, Known, Row, Rows
from visitapp.flow.stories.looking import Spot, nearest
from visitapp.flow.stories.values import WRONG
from visitapp.flow.stories.values import value as value_of
from visitapp.formlang import Form, Question

OF_AN_ANSWER = ("value", "known", "since", "absent")
OF_ROWS = ("rows", "complete")
OF_A_ROW = ("person", "known")


@dataclass(frozen=True)
class Unanswered:
    """Nothing is known of it, and no reason either: also where the ordinary answers say something."""


UNANSWERED = Unanswered()


@dataclass(frozen=True)
class Answering:
    """Reads answers of one form; `people` are the keys that a row may be of."""

    form: Form
    people: Iterable[str]

    def read(self, spot: Spot) -> dict[str, Any]:
        """Answers by question id. `UNANSWERED` stands where the story takes an answer away."""
        top = [question for section in self.form.sections for question in section.questions]
        return self._answers(spot, top, ())

    def inside(self, spot: Spot, rows: Question) -> dict[str, Any]:
        """The answers of one row."""
        return self._answers(spot, rows.questions, ())

    def one(self, spot: Spot, question: Question) -> dict[str, Any]:
        """One answer, by its question's id."""
        value = self._answer(spot, question)
        return {} if value is WRONG else {question.id: value}

    def _answers(self, spot: Spot, questions: Iterable[Question], besides: tuple[str, ...]) -> dict[str, Any]:
        asked = {question.id: question for question in questions}
        if not isinstance(spot.raw, dict):
            spot.fault(f"Answers are written 'question: answer', one a line.{nearest('', asked)}")
            return {}
        said = {}
        for id in spot.mapping:
            if id in besides:
                continue
            if id not in asked:
                spot.fault(self._not_asked(id, asked), id)
                continue
            value = self._answer(spot.at(id), asked[id])
            if value is not WRONG:
                said[id] = value
        return said

    def _not_asked(self, id: str, asked: Mapping[str, Question]) -> str:
        if id in self.form.placed:
            parent = self.form.placed[id][1]
            return f"'{id}' is asked {f'in each of {parent}' if parent else 'at the top of the form'}, not here."
        return f"'{id}' is no question of {self.form.name}-{self.form.version} here.{nearest(id, asked)}"

    def _answer(self, spot: Spot, question: Question) -> Any:
        raw = spot.raw
        if raw is None:
            return UNANSWERED
        if isinstance(raw, dict) and "absent" in raw:
            return self._absent(spot, question)
        if question.kind == "rows":
            return self._rows(spot, question)
        if isinstance(raw, dict):
            return self._qualified(spot, question)
        if isinstance(raw, str) and raw in question.absent and raw not in question.codes:
            return Absent(raw)
        return value_of(spot, question, raw)

    def _absent(self, spot: Spot, question: Question) -> Any:
        spot.keys(("absent",), what="of an answer that was not given")
        why = spot.word("absent", WHY_ABSENT)
        if why and why not in question.absent:
            spot.fault(f"'{question.id}' does not offer '{why}'.{nearest(why, question.absent)} Or leave the answer empty.", "absent")
        return Absent(why)

    def _qualified(self, spot: Spot, question: Question) -> Any:
        spot.keys(OF_AN_ANSWER, ("value",), what=f"of the answer to '{question.id}'")
        value = value_of(spot.at("value"), question, spot.mapping.get("value")) if spot.has("value") else WRONG
        how = spot.word("known", HOW_KNOWN)
        if how and how not in question.known:
            spot.fault(f"'{question.id}' is not known in the way '{how}'.{nearest(how, question.known)}", "known")
        since = spot.day("since")
        return WRONG if value is WRONG else Known(value, how, since.isoformat() if since else None)

    # --- rows -------------------------------------------------------------------------------------------------------------------

    def _rows(self, spot: Spot, question: Question) -> Any:
        whole = isinstance(spot.raw, dict) and "rows" in spot.raw
        if whole:
            spot.keys(OF_ROWS, ("rows",), what=f"of '{question.id}'")
        rows = tuple(self._listed(spot.at("rows") if whole else spot, question))
        return Rows(rows, complete=spot.flag("complete", True) if whole else True)

    def _listed(self, spot: Spot, question: Question) -> Iterable[Row]:
        raw = spot.raw
        if raw is None:
            return
        if question.of and isinstance(raw, dict) and not _is_one_row(raw, question):
            for key in raw:
                if person := self._person(spot.at(key), key):
                    yield self._row(spot.at(key), question, person)
            return
        if question.of and isinstance(raw, str):
            raw = [raw]
        for index in range(len(raw)) if isinstance(raw, list) else ():
            yield from self._item(spot.at(index) if isinstance(spot.raw, list) else spot, question)
        if isinstance(raw, dict):
            yield from self._item(spot, question)
        elif not isinstance(raw, list):
            spot.fault(f"'{question.id}' is a list of rows.")

    def _item(self, spot: Spot, question: Question) -> Iterable[Row]:
        if isinstance(spot.raw, str) and question.of:
            if person := self._person(spot, spot.raw):
                yield Row({}, person)
            return
        person = self._person(spot, spot.text("person"), "person") if question.of else None
        if question.of and not person:
            if not spot.has("person"):
                spot.fault(f"Say which person this row of '{question.id}' is about, with 'person: {next(iter(self.people), '…')}'.")
            return
        yield self._row(spot, question, person)

    def _person(self, spot: Spot, key: str, *steps: str) -> str | None:
        if key in self.people:
            return key
        if key:
            spot.fault(f"Nobody in this story is called '{key}'.{nearest(key, self.people)}", *steps)
        return None

    def _row(self, spot: Spot, question: Question, person: str | None) -> Row:
        besides = tuple(word for word in OF_A_ROW if all(inner.id != word for inner in question.questions))
        how = spot.word("known", HOW_KNOWN) if "known" in besides else ""
        return Row(self._answers(spot, question.questions, besides) if spot.raw is not None else {}, person, how or None)


def _is_one_row(raw: dict[str, Any], question: Question) -> bool:
    """Whether a mapping is a single row and not rows by person."""
    return "person" in raw or (bool(raw) and all(any(inner.id == key for inner in question.questions) for key in raw))
