"""A story answers a question that what it began with hides: it says `floors: severe` over an ordinary visit whose living room was fine. Who
writes that means that the living room was not fine, so the ordinary answer gives way; what the story itself said never does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from visitapp.decide.evaluate import visit_of
from visitapp.decide.visit import Scope, Visit
from visitapp.formlang import Form, Question, Tree
from visitapp.formlang.terms import reads

MOST = 40
"""More than this gives way in no story; it ends a search that cannot succeed."""


@dataclass(frozen=True)
class Uncovered:
    """The answers with what gave way, in words: what was taken to be otherwise, and what stays hidden all the same."""

    answers: dict[str, Any]
    taken: tuple[str, ...]
    hidden: tuple[str, ...]


@dataclass(frozen=True)
class _Hidden:
    question: Question
    scope: Scope


def uncovered(form: Form, on: str, answers: dict[str, Any], given: object, said: Mapping[str, Any]) -> Uncovered:
    """`said` is what the story itself answered, as nested as the answers are: rows of people by their ids, other rows by number."""
    taken: list[str] = []
    left: list[str] = []
    for _ in range(MOST):
        visit = visit_of(form, {"occurred_on": on, "answers": answers}, given)
        hidden = next((one for one in _hidden(visit, said, visit.top, form) if one.question.id not in left), None)
        if hidden is None:
            break
        gave_way = _give_way(form, on, answers, given, hidden, said)
        (taken if gave_way else left).append(gave_way or hidden.question.id)
    return Uncovered(answers, tuple(taken), tuple(left))


def _hidden(visit: Visit, said: Mapping[str, Any], scope: Scope, form: Form) -> Iterator[_Hidden]:
    for id, value in said.items():
        question = form.placed[id][0] if id in form.placed else None
        if question is None:
            continue
        if question.show_if and id in scope.answers and visit.evaluate(question.show_if, scope).value is False:
            yield _Hidden(question, scope)
        elif question.kind == "rows" and isinstance(value, dict):
            for number, row in enumerate(visit.rows(id, scope).scopes):
                yield from _hidden(visit, value.get(row.person) or value.get(str(number)) or {}, row, form)


def _give_way(form: Form, on: str, answers: dict[str, Any], given: object, hidden: _Hidden, said: Mapping[str, Any]) -> str:
    """The first ordinary answer that, were it otherwise, would ask the question; in words, and set in the answers. Empty: there is none."""
    gate = hidden.question.show_if
    assert gate is not None
    for id in [name for what, name in sorted(reads(gate)) if what == "get"]:
        question, parent = form.placed[id]
        inside = _around(hidden.scope, parent)
        if inside is None or id in _said_in(said, inside):
            continue
        before = inside.answers.get(id)
        for value in _otherwise(question, before):
            _plain(inside)[id] = {**(before or {}), "value": value} if not (before or {}).get("absent") else {"value": value}
            if _asked(form, on, answers, given, gate, hidden.scope):
                return f"{question.label.rstrip('?')}: {_words(question, value)}"
        _put_back(_plain(inside), id, before)
    return ""


def _around(scope: Scope | None, parent: str | None) -> Scope | None:
    while scope is not None and scope.rows != parent:
        scope = scope.outer
    return scope


def _said_in(said: Mapping[str, Any], scope: Scope) -> Mapping[str, Any]:
    """What the story said in the row of a scope."""
    if scope.outer is None or scope.rows is None:
        return said
    rows = _said_in(said, scope.outer).get(scope.rows)
    number = _number(scope)
    found = (rows.get(scope.person) or rows.get(number) or {}) if isinstance(rows, dict) else {}
    return found if isinstance(found, dict) else {}


def _number(scope: Scope) -> str:
    assert scope.outer is not None
    rows = scope.outer.answers.get(scope.rows or "", {}).get("rows", [])
    return next((str(number) for number, row in enumerate(rows) if row.get("answers") is scope.answers), "")


def _plain(scope: Scope) -> dict[str, Any]:
    assert isinstance(scope.answers, dict)
    return scope.answers


def _put_back(answers: dict[str, Any], id: str, before: Any) -> None:
    if before is None:
        answers.pop(id, None)
    else:
        answers[id] = before


def _otherwise(question: Question, before: Any) -> Iterator[Any]:
    """Every other answer, in the order of the form."""
    now = before.get("value") if isinstance(before, dict) else None
    if question.kind == "yes_no":
        yield from (one for one in (True, False) if one is not now)
    for option in question.options:
        if question.kind == "choice" and option.code != now:
            yield option.code
        elif question.kind == "choices" and not option.alone:
            kept = [code for code in now or [] if not _alone(question, code)]
            yield [*kept, option.code] if option.code not in kept else kept


def _alone(question: Question, code: str) -> bool:
    return any(option.code == code and (option.alone or option.rest_unknown) for option in question.options)


def _asked(form: Form, on: str, answers: dict[str, Any], given: object, gate: Tree, scope: Scope) -> bool:
    """Whether the gate opens now: the rows are found again, because a visit remembers what it worked out."""
    visit = visit_of(form, {"occurred_on": on, "answers": answers}, given)
    return visit.evaluate(gate, _again(visit, scope)).value is True


def _again(visit: Visit, scope: Scope) -> Scope:
    if scope.outer is None or scope.rows is None:
        return visit.top
    outer = _again(visit, scope.outer)
    return next(row for row in visit.rows(scope.rows, outer).scopes if row.path == scope.path)


def _words(question: Question, value: Any) -> str:
    labels = {option.code: option.label for option in question.options}
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(labels[one] for one in (value if isinstance(value, list) else [value]))
