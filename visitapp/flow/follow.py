"""Follows a letter that lies in a mailbox until the other side's system has collected it: whether it did is a fact of its own, and a letter
that the way gave up is refused after it was sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.deliver import Outcome
from visitapp.domain.moments import later
from visitapp.flow import delivering, letters
from visitapp.flow.refer import SERVICE
from visitapp.store import letters as kept_letters
from visitapp.store import outbox, recipients, referrals, returned
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

FOLLOW = letters.FOLLOW
EVERY_MINUTES = 10


def follow(w: Wired, recipient: str) -> None:
    """Ask once what became of a recipient's letter, and keep it if anything did."""
    at = w.clock()
    with w.engine.read() as tx:
        row, lies = recipients.recipient(tx, recipient), returned.is_uncollected(tx, recipient)
        sent = kept_letters.last_sent(tx, recipient)
    way = delivering.way_of(w, row["transport"]) if row and lies else None
    found = way.track(recipient, sent["proof"]) if sent and way is not None and hasattr(way, "track") else None
    with w.engine.write() as tx:
        if row is None or not returned.is_uncollected(tx, recipient):
            outbox.done(tx, FOLLOW, recipient)
        elif found is None:
            outbox.again(tx, FOLLOW, recipient, due_at=later(at, minutes=EVERY_MINUTES), error="not_collected")
        else:
            _keep(w, tx, row | {"recipient": recipient}, found, at)
            outbox.done(tx, FOLLOW, recipient)


def _keep(w: Wired, tx: Tx, row: Row, found: Outcome, at: str) -> None:
    referral = referrals.referral(tx, row["referral"])
    assert referral is not None
    tx.lock_household(row["household"])
    if found.kind == "refused":
        delivering.came_back(w, tx, referral, row, found.proof, at)
        return
    last = kept_letters.last_sent(tx, row["recipient"])
    assert last is not None
    kept_letters.add_delivery(
        tx, letter=last["letter"], household=row["household"], transport=last["transport"], address=last["address"],
        attempt=last["attempt"], outcome=found.kind, proof=found.proof, recipient=row["recipient"], at=at, actor=SERVICE,
    )  # fmt: skip
