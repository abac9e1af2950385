"""Who the letters of a referral are for, why each was chosen, and what came of each attempt to hand it over."""

import json
from dataclasses import dataclass

from visitapp.store import inbox, recipients
from visitapp.store.tx import Row, Tx


@dataclass(frozen=True)
class Recipient:
    """One recipient as the page shows it. `row` is None for the attempts of a referral of before there were recipients."""

    row: Row | None
    reasons: tuple[str, ...]
    attempts: tuple[Row, ...]

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
