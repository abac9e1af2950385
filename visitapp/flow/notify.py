"""Messages by e-mail that name nobody. One is asked for in the transaction of the fact that calls for it, and is sent by the worker
afterwards: never inside a transaction, tried for ever while it may work, and announced by the sweep when it cannot.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING

from visitapp.deliver import Outcome
from visitapp.deliver.notices import Notice
from visitapp.domain.moments import later
from visitapp.flow import notice_words
from visitapp.flow.refer import SERVICE
from visitapp.flow.trying import wait_seconds
from visitapp.store import accounts, notices, outbox
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

SEND = "send_notice"
NO_ADDRESS = "This account has no e-mail address."
TOO_LATE = "It was not sent in time, and is of no more use."


def ask(
    w: Wired, tx: Tx, kind: str, *, at: str, actor: str, to_account: str | None = None, to_address: str | None = None,
    reference: str | None = None, link: str | None = None, time: str | None = None, until: str | None = None,
    household: str | None = None, referral: str | None = None, id: str | None = None,
) -> str:  # fmt: skip
    """A message is to be sent to an account (at the address it has then) or to an address; its id.

    `kind` is one of `notice_words.NOTICES`; what its text has no place for must not be given, and what it has a place for must. `link` is a
    path of ours. `id` may be given where a code belongs to it (`one_time_code`). Raises ValueError for anything else: such a message is a
    mistake of ours, and is never sent."""
    if (to_account is None) == (to_address is None):
        raise ValueError("A message goes to an account or to an address.")
    said = {name: value for name, value in (("reference", reference), ("link", link), ("time", time)) if value is not None}
    id = id or w.new_id()
    notices.add(
        tx, id=id, kind=kind, to_account=to_account, to_address=to_address, said=notice_words.checked(kind, said), at=at, actor=actor,
        until=until, household=household, referral=referral,
    )  # fmt: skip
    outbox.put(tx, SEND, id, due_at=at, household=household)
    return id


def one_time_code(w: Wired, id: str) -> str:
    """Six digits that belong to the message of that id and are kept nowhere: only the service's own secret makes them."""
    made = hmac.new(w.settings.secret, b"one-time code " + id.encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(made[:8], 'big') % 10**6:06d}"


def send_notice(w: Wired, id: str) -> None:
    """Try once to hand a message over, and keep what came of it."""
    at = w.clock()
    with w.engine.read() as tx:
        row, before = notices.message(tx, id), notices.attempts(tx, id)
        account = accounts.account(tx, row["to_account"]) if row and row["to_account"] else None
    address = (account["email"] if account else row["to_address"] if row else "") or ""
    if row is None or _ended(before, address):
        with w.engine.write() as tx:
            outbox.done(tx, SEND, id)
        return
    outcome = _handed_over(w, row, address, at)
    with w.engine.write() as tx:
        _record(w, tx, row, address, len(before) + 1, outcome, at)


def came_back(tx: Tx, row: Row, proof: str, at: str) -> None:
    """A message that was taken could not be delivered after all."""
    tried = notices.attempts(tx, row["id"])
    if tried:
        last = tried[-1]
        notices.add_attempt(
            tx, message=row["id"], transport=last["transport"], address=last["address"], attempt=last["attempt"], outcome="refused",
            proof=proof, at=at, actor=SERVICE, household=row["household"],
        )  # fmt: skip


def _ended(before: list[Row], address: str) -> bool:
    """Whether it was taken, or refused at the address that stands now: with another address it is tried again."""
    if not before:
        return False
    last = before[-1]
    return last["outcome"] == "sent" or (last["outcome"] == "refused" and last["address"] == address)


def _handed_over(w: Wired, row: Row, address: str, at: str) -> Outcome:
    if row["until"] and row["until"] < at:
        return Outcome("refused", TOO_LATE)
    if not address:
        return Outcome("refused", NO_ADDRESS)
    words = notice_words.written(row["kind"], json.loads(row["said"]), origin=w.settings.origin, code=one_time_code(w, row["id"]))
    return w.notices.send(Notice(row["id"], address, words.subject, words.text))


def _record(w: Wired, tx: Tx, row: Row, address: str, attempt: int, outcome: Outcome, at: str) -> None:
    notices.add_attempt(
        tx, message=row["id"], transport=w.notices.name, address=address, attempt=attempt, outcome=outcome.kind, proof=outcome.proof,
        at=at, actor=SERVICE, household=row["household"],
    )  # fmt: skip
    if outcome.kind in ("try_again", "unknown"):
        outbox.again(tx, SEND, row["id"], due_at=later(at, seconds=wait_seconds(attempt)), error=outcome.kind)
    else:
        outbox.done(tx, SEND, row["id"])
