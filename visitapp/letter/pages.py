"""From things laid out to a whole file: pages of A4 with a head and a foot, numbered, tagged and fit for an archive. The same flowables
give the same bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from visitapp.letter import archive, glyphs, look
from visitapp.letter.structure import Tree, artifact

rl_config.useA85 = 0  # bytes as they are: a fifth less to send than spelled in letters

HeadAndFoot = Callable[[Canvas, int, int], None]
"""Draws the head and foot of one page, told its number and how many there are."""

AUTHOR = "visitapp"
PDF_VERSION = (1, 7)  # what PDF/A-2 is written in


@dataclass(frozen=True)
class Rendered:
    bytes: bytes
    pages: int


def drawn(story: list[Flowable], *, title: str, subject: str, language: str, head_and_foot: HeadAndFoot) -> Rendered:
    """The file. Title and subject are read out by a screen reader and shown in the window's bar: they name nobody."""
    out = BytesIO()
    document = BaseDocTemplate(
        out, pagesize=look.PAGE, title=title, author=AUTHOR, subject=subject, lang=language, invariant=1, initialFontName=glyphs.PLAIN
    )  # fmt: skip
    frame = Frame(look.SIDE, look.BOTTOM, look.LINE, look.HEIGHT, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    document.addPageTemplates([PageTemplate(frames=[frame])])

    class Tagged(Canvas):
        """Keeps finished pages until their number is known, then writes the head and foot of each, and last what the whole file says."""

        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **{**options, "pdfVersion": PDF_VERSION})
            self.tree = Tree()
            self._waiting: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._waiting.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._waiting, start=1):
                self.__dict__.update(page)
                with artifact(self, "Pagination"):
                    head_and_foot(self, number, len(self._waiting))
                super().showPage()
                self._doc.idToObject[f"Page{number}"].Trans = None
            self.tree.write(self._doc)
            archive.declare(self._doc, title=title, author=AUTHOR, subject=subject, language=language)
            super().save()

    document.build(story, canvasmaker=Tagged)
    return Rendered(out.getvalue(), document.page)


def line(canvas: Canvas, x: float, y: float, words: str, face: str, *, size: float = 8.0, from_right: bool = False) -> None:
    """One line of a head or foot, in the quiet colour."""
    words = glyphs.spelled(words)
    canvas.setFillColor(look.QUIET)
    if from_right:
        x -= glyphs.width(words, face, size)
    for font, piece in glyphs.runs(words, face):
        canvas.setFont(font, glyphs.sized(font, size))
        canvas.drawString(x, y, piece)
        x += glyphs.width(piece, face, size)
