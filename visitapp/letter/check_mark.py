"""What stands at the end of a letter so that anybody who holds it can see whether it is the letter as it was sent: a code, in letters and
as a picture, and where to take it. The code is chance and leads to nothing about a person.
"""

from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import black
from reportlab.platypus import Flowable

from visitapp.domain.check_codes import grouped
from visitapp.letter import look
from visitapp.letter.flowables import PADDING, text
from visitapp.letter.structure import Element
from visitapp.letter.tagged import Panel

TITLE = "Is this the letter as it was sent?"
SIDE = 26 * look.mm
WHAT_THE_PAGE_SAYS = (
    "The page says when this letter was written, how many pages it has and whether a later one takes its place, and compares your file "
    "with the one that was sent. It says nothing about anybody, and your file does not leave your computer."
)
QUIET_ZONE = 4  # modules of white around the picture, without which some readers do not find it


@dataclass(frozen=True)
class Check:
    """`code` is of `domain.check_codes`; `address` is the page to take it to."""

    code: str
    address: str

    @property
    def link(self) -> str:
        return f"{self.address}/{self.code}"


class Picture(Flowable):
    """The link as a QR code."""

    def __init__(self, link: str, element: Element) -> None:
        super().__init__()
        self.element, self.modules = element, _modules(link)

    def wrap(self, _available: float, _height: float) -> tuple[float, float]:
        return SIDE, SIDE

    def draw(self) -> None:
        canvas: Any = self.canv
        of = len(self.modules) + 2 * QUIET_ZONE
        size = SIDE / of
        path = canvas.beginPath()
        for row, line in enumerate(self.modules):
            for first, length in _runs(line):
                path.rect((first + QUIET_ZONE) * size, SIDE - (row + 1 + QUIET_ZONE) * size, length * size, size)
        canvas.setFillColor(black)
        with canvas.tree.piece(canvas, self.element):
            canvas.drawPath(path, stroke=0, fill=1)


def check_mark(check: Check, styles: look.Styles) -> list[Flowable]:
    """The last thing in a letter."""
    whole = Element("Sect")
    picture = Element("Figure", whole, alt=f"The same address and code as a QR code: {check.link}")
    wide = look.LINE - SIDE - 2 * PADDING
    words = [
        *text(f"Go to {check.address} and enter the code", styles.text, inside=whole, width=wide),
        *text(grouped(check.code), styles.panel_title, inside=whole, width=wide),
        *text(WHAT_THE_PAGE_SAYS, styles.text, inside=whole, width=wide),
    ]  # fmt: skip
    commands = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, 0), 0), ("RIGHTPADDING", (0, 0), (0, 0), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 2), ("FONTNAME", (0, 0), (-1, -1), look.PLAIN),
    ]  # fmt: skip
    panel = Panel([[Picture(check.link, picture), words]], colWidths=[SIDE, look.LINE - SIDE], style=commands, hAlign="LEFT")
    return [*text(TITLE, styles.section, "H2"), panel]


def _modules(link: str) -> list[list[bool]]:
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(link)
    code.make()
    side = code.getModuleCount()
    return [[bool(code.isDark(row, column)) for column in range(side)] for row in range(side)]


def _runs(line: list[bool]) -> list[tuple[int, int]]:
    """(where it begins, how long it is) of each dark stretch."""
    runs: list[tuple[int, int]] = []
    for place, dark in enumerate(line):
        if not dark:
            continue
        if runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((place, 1))
    return runs
