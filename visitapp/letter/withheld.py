"""Words that may stand in no document, taken out of everything it is told: an address that must be kept from somebody may have been written
into any free text. It is said where something was taken out, so that nobody takes the rest for all."""

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from visitapp.letter.facts import LetterFacts

TAKEN_OUT = "[kept back]"
SHORTEST = 5
"""Of fewer letters a word would be found inside others."""


def without(facts: LetterFacts, words: Iterable[str]) -> LetterFacts:
    """The facts with these words taken out of every text, however they are spaced or written in capitals."""
    found = [pattern for word in words if len(word.strip()) >= SHORTEST and (pattern := _pattern(word))]
    if not found:
        return facts
    cleared: LetterFacts = _cleared(facts, re.compile("|".join(found), re.IGNORECASE))
    return cleared


def _pattern(word: str) -> str:
    return r"[\s,.]*".join(re.escape(character) for character in word if not character.isspace() and character not in ",.")


def _cleared(value: Any, words: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return words.sub(TAKEN_OUT, value)
    if isinstance(value, tuple):
        return tuple(_cleared(one, words) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _cleared(getattr(value, one.name), words) for one in fields(value)})
    return value
