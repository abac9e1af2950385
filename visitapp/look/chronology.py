"""One family's chronology: all of it in order, whichever part of the house it came from, and one visit exactly as it was sealed."""

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from visitapp.look.reading import Desk, noted
from visitapp.store import additions, chronology
from visitapp.store.tx import Row

PAGE = 40
END_OF_TIME = ("9999", 0)

KINDS: dict[str, tuple[str, ...]] = {
    "": ("visit", "event", "delivery", "call", "disagreement"),
    "visits": ("visit",),
    "not_completed": ("visit",),
    "referrals": ("event", "delivery", "disagreement"),
    "calls": ("call",),
}
"""What a reader may ask for -> the kinds of entry it is made of."""


@dataclass(frozen=True)
class Entry:
    """Something that happened. `on` is a date or an instant; `findings` only for visits."""

    kind: str
    on: str
    seq: int
    row: Row
    findings: tuple[Row, ...] = ()
    detail: Any = None


@dataclass(frozen=True)
class Chronology:
    """Entries newest first; `before` is the key of the next, older page."""

    entries: tuple[Entry, ...]
    before: tuple[str, int] | None


@dataclass(frozen=True)
class Visit:
    """A visit as it was sealed, and every judgement made of it since, newest first."""

    row: Row
    envelope: dict[str, Any]
    body: dict[str, Any] | None
    assessments: tuple[Row, ...]
    findings: dict[str, tuple[Row, ...]]
    problems: tuple[dict[str, str], ...]
    people: dict[str, str]
    added: tuple["Added", ...]
    adds_to: Row | None


@dataclass(frozen=True)
class Added:
    """What was added to a visit later, as it was sealed."""

    row: Row
    body: dict[str, Any] | None


def read(desk: Desk, actor: str, household: str, wanted: str = "", before: tuple[str, int] = END_OF_TIME) -> Chronology:
    """A page of the chronology. The family page has recorded the read; an older page records its own."""
    with desk.engine.read() as tx:
        rows = [(kind, row) for kind in KINDS[wanted] for row in chronology.entries(tx, kind, actor, household, before, PAGE + 1)]
        rows.sort(key=lambda pair: (pair[1]["happened"], pair[1]["seq"]), reverse=True)
        rows = [pair for pair in rows if wanted_visit(wanted, *pair)]
        shown = rows[:PAGE]
        found = findings(tx, actor, household, shown)
    if before != END_OF_TIME:
        noted(desk, actor, "read.family", household)
    entries = tuple(
        Entry(kind, row["happened"], row["seq"], row, found.get(row.get("submission", ""), ()), detail(row)) for kind, row in shown
    )
    return Chronology(entries, (shown[-1][1]["happened"], shown[-1][1]["seq"]) if len(rows) > PAGE else None)


def wanted_visit(wanted: str, kind: str, row: Row) -> bool:
    if kind != "visit" or wanted == "":
        return True
    return (row["kind"] == "visit_not_completed") == (wanted == "not_completed")


def findings(tx: Any, actor: str, household: str, shown: list[tuple[str, Row]]) -> dict[str, tuple[Row, ...]]:
    days = [row["happened"] for kind, row in shown if kind == "visit"]
    by_visit: dict[str, list[Row]] = defaultdict(list)
    if days:
        for row in chronology.findings(tx, actor, household, min(days), max(days)):
            by_visit[row["submission"]].append(row)
    return {submission: tuple(rows) for submission, rows in by_visit.items()}


def detail(row: Row) -> Any:
    return json.loads(row["detail"]) if row.get("detail") else None


def visit(desk: Desk, actor: str, submission: str) -> Visit | None:
    """One visit, or None when it is not there or not this actor's to see."""
    with desk.engine.read() as tx:
        row = chronology.submission(tx, actor, submission)
        if row is None:
            return None
        judged = chronology.assessments(tx, submission)
        by_assessment: dict[str, list[Row]] = defaultdict(list)
        for finding in chronology.findings_of(tx, submission):
            by_assessment[finding["assessment"]].append(finding)
        problems = chronology.problems_of(tx, submission)
        people = {person["person"]: person["given_names"] for person in chronology.people_named_in(tx, row["household"])}
        added, adds_to = additions.of(tx, actor, submission, row["household"]), additions.adds_to(tx, submission)
    noted(desk, actor, "read.visit", row["household"], submission)
    return Visit(
        row,
        json.loads(row["envelope"]),
        readable(row["body"]),
        tuple(judged),
        {assessment: tuple(rows) for assessment, rows in by_assessment.items()},
        tuple(json.loads(problems["problems"])) if problems else (),
        people,
        tuple(Added(one, readable(one["body"])) for one in added),
        adds_to,
    )


def readable(body: bytes) -> dict[str, Any] | None:
    """The body as data, or None when it is kept but cannot be read."""
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
