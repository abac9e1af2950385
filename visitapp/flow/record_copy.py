"""The copy of a record that a parent gets, made of what stays alone: what is taken out is nowhere in what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.domain import record_requests as words
from visitapp.flow import record_request_rules as rules
from visitapp.flow.record_items import Entry, Given, as_given, decided
from visitapp.flow.record_request_read import every_entry, request
from visitapp.store import accounts, photographs, record_requests
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.letter.record_copy import CopyEntry, CopyFacts
    from visitapp.wiring import Wired


def facts(w: Wired, tx: Tx, actor: str, row: Row, at: str) -> CopyFacts:
    """What the copy says: made of what stays alone, so that what is taken out is nowhere in what is drawn."""
    from visitapp.letter.record_copy import CopyFacts

    asked = request(w, tx, actor, row["id"])
    marks = record_requests.marks(tx, row["id"])
    grounds = bool(rules.answer_of(list(asked.events)).get("grounds"))
    found = every_entry(w, tx, actor, row)
    given = [(one, [as_given(item, marks.get(one.seq, {}), grounds=grounds) for item in one.items]) for one in found]
    shown = [_shown(tx, one, items) for one, items in given if any(item.stays for item in items)]
    taken_out = sum(bool(item.reason) for _, items in given for item in items)
    days = sorted(one.on for one in found if one.on) or [row["received_on"]]
    account = accounts.account(tx, actor) or {}
    return CopyFacts(
        reference=f"A-{row['id'][:8].upper()}", made_at=at, name=asked.name, received_on=row["received_on"], first_on=days[0],
        last_on=days[-1], entries=tuple(shown), left_out=len(given) - len(shown), taken_out=taken_out,
        contact=str(account.get("phone") or ""),
    )  # fmt: skip


def grounds_are_safe(w: Wired, tx: Tx, actor: str, row: Row) -> bool:
    """Whether nothing is taken out for a reason that must not be told."""
    marks = record_requests.marks(tx, row["id"])
    each = (decided(item, marks.get(one.seq, {})) for one in every_entry(w, tx, actor, row) for item in one.items)
    return all(mark["reason"] in words.GROUND_IN_THE_COPY for mark in each if mark["does"] != words.SHOWN)


def _shown(tx: Tx, one: Entry, items: list[Given]) -> CopyEntry:
    from visitapp.letter.picture import small
    from visitapp.letter.record_copy import CopyEntry, CopyItem

    said: list[CopyItem] = []
    for item in items:
        bytes = photographs.picture(tx, one.submission, item.picture) if item.picture else None
        shown = CopyItem(item.label, item.said, (small(bytes) or b"") if bytes else None, item.group)
        if not (said and not item.stays and (item.label, item.said) == (said[-1].label, said[-1].said)):
            said.append(shown)  # one mark for what is taken out in a row
    return CopyEntry(one.on, one.title, one.who, tuple(said))


def drawn(facts: CopyFacts) -> tuple[bytes, int]:
    """The file and how many pages it has. Slow, so never inside a transaction."""
    from visitapp.letter.record_copy import TITLE, compose
    from visitapp.letter.render import render

    made = render(compose(facts), name=TITLE)
    return made.bytes, made.pages
