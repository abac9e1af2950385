"""Looking into a story with care, as `formlang.shape` looks into a form: every fault has its line and the nearest word that would be right,
and reading goes on, so that one reading says all of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from difflib import get_close_matches
from typing import Any

from visitapp.formlang.reading import Document, Where

FEW = 14
"""So many words are listed when none of them is near."""
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")


def nearest(word: object, among: Iterable[str]) -> str:
    """` Did you mean 'x'?`, or what there is to choose from when it is little; empty where neither helps."""
    known = sorted(set(among))
    near = get_close_matches(str(word).casefold(), known, n=1, cutoff=0.6)
    if near:
        return f" Did you mean '{near[0]}'?"
    return f" Choose from: {', '.join(known)}." if 0 < len(known) <= FEW else ""


@dataclass(frozen=True)
class Spot:
    """A place in a story file."""

    document: Document
    where: Where = ()

    @property
    def raw(self) -> Any:
        found: Any = self.document.value
        for step in self.where:
            found = found[step]
        return found

    @property
    def line(self) -> int:
        return self.document.line(self.where)

    @property
    def mapping(self) -> dict[str, Any]:
        return self.raw if isinstance(self.raw, dict) else {}

    def has(self, key: str) -> bool:
        return key in self.mapping

    def at(self, *steps: str | int) -> Spot:
        return Spot(self.document, (*self.where, *steps))

    def fault(self, message: str, *steps: str | int) -> None:
        self.document.fault((*self.where, *steps), message)

    def keys(self, allowed: Collection[str], required: Collection[str] = (), what: str = "here") -> Spot:
        """Check that it is a mapping with no other keys than these."""
        if not isinstance(self.raw, dict):
            self.fault(f"What belongs {what} is written 'word: value', one a line, with {', '.join(required or sorted(allowed))}.")
            return self
        for key in self.mapping:
            if key not in allowed:
                self.fault(f"'{key}' is nothing that can be said {what}.{nearest(key, allowed)}", key)
        for key in required:
            if key not in self.mapping:
                self.fault(f"'{key}' is missing {what}.")
        return self

    # --- values -----------------------------------------------------------------------------------------------------------------

    def text(self, key: str, otherwise: str = "") -> str:
        found = self.mapping.get(key)
        if found is None:
            return otherwise
        if isinstance(found, bool) or not isinstance(found, str | int):
            self.fault(f"'{key}' is words.", key)
            return otherwise
        return str(found).strip()

    def whole(self, key: str) -> int | None:
        found = self.mapping.get(key)
        if found is None:
            return None
        number = as_whole(found)
        if number is None:
            self.fault(f"'{key}' is a whole number, and not '{found}'.", key)
        return number

    def flag(self, key: str, otherwise: bool = False) -> bool:
        found = self.mapping.get(key)
        if found is None:
            return otherwise
        truth = as_truth(found)
        if truth is None:
            self.fault(f"'{key}' is yes or no, and not '{found}'.", key)
        return otherwise if truth is None else truth

    def day(self, key: str) -> date | None:
        found = self.mapping.get(key)
        if found is None:
            return None
        day = as_day(found)
        if day is None:
            self.fault(f"'{key}' is a date that exists, written 2026-11-22, and not '{found}'.", key)
        return day

    def clock(self, key: str) -> time | None:
        found = self.mapping.get(key)
        if found is None:
            return None
        if not isinstance(found, str) or not _CLOCK.fullmatch(found):
            self.fault(f"'{key}' is a time of day in quotes, such as \"10:15\", and not '{found}'.", key)
            return None
        return time.fromisoformat(found.zfill(5))

    def word(self, key: str, allowed: Collection[str], otherwise: str = "") -> str:
        """One of these words."""
        found = self.text(key, otherwise)
        if found and found not in allowed:
            self.fault(f"'{found}' is nothing that '{key}' can say.{nearest(found, allowed)}", key)
            return otherwise
        return found or otherwise

    def each(self, key: str) -> Iterator[Spot]:
        """Each thing of a list; one thing alone is a list of one."""
        found = self.mapping.get(key)
        if found is None:
            return
        if isinstance(found, list):
            yield from (self.at(key, index) for index in range(len(found)))
        else:
            yield self.at(key)

    def words(self, key: str, allowed: Collection[str] | None = None) -> tuple[str, ...]:
        """A list of words, or one word."""
        found = []
        for spot in self.each(key):
            if not isinstance(spot.raw, str | int) or isinstance(spot.raw, bool):
                spot.fault(f"'{key}' is a list of words.")
            elif allowed is not None and str(spot.raw) not in allowed:
                spot.fault(f"'{spot.raw}' is nothing that '{key}' can say.{nearest(spot.raw, allowed)}")
            else:
                found.append(str(spot.raw))
        return tuple(found)


def as_truth(found: object) -> bool | None:
    """YAML 1.2 has true and false; people write yes and no."""
    if isinstance(found, bool):
        return found
    return {"yes": True, "no": False, "true": True, "false": False}.get(found.casefold()) if isinstance(found, str) else None


def as_whole(found: object) -> int | None:
    if isinstance(found, bool):
        return None
    if isinstance(found, int):
        return found
    return int(found) if isinstance(found, str) and re.fullmatch(r"[0-9]{1,9}", found) else None


def as_day(found: object) -> date | None:
    try:
        return date.fromisoformat(found) if isinstance(found, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", found) else None
    except ValueError:
        return None


MERGE = "<<"


def merged_in(document: Document, where: Where = ()) -> None:
    """Put what `<<: *name` stands for in its place, all through a document: a story often says "the same, but"."""
    found = Spot(document, where).raw
    for step in list(found) if isinstance(found, dict) else range(len(found)) if isinstance(found, list) else ():
        merged_in(document, (*where, step))
    if isinstance(found, dict) and isinstance(found.get(MERGE), dict):
        base = found.pop(MERGE)
        _lines_up(document, where)
        own = dict(found)
        found.clear()
        found |= base | own


def _lines_up(document: Document, where: Where) -> None:
    """What stood under `<<` stands one step higher."""
    deep = len(where)
    for at, line in list(document.lines.items()):
        if at[:deep] == where and at[deep : deep + 1] == (MERGE,) and len(at) > deep + 1:
            document.lines.setdefault((*where, *at[deep + 1 :]), line)
