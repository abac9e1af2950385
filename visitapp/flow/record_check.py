"""The second person's reading of a copy of the record: page by page as it would be given, what stays and what is taken out beside each
other. Each page that they say they read is kept, entry by entry; what is decided anew is read anew.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.domain import record_requests as words
from visitapp.flow import record_entries
from visitapp.flow import record_request_rules as rules
from visitapp.flow.record_items import Entry, Item, decided
from visitapp.flow.record_request_read import NEWEST, every, page_of
from visitapp.problems import problem, wrong
from visitapp.store import record_requests
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

CHANGED = "What stands here is not what you were shown. Read it again."
UNREAD = "Read every page first: what you did not read is not checked."


@dataclass(frozen=True)
class Reading:
    """A page of a copy as it would be given: each entry with what was decided of its items, and whether the actor read it; `before` is the
    key of the next page."""

    entries: tuple[tuple[Entry, tuple[tuple[Item, dict[str, Any]], ...], bool], ...]
    before: tuple[str, int] | None

    @property
    def left(self) -> bool:
        return any(not read for _, _, read in self.entries)

    @property
    def shown_as(self) -> str:
        """What stands for all that the page holds and what was decided of it."""
        said = [(one.seq, one.shown_as, [mark for _, mark in items]) for one, items, _ in self.entries]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def page(w: Wired, actor: str, id: str, before: tuple[str, int] = NEWEST) -> Reading:
    """Entries from before that key, as they would be given. Raises Problem not_found; the reading is journalled."""
    at = w.clock()
    with w.engine.read() as tx:
        row = rules.there(tx, actor, id)
        found = _page(w, tx, actor, row, before)
    w.writer.submit(lambda tx: tx.journal("read.request", at=at, actor=actor, household=row["household"], detail=id))
    return found


def _page(w: Wired, tx: Tx, actor: str, row: Row, before: tuple[str, int]) -> Reading:
    here = page_of(w, tx, actor, row, before)
    marks, read = record_requests.marks(tx, row["id"]), record_requests.checked(tx, row["id"], actor)
    return Reading(
        tuple(
            (one, tuple((item, decided(item, marks.get(one.seq, {}))) for item in one.items), one.seq in read) for one, _ in here.entries
        ),
        here.before,
    )


def said_read(w: Wired, actor: str, id: str, before: tuple[str, int], shown_as: str) -> None:
    """The second person read the page that they were shown. Raises Problem with the field `read` where it is not what they were shown."""
    at = w.clock()

    def write(tx: Tx) -> None:
        row = rules.open_for(tx, actor, id, words.CHECKING)
        if not rules.is_second(tx, actor, row):
            raise problem("not_allowed")
        here = _page(w, tx, actor, row, before)
        if here.shown_as != shown_as:
            raise wrong("read", CHANGED)
        for one, _, read in here.entries:
            if not read:
                record_requests.check(tx, row, one.seq, at=at, actor=actor)

    w.writer.submit(write)


def next_unread(w: Wired, actor: str, id: str) -> tuple[str, int] | None:
    """The key from before which the actor reads on; None where they read everything."""
    with w.engine.read() as tx:
        return _unread(tx, actor, rules.there(tx, actor, id))


def _unread(tx: Tx, actor: str, row: Row) -> tuple[str, int] | None:
    if record_entries.PEOPLE not in record_requests.checked(tx, row["id"], actor):
        return NEWEST
    found = record_requests.next_unread(tx, row, every(tx, row), actor)
    return (found["happened"], found["seq"] + 1) if found else None


def all_read(tx: Tx, actor: str, row: Row) -> bool:
    """Whether the actor read every entry as it stands."""
    return _unread(tx, actor, row) is None
