"""One family's chronology: all of it in order, whichever part of the house it came from, and one visit exactly as it was sealed."""

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from visitapp.domain.measures import said_of
from visitapp.look.reading import Desk, each_noted, noted
from visitapp.store import additions, chronology, chronology_line, life_events, same
from visitapp.store.tx import Row, Tx

PAGE = 40
END_OF_TIME = ("9999", 0)

KINDS: dict[str, str] = {
    "": "Everything",
    chronology_line.VISITS: "Visits",
    chronology_line.NOT_COMPLETED: "Visits not completed",
    chronology_line.INFORMATION: "What others told us",
    chronology_line.REFERRALS: "Referrals and replies",
    chronology_line.CALLS: "Urgent calls",
    chronology_line.AGREED: "Plans, help and levels",
    chronology_line.TOGETHER: "Agencies and meetings",
    chronology_line.PEOPLE: "People and moves",
}
"""The topics that a reader may ask for, and their words."""


@dataclass(frozen=True)
class Entry:
    """Something that happened. `on` is a date or an instant; `findings` and whether the family expected it only for visits; `household` is
    the one it was recorded for, which may be an earlier one of the family."""

    kind: str
    on: str
    seq: int
    row: Row
    findings: tuple[Row, ...] = ()
    detail: Any = None
    announced: bool | None = None
    household: str = ""


@dataclass(frozen=True)
class Chronology:
    """Entries newest first; `before` is the key of the next, older page; `years` are those since the first entry, the newest first."""

    entries: tuple[Entry, ...]
    before: tuple[str, int] | None
    years: tuple[int, ...] = ()


@dataclass(frozen=True)
class Visit:
    """A visit as it was sealed, and every judgement made of it since, newest first; `standing` is its body with the standing entry of
    whoever was recorded twice."""

    row: Row
    envelope: dict[str, Any]
    body: dict[str, Any] | None
    assessments: tuple[Row, ...]
    findings: dict[str, tuple[Row, ...]]
    problems: tuple[dict[str, str], ...]
    people: dict[str, str]
    added: tuple["Added", ...]
    adds_to: Row | None
    standing: dict[str, Any] | None


@dataclass(frozen=True)
class Added:
    """What was added to a visit later, as it was sealed."""

    row: Row
    body: dict[str, Any] | None


def read(desk: Desk, actor: str, household: str, wanted: str = "", before: tuple[str, int] = END_OF_TIME) -> Chronology:
    """A page of the chronology, with what happened in confirmed earlier households of the family in its place. The family page has recorded
    the read; an older page records its own, and each earlier household is recorded."""
    with desk.engine.read() as tx:
        every = life_events.earlier(tx, household)
        lines = [line for one in every for line in chronology_line.page(tx, actor, household, one, wanted, before, PAGE + 1)]
        lines.sort(key=lambda line: (line["happened"], line["seq"]), reverse=True)
        shown = lines[:PAGE]
        rows = _rows(tx, shown)
        found = _findings(tx, [row["submission"] for line in shown if line["kind"] == "visit" and (row := rows.get(line["seq"]))])
        began = min(filter(None, (chronology_line.first(tx, one) for one in every)), default=None) if lines else None
    earlier = sorted({line["household"] for line in shown} - {household})
    each_noted(desk, actor, "read.family", [*([household] if before != END_OF_TIME else []), *earlier])
    entries = tuple(_entry(line, rows[line["seq"]], found) for line in shown if line["seq"] in rows)
    last = (shown[-1]["happened"], shown[-1]["seq"]) if len(lines) > PAGE else None
    return Chronology(entries, last, _years(began, desk.clock()))


def _rows(tx: Tx, lines: list[Row]) -> dict[int, Row]:
    """The details of each line by its seq: one statement a kind."""
    kinds: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        kinds[line["kind"]].append(line["seq"])
    return {row["seq"]: row for kind, seqs in kinds.items() for row in chronology.entries(tx, kind, seqs)}


def _entry(line: Row, row: Row, found: dict[str, tuple[Row, ...]]) -> Entry:
    announced = said_of(row["said"]).announced if line["kind"] == "visit" and row["said"] else None
    whole = {**row, "happened": line["happened"]}
    findings = found.get(row.get("submission", ""), ()) if line["kind"] == "visit" else ()
    return Entry(line["kind"], line["happened"], line["seq"], whole, findings, detail(row), announced, line["household"])


def _findings(tx: Tx, visits: list[str]) -> dict[str, tuple[Row, ...]]:
    by_visit: dict[str, list[Row]] = defaultdict(list)
    for row in chronology.findings(tx, visits) if visits else []:
        by_visit[row["submission"]].append(row)
    return {submission: tuple(rows) for submission, rows in by_visit.items()}


def _years(began: str | None, now: str) -> tuple[int, ...]:
    return tuple(range(int(now[:4]), int(began[:4]) - 1, -1)) if began and began[:4].isdigit() else ()


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
        standing = same.body(tx, row["household"], row["body"])
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
        readable(standing),
    )


def readable(body: bytes) -> dict[str, Any] | None:
    """The body as data, or None when it is kept but cannot be read."""
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
