"""What comes back after a letter was handed over. It is read from the mailboxes that letters are sent from, kept once, and matched to the
letter or message it names: one that could not be delivered after all is refused after it was sent. What nobody can match, and whatever a
person wrote, is somebody's to look at until they say what they did.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from visitapp.deliver.returns import Return, Returns
from visitapp.flow import delivering, letters, notify
from visitapp.flow.refer import SERVICE
from visitapp.problems import problem, wrong
from visitapp.store import accounts, notices, recipients, referrals, returned
from visitapp.store import letters as kept_letters
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

log = logging.getLogger("visitapp.returns")

KINDS: dict[str, str] = {
    "refused": "A letter or message could not be delivered",
    "delayed": "A letter or message is late: a mail server still tries",
    "automatic": "A machine answered, such as an out-of-office",
    "message": "Somebody wrote to the address that letters are sent from",
}
AUTOMATIC = "A machine answered the letter of a referral, such as an out-of-office. Phone the receiving team if nobody acknowledges it."
WROTE = "Somebody wrote back about a referral by e-mail. Read it in the mailbox letters are sent from, and record an answer it holds."
NOBODYS = "Something came back that belongs to no letter we know. Look at it in the mailbox letters are sent from, and say what you did."
LONGEST = 10_000


def read_returns(w: Wired) -> int:
    """Read every mailbox that things come back to; how much was kept. A mailbox that cannot be read is announced by the sweep."""
    return sum(_read(w, source) for source in w.returns)


def _read(w: Wired, source: Returns) -> int:
    at, new, failed = w.clock(), 0, False
    with w.engine.write() as tx:
        returned.mailbox_tried(tx, source.name, at)
    try:
        waiting = source.waiting()
    except Exception as fault:  # whatever it is, the mailbox is not read, and the sweep says so
        log.error("mailbox %s: %s", source.name, type(fault).__name__)
        waiting, failed = [], True
    for back in waiting:
        try:
            with w.engine.write() as tx:
                new += keep(w, tx, source.name, back, at)
        except Exception as fault:  # one that cannot be kept holds up none behind it, and the sweep says so
            log.error("mailbox %s: %s", source.name, type(fault).__name__)
            failed = True
            continue
        try:
            source.done(back)
        except Exception as fault:  # the mailbox itself does not answer as it should: the rest is for the next time
            log.error("mailbox %s: %s", source.name, type(fault).__name__)
            failed = True
            break
    with w.engine.write() as tx:
        (returned.mailbox_failed if failed else returned.mailbox_was_read)(tx, source.name, at)
    return new


def keep(w: Wired, tx: Tx, source: str, back: Return, at: str) -> bool:
    """Keep what came back and what follows from it, once; whether it is new."""
    if returned.kept(tx, back.id):
        return False
    letter, message = _letter(tx, back.letter), notices.message(tx, back.letter) if back.letter else None
    owner = _must_look(tx, back, letter, message)
    returned.add(
        tx, id=back.id, source=source, kind=back.kind, letter=back.letter, referral=letter["referral"] if letter else None,
        household=letter["household"] if letter else None, owner=owner, proof=back.proof, at=at, actor=SERVICE,
    )  # fmt: skip
    if letter:
        _about_a_letter(w, tx, back, letter, at)
    elif message and back.kind == "refused":
        notify.came_back(tx, message, back.proof, at)
    elif owner:
        referrals.tell(tx, to_account=owner, what=NOBODYS, at=at, actor=SERVICE)
    return True


def _letter(tx: Tx, id: str | None) -> Row | None:
    """The recipient whose letter travelled under an id, or the letter itself where it was sent before there were recipients."""
    if not id:
        return None
    found = recipients.recipient(tx, id)
    if found:
        return found | {"recipient": id}
    letter = kept_letters.letter(tx, id)
    row = referrals.referral(tx, letter["referral"]) if letter else None
    return (
        {"recipient": None, "letter": id, "referral": row["id"], "household": row["record"], "place": "receiver", "number": 1}
        if row
        else None
    )


def _must_look(tx: Tx, back: Return, letter: Row | None, message: Row | None) -> str | None:
    """Who must look at it: for a letter whoever sent it, where a person wrote; for what belongs to nothing, who looks after the service."""
    if letter:
        row = referrals.referral(tx, letter["referral"])
        return letters.sender_of(tx, row) if row and back.kind == "message" else None
    if message and back.kind != "message":
        return None
    return accounts.who_looks_after(tx)


def _about_a_letter(w: Wired, tx: Tx, back: Return, letter: Row, at: str) -> None:
    row = referrals.referral(tx, letter["referral"])
    assert row is not None
    tx.lock_household(row["household"])
    if back.kind == "refused":
        delivering.came_back(w, tx, row, letter, back.proof, at)
    elif back.kind in ("automatic", "message"):
        what = AUTOMATIC if back.kind == "automatic" else WROTE
        owner = letters.sender_of(tx, row)
        referrals.tell(tx, to_account=owner, what=what, at=at, actor=SERVICE, household=row["household"], referral=row["id"])
        if back.kind == "message":
            notify.ask(
                w, tx, "wrote_back", to_account=owner, reference=letters.reference(row["id"]), link=f"/referrals/{row['id']}", at=at,
                actor=SERVICE, household=row["household"], referral=row["id"],
            )  # fmt: skip


def settle(w: Wired, actor: str, id: str, what: str) -> None:
    """Somebody looked at what came back and says what was done. Raises Problem with a field."""
    if not what.strip():
        raise wrong("what", "Say what you did about it.")
    if len(what) > LONGEST:
        raise wrong("what", "Make this shorter.")
    at = w.clock()

    def write(tx: Tx) -> None:
        found = returned.waiting_for(tx, actor, id) if id else []
        if not found:
            raise problem("not_found")
        returned.settle(tx, found[0], what=what, at=at, actor=actor)

    w.writer.submit(write)
