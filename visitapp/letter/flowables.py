"""From plain blocks to what reportlab can lay out. One function a kind of block, chosen by one table."""

from collections.abc import Callable, Iterable
from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, KeepTogether
from reportlab.platypus import Paragraph as LaidOut
from reportlab.platypus import Table as DrawnTable

from visitapp.letter import glyphs, look, rightleft
from visitapp.letter.blocks import Heading, Note, Paragraph, Section, Table

PADDING = 5.0
BUTT = 0  # a line that ends where it ends, not rounded beyond


class Drawn(LaidOut):
    """A paragraph that breaks its lines once a width. reportlab asks again and again while it fills a page; the answer is the same."""

    _broken_at: float | None = None

    def wrap(self, available: float, height: float) -> tuple[float, float]:
        if self._broken_at != available or not hasattr(self, "blPara"):
            super().wrap(available, height)
            self._broken_at = available
        return self.width, self.height


def section(part: Section, styles: look.Styles, *, together: bool = False) -> list[Flowable]:
    drawn = [*text(part.title, styles.section)] if part.title else []
    for block in part.blocks:
        drawn.extend(DRAW[block.kind](block, styles))
    return [KeepTogether(drawn)] if together else drawn


def text(words: str, style: ParagraphStyle, *, label: str = "", bullet: bool = False, width: float = look.LINE) -> list[Flowable]:
    """Text of any length and any script as paragraphs, one a line as it was written, that may run over pages."""
    label = glyphs.spelled(label and f"{label}:")
    lines = [line for line in glyphs.spelled(words).split("\n") if line.strip()] or [""]
    drawn = _line(lines[0], style, label, "•" if bullet else None, width)
    for line in lines[1:]:
        drawn.extend(_line(line, style, "", None, width))
    return drawn


def _line(words: str, style: ParagraphStyle, label: str, mark: str | None, width: float) -> list[Flowable]:
    size = style.fontSize
    if not rightleft.is_right_to_left(words + label):
        start = f'<font name="{glyphs.BOLD}">{glyphs.markup(label, glyphs.BOLD, size)}</font> ' if label else ""
        return [Drawn(start + glyphs.markup(words, style.fontName, size), style, bulletText=mark)]
    before = [_right_to_left(label, style, glyphs.BOLD, width, mark)] if label else []
    return [*before, _right_to_left(words, style, style.fontName, width, None if label else mark)]


def _right_to_left(words: str, style: ParagraphStyle, face: str, width: float, mark: str | None) -> Flowable:
    """One paragraph with right-to-left text in it; in a full line it stands on the side where it begins."""
    lines = rightleft.visual_lines(words, face, style.fontSize, width - style.leftIndent - 1)
    right = {"alignment": TA_RIGHT} if width == look.LINE and rightleft.starts_right_to_left(words) else {}
    own = ParagraphStyle(f"{style.name}-{face}", parent=style, fontName=face, **right)
    return Drawn("<br/>".join(glyphs.markup(line, face, style.fontSize) for line in lines), own, bulletText=mark)


def _heading(block: Heading, styles: look.Styles) -> list[Flowable]:
    return text(block.text, styles.heading)


def _paragraph(block: Paragraph, styles: look.Styles) -> list[Flowable]:
    return text(block.text, styles.bullet if block.bullet else styles.text, label=block.label, bullet=block.bullet)


def _table(block: Table, styles: look.Styles) -> list[Flowable]:
    widths = [share * look.LINE for share in block.widths]
    head = _cells(block.columns, widths, styles.head_cell)
    rows = [_cells(row, widths, styles.cell) for row in block.rows]
    commands = [
        ("BACKGROUND", (0, 0), (-1, 0), look.BAND),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, look.RULE),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
    ]
    drawn = _grid([head, *rows], widths, commands, repeatRows=1)
    drawn.spaceBefore, drawn.spaceAfter = 2, 6
    return [drawn]


def _note(block: Note, styles: look.Styles) -> list[Flowable]:
    colour, thickness = look.BARS[block.tone]
    inside = look.LINE - 2 * PADDING - thickness
    lines = [
        text(block.title, styles.panel_title, width=inside),
        *(text(line, styles.panel, width=inside) for line in block.text.split("\n")),
    ]
    commands = [
        ("BACKGROUND", (0, 0), (-1, -1), look.PANELS[block.tone]),
        ("LINEBEFORE", (0, 0), (0, -1), thickness, colour, BUTT),
        ("BOX", (0, 0), (-1, -1), 0.75, colour),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING + thickness),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, 0), 6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 6),
    ]
    drawn = _grid([[line] for line in lines], [look.LINE], commands)
    drawn.spaceBefore, drawn.spaceAfter = 5, 4
    return [drawn]


def _cells(row: Iterable[str], widths: list[float], style: ParagraphStyle) -> list[list[Flowable]]:
    return [text(cell, style, width=width - 2 * PADDING) for cell, width in zip(row, widths, strict=True)]


def _grid(rows: list[list[list[Flowable]]], widths: list[float], commands: list[tuple[Any, ...]], **options: Any) -> DrawnTable:
    """A table whose rows may split over pages: spelled-out characters can make even a short cell tall."""
    base = [
        ("FONTNAME", (0, 0), (-1, -1), glyphs.PLAIN),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
    ]
    return DrawnTable(rows, colWidths=widths, style=base + commands, splitInRow=1, hAlign="LEFT", **options)


DRAW: dict[str, Callable[[Any, look.Styles], list[Flowable]]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "table": _table,
    "note": _note,
}
