"""One expectation of a story, and how its numbers are written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from visitapp.flow.stories.looking import Spot, as_whole

MOST = 10_000
_RANGE = re.compile(r"(<=|>=|<|>)?\s*([0-9]+)(?:\s*(?:-|to|or)\s*([0-9]+))?")


@dataclass(frozen=True)
class Wanted:
    """`kind` is a key of `expecting.HOLDS`; `words` is how a report says it."""

    kind: str
    what: Any
    words: str
    line: int


Expect = tuple[Wanted, ...]


def number(spot: Spot, key: str, kind: str, words: str, allowed: Collection[int] = range(MOST)) -> Iterator[Wanted]:
    """A number, a list of them, `2-3`, or `>=2`."""
    if not spot.has(key):
        return
    numbers = [_numbers(one, allowed) for one in spot.each(key)]
    if all(number is not None for number in numbers) and numbers:
        said = spot.mapping[key]
        shown = " or ".join(str(one) for one in said) if isinstance(said, list) else str(said)
        yield Wanted(kind, frozenset[int]().union(*(one or () for one in numbers)), f"{words} {shown}", spot.at(key).line)


def _numbers(spot: Spot, allowed: Collection[int]) -> frozenset[int] | None:
    whole = as_whole(spot.raw)
    found = _RANGE.fullmatch(spot.raw.strip()) if isinstance(spot.raw, str) else None
    if whole is None and found is None:
        spot.fault("Write a number, several as [2, 3], a range as 2-3, or '>=2'.")
        return None
    if whole is None and found:
        lowest, highest = _reach(found[1], int(found[2]), int(found[3] or found[2]))
        chosen = frozenset(one for one in allowed if lowest <= one <= highest)
    else:
        chosen = frozenset(one for one in allowed if one == whole)
    if not chosen:
        spot.fault(f"{spot.raw} can never come out here.")
        return None
    return chosen


def _reach(sign: str | None, low: int, high: int) -> tuple[int, int]:
    return {"<=": (0, low), "<": (0, low - 1), ">=": (low, MOST), ">": (low + 1, MOST)}.get(sign or "", (low, high))
