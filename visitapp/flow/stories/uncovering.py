"""A story answers a question that would not have been asked: it says `floors: severe` over an ordinary visit whose living room was fine, or
who shared a bed and not that it was shared. Who writes that means that it was asked, so whatever hides it gives way, in the order of the
form. What the story itself said never does, and no state of a home or of a night is made up: where only that would help, it stays hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from visitapp.decide.evaluate import visit_of
from visitapp.decide.visit import Scope, Visit
from visitapp.flow.stories.answers import Rows
from visitapp.flow.stories.ordinary import as_rows
from visitapp.formlang import Form, Question
from visitapp.formlang.model import Tree

GRADES = frozenset(("good", "minor", "moderate", "severe"))
"""The codes of a state from best to worst (docs/forms-language.md)."""
DEEPEST = 3
"""A question may wait for another that waits for a third; no form goes further."""


@dataclass(frozen=True)
class Uncovered:
    """In words, what was taken to be otherwise; and the questions that stay hidden, so that their answers say nothing."""

    taken: tuple[str, ...]
    hidden: tuple[str, ...]


def by_row(said: Mapping[str, Any], people: Mapping[str, str]) -> dict[str, Any]:
    """What a story answered, with rows under the id of their person or their number; `people` is key -> id."""
    return {id: _rows(as_rows(value), people) if isinstance(as_rows(value), Rows) else value for id, value in said.items()}


def _rows(rows: Rows, people: Mapping[str, str]) -> dict[str, Any]:
    return {people[row.person] if row.person else str(number): by_row(row.said, people) for number, row in enumerate(rows.rows)}


def uncover(form: Form, on: str, answers: dict[str, Any], given: object, said: Mapping[str, Any]) -> Uncovered:
    """Lets the answers that hide what the story said give way, in place. `said` is what the story itself answered, as nested as the answers
    are: rows under the id of their person, or under their number."""
    search = _Search(form, on, answers, given, said)
    hidden: list[str] = []
    while (found := next((one for one in search.hidden() if one[0].id not in hidden), None)) is not None:
        question, scope = found
        if not search.open(question, scope.path, DEEPEST):
            hidden.append(question.id)
    return Uncovered(tuple(search.taken), tuple(hidden))


@dataclass
class _Search:
    form: Form
    on: str
    answers: dict[str, Any]
    given: object
    said: Mapping[str, Any]
    taken: list[str] = field(default_factory=list)
    made: list[tuple[dict[str, Any], str, Any]] = field(default_factory=list)
    """Every answer that was made otherwise, with what it was, so that a way that leads nowhere is gone back whole."""

    def visit(self) -> Visit:
        """Made anew, because a visit remembers what it worked out."""
        return visit_of(self.form, {"occurred_on": self.on, "answers": self.answers}, self.given)

    def hidden(self) -> Iterator[tuple[Question, Scope]]:
        """What the story answered and a tablet would not have asked, in the story's order."""
        visit = self.visit()
        return _hidden(visit, self.said, visit.top)

    def open(self, question: Question, path: str, deep: int) -> bool:
        """Make the first other ordinary answer with which the question is asked, and say so; whether there is one."""
        for id in _read(question.show_if):
            before, parent = self.form.placed[id]
            if self._gives_way(question, path, before, parent, deep):
                return True
        return False

    def _gives_way(self, question: Question, path: str, before: Question, parent: str | None, deep: int) -> bool:
        inside = _around(self._scope(path), parent)
        if inside is None or before.id in _said_in(self.said, inside) or not isinstance(inside.answers, dict) or _tells(before, question):
            return False
        made, taken = len(self.made), len(self.taken)
        if not self._asked(before, inside.path) and (deep == 0 or not self.open(before, inside.path, deep - 1)):
            return False
        was = inside.answers.get(before.id)
        self.made.append((inside.answers, before.id, was))
        for value in _otherwise(before, was):
            inside.answers[before.id] = {"value": value} | ({"known": was["known"]} if was and "known" in was else {})
            if self._asked(question, path):
                self.taken.append(f"{before.label.rstrip('?')}: {_words(before, value)}")
                return True
        self._go_back(made, taken)
        return False

    def _go_back(self, made: int, taken: int) -> None:
        while len(self.made) > made:
            _put_back(*self.made.pop())
        del self.taken[taken:]

    def _asked(self, question: Question, path: str) -> bool:
        visit = self.visit()
        return question.show_if is None or visit.evaluate(question.show_if, _at(visit, path)).value is True

    def _scope(self, path: str) -> Scope:
        return _at(self.visit(), path)


def _hidden(visit: Visit, said: Mapping[str, Any], scope: Scope) -> Iterator[tuple[Question, Scope]]:
    for id in (one for one in visit.form.placed if one in said and one in scope.answers):  # in the form's order: what opens comes first
        question, value = visit.form.placed[id][0], said[id]
        if question.show_if and visit.evaluate(question.show_if, scope).value is not True:
            yield question, scope
        elif question.kind == "rows" and isinstance(value, dict):
            for number, row in enumerate(visit.rows(id, scope).scopes):
                yield from _hidden(visit, value.get(row.person) or value.get(str(number)) or {}, row)


def _read(tree: Tree | None) -> list[str]:
    """The questions that a gate reads, in the order in which it does."""
    if not isinstance(tree, tuple):
        return []
    own = [str(tree[1])] if tree[0] == "get" else []
    return list(dict.fromkeys([*own, *(id for part in tree[1:] for id in _read(part))]))


def _at(visit: Visit, path: str) -> Scope:
    """The row of a path: rows, id, rows, id."""
    scope, steps = visit.top, path.split("/")
    for rows, id in zip(steps[::2], steps[1::2], strict=False):
        scope = next(row for row in visit.rows(rows, scope).scopes if row.path.split("/")[-2] == id)
    return scope


def _tells(before: Question, question: Question) -> bool:
    """Whether another answer would say something of its own about a home, a night or a person, which no story may be made to say. A yes or
    no is only made otherwise where the question behind it cannot be asked without: who said whom a baby shared with said that it shared."""
    if before.kind == "yes_no":
        return not _needed(question.show_if, before.id)
    return before.sensitive or before.codes == GRADES


def _needed(tree: Tree | None, id: str) -> bool:
    """Whether a gate opens only with this one answer, and not also some other way."""
    if not isinstance(tree, tuple) or tree[0] == "or":
        return False
    return tree[:2] == ("get", id) or any(_needed(part, id) for part in tree[1:])


def _around(scope: Scope | None, parent: str | None) -> Scope | None:
    while scope is not None and scope.rows != parent:
        scope = scope.outer
    return scope


def _said_in(said: Mapping[str, Any], scope: Scope) -> Mapping[str, Any]:
    """What the story said in the row of a scope."""
    if scope.outer is None or scope.rows is None:
        return said
    rows = _said_in(said, scope.outer).get(scope.rows)
    entered = scope.outer.answers.get(scope.rows, {}).get("rows", [])
    number = next((str(number) for number, row in enumerate(entered) if row.get("answers") is scope.answers), "")
    found = rows.get(scope.person) or rows.get(number) if isinstance(rows, dict) else None
    return found if isinstance(found, dict) else {}


def _put_back(answers: dict[str, Any], id: str, was: Any) -> None:
    if was is None:
        answers.pop(id, None)
    else:
        answers[id] = was


def _otherwise(question: Question, was: Any) -> Iterator[Any]:
    """Every other answer, in the order of the form."""
    now = was.get("value") if isinstance(was, dict) else None
    if question.kind == "yes_no":
        yield from (one for one in (True, False) if one is not now)
    for option in question.options:
        if question.kind == "choice" and option.code != now:
            yield option.code
        elif question.kind == "choices" and not option.alone:
            yield list(dict.fromkeys([*(code for code in now or [] if not _alone(question, code)), option.code]))


def _alone(question: Question, code: str) -> bool:
    return any(option.code == code and (option.alone or option.rest_unknown) for option in question.options)


def _words(question: Question, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    labels = {option.code: option.label for option in question.options}
    return ", ".join(labels[one] for one in (value if isinstance(value, list) else [value]))
