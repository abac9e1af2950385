"""Which font draws which character. PDF viewers draw nothing at all for a character a font lacks, and a name that vanishes from a letter
about a child is worse than an ugly one: so what no font here can draw is spelled out, and so is what would draw nothing or reorder
the text around it.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from visitapp.domain.characters import named, unseen
from visitapp.letter import numbers

FOLDER = Path(__file__).resolve().parents[2] / "static" / "vendor" / "fonts"
PLAIN, BOLD = "DejaVuSans", "DejaVuSans-Bold"
ARABIC = {PLAIN: "NotoNaskhArabic-Regular", BOLD: "NotoNaskhArabic-Bold"}
ARABIC_BLOCKS = ((0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFE))
NASKH_SCALE = 1.22  # Naskh is drawn small for its size: this brings it level with the Latin letters beside it
SOFT_HYPHEN = "\u00ad"  # it breaks a word at the end of a line and is else left out
PLAINLY = re.compile("[\\n -~\u00a0-\u00ac\u00ae-\u017f\u2013\u2014\u2018-\u201e\u2022\u2026]*")
"""Text that DejaVu draws in both weights, whole, from left to right: most of it, so that it need not be looked at letter by letter."""


class Measured(TTFont):
    """A font that remembers how wide words are: the same few thousand make up every letter."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path)
        widths, otherwise = self.face.charWidths, self.face.defaultWidth
        self._wide = lru_cache(maxsize=20_000)(lambda text: 0.001 * sum(widths.get(ord(character), otherwise) for character in text))

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:
        return size * (self._wide(text) if len(text) < 40 else self._wide.__wrapped__(text))

    def addObjects(self, document: Any) -> None:
        """The font's objects, with joined shapes read as the letters that they are: so a name is found as it is typed."""
        subsets = list(self.state[document].subsets) if document in self.state else []
        super().addObjects(document)
        for number, subset in enumerate(subsets):
            name = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            stream = document.idToObject[f"toUnicodeCMap:{name}"]
            for place, code in enumerate(subset):
                if letter := _letter_of(chr(code)):
                    stream.content = stream.content.replace(f"<{place:02X}> <{code:04X}>", f"<{place:02X}> <{ord(letter):04X}>")


def _letter_of(shape: str) -> str:
    """The letter of a joined Arabic shape; empty for any other character, and for a ligature: of two letters some readers turn the order
    round, and all of them know the ligature."""
    letter = unicodedata.normalize("NFKC", shape) if "\ufb50" <= shape <= "\ufdff" or "\ufe70" <= shape <= "\ufefc" else ""
    return letter if letter != shape and len(letter) == 1 else ""


@lru_cache(maxsize=1)
def cover() -> dict[str, frozenset[int]]:
    """The characters of each font, registered with reportlab on the way. DejaVu must be there; Naskh is used when it is."""
    numbers.remember()
    found: dict[str, frozenset[int]] = {}
    for name in (PLAIN, BOLD, *ARABIC.values()):
        path = FOLDER / f"{name}.ttf"
        if path.exists():
            font = Measured(name, str(path))
            pdfmetrics.registerFont(font)
            found[name] = frozenset(font.face.charToGlyph)
        elif name in ARABIC:
            raise FileNotFoundError(f"The letter font {path} is missing: run `make setup`.")
    return found


@lru_cache(maxsize=4096)
def font_of(character: str, face: str) -> str | None:
    """The font that draws a character in a face (PLAIN or BOLD), or None when none does."""
    code, fonts = ord(character), cover()
    in_arabic_block = any(low <= code <= high for low, high in ARABIC_BLOCKS)
    order = (ARABIC[face], face) if in_arabic_block else (face, ARABIC[face])
    return next((name for name in order if code in fonts.get(name, ())), None)


def drawable(character: str) -> bool:
    # Beyond U+FFFF reportlab writes a character code that text extraction cannot read, so it could be seen but not found.
    if character > "\uffff" or character == SOFT_HYPHEN or unseen(character):
        return False
    return font_of(character, PLAIN) is not None and font_of(character, BOLD) is not None


def _plainly(text: str) -> bool:
    """Whether DejaVu draws all of it as it stands. Every character that PLAINLY names is composed already."""
    return (text.isascii() and text.isprintable()) or PLAINLY.fullmatch(text) is not None


def spelled(text: str) -> str:
    """Text with every character drawable: others become [U+1F9D1 ADULT]. Line ends stay, tabs become spaces."""
    if _plainly(text):
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return "".join(_spelled_one(character) for character in text)


@lru_cache(maxsize=4096)
def _spelled_one(character: str) -> str:
    return character if character == "\n" or drawable(character) else named(character)


def runs(text: str, face: str) -> Iterator[tuple[str, str]]:
    """(font, piece) for drawable text, in order. A space goes with the word before it, so that a line is not cut into a hundred pieces."""
    if text and _plainly(text):
        yield face, text
        return
    font, piece = face, ""
    for character in text:
        own = font if character == " " else font_of(character, face) or face
        if own != font and piece:
            yield font, piece
            piece = ""
        font, piece = own, piece + character
    if piece:
        yield font, piece


def width(text: str, face: str, size: float) -> float:
    """Points."""
    return size * sum(_advance(character, font) for font, piece in runs(text, face) for character in piece)


@lru_cache(maxsize=8192)
def _advance(character: str, font: str) -> float:
    return float(pdfmetrics.stringWidth(character, font, sized(font, 1.0)))


def sized(font: str, size: float) -> float:
    """The size at which a font is drawn beside Latin text of `size` points."""
    return size * NASKH_SCALE if font in ARABIC.values() else size
