"""Keeping what a tablet sends. Keep first, judge after: nothing here looks at what the answers mean, and once the seal has opened and
the hash is right there is no way out of this module but a receipt or a conflict.

The table of answers is in docs/sync.md. The database's unique constraint decides which bytes were first under an
id, never a question asked before; the receipt is given only after the commit.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.domain import envelope as envelopes
from visitapp.domain.ages import day_number
from visitapp.domain.envelope import Envelope, Sealed
from visitapp.domain.moments import day_of
from visitapp.domain.outside import Unreadable, is_id
from visitapp.domain.past import ADDITION
from visitapp.flow import aside, reading
from visitapp.flow.devices import Sender
from visitapp.problems import Problem, problem
from visitapp.store import drafts, households, outbox, scope, submissions

if TYPE_CHECKING:
    from visitapp.store.tx import Tx
    from visitapp.wiring import Wired


@dataclass(frozen=True)
class Received:
    """The answer to the tablet: an HTTP status and its JSON."""

    status: int
    body: dict[str, Any]


@dataclass(frozen=True)
class Opened:
    """One submission with its seal open. `body_says` is what its own bytes say of it, empty when they cannot be read."""

    envelope: Envelope
    text: str
    body: bytes
    body_says: dict[str, Any]


def receive(w: Wired, sender: Sender, payload: bytes) -> Received:
    """Keep one submission. Never raises for what a tablet sent: every fault of the sender's is an answer."""
    try:
        opened = open_submission(w, sender, payload)
    except Problem as fault:
        return _answer(fault)
    at = w.clock()
    put_aside = w.new_id()
    return w.writer.submit(lambda tx: _keep(w, tx, opened, at, put_aside))


def open_submission(w: Wired, sender: Sender, payload: bytes) -> Opened:
    """Read the envelope, open the seal and check the hash; raises Problem (422), and the tablet keeps the visit."""
    try:
        sealed = envelopes.parse_wire(payload)
        outside = envelopes.parse(sealed.envelope)
    except Unreadable as fault:
        raise problem("envelope_unreadable", what=str(fault)) from fault
    if outside.author != sender.account:
        raise problem("not_the_author")
    body = _open(w, sealed, outside)
    if hashlib.sha256(body).hexdigest() != outside.sha256:
        raise problem("hash_wrong")
    return Opened(outside, sealed.envelope, body, says_of_itself(body))


def _open(w: Wired, sealed: Sealed, outside: Envelope) -> bytes:
    key = w.seal_keys.private(outside.key)
    if key is None:
        raise problem("seal_unreadable")
    try:
        return envelopes.open_seal(sealed, key)
    except envelopes.SealBroken as fault:
        raise problem("seal_unreadable") from fault


def says_of_itself(body: bytes) -> dict[str, Any]:
    """The body as an object, or nothing: a body that cannot be read is kept all the same."""
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _keep(w: Wired, tx: Tx, opened: Opened, at: str, put_aside: str) -> Received:
    outside = opened.envelope
    seq = submissions.keep(
        tx, id=outside.id, household=outside.household, form=outside.form, form_version=outside.form_version, form_hash=outside.form_hash,
        author=outside.author, device=outside.device, envelope=opened.text, body=opened.body, sha256=outside.sha256,
        occurred_on=_no_later(occurred_on(opened.body_says), at), received_at=at,
    )  # fmt: skip
    if seq is None:
        return _known(w, tx, opened, at, put_aside)
    drafts.end(tx, outside.author, outside.id, how="finished", device=outside.device, at=at)
    reason = why_aside(w, tx, opened)
    if reason is None:
        outbox.put(tx, "assess", outside.id, due_at=at, household=outside.household)
    else:
        _put_aside(w, tx, opened, reason, at, put_aside)
    return Received(201, {"id": outside.id, "seq": seq, "sha256": outside.sha256, "received_at": at})


def _known(w: Wired, tx: Tx, opened: Opened, at: str, put_aside: str) -> Received:
    """The id is taken: by these bytes (the first receipt again), by others of the same author (both are kept), or by somebody else."""
    first = submissions.receipt(tx, opened.envelope.id)
    if first is None or first["author"] != opened.envelope.author:
        return _answer(problem("id_taken"))
    if first["sha256"] == opened.envelope.sha256:
        return Received(200, {part: first[part] for part in ("id", "seq", "sha256", "received_at")})
    _put_aside(w, tx, opened, "id_differs", at, put_aside)
    return _answer(problem("id_differs"))


def why_aside(w: Wired, tx: Tx, opened: Opened) -> str | None:
    """Why a kept visit cannot be judged by the service alone, or None. A key of `aside.REASONS`."""
    outside, says = opened.envelope, opened.body_says
    try:
        form = w.catalogue.form(outside.form, outside.form_version)
    except KeyError:
        return "form_unknown"
    if form.hash != outside.form_hash:
        return "form_differs"
    if not says or occurred_on(says) is None:
        return "body_unreadable"
    if (says.get("household"), says.get("form"), says.get("form_version")) != (outside.household, outside.form, outside.form_version):
        return "body_differs"
    if form.kind == ADDITION and not _adds_to_theirs(tx, outside.household, says.get("adds_to")):
        return "adds_to_another"
    named = reading.people_named(form, says)
    if named and not named <= households.ever_members(tx, outside.household):
        return "person_not_of_family"
    if not scope.may_see_family(tx, outside.author, outside.household):
        return "household_not_theirs"
    return None


def _adds_to_theirs(tx: Tx, household: str, adds_to: Any) -> bool:
    """Whether an addition names a visit of its own family, or one that may still be on the way."""
    if not is_id(adds_to):
        return False
    first = submissions.submission(tx, adds_to)
    return first is None or first["household"] == household


def occurred_on(says: dict[str, Any]) -> str | None:
    """The date of the visit as its body gives it, or None when it gives no date that a visit can have had."""
    on = says.get("occurred_on")
    return on if isinstance(on, str) and day_number(on) is not None and on >= envelopes.EARLIEST else None


def _no_later(on: str | None, at: str) -> str | None:
    """The date of a visit, and the day on which it came where a tablet's clock was ahead: a visit of next year would let a baby stand as
    seen until then, and be judged by the age that the baby will have. Its bytes say what they say."""
    return min(on, day_of(at).isoformat()) if on else None


def _put_aside(w: Wired, tx: Tx, opened: Opened, reason: str, at: str, id: str) -> None:
    outside = opened.envelope
    aside.put(
        w, tx, id=id, submission=outside.id, household=outside.household, author=outside.author, reason=reason, envelope=opened.text,
        body=opened.body, sha256=outside.sha256, at=at,
    )  # fmt: skip


def _answer(fault: Problem) -> Received:
    return Received(fault.status, fault.as_json())
