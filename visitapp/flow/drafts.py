"""Unfinished visits on their way between the devices of one practitioner. The service keeps what it cannot read, tells the author alone
which revisions there are and which of them are branches, and removes a draft thirty days after it ended. Nothing judges a draft.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from visitapp.domain import drafts as revisions
from visitapp.domain.moments import later
from visitapp.domain.outside import Unreadable
from visitapp.problems import Problem, problem
from visitapp.store import drafts, submissions

if TYPE_CHECKING:
    from visitapp.flow.devices import Sender
    from visitapp.store.tx import Row, Tx
    from visitapp.wiring import Wired

MOST_OPEN = 100
"""Drafts of one account that have not ended."""

MOST_HEADS = 10
"""Branches of one draft: one more than anybody has devices."""

MOST_SUPERSEDED = 300
"""Names of superseded revisions that are kept of one draft. A device whose own revision is older than these is shown both, and chooses."""

KEPT_DAYS = 30
"""After a draft was finished or discarded."""


@dataclass(frozen=True)
class Kept:
    """What a device is told when its revision is kept: whether it was new, when it came, and what else there is of this draft."""

    new: bool
    received_at: str
    draft: dict[str, Any]


def put(w: Wired, sender: Sender, draft: str, revision: str, payload: bytes, *, resume: bool = False) -> Kept:
    """Keep one revision, and let go of those that it names as its parents. `resume` opens a draft again that was discarded.

    Raises Problem draft_unreadable, draft_ended, drafts_full or revision_taken; whichever it is, the draft is still on its device."""
    try:
        read = revisions.parse(payload)
    except Unreadable as fault:
        raise problem("draft_unreadable", what=str(fault)) from fault
    if (read.draft, read.revision, read.device) != (draft, revision, sender.device):
        raise problem("draft_unreadable", what="address")
    at = w.clock()
    kept = w.writer.submit(lambda tx: _keep(tx, sender.account, read, payload, at, resume))
    if isinstance(kept, Problem):
        raise kept
    return kept


def _keep(tx: Tx, account: str, read: revisions.Revision, payload: bytes, at: str, resume: bool) -> Kept | Problem:
    first = submissions.receipt(tx, read.draft)
    if first and first["author"] == account:
        return problem("draft_ended")
    known = drafts.draft(tx, account, read.draft)
    if known and known["ended_at"] and not (resume and known["ended_how"] == "discarded"):
        return problem("draft_ended")
    there = drafts.revision(tx, account, read.draft, read.revision)
    if there is None:
        if fault := _full(tx, account, read, known):
            return fault
        if known is None or known["ended_at"]:
            drafts.begin(tx, account, read.draft)
        drafts.add(
            tx, account, read.draft, read.revision, parents=" ".join(read.parents), device=read.device, at=read.at, received_at=at,
            content=payload,
        )  # fmt: skip
        drafts.supersede(tx, account, read.draft, read.parents, at=at)
        _forget_oldest(tx, account, read.draft)
    elif there["content"] not in (None, payload):
        return problem("revision_taken")
    return Kept(there is None, there["received_at"] if there else at, _told(tx, account, drafts.draft(tx, account, read.draft)))


def _full(tx: Tx, account: str, read: revisions.Revision, known: Row | None) -> Problem | None:
    if (known is None or known["ended_at"]) and drafts.open_count(tx, account) >= MOST_OPEN:
        return problem("drafts_full", limit=MOST_OPEN)
    beside = [row for row in drafts.heads_of(tx, account, read.draft) if row["revision"] not in read.parents]
    return problem("drafts_full", limit=MOST_HEADS) if len(beside) >= MOST_HEADS else None


def _forget_oldest(tx: Tx, account: str, draft: str) -> None:
    names = drafts.superseded(tx, account, draft, MOST_SUPERSEDED + 1)
    if len(names) > MOST_SUPERSEDED:
        drafts.forget_superseded(tx, account, draft, before=names[-2]["received_at"])


def listed(w: Wired, account: str, here: Collection[str] = ()) -> list[dict[str, Any]]:
    """The drafts of this account: whether and how each ended, its heads, and the revisions that led to them. One that ended is told only to
    a device that has it (`here`)."""
    with w.engine.read() as tx:
        heads = {id: list(rows) for id, rows in groupby(drafts.heads(tx, account), lambda row: row["draft"])}
        wanted = [row for row in drafts.drafts(tx, account) if not row["ended_at"] or row["draft"] in here]
        return [_as_told(tx, account, row, heads.get(row["draft"], [])) for row in wanted]


def _told(tx: Tx, account: str, row: Row | None) -> dict[str, Any]:
    assert row is not None, "it was begun in this transaction or before"
    return _as_told(tx, account, row, drafts.heads_of(tx, account, row["draft"]))


def _as_told(tx: Tx, account: str, row: Row, heads: list[Row]) -> dict[str, Any]:
    """Of a draft that ended too, so that a device can tell whether what it has is in what was finished."""
    ended = {"how": row["ended_how"], "at": row["ended_at"], "device": row["ended_device"], "label": row.get("ended_label")}
    past = [[one["revision"], *one["parents"].split()] for one in drafts.superseded(tx, account, row["draft"], MOST_SUPERSEDED)]
    return {"draft": row["draft"], "ended": ended if row["ended_at"] else None, "heads": [_head(one) for one in heads], "past": past}


def _head(row: Row) -> dict[str, Any]:
    told = {part: row[part] for part in ("revision", "device", "label", "at", "received_at", "size")}
    return told | {"parents": row["parents"].split()}


def take(w: Wired, account: str, device: str, draft: str, revision: str) -> bytes:
    """One revision of this account's own, as it came. Taking it leaves a line in the journal: what is in it is about a family, and only the
    device that opens it knows which. Raises Problem not_found."""
    with w.engine.read() as tx:
        row = drafts.revision(tx, account, draft, revision)
    if row is None or row["content"] is None:
        raise problem("not_found")
    at = w.clock()
    w.writer.submit(lambda tx: tx.journal("draft.taken", at=at, actor=account, detail=f"{draft} {device}"))
    return bytes(row["content"])


def end(w: Wired, sender: Sender, draft: str, how: str) -> None:
    """The visit was finished or discarded on a device of its author. A draft that is not known here, or has ended, stays as it is."""
    at = w.clock()
    w.writer.submit(lambda tx: drafts.end(tx, sender.account, draft, how=how, device=sender.device, at=at))


def forget_ended(w: Wired) -> int:
    """Remove what ended thirty days ago; how many drafts."""
    before = later(w.clock(), days=-KEPT_DAYS)
    with w.engine.read() as tx:
        old = drafts.ended_before(tx, before)
    for row in old:
        with w.engine.write() as tx:
            drafts.forget(tx, row["account"], row["draft"])
    return len(old)
