"""A letter that was sent about the family as items of a copy of the record: whom it was for, and every paragraph, row and chart of it in
its own words, as they were kept beside the file.

A letter to those who must act was written for them. Where another adult may not be safe, or the parents were not told of it, all of it is
proposed to be taken out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.domain import record_requests as words
from visitapp.domain.documents import KINDS, as_kind
from visitapp.domain.names import folded
from visitapp.flow.record_items import Entry, Item
from visitapp.letter.body import PARTS as BEHIND
from visitapp.letter.page_one import PARTS as PAGE_ONE

if TYPE_CHECKING:
    from visitapp.flow.record_asker import Asker
    from visitapp.store.tx import Row

FOR_THE_FAMILY = "family_copy"
OF_SECTION: dict[str, str] = {
    str(PAGE_ONE["reaching"].title): words.APART,  # which number is safe, and when, was said in confidence
    str(PAGE_ONE["parents_know"].title): words.OTHER_PARENT,
    str(BEHIND["parents_view"].title): words.OTHER_PARENT,
    str(BEHIND["information"].title): words.INFORMANT,
}
"""Sections of a letter, by their titles, of which everything is proposed to be taken out, and why."""
TOLD_BY_OTHERS = "Told by another agency"
SAID_BY = re.compile(r"\b(?:said|told|shown) by ([^,.:;]+)", re.IGNORECASE)


@dataclass(frozen=True)
class _Place:
    """Where in a letter a block stands."""

    key: str
    section: str
    heading: str
    asking: Asker
    all_of_it: str


def entry(asking: Asker, on: str, row: Row, to: list[str]) -> Entry:
    """One letter with its items. `row` is of `letters.told_of`."""
    document = KINDS[as_kind(row["document"])]
    name = f"{document.title}, number {row['number']}" if document.numbered else document.title
    content = json.loads(row["content"])
    whole = _whole(asking, row)
    items = [Item("to", "For", "; ".join(to), whole or asking.in_words("; ".join(to)))] if to else []
    return Entry(row["seq"], on, f"Letter: {name}", row["actor_name"] or "", (*items, *_items(content, asking, whole)))


def _whole(asking: Asker, row: Row) -> str:
    """Why all of it is proposed to be taken out: it was kept from the parents, or somebody else is not safe."""
    if row["document"] == FOR_THE_FAMILY:
        return ""
    return words.SERIOUS_HARM if asking.guarded or row["referral"] in asking.kept_from else ""


def _items(content: Mapping[str, Any], asking: Asker, whole: str) -> Iterator[Item]:
    sections = [*content.get("page_one", ()), *content.get("body", ()), content.get("last") or {}]
    for number, section in enumerate(sections):
        heading = ""
        for place, block in enumerate(section.get("blocks", ())):
            if block["kind"] == "heading":
                heading = block["text"]
                continue
            here = _Place(f"letter/{number}/{place}", section.get("title", ""), heading, asking, whole)
            yield from _block(block, here)


def _block(block: Mapping[str, Any], at: _Place) -> Iterator[Item]:
    if block["kind"] == "table":
        for number, row in enumerate(block["rows"]):
            told = "; ".join(f"{column}: {cell}" for column, cell in zip(block["columns"], row, strict=False) if cell)
            yield _item(f"{at.key}/{number}", "", told, at)
        return
    label = block.get("label") or (block.get("title", "") if block["kind"] != "paragraph" else "")
    yield _item(at.key, label, block["text"], at)


def _item(key: str, label: str, said: str, at: _Place) -> Item:
    group = ": ".join(dict.fromkeys(part for part in (at.section, at.heading) if part))
    why = at.all_of_it or OF_SECTION.get(at.section, "") or (words.INFORMANT if at.heading == TOLD_BY_OTHERS else "")
    why = why or _of_speaker(f"{label}. {said}", at.asking) or at.asking.in_words(f"{at.heading} {label} {said}")
    return Item(key, label, said, why, group=group)


def _of_speaker(text: str, asking: Asker) -> str:
    """Why a line is that says who said it: another than the asker."""
    speakers = [set(folded(name).split()) for name in SAID_BY.findall(text)]
    return words.THIRD_PARTY if any(not speaker & asking.own for speaker in speakers) else ""
