"""Keeping the photographs of a visit. A tablet says which pieces one consists of and is told which are missing; it sends those and asks
again, and the answer to a photograph that is whole is its receipt. So a connection that breaks costs one piece and not the photograph.

The table of answers is in docs/sync.md. A photograph belongs to a visit that its author sent and that lists it: of any other nothing is
told, not even whether there is such a visit.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from visitapp.domain import envelope as envelopes
from visitapp.domain.envelope import Sealed
from visitapp.domain.moments import later
from visitapp.domain.outside import Unreadable
from visitapp.domain.photographs import INFO, MOST, MOST_PIECES, PIECE, Coming, listed, parse_coming
from visitapp.flow import whose
from visitapp.flow.devices import Sender
from visitapp.flow.receive import Received, says_of_itself
from visitapp.problems import problem, wrong
from visitapp.store import photographs, submissions

if TYPE_CHECKING:
    from visitapp.store.tx import Row, Tx
    from visitapp.wiring import Wired

LONGEST = 10_000
KEPT_DAYS = 30
"""How long pieces are kept that nobody asks about any more."""


def missing(w: Wired, sender: Sender, visit: str, id: str, payload: bytes) -> Received:
    """Which pieces of this photograph are missing, or its receipt when none is. Raises Problem; nothing the tablet has is lost by it."""
    try:
        coming = parse_coming(payload)
    except Unreadable as fault:
        raise problem("photograph_unreadable", what=str(fault)) from fault
    if (coming.visit, coming.photograph, coming.author) != (visit, id, sender.account):
        raise problem("not_found")
    if len(coming.pieces) > MOST_PIECES:
        raise problem("photograph_too_large", limit=PIECE * MOST_PIECES // 1_000_000)
    with w.engine.read() as tx:
        submission = _visit_of(tx, sender, coming)
        kept = photographs.receipt(tx, visit, id)
    if kept is not None:
        return Received(200, kept)
    at = w.clock()
    lacking = w.writer.submit(lambda tx: _lacking(tx, sender, coming, at))
    return Received(200, {"missing": lacking}) if lacking else _whole(w, submission, coming, at)


def piece(w: Wired, sender: Sender, visit: str, id: str, sha256: str, payload: bytes) -> Received:
    """Keep one piece. Raises Problem: its name must be its hash, and it must have been announced by whoever sends it."""
    if len(payload) > PIECE:
        raise problem("piece_too_large", limit=PIECE // 1024)
    if hashlib.sha256(payload).hexdigest() != sha256:
        raise problem("piece_wrong")
    kept = w.writer.submit(
        lambda tx: photographs.keep_piece(tx, submission=visit, photograph=id, author=sender.account, sha256=sha256, bytes=payload)
    )
    if not kept:
        raise problem("not_found")
    return Received(200, {"sha256": sha256})


def _visit_of(tx: Tx, sender: Sender, coming: Coming) -> Row:
    submission = submissions.submission(tx, coming.visit)
    if submission is None or submission["author"] != sender.account:
        raise problem("not_found")
    said = listed(says_of_itself(submission["body"]))
    number = next((number for number, one in enumerate(said.taken if said else ()) if one.id == coming.photograph), None)
    if said is None or number is None:
        raise problem("not_found")
    if number >= MOST:
        raise problem("photographs_too_many", most=MOST)
    if said.taken[number].sha256 != coming.sha256:
        raise problem("photograph_wrong")
    return submission


def _lacking(tx: Tx, sender: Sender, coming: Coming, at: str) -> list[str]:
    photographs.await_pieces(
        tx, submission=coming.visit, photograph=coming.photograph, author=sender.account, names=coming.pieces, at=at
    )  # fmt: skip
    return [row["sha256"] for row in photographs.pieces(tx, coming.visit, coming.photograph) if not row["here"]]


def _whole(w: Wired, submission: Row, coming: Coming, at: str) -> Received:
    """Every piece is here: open the seal, check the whole against what the visit says, and keep it."""
    with w.engine.read() as tx:
        pieces = [row["bytes"] for row in photographs.bytes_of(tx, coming.visit, coming.photograph)]
        kept = photographs.receipt(tx, coming.visit, coming.photograph)
    if kept is not None:  # another request was first
        return Received(200, kept)
    key = w.seal_keys.private(coming.key)
    if key is None:
        raise problem("photograph_unreadable", what="key")
    try:
        picture = envelopes.open_seal(Sealed(coming.envelope, coming.epk, coming.iv, b"".join(pieces)), key, INFO)
    except envelopes.SealBroken as fault:
        raise problem("photograph_unreadable", what="seal") from fault
    if hashlib.sha256(picture).hexdigest() != coming.sha256:
        raise problem("photograph_wrong")
    return w.writer.submit(lambda tx: _keep(tx, submission, coming, picture, at))


def _keep(tx: Tx, submission: Row, coming: Coming, picture: bytes, at: str) -> Received:
    seq = photographs.keep(
        tx, submission=coming.visit, id=coming.photograph, household=submission["household"], author=coming.author, device=coming.device,
        envelope=coming.envelope, bytes=picture, sha256=coming.sha256, received_at=at,
    )  # fmt: skip
    photographs.forget_pieces(tx, coming.visit, coming.photograph)
    kept = photographs.receipt(tx, coming.visit, coming.photograph)
    assert kept is not None
    return Received(200 if seq is None else 201, kept)


def give_up(w: Wired, actor: str, visit: str, reason: str) -> None:
    """A supervisor of the family's team says that the missing photographs of a visit will not come, and what is known of them otherwise.
    Raises Problem with a field."""
    if not reason.strip():
        raise problem("reason_missing", "photographs_reason")
    if len(reason) > LONGEST:
        raise wrong("photographs_reason", "Make this shorter.")
    at = w.clock()

    def write(tx: Tx) -> None:
        submission = submissions.submission(tx, visit)
        if submission is None:
            raise problem("not_found")
        family = whose.act_for(tx, actor, submission["household"])
        if not whose.supervises(tx, actor, family):
            raise problem("not_allowed")
        photographs.give_up(tx, submission=visit, household=submission["household"], reason=reason, at=at, actor=actor)

    w.writer.submit(write)


def forget_stale(w: Wired) -> int:
    """Let go of the pieces of photographs that no tablet asked about for so long; how many. A tablet that comes back sends them anew."""
    before = later(w.clock(), days=-KEPT_DAYS)
    with w.engine.read() as tx:
        if not photographs.stale(tx, before):
            return 0
    with w.engine.write() as tx:
        return photographs.forget_stale(tx, before)
