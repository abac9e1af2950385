"""A referral's disagreements as its page shows them, and whether there is anything to disagree with now: for who may see the family."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visitapp.domain import disagreements as words
from visitapp.store import disagreements, duties, referrals, scope
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired


@dataclass(frozen=True)
class Shown:
    """A disagreement with what happened in it, each event with its `said`; the stage it is at, and what is owed for it now."""

    row: Row
    events: tuple[Row, ...]
    stage: int
    over: bool
    duty: Row | None


def shown(w: Wired, actor: str, referral: str) -> tuple[Shown, ...]:
    """Every disagreement over a referral, the newest first, for a page whose reading is journalled; nothing for who may not see the
    family."""
    with w.engine.read() as tx:
        row = referrals.referral(tx, referral)
        if row is None or not scope.may_see_family(tx, actor, row["household"]):
            return ()
        return tuple(_shown(tx, one) for one in disagreements.of_referral(tx, referral))


def may_raise(w: Wired, actor: str, referral: str) -> bool:
    """Whether there is anything to disagree with now, and no disagreement is open. Not whether somebody may: everybody may."""
    with w.engine.read() as tx:
        row = referrals.referral(tx, referral)
        if row is None or not scope.may_see_family(tx, actor, row["household"]):
            return False
        open_now = [one for one in disagreements.of_referral(tx, referral) if not words.is_over(disagreements.events(tx, one["id"]))]
        return not open_now and over(tx, row, w.clock()) is not None


def referral_of(w: Wired, actor: str, disagreement: str) -> str | None:
    """The referral that it is over, for who may see its family."""
    with w.engine.read() as tx:
        one = disagreements.disagreement(tx, disagreement)
        return str(one["referral"]) if one and scope.may_see_family(tx, actor, one["household"]) else None


def _shown(tx: Tx, one: Row) -> Shown:
    events = [event | {"said": json.loads(event["detail"])} for event in disagreements.events(tx, one["id"])]
    stage = words.stage_of(events)
    return Shown(one, tuple(events), stage, words.is_over(events), duties.duty(tx, words.subject(one["id"], stage)))


def over(tx: Tx, row: Row, at: str) -> str | None:
    """What may be disagreed with now; None for nothing. Not scoped."""
    duty = duties.duty(tx, row["id"])
    return words.over(referrals.state(tx, row["id"]), overdue=bool(duty and duty["due_at"] < at))
