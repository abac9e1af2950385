"""The people of a family over time: who came and went, births, moves, hospital, a second home, and who looked after them."""

from collections import defaultdict
from dataclasses import dataclass

from visitapp.look.reading import Desk
from visitapp.store import homes, life_events, people_over_time, phones, same, scope
from visitapp.store.seen import Families
from visitapp.store.tx import Row


@dataclass(frozen=True)
class Person:
    """Somebody who belongs or belonged: every membership, what happened to them, who holds responsibility, and other homes."""

    row: Row
    memberships: tuple[Row, ...]
    events: tuple[Row, ...]
    responsible: tuple[Row, ...]
    homes: tuple[Row, ...]

    @property
    def name(self) -> str:
        return f"{self.row['given_names']} {self.row['family_name']}" if self.row["given_names"] else "Somebody whose name is not recorded"

    @property
    def belongs(self) -> bool:
        return any(one["until"] is None for one in self.memberships)


@dataclass(frozen=True)
class OverTime:
    """`seconds` are second homes of children, ended ones too; `kept_back` what the desk said last of keeping the address back; `numbers`
    those that stand, `numbers_before` those that were; `twice` the entries that are read as another."""

    people: tuple[Person, ...]
    residences: tuple[Row, ...]
    practitioners: tuple[Row, ...]
    seconds: tuple[Row, ...] = ()
    kept_back: Row | None = None
    numbers: tuple[Row, ...] = ()
    numbers_before: tuple[Row, ...] = ()
    twice: tuple[Row, ...] = ()

    @property
    def lived_at(self) -> tuple[Row, ...]:
        """The addresses that were not recorded in error."""
        return tuple(row for row in self.residences if not row["in_error"])


def read(desk: Desk, actor: str, household: str) -> OverTime:
    """Children first, the oldest of them first. Its page has shown that the actor may see the family, and records the read."""
    with desk.engine.read() as tx:
        families = Families.several(life_events.earlier(tx, household))
        memberships = people_over_time.memberships(tx, families)
        events, responsible = people_over_time.events(tx, families), people_over_time.responsibility(tx, families)
        elsewhere = people_over_time.other_homes(tx, actor, families)
        seconds = homes.seconds(tx, actor, families)
        kept = [row for one in families.ids if (row := homes.kept_back(tx, one))]  # of this record first, then of those that were joined
        kept_back = next((row for row in kept if row["kept_back"]), kept[0] if kept else None)
        twice = same.of_families(tx, families)
        numbers, before = phones.standing(tx, families), phones.ended(tx, families)
        residences, practitioners = people_over_time.residences(tx, families), people_over_time.practitioners(tx, families)
    by_person: dict[str, list[Row]] = defaultdict(list)
    for row in memberships:
        by_person[row["person"]].append(row)
    people = [
        Person(
            theirs[-1],
            tuple(theirs),
            tuple(row for row in events if row["person"] == id),
            tuple(row for row in responsible if row["child"] == id),
            tuple(row for row in elsewhere if row["person"] == id),
        )
        for id, theirs in by_person.items()
    ]
    people.sort(key=lambda one: (one.row["role"] != "child", one.row["born_on"] or one.row["due_on"] or "9999"))
    return OverTime(
        tuple(people), tuple(residences), tuple(practitioners), tuple(seconds), kept_back, tuple(numbers), tuple(before),
        tuple(twice),
    )  # fmt: skip


def numbers(desk: Desk, actor: str, household: str) -> tuple[Row, ...]:
    """The numbers that stand of a family. Its page records the read."""
    with desk.engine.read() as tx:
        families = Families.several(life_events.earlier(tx, household))
        return tuple(phones.standing(tx, families)) if scope.may_see_family(tx, actor, household) else ()
