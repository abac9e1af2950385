"""Words that may stand in no document, taken out of everything it is told: an address that must be kept from somebody may have been written
into any free text. It is said where something was taken out, so that nobody takes the rest for all."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from visitapp.letter.facts import LetterFacts

TAKEN_OUT = "[kept back]"
SHORTEST = 5
"""Of fewer letters a word would be found inside others."""
APOSTROPHES = "'’`"
BETWEEN = "[\\s,./\u00ad\u200b-\u200f\u2060'’`-]*"
"""What may stand between the letters of an address as people type it, or not: spaces, stops, hyphens, apostrophes, and what nobody sees."""
NUMBER = rf"(?:{BETWEEN}(?:number|no|nr)\b)?"
FLAT = ("flat", "apartment", "apt", "unit")
SHORT: tuple[tuple[str, ...], ...] = (
    ("road", "rd"), ("street", "str", "st"), ("saint", "st"), ("avenue", "ave", "av"), ("lane", "ln", "la"), ("close", "cl"),
    ("drive", "drv", "dr"), ("court", "crt", "ct"), ("crescent", "cresc", "cres", "cr"), ("place", "pl"), ("square", "sq"),
    ("gardens", "gdns", "gdn"), ("terrace", "terr", "ter", "tce"), ("grove", "grv", "gr"), ("park", "pk"), ("row", "rw"), ("way", "wy"),
    ("house", "hse", "ho"), ("buildings", "bldgs", "bldg"), ("cottage", "cott", "cot"), ("mount", "mt"), ("upper", "up"), FLAT,
)  # fmt: skip
"""Words of an address with how they are written short."""
_WRITTEN = {one: tuple(dict.fromkeys(word for words in SHORT if one in words for word in words)) for words in SHORT for one in words}
_WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")


def without(facts: LetterFacts, words: Iterable[str]) -> LetterFacts:
    """The facts with these words taken out of every text, however they are spaced or written in capitals."""
    found = _any_of(words)
    cleared: LetterFacts = _cleared(facts, found) if found else facts
    return cleared


def taken_out(value: Any, words: Iterable[str]) -> Any:
    """The same with these words taken out of every text in it: a text, or a list or mapping of such."""
    found = _any_of(words)
    return _cleared(value, found) if found else value


def stands_in(text: str, words: Iterable[str]) -> bool:
    """Whether any of these words stands in a text, as `without` would find it."""
    found = _any_of(words)
    return bool(found and found.search(text))


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    each = sorted({part for word in words for part in (word.strip(), *_parts(word)) if len(part) >= SHORTEST}, key=len, reverse=True)
    found = [pattern for part in each if (pattern := _pattern(part))]
    return re.compile("|".join(found), re.IGNORECASE) if found else None


def _parts(address: str) -> Iterator[str]:
    """What finds the door without the rest of the address, as people write it: each part with a number, what comes first, and the street
    without its number. A town says too little, and stands in the names of teams."""
    parts = [piece.strip() for piece in re.split(r"[,;\n]", address) if piece.strip()]
    for nth, part in enumerate(parts):
        street = re.sub(r"^\W*\d+\w?\W+", "", part)
        first = nth == 0 and (" " in part or len(parts) > 1)
        if first or any(character.isdigit() for character in part) or _is_street(part):
            yield part
        if street != part and " " in street:
            yield street


def _is_street(part: str) -> bool:
    words = _WORD.findall(part)
    return len(words) > 1 and words[-1].casefold() in _WRITTEN


def _pattern(word: str) -> str:
    """However it is spaced, and whichever of its words are abbreviated."""
    return f"{BETWEEN}".join(_word(one) for one in _WORD.findall(word))


def _word(word: str) -> str:
    spelled = BETWEEN.join(re.escape(character) for character in word if character not in APOSTROPHES)
    written = _WRITTEN.get(word.casefold())
    if written is None:
        return spelled
    short = "|".join(rf"{re.escape(one)}\b" for one in sorted(written, key=len, reverse=True))
    return rf"(?:{short}|{spelled}){NUMBER if word.casefold() in FLAT else ''}"


def _cleared(value: Any, words: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return words.sub(TAKEN_OUT, value)
    if isinstance(value, dict):
        return {name: _cleared(one, words) for name, one in value.items()}
    if isinstance(value, list):
        return [_cleared(one, words) for one in value]
    if isinstance(value, tuple):
        return tuple(_cleared(one, words) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _cleared(getattr(value, one.name), words) for one in fields(value)})
    return value
