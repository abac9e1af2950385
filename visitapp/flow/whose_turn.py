"""Whose turn it is, for screens: what an account answers for now, what has climbed to it, and how far each duty of a family has climbed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visitapp.decide.cover import Answering, Cover
from visitapp.domain.ladder import reference
from visitapp.domain.moments import later
from visitapp.flow import cover, ladder
from visitapp.store import accounts, climbs, scope
from visitapp.store.past import by
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

Key = tuple[str, int]
BEGINNING: Key = ("", 0)
PAGE = 20
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
class Part:
    """A page of one of somebody's lists: how many there are in all, and the key (due_at, opened_seq) of the next page."""

    turns: tuple[Turn, ...] = ()
    many: int = 0
    after: Key | None = None


@dataclass(frozen=True)
class Mine:
    """What an account answers for now, the soonest first, and what has climbed to it beside that."""

    owed: Part = Part()
    climbed: Part = Part()


def mine(w: Wired, actor: str, owed: Key = BEGINNING, climbed: Key = BEGINNING) -> Mine:
    """A page of each list, from after a key. The reading of each family that is shown is journalled."""
    at = w.clock()
    with w.engine.read() as tx:
        asking = accounts.account(tx, actor)
        here = cover.of(w, tx, asking["team"] if asking else None, at)
        if here is None or actor not in here.members:
            return Mine()
        rungs = {row["subject"]: row["rung"] for row in climbs.to(tx, actor, here.team)}
        each = [(row, ladder.in_team(w, here, row)) for row in climbs.owed_in(tx, here.team, later(at, days=AHEAD_DAYS))]
        own = [(row, who) for row, who in each if who.account == actor]
        others = [(row, who) for row, who in each if who.account != actor and row["subject"] in rungs]
        found = Mine(_part(tx, here, own, owed, rungs), _part(tx, here, others, climbed, rungs))
    shown = [turn.duty["household"] for turn in (*found.owed.turns, *found.climbed.turns)]
    read = sorted({household for household in shown if household})
    w.writer.submit(lambda tx: [tx.journal("read.mine", at=at, actor=actor, household=one) for one in read])
    return found


def _part(tx: Tx, here: Cover, every: Sequence[tuple[Row, Answering]], after: Key, rungs: Mapping[str, str]) -> Part:
    rest = [(row, who) for row, who in every if _key(row) > after]
    shown = rest[:PAGE]
    told = by("subject", climbs.told_each(tx, [row["subject"] for row, _ in shown])) if shown else {}
    turns = tuple(_turn(here, row, who, told.get(row["subject"], ()), rungs.get(row["subject"], "")) for row, who in shown)
    return Part(turns, len(every), _key(shown[-1][0]) if len(rest) > PAGE else None)


def _key(row: Row) -> Key:
    return row["due_at"], row["opened_seq"]


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
        told = by("subject", climbs.told_each(tx, [row["subject"] for row in rows])) if rows else {}
        turns = [_turn(here, row, ladder.in_team(w, here, row), told.get(row["subject"], ())) for row in rows]
    return tuple(turn for turn in turns if turn.told or turn.why)


def _turn(here: Cover, row: Row, who: Answering, told: Sequence[Row], rung: str = "") -> Turn:
    name = here.members[who.account].name if who.account else ""
    return Turn(row, name, who.why, tuple(told), reference(row["subject"], row["referral"]), rung)
