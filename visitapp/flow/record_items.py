"""The items of a copy of the record that a parent asked for: one thing each that stays in or is taken out. The service proposes, too much
rather than too little; people decide.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from visitapp.domain import record_requests as words


@dataclass(frozen=True)
class Item:
    """One thing that stays in or is taken out. `why` is the reason for which the service proposes to take it out; empty: it does not.
    `plain`: it is what one of ours saw or did, without a word that anybody typed or said and without anybody else in it. `picture` is the
    id of a photograph, which stays in only where somebody looked at it and said so; `group` what several items stand under."""

    key: str
    label: str
    said: str
    why: str = ""
    plain: bool = False
    picture: str = ""
    group: str = ""


@dataclass(frozen=True)
class Entry:
    """`on` is the day it happened (empty for the people); `who` of ours, who is never taken out. `submission`: whose visit it is."""

    seq: int
    on: str
    title: str
    who: str
    items: tuple[Item, ...] = ()
    submission: str = ""

    @property
    def plain(self) -> bool:
        """Whether nobody but its asker and ours is in it, and nothing that was typed or said: it may be passed with others like it."""
        return all(item.plain and not item.why and not item.picture for item in self.items)

    @property
    def shown_as(self) -> str:
        """What stands for all that the entry holds and proposes: who passes it passes what they were shown, and nothing else."""
        return hashlib.sha256(json.dumps([asdict(item) for item in self.items]).encode()).hexdigest()[:32]


def decided(item: Item, marks: Mapping[str, Any]) -> dict[str, Any]:
    """What becomes of an item: what somebody decided, else what is proposed; a photograph that nobody decided of is taken out."""
    mark = marks.get(item.key)
    if isinstance(mark, dict):
        return {
            "does": mark.get("does", words.OUT),
            "reason": mark.get("reason", ""),
            "words": mark.get("words", []),
            "why": mark.get("why", ""),
        }
    why = item.why or (words.THIRD_PARTY if item.picture else "")
    return {"does": words.OUT if why else words.SHOWN, "reason": why, "words": [], "why": ""}


@dataclass(frozen=True)
class Given:
    """An item as the copy has it. `stays`: at least some of it is given; `reason`: why something was taken out."""

    label: str
    said: str
    reason: str
    stays: bool
    picture: str = ""
    group: str = ""


def as_given(item: Item, marks: Mapping[str, Any], *, grounds: bool = False) -> Given:
    """An item with what was decided. Of what is taken out whole not even the question stays. `grounds`: the place says why."""
    mark = decided(item, marks)
    if mark["does"] == words.SHOWN:
        return Given(item.label, item.said, "", True, item.picture, item.group)
    instead = words.GROUND_IN_THE_COPY.get(mark["reason"], words.IN_THE_COPY) if grounds else words.IN_THE_COPY
    if mark["does"] == words.OUT:
        return Given("", instead, mark["reason"], False)
    label, said = (words.without(text, mark["words"], instead) for text in (item.label, item.said))
    return Given(label, said, mark["reason"], True, group=words.without(item.group, mark["words"], instead))


_ID = re.compile(r"[^A-Za-z0-9_-]")


def field_id(key: str) -> str:
    """An item's key as an id on a page."""
    return _ID.sub("-", key)
