"""The random walks of the referrals, with everything that puts a record right or moves a family in between: numbers, addresses, second
homes, people recorded twice, splits, handovers between teams, late visits. On both databases. A failure names its seed."""

from pathlib import Path

import pytest

from tests.flow import world as worlds
from tests.flow.test_records import same_when_rebuilt
from tests.flow.test_referrals_by_chance import ANNOUNCED, Chance, owed_elsewhere, second_ones, standing
from tests.flow.world import Family, World
from visitapp.domain.sought import phone
from visitapp.flow import handovers, homes, people, phones, records, twice
from visitapp.flow.stuck import what_is_stuck
from visitapp.store import filed, households, life_events, scope
from visitapp.store import phones as kept_phones
from visitapp.store.seen import Families
from visitapp.store.tx import Tx

TOLD = ("account", "phone", "link", "send", "ask again", "form", "hand", "work")
"""Steps in which somebody may be told of a danger: it ends then."""
NUMBER = "07700 900456"


class Lives(Chance):
    """Everything else that may happen to these families meanwhile."""

    def step(self) -> str:
        """A family that was recorded by itself since may have no referral and no visit."""
        try:
            return super().step()
        except IndexError:
            return "nothing"

    def by(self, family: Family) -> str:
        """Whoever is named to a family now, where it is recorded now."""
        with self.world.w.engine.read() as tx:
            row = households.household(tx, life_events.later(tx, family.household)[-1])
        return str((row and row["practitioner"]) or self.hv)

    def here(self, family: Family) -> str:
        with self.world.w.engine.read() as tx:
            return life_events.later(tx, family.household)[-1]

    def moves(self, family: Family) -> None:
        area = self.chance.choice(("eastmoor", "westfen"))
        home = {"address": "7 Fen Lane", "postcode": "WF2 1AA", "area": area, "from_on": self.world.clock.at[:10]}
        homes.move(self.world.w, self.by(family), self.here(family), **home)

    def keep_back(self, family: Family) -> None:
        kept = self.chance.choice(("yes", "yes", "no"))
        homes.keep_back(self.world.w, self.by(family), self.here(family), kept_back=kept, why="He looks for her.")

    def number(self, family: Family) -> None:
        safe = self.chance.choice(("never", "any_time", "not_asked"))
        number = self.chance.choice((NUMBER, "+44 7700 900456", "07700 900111"))
        whose = {"person": family.people["Ada"]} if self.chance.random() < 0.7 else {"whose": "Jon"}
        phones.add(self.world.w, self.by(family), self.here(family), number=number, safe=safe, **whose)

    def second_home(self, family: Family) -> None:
        other = self.chance.choice([self.here(one) for one in self.families] + [""])
        said = {"person": family.people["Ava"], "with_whom": "Jon", "days": "Weekends", "from_on": "2026-12-01"}
        homes.add_second(self.world.w, self.by(family), self.here(family), other, **said)

    def second_home_ends(self, family: Family) -> None:
        for row in self.world.rows("SELECT id, household FROM second_home ORDER BY seq"):
            if self.chance.random() < 0.3:
                homes.end_second(
                    self.world.w, self.by(family), row["household"], row["id"], on_date=self.world.clock.at[:10], why="He moved."
                )  # fmt: skip

    def is_twice(self, family: Family) -> None:
        where = self.here(family)
        with self.world.w.engine.read() as tx:
            here = [one["person"] for one in households.members(tx, where) if one["role"] == "child"]
        if len(here) > 1:
            stands, other = self.chance.sample(here, 2)
            twice.are_one(self.world.w, self.by(family), self.here(family), stands=stands, other=other, why="One number.")

    def two_after_all(self, family: Family) -> None:
        rows = self.world.rows("SELECT id FROM person_same ORDER BY seq")
        if rows:
            twice.two_after_all(self.world.w, self.by(family), self.chance.choice(rows)["id"], why="Twins.")

    def splits(self, family: Family) -> None:
        here = self.here(family)
        with self.world.w.engine.read() as tx:
            members = [one["person"] for one in households.members(tx, here)]
        visits = self.world.rows("SELECT id FROM submission WHERE household = :h", h=here)
        if len(members) > 2 and len(self.families) < 7:
            going = self.chance.sample(members, self.chance.randrange(1, len(members)))
            theirs = [one["id"] for one in visits if self.chance.random() < 0.3]
            new = records.split(self.world.w, self.by(family), here, name="Birch", why="Two.", people=going, submissions_there=theirs)
            self.families.append(Family(self.world, new, dict(family.people)))

    def passes_on(self, family: Family) -> None:
        to = self.chance.choice(("west", "hv", "midwife"))
        here, said = self.here(family), {"kind": "transfer", "words": "Two homes.", "safe": "A dog."}
        offer = handovers.offer(self.world.w, self.by(family), here, to=self.world.who[to], **said)
        if self.chance.random() < 0.8:
            handovers.accept(self.world.w, self.world.who[to], offer)

    def named(self, family: Family) -> None:
        to = self.chance.choice(("hv", "midwife"))
        people.name_practitioner(self.world.w, self.world.who["lead"], self.here(family), account=self.world.who[to])

    def comes_back(self, family: Family) -> None:
        here, said = self.here(family), {"kind": "transfer", "words": "Back.", "safe": "A dog."}
        offer = handovers.offer(self.world.w, self.by(family), here, to=self.hv, **said)
        handovers.accept(self.world.w, self.hv, offer)

    def late(self, family: Family) -> None:
        """A visit of some days ago, or of a clock that is ahead, of the record as it was then."""
        day = self.chance.choice(("2026-12-01", "2026-12-14", "2027-06-01"))
        (family.sofa if self.chance.random() < 0.6 else family.untidy)(on=day)

    happen = Chance.happen | {
        "moves": moves, "keep back": keep_back, "number": number, "number again": number, "second home": second_home,
        "second home ends": second_home_ends, "twice": is_twice, "two after all": two_after_all, "splits": splits,
        "passes on": passes_on, "comes back": comes_back, "comes back again": comes_back, "named": named, "late": late,
    }  # fmt: skip


def dangers(world: World) -> dict[str, str]:
    """Every danger for tonight of which nobody is confirmed as spoken to, submission -> household."""
    rows = world.rows("SELECT about, household FROM today_row WHERE kind = 'danger'")
    return {row["about"]: row["household"] for row in rows}


def judged(world: World, submission: str) -> str:
    """How urgent what a visit found is by its standing judgement."""
    said = world.rows("SELECT urgency FROM assessment WHERE submission = :s AND kind = 'today' ORDER BY seq DESC LIMIT 1", s=submission)
    return str(said[0]["urgency"])


def to_nobody(world: World) -> list[dict[str, str]]:
    """What is owed by nobody, or by somebody who may not see the family. A handover and a visit that was set aside are answered by
    whom they were given to."""
    with world.w.engine.read() as tx:
        rows = tx.all("SELECT subject, kind, household, owner_account FROM duty WHERE kind NOT IN ('handover', 'quarantine')")
        return [one for one in rows if not _somebody(tx, one)]


def _somebody(tx: Tx, duty: dict[str, str]) -> bool:
    return bool(duty["owner_account"] and scope.may_see_family(tx, duty["owner_account"], duty["household"]))


def without_anybody(world: World) -> list[dict[str, str]]:
    return world.rows(
        "SELECT h.household FROM household_now h LEFT JOIN account_now a ON a.account = h.practitioner"
        " WHERE h.joined_to IS NULL AND (a.account IS NULL OR a.team IS NULL OR h.team IS NULL OR h.team <> a.team)"
    )


def given_though_never(world: World) -> list[str]:
    """Numbers of people that are never to be used, and are given."""
    found: list[str] = []
    with world.w.engine.read() as tx:
        for row in tx.all("SELECT household FROM household_now WHERE joined_to IS NULL"):
            said = kept_phones.standing(tx, Families.several(life_events.earlier(tx, row["household"])))
            never = {phone(one["number"]) for one in said if one["safe"] == "never"}
            given = [str(one["phone"]) for one in households.members(tx, row["household"]) if one["phone"]]
            found += [one for one in given if phone(one) in never]
    return found


def walk(folder: Path, seed: int, steps: int, url: str | None = None) -> None:
    world = worlds.build(folder, url)
    chance, told = Lives(world, seed), []
    before = dangers(world)
    for _ in range(steps):
        told.append(chance.step())
        where = (seed, told[-4:])
        announced = {one.id for one in what_is_stuck(world.w) if one.what.startswith(ANNOUNCED)}
        for row in world.rows("SELECT id FROM referral"):
            found = standing(world, row["id"], announced)
            assert len(found) == 1, (row["id"], found, *where)
        assert second_ones(world, chance.families) == [], where
        assert owed_elsewhere(world) == [], where
        lost = to_nobody(world)
        assert not lost, (lost, told[-4:], *where)
        assert without_anybody(world) == [], (without_anybody(world), *where)
        assert given_though_never(world) == [], where
        now = dangers(world)
        gone = [one for one in before if one not in now and "tonight" in judged(world, one)]
        assert not gone or told[-1].split(" (")[0] in TOLD or all(homeless(world, one) for one in gone), (gone, *where)
        before = now
    same_when_rebuilt(world)
    world.w.close()


def homeless(world: World, submission: str) -> bool:
    """A visit that stands in no record, because somebody said so."""
    with world.w.engine.read() as tx:
        return filed.home(tx, submission) is None


@pytest.mark.parametrize("seed", range(1, 31))
def test_lives_that_are_put_right_leave_nobody_alone(tmp_path: Path, seed: int) -> None:
    walk(tmp_path, seed, 120)


@pytest.mark.parametrize("seed", range(31, 41))
def test_the_same_on_postgresql(tmp_path: Path, seed: int, postgres_url: str) -> None:
    walk(tmp_path, seed, 120, postgres_url)
