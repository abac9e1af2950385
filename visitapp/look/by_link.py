"""A referral as one recipient sees it who came by the link in the message: what the practitioner asked for, and the letter."""

import json
from dataclasses import dataclass
from typing import Any

from visitapp.domain import referrals as states
from visitapp.look.reading import Desk, noted
from visitapp.store import accounts, households, letters, referrals
from visitapp.store.tx import Row


@dataclass(frozen=True)
class Shown:
    """`asked` is what the practitioner wrote; `pages` of the letter."""

    referral: Row
    state: str
    asked: dict[str, Any]
    practitioner: Row
    pages: int


def read(desk: Desk, actor: str, referral: str, letter: str) -> Shown:
    """The caller has shown that this actor may read it."""
    with desk.engine.read() as tx:
        row = referrals.referral(tx, referral) or {}
        happened = referrals.events(tx, referral)
        family = households.household(tx, row["household"]) or {}
        practitioner = accounts.account(tx, family["practitioner"]) if family.get("practitioner") else None
        written = letters.letter(tx, letter)
    asked: dict[str, Any] = next((json.loads(one["detail"]) for one in reversed(happened) if one["event"] == states.REQUESTED), {})
    state = states.state_of(one["event"] for one in happened) or states.PROPOSED
    noted(desk, actor, "read.referral", row["household"], referral)
    return Shown(row, state, asked, practitioner or {}, written["pages"] if written else 0)


def letter(desk: Desk, actor: str, household: str, letter: str) -> bytes | None:
    """The letter's bytes as sent. The caller has shown that this actor may read it."""
    with desk.engine.read() as tx:
        found = letters.letter(tx, letter)
    if found is None:
        return None
    noted(desk, actor, "read.letter", household, found["referral"])
    return bytes(found["bytes"])
