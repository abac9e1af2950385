"""The families of a team: the list with what is owed, and one family's own page."""

from collections import defaultdict
from dataclasses import dataclass

from visitapp.domain.moments import day_of, later
from visitapp.look.reading import Desk, each_noted, noted
from visitapp.store import family_list, life_events, siblings
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

PAGE = 25
LOOKED_BACK = 365
"""Days in which a child was seen, or was not."""


@dataclass(frozen=True)
class Line:
    """One family in a list, with what is owed for it, soonest first."""

    family: Row
    duties: tuple[Row, ...]


@dataclass(frozen=True)
class Listed:
    """A page of families; `after` is the last family of it when there are more. An id and not a name, because it stands in an address."""

    lines: tuple[Line, ...]
    after: str | None


@dataclass(frozen=True)
class LastSeen:
    """When a child was last seen at a visit, and last awake, in the last `LOOKED_BACK` days; empty: not once."""

    on: str = ""
    awake_on: str = ""


@dataclass(frozen=True)
class Family:
    """`seen`: each child by id who was seen, because that one child was seen says nothing of another."""

    household: Row
    people: tuple[Row, ...]
    duties: tuple[Row, ...]
    planned: tuple[Row, ...]
    seen: dict[str, LastSeen]


def listed(desk: Desk, actor: str, after: str = "") -> Listed:
    """The families of the actor's team in the order of their names, from after that family."""
    with desk.engine.read() as tx:
        start = family_list.key(tx, actor, after) if after else ("", "")
        rows = family_list.page(tx, actor, *start, PAGE + 1)
        shown = rows[:PAGE]
        last = (shown[-1]["name"], shown[-1]["household"]) if shown else start
        owed = family_list.duties_between(tx, actor, start, last) if shown else []
    by_family: dict[str, list[Row]] = defaultdict(list)
    for duty in owed:
        by_family[duty["household"]].append(duty)
    each_noted(desk, actor, "read.families", (row["household"] for row in shown))
    lines = tuple(Line(row, tuple(by_family[row["household"]])) for row in shown)
    return Listed(lines, shown[-1]["household"] if len(rows) > PAGE else None)


def family(desk: Desk, actor: str, household: str) -> Family | None:
    """One family, or None when it is not there or not this actor's to see: the two are not told apart."""
    with desk.engine.read() as tx:
        found = family_list.one(tx, actor, household)
        if found is None:
            return None
        everything = Family(
            found,
            tuple(family_list.people(tx, actor, household)),
            tuple(family_list.duties_of(tx, actor, household)),
            tuple(family_list.planned(tx, actor, household)),
            _seen(tx, household, day_of(later(desk.clock(), days=-LOOKED_BACK)).isoformat()),
        )
    noted(desk, actor, "read.family", household)
    return everything


def _seen(tx: Tx, household: str, since: str) -> dict[str, LastSeen]:
    found: dict[str, LastSeen] = {}
    for row in siblings.seen(tx, Families.several(life_events.earlier(tx, household)), since):  # the newest first
        if row["value"] in ("awake", "asleep"):
            known = found.get(row["person"], LastSeen(row["occurred_on"]))
            awake = known.awake_on or (row["occurred_on"] if row["value"] == "awake" else "")
            found[row["person"]] = LastSeen(known.on, awake)
    return found


def named(desk: Desk, actor: str, household: str, kind: str) -> Row | None:
    """One family by its summary alone, for one of its pages: the reading is recorded under that kind, of its confirmed earlier households
    too, whose past the page shows. None as `family` has it."""
    with desk.engine.read() as tx:
        found = family_list.one(tx, actor, household)
        every = life_events.earlier(tx, household) if found else ()
    each_noted(desk, actor, kind, every)
    return found


def with_earlier(desk: Desk, household: str) -> tuple[str, ...]:
    """The household and those that were confirmed to be its past; who asks has shown that they may see it."""
    with desk.engine.read() as tx:
        return life_events.earlier(tx, household)
