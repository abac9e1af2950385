"""Every function of the store is called on both engines: whatever it asks must be understood by both, and on an empty database at least
answered. And no screen's query walks through a whole table of facts.

Reads the signatures, so that a new function is tried without anybody remembering to."""

import functools
import importlib
import inspect
import itertools
import pkgutil
import re
import sqlite3
import types
import typing
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from tests.store import build
from visitapp import store
from visitapp.domain.findings import Finding, Level
from visitapp.domain.plans import Action
from visitapp.domain.sought import Item
from visitapp.store import caseload, chronology, notes, seen, today
from visitapp.store.engine import Engine
from visitapp.store.tx import Tx

NOT_KEPT = (sqlite3.IntegrityError, psycopg.IntegrityError)
"""What is written refers to people who do not exist: understood, and refused."""


class AnyRow(dict[str, Any]):
    """A row that has every column."""

    def __missing__(self, _column: str) -> str:
        return "2026-11-22"


SAMPLES: dict[Any, Any] = {
    str: "2026-11-22",
    int: 1,
    bool: True,
    bytes: b"x",
    Level: Level(1, 2, ()),
    Finding: Finding("code", "sleep", "", "", "present", "advise", 2, (), ()),
    Action: Action("Call the police", "The duty social worker", 4),
}
CHOICES: dict[str, tuple[Any, ...]] = {
    "families": (seen.Families.one("fam"), caseload.carried([{"household": "fam"}], "hv", "2026-11-29")),
    "call": ({"call": "c", "at_time": build.AT, "who": "", "number": "", "reached": True, "spoke_to": "", "said": ""},),
    "chronology.entries kind": tuple(chronology.QUERIES),
    "assessments.in_one_row whose": ("assessment", "submission"),
    "assessments.in_one_row ids": ("'one', 'two'",),
    "item": tuple(
        Item(kind, value) for kind, value in (("word", "mary"), ("number", "9990000018"), ("postcode", "em14"), ("day", "2026-"))
    ),
    "by_item": ({Item("word", "mary"): [{"household": "fam", "kind": "name"}]},),
    "notes.wordings notes": tuple([{"id": 1, "source": one, "subject": "1", "apart": 0}] for one in (notes.VISIT, *notes.SOURCES)),
    **{f"record_requests.{one} request": ({"id": "r", "household": "fam", "as_of": 1},) for one in ("lines", "next_line", "next_unread")},
    "kind": ("visit",),
    "measures": ((),),
    "side": tuple(seen.REFERRALS),
    "topic": ("", "visits"),
    "away": (today.Accounts.of(("hv", "mw")),),
}
"""What else a parameter may be, by its name or by its function's too: each is tried."""


def functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of the store whose first parameter is a transaction."""
    for found in pkgutil.iter_modules(store.__path__):
        if found.name in ("postgres", "sqlite", "tx", "migrate", "derived"):
            continue
        module = importlib.import_module(f"visitapp.store.{found.name}")
        for name, function in vars(module).items():
            ours = inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
            if ours and next(iter(inspect.signature(function).parameters), "") == "tx":
                yield f"{found.name}.{name}", function


FUNCTIONS = dict(functions())


def sample(kind: Any) -> Any:
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        kind = next(one for one in typing.get_args(kind) if one is not type(None))
    if kind in SAMPLES:
        return SAMPLES[kind]
    parts = [part for part in typing.get_args(kind) if part is not Ellipsis]
    if typing.get_origin(kind) is dict:
        return AnyRow()
    return tuple(sample(part) for part in parts)  # a tuple as it is said, any other list with one thing in it


def calls(name: str) -> Iterator[Callable[[Tx], Any]]:
    """A function with everything it can be given, one call for each choice."""
    function = FUNCTIONS[name]
    kinds = typing.get_type_hints(function)
    parameters = [one.name for one in inspect.signature(function).parameters.values() if one.kind is not one.VAR_KEYWORD][1:]
    choices = [CHOICES.get(f"{name} {one}") or CHOICES.get(one) or (sample(kinds[one]),) for one in parameters]
    for given in itertools.product(*choices):
        yield functools.partial(function, **dict(zip(parameters, given, strict=True)))


class RolledBack(Exception):
    """Nothing of it is to stay."""


def attempt(engine: Engine, call: Callable[[Tx], Any], watch: Callable[[Tx], None] = lambda _tx: None) -> None:
    try:
        with engine.write() as tx:
            watch(tx)
            call(tx)
            raise RolledBack
    except (RolledBack, *NOT_KEPT):
        pass


def test_both_engines_understand_every_function(engine: Engine) -> None:
    faults = []
    for name, call in [(each, call) for each in sorted(FUNCTIONS) for call in calls(each)]:
        try:
            attempt(engine, call)
        except (sqlite3.Error, psycopg.Error) as fault:
            faults.append(f"{name}: {type(fault).__name__}: {fault}")
    assert faults == []
    assert len(FUNCTIONS) > 80


SMALL = {"team", "receiving_team", "account_now", "account", "device", "session", "sign_in_attempt", "outbox", "duty", "reached",
         "signing_certificate",
         "notice_unsent", "handing_over", "returned_open", "uncollected", "mailbox_read",
         "finding_agreement"}  # fmt: skip
"""Tables that do not grow with the years, or are read whole by those who look after the service; and the households of the families that
were asked about."""
FEW = {"assessment_differs"}
"""Indexes that may be walked through: they hold only rows of one rare kind, which are asked for by page."""
ALIAS = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)\s+(\w+)")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_no_query_walks_through_a_table_that_grows(engine: Engine) -> None:
    walks = {f"{name}: {walk}" for name in FUNCTIONS for call in calls(name) for walk in scans(engine, call)}
    assert sorted(walks) == []


def scans(engine: Engine, call: Callable[[Tx], Any]) -> list[str]:
    """The growing tables that the queries of a call walk through, as SQLite plans them: row by row, or along an index from end to end."""
    found: list[str] = []

    def watch(tx: Tx) -> None:
        execute = tx._execute

        def noted(query: str, params: dict[str, Any]) -> Any:
            if query.lstrip().upper().startswith(("SELECT", "WITH", "UPDATE", "DELETE", "INSERT")):
                plan = execute(f"EXPLAIN QUERY PLAN {query}", params).fetchall()
                words = [line[3].split() for line in plan]
                made = {line[1] for line in words if line[0] in ("CO-ROUTINE", "MATERIALIZE")} | {"CONSTANT"}
                walked = [line[1] for line in words if line[0] == "SCAN" and line[1] not in made and not {*line[2:]} & {"VIRTUAL", *FEW}]
                tables = {alias: table for table, alias in ALIAS.findall(query)}
                found.extend(tables.get(name, name) for name in walked)
            return execute(query, params)

        tx._execute = noted  # type: ignore[method-assign]

    attempt(engine, call, watch)
    return [table for table in found if table not in SMALL]
