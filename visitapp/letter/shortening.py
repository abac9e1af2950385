"""Page one and tables hold short text only: one endless answer must not push the telephone number off page one, and a row taller than a
page cannot be printed at all. What is cut short is marked where it was cut and stands in full, numbered, later in the same letter.
"""

from visitapp.letter.blocks import Paragraph

CELL = 110
LINE = 260


class Shortener:
    """Cuts long texts and remembers them whole. One is made for each letter."""

    def __init__(self) -> None:
        self._whole: list[tuple[str, str]] = []

    def short(self, label: str, text: str, limit: int = LINE) -> str:
        """The text, or its beginning with the number of the note that holds all of it."""
        text = text.strip()
        if len(text) <= limit and "\n" not in text:
            return text
        if (label, text) not in self._whole:
            self._whole.append((label, text))
        number = self._whole.index((label, text)) + 1
        return f"{_beginning(text, limit)} … (in full: note {number})"

    def notes(self) -> tuple[Paragraph, ...]:
        return tuple(Paragraph(text, label=f"Note {n}. {label}") for n, (label, text) in enumerate(self._whole, start=1))


def _beginning(text: str, limit: int) -> str:
    line = " ".join(text[: limit * 2].split())[:limit]
    at_a_space = line.rsplit(" ", 1)[0]
    return at_a_space if len(at_a_space) > limit // 2 else line
