"""A sealed visit in words: each answer under its question with how it is known, or why there is none. Absence is always said.

Pure: the form and the body come in, lines come out. Paths are written as findings write them, so that a finding can point at its answers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from visitapp.domain.answers import WHY_ABSENT
from visitapp.formlang.model import Form, Question
from visitapp.web.words import day

NOT_ANSWERED = "Not answered"
HOW_KNOWN = {"seen": "seen", "shown": "shown in a photo or video", "told": "told", "told_by_agency": "told by another agency"}
"""How an answer is known, as said to somebody who was not there."""


@dataclass(frozen=True)
class Line:
    """One answer. `known` says how, in words; `answered` is False for every kind of absence; `apart` for what is not shown by default."""

    path: str
    question: str
    words: str
    known: str = ""
    answered: bool = True
    apart: bool = False
    place: str = ""


@dataclass(frozen=True)
class Group:
    """A section, or one row of one: its lines, then the groups inside it."""

    title: str
    lines: tuple[Line, ...]
    groups: tuple["Group", ...] = ()


def groups(form: Form, body: Mapping[str, Any], people: Mapping[str, str]) -> tuple[Group, ...]:
    """The whole visit by section. `people` puts given names to person ids."""
    answers = mapping(body.get("answers"))
    return tuple(_group(section.title, section.questions, answers, people, "", "") for section in form.sections)


def by_path(found: tuple[Group, ...]) -> dict[str, Line]:
    """Every line by its path, for the reasons of a finding."""
    return {line.path: line for group in found for line in _lines(group)}


def _lines(group: Group) -> Iterator[Line]:
    yield from group.lines
    for inner in group.groups:
        yield from _lines(inner)


def mapping(value: Any) -> Mapping[str, Any]:
    """What it is where it is one, and else nothing."""
    return value if isinstance(value, Mapping) else {}


def _group(
    title: str, questions: tuple[Question, ...], answers: Mapping[str, Any], people: Mapping[str, str], path: str, place: str
) -> Group:
    lines, inner = [], []
    for question in questions:
        answer = answers.get(question.id)
        here = f"{path}{question.id}"
        if question.kind == "rows":
            inner += list(_rows(question, mapping(answer), people, here, place))
            if not mapping(answer).get("rows"):
                lines.append(line_of(question, answer, here, place))
        elif answer is not None or question.show_if is None:
            lines.append(line_of(question, answer, here, place))
    return Group(title, tuple(lines), tuple(inner))


def _rows(question: Question, answer: Mapping[str, Any], people: Mapping[str, str], path: str, place: str) -> Iterator[Group]:
    rows = answer.get("rows")
    for number, row in enumerate(rows if isinstance(rows, list) else [], 1):
        row = mapping(row)
        title = people.get(str(row.get("person") or ""), "") or f"{question.row_title or question.label} {number}"
        where = f"{place}, {title}" if place else title
        yield _group(title, question.questions, mapping(row.get("answers")), people, f"{path}/{row.get('id')}/", where)


def line_of(question: Question, answer: Any, path: str, place: str) -> Line:
    """One answer in words, or why there is none."""
    answer = mapping(answer)
    if "absent" in answer:
        return Line(path, question.label, WHY_ABSENT.get(str(answer["absent"]), NOT_ANSWERED), "", False, question.confidential, place)
    if question.kind == "rows" and answer.get("complete") and not answer.get("rows"):
        return Line(path, question.label, "Nobody and nothing to list, said to be complete", place=place)
    if "value" not in answer:
        return Line(path, question.label, NOT_ANSWERED, "", False, question.confidential, place)
    known = HOW_KNOWN.get(str(answer.get("known", "")), "")
    return Line(path, question.label, value_words(question, answer["value"]), known, True, question.confidential, place)


def value_words(question: Question, value: Any) -> str:
    """An answer's value as the form's own words say it; what the form does not know is shown as it was sent."""
    labels = {option.code: option.label for option in question.options}
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return "; ".join(labels.get(str(one), str(one)) for one in value) or "None of these"
    if question.kind == "date":
        return _day(str(value))
    if isinstance(value, int | float):
        return f"{value} {question.units}" if question.units else str(value)
    return labels.get(str(value), str(value))


def _day(text: str) -> str:
    try:
        return day(text)
    except ValueError:
        return text
