"""What somebody decides of the entries of a copy of the record: item by item of one that they were shown, or of a page of those in which
nobody else is and nothing was typed or said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from visitapp.domain import record_requests as words
from visitapp.flow import record_check, record_items
from visitapp.flow import record_request_rules as rules
from visitapp.flow.family_fields import LONGEST, SHORTER
from visitapp.flow.record_request_read import entry_of, page_of
from visitapp.problems import wrong
from visitapp.store import record_requests
from visitapp.store.tx import Tx

if TYPE_CHECKING:
    from collections.abc import Mapping

    from visitapp.wiring import Wired


def mark(
    w: Wired, actor: str, id: str, seq: int, said: Mapping[str, Mapping[str, str]], *, shown_as: str, all_out: str = ""
) -> None:  # fmt: skip
    """What somebody decided of one entry: for each of its items by key what happens to it (`does`), with the `reason`, the `words` (one
    passage a line) and `why`; or that all of it is taken out, for the reason `all_out`. `shown_as` stands for what they were shown: nobody
    passes an entry unread. Raises Problem with the item's field."""
    at = w.clock()
    if all_out and all_out not in words.REASONS:
        raise wrong("all", "Choose the reason for which all of it is taken out.")

    def write(tx: Tx) -> None:
        row = rules.open_for(tx, actor, id, words.OPEN)
        found = entry_of(w, tx, row, seq)
        if found.shown_as != shown_as:
            raise wrong("read", record_check.CHANGED)
        given = {item.key: {"does": words.OUT, "reason": all_out} if all_out else said.get(item.key, {}) for item in found.items}
        marks = {item.key: mark for item in found.items if (mark := _mark(item, given[item.key]))}
        record_requests.mark(tx, row, seq, marks, at=at, actor=actor)

    w.writer.submit(write)


def pass_plain(w: Wired, actor: str, id: str, before: tuple[str, int], shown_as: str) -> None:
    """The entries of one page in which nobody else is and nothing was typed or said stay in as they are. Raises Problem with the field
    `read` where they are not what was shown."""
    at = w.clock()

    def write(tx: Tx) -> None:
        row = rules.open_for(tx, actor, id, words.OPEN)
        page = page_of(w, tx, actor, row, before)
        if page.shown_as != shown_as:
            raise wrong("read", record_check.CHANGED)
        for one in page.plain:
            record_requests.mark(tx, row, one.seq, {words.TOGETHER: True}, at=at, actor=actor)

    w.writer.submit(write)


def _mark(item: record_items.Item, typed: Mapping[str, str]) -> dict[str, Any] | None:
    """What is kept of an item: nothing where it stays and nobody proposed otherwise."""
    here = record_items.field_id(item.key)
    does = typed.get("does") or ("" if item.picture else words.OUT if item.why else words.SHOWN)
    if item.picture and does not in (words.SHOWN, words.OUT):
        raise wrong(f"does-{here}", "Look at the photograph, and choose whether it stays in.")
    if does not in words.DOES:
        raise wrong(f"does-{here}", "Choose whether this stays in.")
    why = typed.get("why", "").strip()
    if does == words.SHOWN:
        if len(why) > LONGEST:
            raise wrong(f"why-{here}", SHORTER)
        return {"does": does, "reason": "", "words": [], "why": why} if item.why or item.picture else None
    reason = typed.get("reason") or item.why
    if reason not in words.REASONS:
        raise wrong(f"reason-{here}", "Choose the reason for which this is taken out.")
    if len(why) > LONGEST:
        raise wrong(f"why-{here}", SHORTER)
    passages = [line.strip() for line in typed.get("words", "").splitlines() if line.strip()] if does == words.WORDS else []
    if does == words.WORDS and not passages:
        raise wrong(f"words-{here}", "Write the words that are taken out, as they stand in the text. One passage a line.")
    for passage in passages:
        if not any(words.stand_in(text, passage) for text in (item.said, item.label, item.group)):
            raise wrong(f"words-{here}", "These words do not stand in the text. Copy them from it.")
    return {"does": does, "reason": reason, "words": passages, "why": why}
