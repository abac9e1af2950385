"""Whose turn it is, for screens: what an account answers for now, what has climbed to it, and how far each duty of a family has climbed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visitapp.decide.cover import Answering, Cover
from visitapp.domain.ladder import reference
from visitapp.domain.moments import later
from visitapp.flow import cover
from visitapp.flow.ladder import hourly
from visitapp.store import accounts, climbs, scope
from visitapp.store.past import by
from visitapp.store.tx import Row

if TYPE_CHECKING:
    from visitapp.wiring import Wired

AHEAD_DAYS = 14
"""How far ahead somebody's own list looks."""


@dataclass(frozen=True)
class Turn:
    """A duty, who answers for it now and why it is not its owner, who was told of it, and the reference it is spoken of under. `rung`:
    where it came to the one who looks, empty where it did not climb to them."""

    duty: Row
    answers: str
    why: str
    told: tuple[Row, ...]
    reference: str
    rung: str = ""


@dataclass(frozen=True)
class Mine:
    """What an account answers for now, the soonest first, and what has climbed to it beside that."""

    owed: tuple[Turn, ...]
    climbed: tuple[Turn, ...]


def mine(w: Wired, actor: str) -> Mine:
    """The reading of each family is journalled."""
    at = w.clock()
    with w.engine.read() as tx:
        asking = accounts.account(tx, actor)
        here = cover.of(w, tx, asking["team"] if asking else None, at)
        if here is None or actor not in here.members:
            return Mine((), ())
        rungs = {row["subject"]: row["rung"] for row in climbs.to(tx, actor, here.team)}
        rows = climbs.owed_in(tx, here.team, later(at, days=AHEAD_DAYS))
        each = [(row, _answering(w, here, row)) for row in rows]
        theirs = [(row, who) for row, who in each if who.account == actor or row["subject"] in rungs]
        turns = [
            (who.account == actor, _turn(here, row, who, climbs.told(tx, row["subject"], row["due_at"]), rungs.get(row["subject"], "")))
            for row, who in theirs
        ]
    read = sorted({row["household"] for row, _ in theirs if row["household"]})
    w.writer.submit(lambda tx: [tx.journal("read.mine", at=at, actor=actor, household=one) for one in read])
    return Mine(tuple(turn for own, turn in turns if own), tuple(turn for own, turn in turns if not own))


def of_family(w: Wired, actor: str, household: str, referral: str | None = None) -> tuple[Turn, ...]:
    """Each duty of a family that is overdue, or that another than its owner answers for; of one referral where it is named. For pages whose
    reading is journalled already; empty for who may not see the family."""
    at = w.clock()
    with w.engine.read() as tx:
        if not scope.may_see_family(tx, actor, household):
            return ()
        rows = [row for row in climbs.owed_of(tx, household) if referral in (None, row["referral"])]
        asking = accounts.account(tx, actor)
        here = cover.of(w, tx, asking["team"] if asking else None, at)
        if here is None:
            return ()
        rows = [row for row in rows if row["team"] == here.team]  # an offer that another team is to answer climbs there
        told = by("subject", climbs.told_of(tx, household)) if rows else {}
        turns = [_turn(here, row, _answering(w, here, row), told.get(row["subject"], ())) for row in rows]
    return tuple(turn for turn in turns if turn.told or turn.why)


def _answering(w: Wired, here: Cover, row: Row) -> Answering:
    return here.answers(row["owner_account"], hourly=hourly(w.catalogue.policy_of(row["area"]), row), due_at=row["due_at"])


def _turn(here: Cover, row: Row, who: Answering, told: Sequence[Row], rung: str = "") -> Turn:
    name = here.members[who.account].name if who.account else ""
    return Turn(row, name, who.why, tuple(told), reference(row["subject"], row["referral"]), rung)
