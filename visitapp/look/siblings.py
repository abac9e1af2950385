"""The children of a family beside each other: when each was last seen, what was found about each, and the visit that tells of each."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from visitapp.look.chronology import readable
from visitapp.look.people_over_time import Person
from visitapp.look.reading import Desk
from visitapp.store import course, life_events, same, siblings
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

MOST = 40
"""Visits that are looked back at."""
END_OF_TIME = ("9999", 2**62)


@dataclass(frozen=True)
class Found:
    """One thing that was found about a child: in words, when last, and at how many of the visits looked at."""

    said: str
    severity: str
    on: str
    times: int
    newest: bool


@dataclass(frozen=True)
class Child:
    """`seen` and `awake` are the newest rows that say so; `at` of how many visits that asked it was seen; `visit` the newest that tells of
    it, with its body."""

    person: Person
    seen: Row | None
    awake: Row | None
    asked: int
    at: int
    found: tuple[Found, ...]
    visit: Row | None
    body: dict[str, Any] | None


def read(desk: Desk, household: str, children: tuple[Person, ...]) -> tuple[Child, ...]:
    """Of the newest visits. Its page has shown that the actor may see the family, and records the read."""
    with desk.engine.read() as tx:
        every = life_events.earlier(tx, household)
        rows = sorted(
            (row for one in every for row in course.newest(tx, one, END_OF_TIME, MOST)),
            key=lambda row: (row["occurred_on"], row["seq"]), reverse=True,
        )[:MOST]  # fmt: skip
        told = siblings.seen(tx, Families.several(every), rows[-1]["occurred_on"]) if rows else []
        found = siblings.found(tx, [row["submission"] for row in rows]) if rows else []
        newest = {row["person"]: row["submission"] for row in reversed(told)}
        bodies = _bodies(tx, [newest[one.row["person"]] for one in children if one.row["person"] in newest])
    last = next((row["submission"] for row in rows if row["kind"] != "visit_not_completed"), "")
    return tuple(_child(one, told, found, bodies.get(newest.get(one.row["person"], "")), last) for one in children)


def _bodies(tx: Tx, submissions: list[str]) -> dict[str, Row]:
    wanted = list(dict.fromkeys(submissions))
    rows = siblings.bodies(tx, wanted) if wanted else []
    return {row["id"]: row | {"body": same.body(tx, row["household"], row["body"])} for row in rows}


def _child(person: Person, told: list[Row], found: list[Row], visit: Row | None, last: str) -> Child:
    theirs = [row for row in told if row["person"] == person.row["person"]]
    seen = [row for row in theirs if row["value"] in ("awake", "asleep")]
    awake = next((row for row in seen if row["value"] == "awake"), None)
    about = [row for row in found if row["person"] == person.row["person"]]
    body = readable(visit["body"]) if visit else None
    return Child(person, seen[0] if seen else None, awake, len(theirs), len(seen), tuple(_found(about, last)), visit, body)


def _found(rows: list[Row], last: str) -> list[Found]:
    """Each thing once, what the last visit found first, then the newest."""
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_code[row["code"]].append(row)
    each = [
        Found(
            those[0]["said"], those[0]["severity"], those[0]["occurred_on"], len({row["submission"] for row in those}),
            those[0]["submission"] == last,
        )
        for those in by_code.values()
    ]  # fmt: skip
    return sorted(each, key=lambda one: (not one.newest, [-int(part) for part in one.on.split("-")]))
