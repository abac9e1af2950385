"""Whatever happens to a referral in whatever order, it is always exactly one of: owed by somebody of ours with a deadline to come, waiting
for an answer with a deadline to come, answered, closed, or stuck and announced; and the service never opens a second one beside one that is
open, in whichever record of the family, joined or taken apart. A failure names its seed."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.flow import world as worlds
from tests.flow.test_answer_by_link import code
from tests.flow.test_portals import by_form
from tests.flow.test_records import same_when_rebuilt
from tests.flow.world import Family, World, completion
from visitapp.deliver import Outcome
from visitapp.deliver.returns import Return
from visitapp.domain import referrals as states
from visitapp.domain.moments import later
from visitapp.domain.replies import CHOICES, DECISION, NOT_FOR_US, RECEIVED, Reply, Speaker
from visitapp.flow import (
    answer_by_link,
    answer_link,
    asking_again,
    concern,
    entered_in_error,
    hand_over,
    life_events,
    portals,
    raised,
    records,
    refer,
    reply,
    returns,
    sweep,
)
from visitapp.flow.owing import OWED, due_at
from visitapp.flow.send_on import send_on
from visitapp.flow.stuck import what_is_stuck
from visitapp.problems import Problem
from visitapp.store import letters, recipients, referrals
from visitapp.store import records as kept_records

SEEDS = (2, 3, 4)
STEPS = 80
MONDAY = "2026-12-14T09:00:00.000Z"
"""So that the steps walk over Christmas, weekends and nights."""
ANNOUNCED = ("letter_", "overdue_", "no_route")
KIM = Speaker("Kim Ode", "duty social worker")


def test_any_events_lead_to_a_state_that_is_one_sides_or_closed() -> None:
    chance = random.Random(1)
    for _ in range(2_000):
        state = states.state_of(chance.choices(states.EVENTS, k=chance.randrange(1, 40)))
        sides = [state in states.OURS, state in states.THEIRS, state == states.DECIDED, state == states.WITHDRAWN]
        assert sum(sides) == (state is not None)
        assert (state in OWED) == states.is_open(state)


def test_what_a_state_leaves_is_due_later_by_any_clock(world: World) -> None:
    chance, policy = random.Random(2), world.w.catalogue.policy
    for _ in range(500):
        at = later("2026-01-01T00:00:00.000Z", minutes=chance.randrange(3 * 365 * 24 * 60))
        state = chance.choice(tuple(OWED))
        due = due_at(policy, state, chance.randrange(1, 5), chance.choice(("tonight", "this_week", "routine")), at)
        assert at < due < later(at, days=15)


class Chance:
    """Three families' referrals, and everything that can be done to one."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.chance = world, random.Random(seed)
        world.clock.at = MONDAY
        self.families: list[Family] = []
        if self.chance.random() < 0.5:
            by_form(world, "early_help", "eastmoor_early_help")
        for surname, visit in (("Okoro", Family.sofa), ("Birch", Family.untidy), ("Ash", Family.sofa), ("Okoro", Family.untidy)):
            family = world.family(surname, born_on="2026-09-20")
            visit(family, on="2026-12-14")
            self.families.append(family)
            if self.chance.random() < 0.7:
                self.send(family)

    def step(self) -> str:
        """One thing that may happen, refused where it cannot; what it was."""
        self.world.post.answers = [
            Outcome(self.chance.choice(("sent", "sent", "try_again", "unknown", "refused")), "said") for _ in range(3)
        ]
        name = self.chance.choice(tuple(self.happen))
        try:
            self.happen[name](self, self.chance.choice(self.families))
        except Problem as problem:
            return f"{name} ({problem.code})"
        return name

    def time(self, _family: Family) -> None:
        self.world.clock.on(minutes=self.chance.choice((3, 40, 119, 180, 700, 1500, 4400)))

    def work(self, _family: Family) -> None:
        self.world.work()

    def watch(self, _family: Family) -> None:
        sweep.keep_watch(self.world.w)

    def join(self, family: Family) -> None:
        """Two records are found to be one family's, rightly or in error; some of their people are the same."""
        other = self.chance.choice(self.families)
        same = {other.people[name]: family.people[name] for name in ("Ava", "Ada") if self.chance.random() < 0.8}
        records.join(self.world.w, self.hv, family.household, duplicate=other.household, why="One number.", same=same)

    def continues(self, family: Family) -> None:
        """A household of before is found to be this family's own past; two families may have the same, as after a separation."""
        other = self.chance.choice(self.families)
        if other is not family and self.chance.random() < 0.5:
            life_events.same_family(self.world.w, self.hv, family.household, earlier=other.household, why="One mother.")

    def apart(self, family: Family) -> None:
        with self.world.w.engine.read() as tx:
            joinings = kept_records.joinings(tx, family.household)
        if joinings:
            records.joined_in_error(self.world.w, self.hv, self.chance.choice(joinings)["id"], why="Cousins.")

    def misfile(self, family: Family) -> None:
        """A visit was of another family, or of none, or belongs here again."""
        visits = self.world.rows("SELECT id FROM submission WHERE household = :h", h=family.household)
        to, lead = self.chance.choice([None, *(one.household for one in self.families)]), self.world.who["lead"]
        if visits and self.chance.random() < 0.5:
            entered_in_error.enter(self.world.w, lead, self.chance.choice(visits)["id"], why="Next door.", belongs_to=to)

    def by_own_concern(self, family: Family) -> None:
        visits = self.world.rows("SELECT id FROM submission WHERE household = :h ORDER BY seq DESC", h=family.household)
        place, soon = self.chance.choice((("social_care", "this_week"), ("early_help", "routine"), ("social_care_urgent", "tonight")))
        concern.refer_by_hand(self.world.w, self.hv, visits[0]["id"], place, soon, "I am worried.")

    def send(self, family: Family) -> None:
        refer.send(self.world.w, self.hv, family.referral(), completion())

    def withdraw(self, family: Family) -> None:
        if self.chance.random() < 0.1:  # else everything would end before it began
            refer.withdraw(self.world.w, self.hv, family.referral(), "Not needed.")

    def news(self, family: Family) -> None:
        family.untidy(on=self.world.clock.at[:10])

    def graver(self, family: Family) -> None:
        family.sofa(on=self.world.clock.at[:10])

    def ask_again(self, family: Family) -> None:
        asking_again.send(self.world.w, self.hv, self.newest_sent(family), completion())

    def let_stand(self, family: Family) -> None:
        if self.chance.random() < 0.2:
            raised.let_stand(self.world.w, self.hv, self.newest_sent(family), "A mistake of the tablet.")

    def newest_sent(self, family: Family) -> str:
        """The family's newest referral that is raised and not told of, else the newest."""
        with self.world.w.engine.read() as tx:
            open_ones = raised.open_of(tx, family.household)
            untold = [one["id"] for one in open_ones if raised.untold(tx, one["id"])]
        return untold[0] if untold else family.referral()

    def by_account(self, family: Family) -> None:
        reply.answer(self.world.w, self.world.who[self.chance.choice(("duty", "helper"))], family.referral(), self.said())

    def by_phone(self, family: Family) -> None:
        reply.told_by_phone(self.world.w, self.hv, family.referral(), self.said(), KIM)

    def by_link(self, family: Family) -> None:
        w, referral = self.world.w, family.referral()
        with w.engine.read() as tx:
            to, letter = recipients.receiver(tx, referral), letters.letter_of(tx, referral)
        if to is None or letter is None:
            return
        token = answer_link.token_of(w, letter["id"], to["id"])
        browser = answer_by_link.ask_code(w, token, "", str(self.chance.random()))
        if self.world.rows("SELECT 1 AS asked FROM notice_message WHERE kind = 'answer_code'"):
            kept = answer_by_link.enter_code(w, token, browser, code(self.world), str(self.chance.random()))
            answer_by_link.answer(w, token, kept, self.said(), KIM)

    def by_hand(self, family: Family) -> None:
        referral = family.referral()
        with self.world.w.engine.read() as tx:
            to = recipients.receiver(tx, referral)
        if to is not None:
            hand_over.handed_over(self.world.w, self.hv, referral, to["id"], "On paper, to Kim Ode at the desk.")

    def typed_in(self, family: Family) -> None:
        """Somebody copied the answers into a council's own form, where the receiver takes only that."""
        referral = family.referral()
        with self.world.w.engine.read() as tx:
            to = recipients.receiver(tx, referral)
        if to is not None:
            portals.sent(self.world.w, self.hv, referral, to["id"], "EH-7")

    def bounce(self, family: Family) -> None:
        """A letter comes back, after it was sent or before anybody knows that it was."""
        referral = family.referral()
        with self.world.w.engine.write() as tx:
            to = recipients.receiver(tx, referral)
            if to is not None:
                back = Return(str(self.chance.random()), "refused", to["id"], "550 gone")
                returns.keep(self.world.w, tx, "imap", back, self.world.clock())

    def send_on(self, family: Family) -> None:
        send_on(self.world.w, self.hv, family.referral(), self.chance.choice((self.world.front_door, self.world.early_help)))

    def said(self) -> Reply:
        kind = self.chance.choices((RECEIVED, NOT_FOR_US, DECISION), (2, 4, 1))[0]
        return Reply(kind, self.chance.choice(tuple(CHOICES)), "Because.", not_ours_reason="Not ours.")

    @property
    def hv(self) -> str:
        return self.world.who["hv"]

    happen: dict[str, Callable[["Chance", Family], None]] = {  # noqa: RUF012
        "time": time, "time again": time, "work": work, "work again": work, "watch": watch, "send": send, "withdraw": withdraw,
        "news": news, "account": by_account, "phone": by_phone, "link": by_link, "hand": by_hand, "form": typed_in, "bounce": bounce,
        "send on": send_on, "send on again": send_on, "graver": graver, "ask again": ask_again, "let stand": let_stand,
        "join": join, "continues": continues, "apart": apart, "misfile": misfile, "by own concern": by_own_concern,
    }  # fmt: skip


def standing(world: World, referral: str, announced: set[str]) -> list[str]:
    """What a referral is now: one of the five, or whatever it wrongly is besides."""
    now = world.clock()
    with world.w.engine.read() as tx:
        state = referrals.state(tx, referral)
        untold = raised.untold(tx, referral) is not None
    duties = {row["subject"]: row for row in world.rows("SELECT * FROM duty WHERE referral = :id", id=referral)}
    owed, telling = duties.get(referral), duties.get(f"raise:{referral}")
    assert bool(telling) == untold, (state, duties)
    late = bool({referral, f"raise:{referral}"} & announced)
    to_come = bool(owed and owed["owner_account"] and owed["due_at"] >= now and not late)
    if telling:  # it became graver: whoever has it owes an answer to less, and we owe telling them
        to_come = to_come and bool(telling["owner_account"] and telling["due_at"] >= now)
    found = {
        "owed to the worker": (state in states.OURS or untold) and to_come,
        "waiting for an answer": state in states.THEIRS and not untold and to_come and bool(owed and owed["owner_team"]),
        "answered": state == states.DECIDED and not duties,
        "closed": state == states.WITHDRAWN and not duties,
        "stuck and announced": states.is_open(state) and bool(owed) and late,
    }
    return [name for name, holds in found.items() if holds]


def second_ones(world: World, families: list[Family]) -> list[list[tuple[str, str]]]:
    """The families in which the service has a proposal open beside another one of its own, or beside one that was sent: by the records of
    each, the open referrals with their states."""
    found = []
    with world.w.engine.read() as tx:
        for family in families:
            open_ones = [(one["id"], str(referrals.state(tx, one["id"]))) for one in raised.open_of(tx, family.household)]
            opened = [id for id, state in open_ones if state == states.PROPOSED and referrals.events(tx, id)[0]["actor"] == "service"]
            if opened and len(opened) + sum(state != states.PROPOSED for _, state in open_ones) > 1:
                found.append(open_ones)
    return found


def owed_elsewhere(world: World) -> list[dict[str, str]]:
    """What is owed for a referral in another record than where its family is recorded."""
    with world.w.engine.read() as tx:
        owed = tx.all("SELECT subject, referral, household FROM duty WHERE referral IS NOT NULL")
        return [row for row in owed if (referrals.referral(tx, row["referral"]) or {})["household"] != row["household"]]


def walk(folder: Path, seed: int, steps: int) -> None:
    """So many steps; after each, every referral is exactly one of the five, owed where its family is, and no family has a second one."""
    world = worlds.build(folder)
    chance, told = Chance(world, seed), []
    for _ in range(steps):
        told.append(chance.step())
        announced = {one.id for one in what_is_stuck(world.w) if one.what.startswith(ANNOUNCED)}
        for row in world.rows("SELECT id FROM referral"):
            found = standing(world, row["id"], announced)
            assert len(found) == 1, (seed, row["id"], found, told)
        assert second_ones(world, chance.families) == [], (seed, told)
        assert owed_elsewhere(world) == [], (seed, told)
    same_when_rebuilt(world)
    world.w.close()


@pytest.mark.parametrize("seed", SEEDS)
def test_every_referral_is_always_exactly_one_of_five(tmp_path: Path, seed: int) -> None:
    walk(tmp_path, seed, STEPS)
