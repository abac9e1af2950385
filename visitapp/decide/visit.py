"""A visit as rules see it: its answers by row, the facts given with it, and what was worked out already. Whatever is not as it should be
is unknown, so that a body of any shape can be judged."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from visitapp.domain.answers import MOST_ROWS
from visitapp.formlang.model import Form, Tree

NOTHING: frozenset[str] = frozenset()
_PLAIN_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")


class Result(NamedTuple):
    """For a decided test, `because` alone is enough to decide it again; for an undecided one, `missing` is what to ask, and `because`
    what already points to it."""

    value: bool | None
    because: frozenset[str] = NOTHING
    missing: frozenset[str] = NOTHING


@dataclass(frozen=True)
class Scope:
    """One level of rows: the answers there, the rows question they belong to (None: the top), the path before them, and the person.
    What was worked out here for one rule is there for the next (`known`), because most rules ask what others ask too."""

    rows: str | None
    answers: Mapping[str, Any]
    path: str
    person: str
    outer: "Scope | None" = None
    known: dict[int | str, Any] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True)
class Rows:
    """The rows somebody entered; `complete` when the practitioner said that these are all, and all could be read."""

    path: str
    scopes: tuple[Scope, ...]
    complete: bool


Operator = Callable[["Visit", Tree, Scope], Result]


@dataclass(frozen=True)
class Visit:
    """What a rule is run over: the form, the date of the visit, the facts given, the answers, and what the operators of a tree mean."""

    form: Form
    on: object
    given: Mapping[str, Any]
    top: Scope
    operators: Mapping[str, Operator] = field(repr=False)

    def evaluate(self, tree: Tree, scope: Scope) -> Result:
        found = scope.known.get(id(tree))
        if found is None:  # with the tree, so that no other can come to have its id
            found = scope.known[id(tree)] = (self.operators[tree[0]](self, tree, scope), tree)
        result: Result = found[0]
        return result

    def scope_of(self, rows: str | None, scope: Scope) -> Scope:
        while scope.rows != rows and scope.outer is not None:
            scope = scope.outer
        return scope

    def rows(self, question: str, scope: Scope) -> Rows:
        inside = self.scope_of(self.form.placed[question][1], scope)
        rows: Rows | None = inside.known.get(question)
        if rows is None:
            rows = inside.known[question] = _rows(question, inside)
        return rows

    def person(self, scope: Scope) -> Mapping[str, Any]:
        """What is given about the person of a row."""
        return mapping(mapping(self.given.get("people")).get(scope.person))


def union(sets: list[frozenset[str]]) -> frozenset[str]:
    """All of several sets. Most are empty or the same, and joining nothing costs nothing."""
    found = NOTHING
    for one in sets:
        if one is not found and one:
            found = found | one if found else one
    return found


def mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def plain_id(value: object) -> str:
    return value if isinstance(value, str) and _PLAIN_ID.fullmatch(value) else ""


def _rows(question: str, inside: Scope) -> Rows:
    path, answer = inside.path + question, mapping(inside.answers.get(question))
    entered = answer.get("rows")
    if not isinstance(entered, list):
        return Rows(path, (), False)
    scopes = tuple(_row_scope(question, path, row, index, inside) for index, row in enumerate(entered[:MOST_ROWS]))
    return Rows(path, scopes, answer.get("complete") is True and len(entered) <= MOST_ROWS)


def _row_scope(rows: str, path: str, row: object, index: int, outer: Scope) -> Scope:
    entered = mapping(row)
    id = plain_id(entered.get("id")) or f"#{index}"
    return Scope(rows, mapping(entered.get("answers")), f"{path}/{id}/", plain_id(entered.get("person")), outer)
