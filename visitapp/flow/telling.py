"""From the answers of a visit to the lines of a letter, by what the form says of each question: its words for the letter, its area, the
person its row is about. No question is named here, so a new form needs no code; `letter_sections` puts the lines under headings.

What is confidential is left out before anything else is done with it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, get_args

from visitapp.domain.answers import WHY_ABSENT
from visitapp.domain.findings import SEVERITIES
from visitapp.flow.reading import rows
from visitapp.formlang import Form, Question
from visitapp.letter.facts import Area, CannotTell, Known
from visitapp.letter.sentences import day

WHICH = "sleep.which"
NOT_ANSWERED = "not answered"


TO_THE_VISITOR = {
    "This visit does not take its place.": "", "As added above": "another sleep, said by itself", ": add it above": "",
}  # fmt: skip
"""What forms say to the visitor in words that a letter uses too -> what the letter says."""


@dataclass(frozen=True)
class Line:
    """One answer in words. `words` is empty when it is absent, and `why` then says why; `row` says which row it stands in."""

    path: str
    area: str
    question: Question
    words: str
    known: Known | None
    why: str
    whose: str
    row: str

    @property
    def label(self) -> str:
        return self.question.letter or self.question.label

    @property
    def said(self) -> str:
        return self.words or self.why

    @property
    def where(self) -> str:
        """Of whom and when, as far as rows say: ` (Ava, last night)`."""
        parts = [part for part in (self.whose, self.row.lower()) if part]
        return f" ({', '.join(parts)})" if parts else ""


@dataclass(frozen=True)
class Row:
    """One row of a form with its own lines and the rows inside it; `title` says which of several it is."""

    question: Question
    area: str
    whose: str
    title: str = ""
    lines: list[Line] = field(default_factory=list)
    inside: list["Row"] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """Everything a visit says that a letter may carry: lines that stand alone, rows, and every line by its path."""

    lines: list[Line]
    rows: list[Row]
    by_path: dict[str, Line]

    @cached_property
    def beside(self) -> dict[str, str]:
        """Of whom and when each row is, by its path: where a question of it was not answered, another of its lines says so."""
        return {line.path.rpartition("/")[0]: line.where for line in self.by_path.values() if "/" in line.path}

    def free_text(self, question: str) -> str:
        line = self.by_path.get(question)
        return line.words if line else ""


def tell(form: Form, body: dict[str, Any], names: dict[str, str]) -> Told:
    """The answers in words; `names` is person id -> name."""
    told = Told([], [], {})
    answers = body.get("answers")
    for section in form.sections:
        _walk(
            section.questions,
            answers if isinstance(answers, dict) else {},
            _Place(section.area, "", "", "", names),
            told,
            told.lines,
            told.rows,
        )
    return told


@dataclass(frozen=True)
class _Place:
    area: str
    path: str
    whose: str
    row: str
    names: dict[str, str]


def _walk(questions: Iterable[Question], answers: dict[str, Any], at: _Place, told: Told, lines: list[Line], inside: list[Row]) -> None:
    for question in questions:
        answer = answers.get(question.id)
        if question.confidential or not isinstance(answer, dict):
            continue
        if question.kind == "rows":
            inside.extend(_rows(question, answer, at, told))
        elif line := _line(question, answer, at):
            lines.append(line)
            told.by_path[line.path] = line


def _rows(question: Question, answer: dict[str, Any], at: _Place, told: Told) -> Iterator[Row]:
    for given in rows(answer):
        whose = at.names.get(str(given.get("person")), "") or at.whose
        own = "" if question.of else _row_title(question, given["answers"], at)
        title = ", ".join(part for part in (at.row, own) if part)
        place = _Place(at.area, f"{at.path}{question.id}/{given.get('id')}/", whose, title, at.names)
        row = Row(question, at.area, whose, own)
        _walk(question.questions, given["answers"], place, told, row.lines, row.inside)
        yield row


def _row_title(question: Question, answers: dict[str, Any], at: _Place) -> str:
    """What its first choice says. Which sleep it was is asked only where it was not the first of those offered."""
    for one in question.questions:
        if line := _line(one, answers.get(one.id), at) if one.kind == "choice" else None:
            return line.words
        if one.measure == WHICH:
            return one.options[0].label
    return ""


def _line(question: Question, answer: Any, at: _Place) -> Line | None:
    if not isinstance(answer, dict) or question.confidential or question.kind == "rows":
        return None
    absent, known = answer.get("absent"), answer.get("known")
    said = "" if isinstance(absent, str) else words(question, answer.get("value"))
    why = WHY_ABSENT.get(absent, "").lower() if isinstance(absent, str) else ""
    if not said and not why:
        return None
    return Line(
        at.path + question.id, at.area, question, said, known if known in get_args(Known) else None, why, at.whose, at.row
    )  # fmt: skip


def words(question: Question, value: Any) -> str:
    """A value as a person reads it; empty when it is not one of this question's."""
    labels = {option.code: option.label for option in question.options}
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value} {question.units}" if question.units and question.units not in (question.letter or "").lower() else str(value)
    if isinstance(value, list):
        chosen = [labels[one] for one in value if isinstance(one, str) and one in labels]
        return ("; " if any("," in one for one in chosen) else ", ").join(chosen)
    if question.kind == "date" and isinstance(value, str):
        return day(value)
    if isinstance(value, str):
        return labels.get(value, "") if labels else value.strip()
    return ""


def for_a_reader(said: str) -> str:
    """Words of a form without what they say to whoever fills it in: a reader has no form to look at."""
    for words, instead in TO_THE_VISITOR.items():
        said = said.replace(words, instead)
    return said.strip()


def evident(told: Told, paths: Iterable[str]) -> dict[str, Line]:
    """Of the answers that made the findings those that are evidence, by path: of which it is said how they are known."""
    found = {path: told.by_path[path] for path in paths if path in told.by_path}
    return {path: line for path, line in found.items() if line.known and line.words}


def urgency(finding: Mapping[str, Any]) -> int:
    """The place of a finding among others: tonight before this week, and this week before what is only advised."""
    return SEVERITIES.index(finding["severity"])


def area_of(area: str) -> Area:
    """The area as the letter names it; anything new goes under care."""
    return area if area in get_args(Area) else "care"  # type: ignore[return-value]


def cannot_tell(form: Form, told: Told, paths: Iterable[str]) -> tuple[CannotTell, ...]:
    """What would have to be known, each once, and why it is not."""
    found = []
    for path in dict.fromkeys(paths):
        (row, _, id), line = path.rpartition("/"), told.by_path.get(path)
        if id not in form.placed or form.question(id).confidential:
            continue
        where = line.where if line else told.beside.get(row, "")
        found.append(CannotTell(f"{_title(form.question(id))}{where}", _why(form.question(id), line), shareable=True))
    return tuple(dict.fromkeys(found))


def _title(question: Question) -> str:
    return question.letter or (question.row_title if question.kind == "rows" and question.row_title else question.label)


def _why(question: Question, line: Line | None) -> str:
    """Why something is not known. An answer that was given and does not settle it was given in part."""
    if line:
        return line.why or f"known in part ({line.words})"
    return "whether that is all was not recorded" if question.kind == "rows" else NOT_ANSWERED
