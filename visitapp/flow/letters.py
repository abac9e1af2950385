"""Writing the letters of a sent referral. Nothing slow is done inside a transaction: facts are read, the letter is drawn, and then the
bytes and the event are kept together. Each letter is a step of its own, and so is handing it to each recipient (`flow/delivering.py`), so
that a copy that fails never holds up the receiver's letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from visitapp.domain import referrals as states
from visitapp.domain.documents import Kind, as_kind
from visitapp.flow.letter_file import LetterFile, keep, made
from visitapp.flow.losses import stopped
from visitapp.flow.owing import owe
from visitapp.flow.recipients import FIRST, IN_PERSON, WRITE, of_letter, receiver
from visitapp.flow.refer import SERVICE, owner_of
from visitapp.store import letters, outbox, recipients, referrals
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

DELIVER, BY_HAND, FOLLOW = "deliver", "fill_portal", "follow"
PORTAL = "portal"
"""The transport of a council's own form, which is filled in by hand (`flow/portals.py`)."""


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
        facts = gather(w, tx, wanted.referral["id"], at, wanted.number, wanted.round) if wanted else None
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
    to, asked = receiver(w, tx, row), int(number) if kind else FIRST
    document = document or receiver(w, tx, row, FIRST).document
    by_its_name = bool(kind) == (asked > FIRST)  # a copy asks for the same letter by another name (`recipients.want_letters`)
    first = by_its_name and to.must_answer and (to.document, to.number) == (document, asked)
    wanted = _Wanted(row, as_kind(document), asked, first, _round(tx, id, document, asked, first))
    if wanted.document == "family_copy" and stopped(tx, row["household"]):
        return None
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
        tx, file, referral=row["id"], household=row["record"], document=wanted.document, number=wanted.number,
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


def sender_of(tx: Tx, referral: Row) -> str:
    """Who sent it, or sent it on, and so owes the chasing: else whoever looks after the family."""
    sent = _sent(tx, referral)
    return sent["actor"] if sent else owner_of(tx, referral["household"], SERVICE)


def _requested_at(tx: Tx, referral: Row) -> str | None:
    sent = _sent(tx, referral)
    return sent["at"] if sent else None


def _sent(tx: Tx, referral: Row) -> Row | None:
    """The newest asking for it."""
    happened = referrals.events(tx, referral["id"])
    return next((event for event in reversed(happened) if event["event"] in states.ASKING), None)
