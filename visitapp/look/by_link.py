"""A referral as one recipient sees it who came by the link in the message: what the practitioner asked for, and the letter."""

import json
from dataclasses import dataclass
from typing import Any

from visitapp.domain import referrals as states
from visitapp.look.reading import Desk, noted
from visitapp.store import accounts, households, letters, recipients, referrals
from visitapp.store.tx import Row, Tx


@dataclass(frozen=True)
class Shown:
    """`asked` is what the practitioner wrote; `pages` of the letter that the link came with; `others` is what the same team got of this
    referral besides, its updates and corrections, in order."""

    referral: Row
    state: str
    asked: dict[str, Any]
    practitioner: Row
    pages: int
    others: tuple[Row, ...] = ()
    number: int = 1

    @property
    def newer(self) -> int | None:
        """The number of the newest of the others, where that was written after the letter that the link came with."""
        newest = max((one["number"] for one in self.others), default=self.number)
        return newest if newest > self.number else None


def read(desk: Desk, actor: str, referral: str, letter: str, recipient: str) -> Shown:
    """The caller has shown that this actor may read it."""
    with desk.engine.read() as tx:
        row = referrals.referral(tx, referral) or {}
        happened = referrals.events(tx, referral)
        family = households.household(tx, row["household"]) or {}
        practitioner = accounts.account(tx, family["practitioner"]) if family.get("practitioner") else None
        written = letters.letter(tx, letter)
        others = tuple(one for one in _sent(tx, referral, recipient) if one["letter"] != letter)
    asked: dict[str, Any] = {}
    for one in happened:
        asked |= json.loads(one["detail"]) if one["event"] in states.ASKING else {}
    state = states.state_of(one["event"] for one in happened) or states.PROPOSED
    noted(desk, actor, "read.referral", row["household"], referral)
    return Shown(row, state, asked, practitioner or {}, written["pages"] if written else 0, others, written["number"] if written else 1)


def numbered(desk: Desk, referral: str, recipient: str, number: int) -> str | None:
    """The letter of that number that this recipient's team got of the referral, if it got one."""
    with desk.engine.read() as tx:
        return next((str(one["letter"]) for one in _sent(tx, referral, recipient) if one["number"] == number), None)


def _sent(tx: Tx, referral: str, recipient: str) -> list[Row]:
    """What was written for the team of a recipient since the referral was sent to it; nothing of what another team got, nor any copy."""
    rows = recipients.of(tx, referral)
    here = next((one["round"] for one in rows if one["id"] == recipient), None)
    return [one for one in rows if one["letter"] and one["stands"] and one["place"] == recipients.RECEIVER and one["round"] == here]


def letter(desk: Desk, actor: str, household: str, letter: str) -> bytes | None:
    """The letter's bytes as sent. The caller has shown that this actor may read it."""
    with desk.engine.read() as tx:
        found = letters.letter(tx, letter)
    if found is None:
        return None
    noted(desk, actor, "read.letter", household, found["referral"])
    return bytes(found["bytes"])
