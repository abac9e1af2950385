"""Writing the letters of a sent referral and handing each to its recipients. Nothing slow is done inside a transaction: facts are read, the
letter is drawn, and then the bytes and the event are kept together; a letter is handed over, and then what came of it is kept. Each letter
is a step of its own and so is each recipient of it, so that a copy that fails never holds up the receiver's letter.

A worker that dies between handing over and keeping hands over again: the letter's id is the same, so a second copy is known for the
first. What is refused is announced to the practitioner at once; what may work later is tried for ever.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from visitapp.deliver import Outcome, Transport, covering_message
from visitapp.domain import referrals as states
from visitapp.domain.documents import Kind, as_kind
from visitapp.domain.moments import later
from visitapp.flow import answer_link, notify
from visitapp.flow.letter_file import LetterFile, bundle_of, keep, made
from visitapp.flow.owing import owe
from visitapp.flow.recipients import FIRST, IN_PERSON, WRITE, Recipient, of_letter, receiver
from visitapp.flow.refer import SERVICE, owner_of
from visitapp.flow.trying import wait_seconds
from visitapp.store import letters, outbox, recipients, referrals
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

DELIVER, BY_HAND, FOLLOW = "deliver", "fill_portal", "follow"
FIRST_LOOK_MINUTES = 5
CAME_BACK = {
    "receiver": "A referral letter came back: the receiving team does not have it after all. Phone them and hand it over another way.",
    "copy": "A copy of a referral letter came back after it was sent. Hand it over another way. The referral itself does not wait for it.",
}
MESH, PORTAL = "mesh", "portal"
REFUSED = {
    "receiver": "A referral letter was refused on its way. Phone the receiving team and hand it over another way.",
    "copy": "A copy of a referral letter was refused on its way. Hand it over another way. The referral itself does not wait for it.",
}


def reference(referral: str, number: int = FIRST) -> str:
    """What people quote on the telephone: it names nobody. An update or correction has its number behind it."""
    return f"R-{referral[:8].upper()}{f'-{number}' if number > FIRST else ''}"


def handed_as(letter: str, recipient: str | None) -> str:
    """The key of the step that hands a letter to one recipient."""
    return f"{letter}/{recipient or ''}"


def step_to(transport: str) -> str:
    """The step that hands a letter to whoever takes it that way: into a council's own form only a person can."""
    return BY_HAND if transport == PORTAL else DELIVER


def write_letter(w: Wired, key: str) -> None:
    """Draw one letter of a referral and keep its bytes, once."""
    from visitapp.flow.letter_facts import gather  # drawing needs reportlab: only a worker that writes a letter waits for it
    from visitapp.letter.content import compose

    at = w.clock()
    with w.engine.read() as tx:
        wanted = _wanted(w, tx, key)
        facts = gather(w, tx, wanted.referral["id"], at, wanted.number) if wanted else None
    file = made(w, facts, compose(facts, kind=wanted.document), at) if wanted and facts else None
    with w.engine.write() as tx:
        if wanted and file:
            _keep(w, tx, wanted, file, at)
        else:
            _hand_over_what_is_written(tx, key, at)
        outbox.done(tx, WRITE, key)


@dataclass(frozen=True)
class _Wanted:
    """A letter that is to be written; `first` when the referral itself waits for it."""

    referral: Row
    document: Kind
    number: int
    first: bool
    round: int


def _round(tx: Tx, referral: str, document: str, number: int, first: bool) -> int:
    """The round that a letter belongs to: the referral's own for the one that its receiver waits for, else that of whom it is for."""
    return referrals.round_of(tx, referral) if first else recipients.round_of(tx, referral, document, number)


def _wanted(w: Wired, tx: Tx, key: str) -> _Wanted | None:
    """The letter that a step asks for, unless it is written, or the referral was never sent."""
    id, _, kind = key.partition("/")
    row, state = referrals.referral(tx, id), referrals.state(tx, id)
    if row is None or state in (None, states.PROPOSED, states.WITHDRAWN):
        return None
    document, _, number = kind.partition("/")
    asked, first = (int(number), False) if kind else (FIRST, True)
    wanted = _Wanted(row, as_kind(document or receiver(w, tx, row).document), asked, first, _round(tx, id, document, asked, first))
    if (wanted.first and state != states.REQUESTED) or letters.of_kind(tx, id, wanted.document, wanted.number, wanted.round):
        return None
    return wanted


def _keep(w: Wired, tx: Tx, wanted: _Wanted, file: LetterFile, at: str) -> None:
    row = wanted.referral
    tx.lock_household(row["household"])
    if letters.of_kind(tx, row["id"], wanted.document, wanted.number, wanted.round) or (
        wanted.first and referrals.state(tx, row["id"]) != states.REQUESTED
    ):
        return
    keep(
        tx, file, referral=row["id"], household=row["household"], document=wanted.document, number=wanted.number,
        round=wanted.round, at=at, actor=SERVICE,
    )  # fmt: skip
    if wanted.first:
        referrals.add_event(tx, row, states.LETTERED, detail={"pages": file.pages}, at=at, actor=SERVICE)
        owe(w, tx, row, at=at, actor=SERVICE, owner=sender_of(tx, row), since=_requested_at(tx, row))
    for one in of_letter(w, tx, row, wanted.document, wanted.number, wanted.round):
        if one.transport != IN_PERSON:
            outbox.put(tx, step_to(one.transport), handed_as(file.letter, one.id), due_at=at, household=row["household"])


def _hand_over_what_is_written(tx: Tx, key: str, at: str) -> None:
    """The letter was written before: somebody else it is for, such as a corrected address, gets that one."""
    referral, _, kind = key.partition("/")
    document, _, number = kind.partition("/")
    round = _round(tx, referral, document, int(number), False) if kind else 0
    letter = letters.of_kind(tx, referral, document, int(number), round) if kind else letters.letter_of(tx, referral)
    for one in recipients.of_letter(tx, referral, letter["document"], letter["number"], letter["round"]) if letter else ():
        if letter and one["transport"] != IN_PERSON and recipients.waits(tx, one["id"]):
            outbox.put(tx, step_to(one["transport"]), handed_as(letter["id"], one["id"]), due_at=at, household=one["household"])


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
            tx, letter=handing.letter["id"], recipient=handing.to.id, household=handing.referral["household"],
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
        answer_link=answer_link.make(w, letter, to.id) if to.id and to.place == "receiver" and answer_link.carried(transport.name) else "",
    )  # fmt: skip
    return transport.name, transport.send(replace(message, again=handing.unknown))


def record(w: Wired, tx: Tx, key: str, handing: Handing, transport: str, outcome: Outcome, at: str) -> None:
    row, to, attempt = handing.referral, handing.to, handing.before + 1
    tx.lock_household(row["household"])
    letters.add_delivery(
        tx, letter=handing.letter["id"], household=row["household"], transport=transport, address=to.address, attempt=attempt,
        outcome=outcome.kind, proof=outcome.proof, recipient=to.id, at=at, actor=SERVICE,
    )  # fmt: skip
    if outcome.kind in ("try_again", "unknown"):
        outbox.again(tx, DELIVER, key, due_at=later(at, seconds=wait_seconds(attempt)), error=outcome.kind)
        return
    if outcome.kind == "sent":
        if to.must_answer:
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
        tx, letter=last["letter"], household=referral["household"], transport=last["transport"], address=last["address"],
        attempt=last["attempt"], outcome="refused", proof=proof, recipient=to["recipient"], at=at, actor=SERVICE,
    )  # fmt: skip
    if to["place"] == recipients.RECEIVER and to["number"] == FIRST:
        if states.after(referrals.state(tx, referral["id"]), states.BOUNCED) is None:
            return  # whoever answered has it, whatever came back
        referrals.add_event(tx, referral, states.BOUNCED, detail={"transport": last["transport"]}, at=at, actor=SERVICE)
        owe(w, tx, referral, at=at, actor=SERVICE, owner=sender_of(tx, referral))
    _tell_of_refusal(w, tx, referral, CAME_BACK[to["place"]], at)


def _last_of(tx: Tx, letter: str) -> Row | None:
    """The newest attempt that the letter of a referral of before there were recipients was taken in."""
    return next((one for one in reversed(letters.deliveries(tx, letter)) if one["outcome"] == "sent"), None)


def has_it(w: Wired, tx: Tx, referral: Row, transport: str, at: str, actor: str) -> None:
    """The receiver has the letter, by whatever way: the wait for an answer begins, unless it came already."""
    if states.after(referrals.state(tx, referral["id"]), states.DELIVERED) is None:
        return
    if referrals.add_event(tx, referral, states.DELIVERED, detail={"transport": transport}, at=at, actor=actor):
        owe(w, tx, referral, at=at, actor=actor, owner=sender_of(tx, referral))


def sender_of(tx: Tx, referral: Row) -> str:
    """Who sent it, or sent it on, and so owes the chasing: else whoever looks after the family."""
    sent = _sent(tx, referral)
    return sent["actor"] if sent else owner_of(tx, referral["household"], SERVICE)


def _requested_at(tx: Tx, referral: Row) -> str | None:
    sent = _sent(tx, referral)
    return sent["at"] if sent else None


def _sent(tx: Tx, referral: Row) -> Row | None:
    """The newest sending of it."""
    happened = referrals.events(tx, referral["id"])
    return next((event for event in reversed(happened) if event["event"] in (states.REQUESTED, states.SENT_ON)), None)
