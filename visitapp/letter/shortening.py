"""Page one and tables hold short text only: one endless answer must not push the telephone number off page one, and a row taller than a
page cannot be printed at all. What is cut short is marked where it was cut and stands in full, numbered, later in the same letter.
"""

from visitapp.letter.blocks import Paragraph

CELL = 110
LINE = 260
SPELLED_OUT = 24


class Shortener:
    """Cuts long texts and remembers them whole. One is made for each letter."""

    def __init__(self) -> None:
        self._whole: list[tuple[str, str]] = []

    def short(self, label: str, text: str, limit: int = LINE) -> str:
        """The text, or its beginning with the number of the note that holds all of it."""
        text = text.strip()
        fits = _fitting(text, limit)
        if fits == len(text) and "\n" not in text:
            return text
        if (label, text) not in self._whole:
            self._whole.append((label, text))
        number = self._whole.index((label, text)) + 1
        return f"{_beginning(text[:fits])} … (in full: note {number})"

    def beginning(self, text: str, limit: int, rest: str) -> str:
        """The text, or its beginning with where all of it stands; for what has a place of its own later."""
        text = text.strip()
        fits = _fitting(text, limit)
        return text if fits == len(text) and "\n" not in text else f"{_beginning(text[:fits])} … ({rest})"

    def notes(self) -> tuple[Paragraph, ...]:
        return tuple(Paragraph(text, label=f"Note {n}. {label}") for n, (label, text) in enumerate(self._whole, start=1))


def _fitting(text: str, limit: int) -> int:
    """How many characters of a text take up `limit` places, those that may have to be spelled out counted as the words they become."""
    room = limit
    for place, character in enumerate(text):
        room -= 1 if " " <= character < "\u0700" or "\u1e00" <= character < "\u2c00" or character == "\n" else SPELLED_OUT
        if room < 0:
            return place
    return len(text)


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    at_a_space = line.rsplit(" ", 1)[0]
    return at_a_space if len(at_a_space) > len(line) // 2 else line
