"""Handing a letter to its recipients. It is kept that an attempt begins, the letter is handed over, and then what came of it is kept.

A worker that dies in between is followed by one that knows that the letter may have been taken: its id is the same, so a second copy is
known for the first. What is refused, at once or after it was sent, is announced to the practitioner; what may work later is tried for ever.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from visitapp.deliver import Outcome, Transport, covering_message
from visitapp.domain import referrals as states
from visitapp.domain.documents import ASKING_AGAIN
from visitapp.domain.moments import later
from visitapp.flow import answer_link, notify
from visitapp.flow.letter_file import bundle_of
from visitapp.flow.letters import DELIVER, FOLLOW, reference, sender_of
from visitapp.flow.owing import owe
from visitapp.flow.recipients import FIRST, IN_PERSON, Recipient, of_letter
from visitapp.flow.refer import SERVICE
from visitapp.flow.trying import wait_seconds
from visitapp.store import letters, outbox, recipients, referrals
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

FIRST_LOOK_MINUTES = 5
CAME_BACK = {
    "receiver": "A referral letter came back: the receiving team does not have it after all. Phone them and hand it over another way.",
    "copy": "A copy of a referral letter came back after it was sent. Hand it over another way. The referral itself does not wait for it.",
}
MESH = "mesh"
REFUSED = {
    "receiver": "A referral letter was refused on its way. Phone the receiving team and hand it over another way.",
    "copy": "A copy of a referral letter was refused on its way. Hand it over another way. The referral itself does not wait for it.",
}


def deliver(w: Wired, key: str) -> None:
    """Try once to hand a letter to one recipient, and keep what came of it."""
    at = w.clock()
    with w.engine.read() as tx:
        handing = handing_of(w, tx, key)
    if handing is None:
        with w.engine.write() as tx:
            outbox.done(tx, DELIVER, key)
        return
    _begin(w, handing, at)
    transport, outcome = _send(w, handing)
    with w.engine.write() as tx:
        record(w, tx, key, handing, transport, outcome, at)


@dataclass(frozen=True)
class Handing:
    """A letter that is to be handed to a recipient, how often that was tried, and whether one of the attempts may have been
    taken, because nobody saw how it ended."""

    referral: Row
    letter: Row
    to: Recipient
    before: int
    unknown: bool
    bundle: bytes | None


def handing_of(w: Wired, tx: Tx, key: str) -> Handing | None:
    """What a step hands over, unless the recipient has it already or it was refused. A step of before there were recipients names the
    referral alone."""
    id, _, recipient = key.partition("/")
    letter = letters.letter(tx, id) or letters.letter_of(tx, id)
    row = referrals.referral(tx, letter["referral"]) if letter else None
    if letter is None or row is None:
        return None
    whom = of_letter(w, tx, row, letter["document"], letter["number"], letter["round"])
    to = next((one for one in whom if one.id == (recipient or None)), None)
    if to is None or to.transport == IN_PERSON:
        return None
    if not (recipients.waits(tx, to.id) if to.id else referrals.state(tx, row["id"]) == states.LETTERED):
        return None
    before = letters.deliveries(tx, letter["id"], to.id)
    unseen = Counter(letters.begun(tx, letter["id"], to.id)) - Counter(one["attempt"] for one in before)
    unknown = bool(unseen) or any(one["outcome"] == "unknown" for one in before)
    return None if _refused(before) else Handing(row, letter, to, len(before), unknown, bundle_of(tx, letter["id"]))


def _begin(w: Wired, handing: Handing, at: str) -> None:
    """Keep that an attempt begins, so that whoever comes after a worker that died in it knows that the letter may have been taken."""
    with w.engine.write() as tx:
        letters.begin(
            tx, letter=handing.letter["id"], recipient=handing.to.id, household=handing.referral["record"],
            transport=handing.to.transport, attempt=handing.before + 1, at=at, actor=SERVICE,
        )  # fmt: skip


def _refused(before: list[Row]) -> bool:
    return bool(before) and before[-1]["outcome"] == "refused"


def way_of(w: Wired, name: str) -> Transport | None:
    """The way a recipient takes. What has an e-mail address goes by whatever way the service has now; a mailbox of MESH only by MESH."""
    exact = next((one for one in w.transports if one.name == name), None)
    return exact or (None if name == MESH else w.transports[0])


def _send(w: Wired, handing: Handing) -> tuple[str, Outcome]:
    transport = way_of(w, handing.to.transport)
    if transport is None:
        return handing.to.transport, Outcome("refused", "This service has no mailbox of MESH to send from.")
    if not handing.to.address:
        return transport.name, Outcome("refused", "The receiving team has no address.")
    letter, to = handing.letter, handing.to
    message = covering_message(
        letter_id=to.id or letter["id"], reference=reference(letter["referral"], letter["number"]), to=to.address,
        pdf=bytes(letter["bytes"]),
        bundle=handing.bundle,
        number=letter["number"],
        graver=letter["document"] in ASKING_AGAIN.values(),
        answer_link=answer_link.make(w, letter, to.id) if to.id and to.place == "receiver" and answer_link.carried(transport.name) else "",
    )  # fmt: skip
    return transport.name, transport.send(replace(message, again=handing.unknown))


def record(w: Wired, tx: Tx, key: str, handing: Handing, transport: str, outcome: Outcome, at: str) -> None:
    row, to, attempt = handing.referral, handing.to, handing.before + 1
    tx.lock_household(row["household"])
    letters.add_delivery(
        tx, letter=handing.letter["id"], household=row["record"], transport=transport, address=to.address, attempt=attempt,
        outcome=outcome.kind, proof=outcome.proof, recipient=to.id, at=at, actor=SERVICE,
    )  # fmt: skip
    if outcome.kind in ("try_again", "unknown"):
        outbox.again(tx, DELIVER, key, due_at=later(at, seconds=wait_seconds(attempt)), error=outcome.kind)
        return
    if outcome.kind == "sent":
        if to.must_answer and is_with(tx, row["id"], to.id):
            has_it(w, tx, row, transport, at, SERVICE)
        if to.id and transport == MESH:
            outbox.put(tx, FOLLOW, to.id, due_at=later(at, minutes=FIRST_LOOK_MINUTES), household=row["household"])
    if outcome.kind == "refused":
        _tell_of_refusal(w, tx, row, REFUSED[to.place], at)
    outbox.done(tx, DELIVER, key)


def _tell_of_refusal(w: Wired, tx: Tx, row: Row, what: str, at: str) -> None:
    owner = sender_of(tx, row)
    referrals.tell(tx, to_account=owner, what=what, at=at, actor=SERVICE, household=row["household"], referral=row["id"])
    notify.ask(
        w, tx, "letter_refused", to_account=owner, reference=reference(row["id"]), link=f"/referrals/{row['id']}", at=at, actor=SERVICE,
        household=row["household"], referral=row["id"],
    )  # fmt: skip


def came_back(w: Wired, tx: Tx, referral: Row, to: Row, proof: str, at: str) -> None:
    """A letter that was taken could not be delivered after all: its recipient does not have it, and whoever sent it is told to phone.
    `to` is the recipient, or for a referral of before there were any, its letter. Under the household's lock."""
    last = letters.last_sent(tx, to["recipient"]) if to["recipient"] else _last_of(tx, to["letter"])
    if last is None or (to["recipient"] and recipients.waits(tx, to["recipient"])):
        return
    letters.add_delivery(
        tx, letter=last["letter"], household=referral["record"], transport=last["transport"], address=last["address"],
        attempt=last["attempt"], outcome="refused", proof=proof, recipient=to["recipient"], at=at, actor=SERVICE,
    )  # fmt: skip
    if to["place"] == recipients.RECEIVER and (to["number"] == FIRST or to.get("answers")):
        if not is_with(tx, referral["id"], to["recipient"]):
            return  # it was sent to another address, or on to another team, since: theirs did not come back
        if states.after(referrals.state(tx, referral["id"]), states.BOUNCED) is None:
            return  # whoever answered has it, whatever came back
        referrals.add_event(tx, referral, states.BOUNCED, detail={"transport": last["transport"]}, at=at, actor=SERVICE)
        owe(w, tx, referral, at=at, actor=SERVICE, owner=sender_of(tx, referral))
    _tell_of_refusal(w, tx, referral, CAME_BACK[to["place"]], at)


def is_with(tx: Tx, referral: str, recipient: str | None) -> bool:
    """Whether a recipient is still the one who must answer: while a letter was handed over it may have been given back and sent on, or the
    address corrected, and what becomes of this letter says nothing of the next."""
    now = recipients.receiver(tx, referral)
    return now is None or now["id"] == recipient


def _last_of(tx: Tx, letter: str) -> Row | None:
    """The newest attempt that the letter of a referral of before there were recipients was taken in."""
    return next((one for one in reversed(letters.deliveries(tx, letter)) if one["outcome"] == "sent"), None)


def has_it(w: Wired, tx: Tx, referral: Row, transport: str, at: str, actor: str) -> None:
    """The receiver has the letter, by whatever way: the wait for an answer begins, unless it came already."""
    if states.after(referrals.state(tx, referral["id"]), states.DELIVERED) is None:
        return
    if referrals.add_event(tx, referral, states.DELIVERED, detail={"transport": transport}, at=at, actor=actor):
        owe(w, tx, referral, at=at, actor=actor, owner=sender_of(tx, referral))
