"""Paragraphs and tables of reportlab that say, as they are drawn, which piece of the tree each is."""

import re
from typing import Any

from reportlab.platypus import Flowable
from reportlab.platypus import Paragraph as LaidOut
from reportlab.platypus import Table as DrawnTable
from reportlab.platypus.paragraph import FragLine, _SplitWord

from visitapp.letter import rightleft
from visitapp.letter.structure import Element, artifact

LONG_WORD = re.compile(r"\S{40}")


class Drawn(LaidOut):
    """A paragraph that is a piece of the tree, and that breaks its lines once a width. reportlab asks again and again while it fills a
    page; the answer is the same."""

    _broken_at: float | None = None
    _on_a_page = False
    goes_on = False

    def __init__(self, *args: Any, element: Element | None = None, words: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.element, self.words = element, words

    def wrap(self, available: float, height: float) -> tuple[float, float]:
        if self._broken_at != available or not hasattr(self, "blPara"):
            super().wrap(available, height)
            self._broken_at = available
        return self.width, self.height

    def split(self, available: float, height: float) -> list[Flowable]:
        """Parts of a paragraph that runs over a page are one element of the tree."""
        parts: list[Flowable] = super().split(available, height)
        for place, part in enumerate(parts):
            part.element, part.words, part.goes_on = self.element, self.words, self.goes_on or place + 1 < len(parts)
        return parts

    def draw(self) -> None:
        if self.element is None or self._on_a_page:  # a head row is said again on the next page, and read out once
            with artifact(self.canv, "Pagination"):
                super().draw()
            return
        self._on_a_page = True
        if rightleft.is_right_to_left(self.words) or LONG_WORD.search(self.words):
            self.element.instead = self.words  # what runs from right to left is drawn backwards; a long word may be broken anywhere
        else:
            _space_at_line_ends(self)
        with self.canv.tree.piece(self.canv, self.element):
            super().draw()


def _space_at_line_ends(paragraph: Drawn) -> None:
    """reportlab draws no space where it breaks a line, and a reader of the tree would run the two words into one."""
    lines = paragraph.blPara.lines
    for place, line in enumerate(lines if paragraph.goes_on else lines[:-1]):
        if isinstance(line, FragLine):
            if line.words:
                line.words[-1] = line.words[-1].clone(text=f"{line.words[-1].text} ")
        elif not isinstance(line[1][-1], _SplitWord):
            lines[place] = (line[0], [*line[1], ""])


class Panel(DrawnTable):
    """A table whose rules and backgrounds are no content."""

    def _drawBkgrnd(self) -> None:
        with artifact(self.canv):
            super()._drawBkgrnd()

    def _drawLines(self) -> None:
        with artifact(self.canv):
            super()._drawLines()
