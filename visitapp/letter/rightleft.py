"""Arabic, Urdu, Hebrew and other right-to-left text. reportlab lays characters out left to right and knows no joining, so letters are
joined first, lines broken in reading order, and only then is each line put in the order in which it is seen. Reordering before
breaking would put the first words of a sentence on its last line.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from arabic_reshaper import ArabicReshaper
from bidi import get_display

from visitapp.letter import glyphs

PERHAPS = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""The blocks in which every character that runs from right to left stands, with others."""


def is_right_to_left(text: str) -> bool:
    """Whether any character in it runs from right to left."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in PERHAPS.findall(text))


def starts_right_to_left(text: str) -> bool:
    strong = (kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL"))
    return next(strong, "L") != "L"


def visual_lines(text: str, face: str, size: float, width: float) -> list[str]:
    """One line of drawable text broken to `width` points, each piece in the order in which it is drawn."""
    direction = "R" if starts_right_to_left(text) else "L"
    return [str(get_display(line, base_dir=direction)) for line in _broken(_joined(text), face, size, width)]


@lru_cache(maxsize=1)
def _reshaper() -> ArabicReshaper:
    return ArabicReshaper({"delete_harakat": False, "delete_tatweel": False, "shift_harakat_position": False})


def _joined(text: str) -> str:
    """Letters in their joined shapes; a shape no font has goes back to the plain letters it came from."""
    shaped = str(_reshaper().reshape(text))
    return "".join(c if glyphs.drawable(c) else unicodedata.normalize("NFKC", c) for c in shaped)


def _broken(text: str, face: str, size: float, width: float) -> Iterator[str]:
    line: list[str] = []
    taken, space = 0.0, glyphs.width(" ", face, size)
    for word in text.split(" "):
        for piece in _pieces(word, face, size, width):
            wide = glyphs.width(piece, face, size)
            if line and taken + space + wide > width:
                yield " ".join(line)
                line, taken = [], 0.0
            taken += wide + (space if line else 0.0)
            line.append(piece)
    yield " ".join(line)


def _pieces(word: str, face: str, size: float, width: float) -> Iterator[str]:
    piece, taken = "", 0.0
    for character in word:
        advance = glyphs.width(character, face, size)
        if piece and taken + advance > width:
            yield piece
            piece, taken = "", 0.0
        piece, taken = piece + character, taken + advance
    yield piece
