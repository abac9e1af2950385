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
    for nth, part in enumerate(piece.strip() for piece in re.split(r"[,;\n]", address)):
        street = re.sub(r"^\W*\d+\w?\W+", "", part)
        if any(character.isdigit() for character in part) or (nth == 0 and " " in part):
            yield part
        if street != part and " " in street:
            yield street


def _pattern(word: str) -> str:
    return r"[\s,.]*".join(re.escape(character) for character in word if not character.isspace() and character not in ",.")


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
