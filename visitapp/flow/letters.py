"""Writing the letter of a sent referral and handing it over. Nothing slow is done inside a transaction: facts are read, the letter is
drawn, and then the bytes and the event are kept together; a letter is handed over, and then what came of it is kept.

A worker that dies between handing over and keeping hands over again: the letter's id is the same, so a second copy is known for the
first. What is refused is announced to the practitioner at once; what may work later is tried for ever.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from visitapp.deliver import Outcome, covering_message
from visitapp.domain import referrals as states
from visitapp.domain.moments import later
from visitapp.flow import notify
from visitapp.flow.owing import owe
from visitapp.flow.refer import SERVICE, owner_of
from visitapp.flow.trying import wait_seconds
from visitapp.store import letters, outbox, referrals, teams
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

WRITE, DELIVER = "write_letter", "deliver"


def reference(referral: str) -> str:
    """What people quote on the telephone: it names nobody."""
    return f"R-{referral[:8].upper()}"


def write_letter(w: Wired, referral: str) -> None:
    """Draw the letter of a requested referral and keep its bytes, once."""
    from visitapp.flow.letter_facts import gather  # drawing needs reportlab: only a worker that writes a letter waits for it
    from visitapp.letter.content import compose
    from visitapp.letter.render import render

    at = w.clock()
    with w.engine.read() as tx:
        wanted = referrals.state(tx, referral) == states.REQUESTED
        facts = gather(w, tx, referral, at) if wanted else None
    content = compose(facts) if facts else None
    drawn = render(content) if content else None
    with w.engine.write() as tx:
        if drawn and content:
            _keep(w, tx, referral, drawn.bytes, drawn.pages, asdict(content), at)
        outbox.done(tx, WRITE, referral)


def _keep(w: Wired, tx: Tx, referral: str, drawn: bytes, pages: int, content: dict[str, Any], at: str) -> None:
    row = referrals.referral(tx, referral)
    if row is None:
        return
    tx.lock_household(row["household"])
    if referrals.state(tx, referral) != states.REQUESTED:
        return
    letters.add(
        tx, id=w.new_id(), referral=referral, household=row["household"], bytes=drawn, sha256=hashlib.sha256(drawn).hexdigest(),
        pages=pages, content=content, at=at, actor=SERVICE,
    )  # fmt: skip
    referrals.add_event(tx, row, states.LETTERED, detail={"pages": pages}, at=at, actor=SERVICE)
    owe(w, tx, row, at=at, actor=SERVICE, owner=sender_of(tx, row), since=_requested_at(tx, row))
    outbox.put(tx, DELIVER, referral, due_at=at, household=row["household"])


def deliver(w: Wired, referral: str) -> None:
    """Try once to hand the letter over, and keep what came of it."""
    at = w.clock()
    with w.engine.read() as tx:
        row = referrals.referral(tx, referral)
        letter = letters.letter_of(tx, referral)
        wanted = referrals.state(tx, referral) == states.LETTERED
        team = teams.receiving_team(tx, row["receiving_team"]) if row and row["receiving_team"] else None
        before = letters.deliveries(tx, letter["id"]) if letter else []
    if row is None or letter is None or not wanted or _refused(before):
        with w.engine.write() as tx:
            outbox.done(tx, DELIVER, referral)
        return
    address = team["email"] if team else ""
    transport, outcome = _send(w, letter, referral, address)
    with w.engine.write() as tx:
        _record(w, tx, row, letter, transport, address, len(before) + 1, outcome, at)


def _refused(before: list[Row]) -> bool:
    return bool(before) and before[-1]["outcome"] == "refused"


def _send(w: Wired, letter: Row, referral: str, address: str) -> tuple[str, Outcome]:
    transport = w.transports[0]
    if not address:
        return transport.name, Outcome("refused", "The receiving team has no address.")
    message = covering_message(letter_id=letter["id"], reference=reference(referral), to=address, pdf=bytes(letter["bytes"]))
    return transport.name, transport.send(message)


def _record(w: Wired, tx: Tx, row: Row, letter: Row, transport: str, address: str, attempt: int, outcome: Outcome, at: str) -> None:
    tx.lock_household(row["household"])
    letters.add_delivery(
        tx, letter=letter["id"], household=row["household"], transport=transport, address=address, attempt=attempt, outcome=outcome.kind,
        proof=outcome.proof, at=at, actor=SERVICE,
    )  # fmt: skip
    if outcome.kind in ("try_again", "unknown"):
        outbox.again(tx, DELIVER, row["id"], due_at=later(at, seconds=wait_seconds(attempt)), error=outcome.kind)
        return
    owner = sender_of(tx, row)
    if outcome.kind == "sent" and referrals.add_event(tx, row, states.DELIVERED, detail={"transport": transport}, at=at, actor=SERVICE):
        owe(w, tx, row, at=at, actor=SERVICE, owner=owner)
    if outcome.kind == "refused":
        what = "A referral letter was refused on its way. Phone the receiving team and hand it over another way."
        referrals.tell(tx, to_account=owner, what=what, at=at, actor=SERVICE, household=row["household"], referral=row["id"])
        notify.ask(
            w, tx, "letter_refused", to_account=owner, reference=reference(row["id"]), link=f"/referrals/{row['id']}", at=at, actor=SERVICE,
            household=row["household"], referral=row["id"],
        )  # fmt: skip
    outbox.done(tx, DELIVER, row["id"])


def sender_of(tx: Tx, referral: Row) -> str:
    """Who sent it, and so owes the chasing: else whoever looks after the family."""
    sent = next((event["actor"] for event in referrals.events(tx, referral["id"]) if event["event"] == states.REQUESTED), None)
    return sent or owner_of(tx, referral["household"], SERVICE)


def _requested_at(tx: Tx, referral: Row) -> str | None:
    return next((event["at"] for event in referrals.events(tx, referral["id"]) if event["event"] == states.REQUESTED), None)
