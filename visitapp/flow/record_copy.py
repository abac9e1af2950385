"""The copy of a record that a parent gets, made of what stays alone: what is taken out is nowhere in what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.flow import record_items
from visitapp.flow.record_items import Entry, Given
from visitapp.flow.record_request_read import every_entry, request
from visitapp.store import accounts, record_requests
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.letter.record_copy import CopyEntry, CopyFacts
    from visitapp.wiring import Wired


def facts(w: Wired, tx: Tx, actor: str, row: Row, at: str) -> CopyFacts:
    """What the copy says: made of what stays alone, so that what is taken out is nowhere in what is drawn."""
    from visitapp.letter.record_copy import CopyFacts

    asked = request(w, tx, actor, row["id"])
    marks = record_requests.marks(tx, row["id"])
    found = every_entry(w, tx, actor, row)
    given = [(one, [record_items.as_given(item, marks.get(one.seq, {})) for item in one.items]) for one in found]
    shown = [_shown(one, items) for one, items in given if any(item.stays for item in items)]
    taken_out = sum(bool(item.reason) for _, items in given for item in items)
    days = sorted(one.on for one in found if one.on) or [row["received_on"]]
    account = accounts.account(tx, actor) or {}
    return CopyFacts(
        reference=f"A-{row['id'][:8].upper()}", made_at=at, name=asked.name, received_on=row["received_on"], first_on=days[0],
        last_on=days[-1], entries=tuple(shown), left_out=len(given) - len(shown), taken_out=taken_out,
        contact=str(account.get("phone") or ""),
    )  # fmt: skip


def _shown(one: Entry, items: list[Given]) -> CopyEntry:
    from visitapp.letter.record_copy import CopyEntry

    said = [(item.label, item.said) for item in items]
    once = [pair for place, pair in enumerate(said) if place == 0 or pair != said[place - 1]]  # one mark for what is taken out in a row
    return CopyEntry(one.on, one.title, one.who, tuple(once))


def drawn(facts: CopyFacts) -> tuple[bytes, int]:
    """The file and how many pages it has. Slow, so never inside a transaction."""
    from visitapp.letter.record_copy import TITLE, compose
    from visitapp.letter.render import render

    made = render(compose(facts), name=TITLE)
    return made.bytes, made.pages
