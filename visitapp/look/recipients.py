"""Who the letters of a referral are for, why each was chosen, and what came of each attempt to hand it over."""

import json
from dataclasses import dataclass

from visitapp.look.reading import Desk, noted
from visitapp.store import inbox, letters, recipients
from visitapp.store.tx import Row, Tx


@dataclass(frozen=True)
class Recipient:
    """One recipient as the page shows it. `row` is None for the attempts of a referral of before there were recipients."""

    row: Row | None
    reasons: tuple[str, ...]
    attempts: tuple[Row, ...]

    @property
    def waits(self) -> bool:
        """Whether the letter is not with them yet."""
        return self.row is not None and bool(self.row["waiting"])

    @property
    def must_answer(self) -> bool:
        return self.row is None or self.row["place"] == recipients.RECEIVER

    @property
    def outcome(self) -> str:
        """What came of the last attempt; empty where there was none."""
        return str(self.attempts[-1]["outcome"]) if self.attempts else ""


def of_referral(tx: Tx, referral: str) -> tuple[Recipient, ...]:
    """Everybody, the receiver first; the caller has shown that the actor may see the referral."""
    attempts = inbox.deliveries(tx, referral)
    found = [
        Recipient(row, tuple(json.loads(row["reasons"])), tuple(one for one in attempts if one["recipient"] == row["id"]))
        for row in recipients.of(tx, referral)
    ]
    before = tuple(one for one in attempts if one["recipient"] is None)
    return (*((Recipient(None, (), before),) if before else ()), *sorted(found, key=lambda one: not one.must_answer))


def letter(desk: Desk, side: str, actor: str, referral: str, letter: str) -> bytes | None:
    """The bytes of any letter of a referral as sent, or None when it is not this actor's to see."""
    with desk.engine.read() as tx:
        row = inbox.one(tx, side, actor, referral)
        found = letters.letter(tx, letter) if row else None
        theirs = found is not None and (side != "received" or _to_the_receiver(tx, found))
    if row is None or found is None or found["referral"] != referral or not theirs:
        return None
    noted(desk, actor, "read.letter", row["household"], referral)
    return bytes(found["bytes"])


def _to_the_receiver(tx: Tx, letter: Row) -> bool:
    """Whether the team that must answer may read a letter. Copies, of whatever kind, are for those they were made for; a letter of before
    there were recipients is the receiver's."""
    whom = recipients.of_letter(tx, letter["referral"], letter["document"], letter["number"], letter["round"])
    return not whom or any(one["place"] == recipients.RECEIVER for one in whom)
