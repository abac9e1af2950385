"""Letters handed over while everything goes wrong by chance: the worker is killed anywhere, the other side says anything, letters come
back, the queue is lost. In the end each is with its receiver or announced, and a second copy says that it is one."""

import random
from dataclasses import dataclass, field, replace

import pytest

from tests.flow.test_killed import Axe, Killed
from tests.flow.world import World, completion
from visitapp.deliver import Message, Outcome
from visitapp.deliver.returns import Return
from visitapp.flow import refer, returns, sweep
from visitapp.flow.stuck import what_is_stuck

REFERRALS, ROUNDS = 3, 30


@dataclass
class Chancy:
    """A way out, and the mailbox that things come back to. `arrived` is what the other side really has."""

    chance: random.Random
    name: str = "post"
    healthy: bool = False
    arrived: list[Message] = field(default_factory=list)
    back: list[Return] = field(default_factory=list)

    def send(self, message: Message) -> Outcome:
        what = "sent" if self.healthy else self.chance.choice(["killed", "sent", "sent and killed", "unknown", "lost", "later", "refused"])
        if what == "killed":
            raise Killed
        if what in ("sent", "sent and killed", "unknown"):
            self.arrived.append(message)
        if what == "sent and killed":
            raise Killed
        kinds = {"sent": "sent", "unknown": "unknown", "lost": "unknown", "later": "try_again", "refused": "refused"}
        return Outcome(kinds[what], what)  # type: ignore[arg-type]

    def waiting(self) -> list[Return]:
        return list(self.back)

    def done(self, back: Return) -> None:
        if not self.healthy and self.chance.random() < 0.3:
            raise Killed
        self.back = [one for one in self.back if one.id != back.id]

    def bounce(self) -> None:
        """One that arrived comes back after all."""
        if self.arrived:
            letter = self.chance.choice(self.arrived).letter_id
            self.back.append(Return(f"bounce-{len(self.back)}-{self.chance.random()}", "refused", letter, "550 gone"))


def trial(world: World, monkeypatch: pytest.MonkeyPatch, seed: int) -> list[str]:
    """Let it happen, then let everything be well again; the states that the referrals ended in."""
    chance = random.Random(seed)
    way, axe = Chancy(chance), Axe(monkeypatch)
    world.w = replace(world.w, transports=(way,), returns=(way,))
    families = [world.family(f"Family{number}") for number in range(REFERRALS)]
    for family in families:
        family.sofa()
    sent = [family.referral() for family in families]
    for referral in sent:
        refer.send(world.w, world.who["hv"], referral, completion())
    for _ in range(ROUNDS):
        _happen(world, way, axe)
    axe.away()
    way.healthy = True
    for _ in range(4):
        world.clock.on(hours=2)
        sweep.put_back(world.w)
        returns.read_returns(world.w)
        world.work()
    return [_held(world, way, referral) for referral in sent]


def _happen(world: World, way: Chancy, axe: Axe) -> None:
    chance = way.chance
    world.clock.on(minutes=chance.randrange(1, 40))
    if chance.random() < 0.2:
        way.bounce()
    if chance.random() < 0.1:
        with world.w.engine.write() as tx:
            tx.run("DELETE FROM outbox WHERE step IN ('deliver', 'write_letter')")
    if chance.random() < 0.6:
        axe.at(chance.randrange(1, 120))
    try:
        for step in (sweep.put_back, returns.read_returns, lambda _: world.work()):
            step(world.w)
    except Killed:
        pass
    axe.away()


def _held(world: World, way: Chancy, referral: str) -> str:
    """What must hold of a referral in the end; the state it is in."""
    [recipient] = world.rows("SELECT id FROM recipient WHERE referral = :r", r=referral)
    copies = [message for message in way.arrived if message.letter_id == recipient["id"]]
    assert len({message.pdf for message in copies}) <= 1
    assert all(message.again for message in copies[1:]), "a second copy that does not say so"
    tried = [row["outcome"] for row in world.rows("SELECT outcome FROM delivery WHERE recipient = :r ORDER BY seq", r=recipient["id"])]
    state = world.rows("SELECT event FROM referral_event WHERE referral = :r AND event <> 'news' ORDER BY seq", r=referral)[-1]["event"]
    announced = [one.what for one in what_is_stuck(world.w) if one.id == referral and one.what == "letter_refused"]
    if state == "delivered":
        assert copies, "delivered, and nobody has it"
        assert tried[-1] == "sent"
        assert announced == []
    else:
        assert state in ("lettered", "bounced")
        assert tried[-1] == "refused"
        assert announced == ["letter_refused"], "silent"
    return str(state)
