"""From plain blocks to what reportlab can lay out. One function a kind of block, chosen by one table."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import ActionFlowable, Flowable, KeepTogether
from reportlab.platypus import Paragraph as LaidOut
from reportlab.platypus import Table as DrawnTable
from reportlab.platypus.paraparser import ParaFrag

from visitapp.letter import charts, course_chart, glyphs, look, rightleft
from visitapp.letter.blocks import Heading, Note, Paragraph, Picture, Section, Table
from visitapp.letter.picture import DrawnPicture
from visitapp.letter.structure import Element
from visitapp.letter.tagged import Drawn, Panel

PADDING = 5.0
BUTT = 0  # a line that ends where it ends, not rounded beyond


class NotBefore(ActionFlowable):
    """Begins a new page on any before the page of that number. What follows page one is never earlier than the one before it."""

    def __init__(self, page: int) -> None:
        super().__init__(("notBefore",))
        self.page = page

    def apply(self, document: Any) -> None:
        if document.page < self.page:
            document.handle_pageBreak()


def section(part: Section, styles: look.Styles) -> list[Flowable]:
    drawn: list[Flowable] = [NotBefore(part.from_page)] if part.from_page > 1 else []
    drawn.extend(text(part.title, styles.section, "H2") if part.title else [])
    items: Element | None = None
    for block in part.blocks:
        bullet = isinstance(block, Paragraph) and block.bullet
        items = (items or Element("L")) if bullet else None
        drawn.extend(DRAW[block.kind](block, styles, items))
    return drawn


def text(
    words: str, style: ParagraphStyle, kind: str = "P", *, inside: Element | None = None, label: str = "", bullet: bool = False,
    width: float = look.LINE,
) -> list[Flowable]:  # fmt: skip
    """Text of any length and any script as paragraphs, one a line as it was written, that may run over pages. `kind` is what each is in
    the tree, and `inside` which element of it they stand in."""
    label = glyphs.spelled(label and f"{label}:")
    lines = [line for line in glyphs.spelled(words).split("\n") if line.strip()] or [""]
    drawn = _line(lines[0], style, Element(kind, inside), label, "•" if bullet else None, width)
    for line in lines[1:]:
        drawn.extend(_line(line, style, Element(kind, inside), "", None, width))
    return drawn


def _line(words: str, style: ParagraphStyle, element: Element, label: str, mark: str | None, width: float) -> list[Flowable]:
    if not rightleft.is_right_to_left(words + label):
        frags = [*_frags(label, style, glyphs.BOLD), *_frags(f" {words}" if label else words, style, style.fontName)]
        said = f"{label} {words}" if label else words
        return [Drawn("", style, frags=frags, bulletText=mark, element=element, words=said)]
    before = [_right_to_left(label, style, Element("P", element.parent), glyphs.BOLD, width, mark)] if label else []
    return [*before, _right_to_left(words, style, element, style.fontName, width, None if label else mark)]


def _right_to_left(words: str, style: ParagraphStyle, element: Element, face: str, width: float, mark: str | None) -> Flowable:
    """One paragraph with right-to-left text in it; in a full line it stands on the side where it begins."""
    lines = rightleft.visual_lines(words, face, style.fontSize, width - style.leftIndent - 1)
    right = {"alignment": TA_RIGHT} if width == look.LINE and rightleft.starts_right_to_left(words) else {}
    own = ParagraphStyle(f"{style.name}-{face}", parent=style, fontName=face, **right)
    frags: list[ParaFrag] = []
    for line in lines:
        frags.extend(([_line_end(own)] if frags else []) + _frags(line, own, face))
    return Drawn("", own, frags=frags, bulletText=mark, element=element, words=words)


def _frags(words: str, style: ParagraphStyle, face: str) -> list[ParaFrag]:
    """Drawable text as what reportlab's own reading of markup would come to, without its having to be read."""
    plain = _plain_frag(style.name, style.fontName, style.fontSize, style.textColor)
    return [plain.clone(text=piece, fontName=font, fontSize=glyphs.sized(font, style.fontSize)) for font, piece in glyphs.runs(words, face)]


def _line_end(style: ParagraphStyle) -> ParaFrag:
    return _plain_frag(style.name, style.fontName, style.fontSize, style.textColor).clone(text="", lineBreak=True)


@lru_cache(maxsize=256)
def _plain_frag(_name: str, face: str, size: float, colour: Any) -> ParaFrag:
    style = ParagraphStyle("plain", fontName=face, fontSize=size, textColor=colour)
    return LaidOut("x", style).frags[0]


def _heading(block: Heading, styles: look.Styles, _items: Element | None) -> list[Flowable]:
    return text(block.text, styles.heading, "H3")


def _paragraph(block: Paragraph, styles: look.Styles, items: Element | None) -> list[Flowable]:
    if items is None:
        return text(block.text, styles.text, label=block.label)
    item = Element("LBody", Element("LI", items))
    return text(block.text, styles.bullet, inside=item, label=block.label, bullet=True)


def _table(block: Table, styles: look.Styles, _items: Element | None) -> list[Flowable]:
    widths = [share * look.LINE for share in block.widths]
    whole = Element("Table")
    head = _cells(block.columns, widths, styles.head_cell, Element("TR", whole), "TH")
    rows = [_cells(row, widths, styles.cell, Element("TR", whole), "TD") for row in block.rows]
    commands = [
        ("BACKGROUND", (0, 0), (-1, 0), look.BAND),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, look.RULE),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
    ]
    drawn = _grid([head, *rows], widths, commands, repeatRows=1)
    drawn.spaceBefore, drawn.spaceAfter = 2, 6
    return [drawn]


def _note(block: Note, styles: look.Styles, _items: Element | None) -> list[Flowable]:
    colour, thickness = look.BARS[block.tone]
    inside = look.LINE - 2 * PADDING - thickness
    panel = Element("Sect")
    lines = [
        text(block.title, styles.panel_title, inside=panel, width=inside),
        *(text(line, styles.panel, inside=panel, width=inside) for line in block.text.split("\n")),
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


def _picture(block: Picture, styles: look.Styles, _items: Element | None) -> list[Flowable]:
    return [KeepTogether([*text(block.text, styles.text, label=block.label), DrawnPicture(block)])]


def _cells(row: Iterable[str], widths: list[float], style: ParagraphStyle, line: Element, kind: str) -> list[list[Flowable]]:
    scope = "Column" if kind == "TH" else ""
    cells = [Element(kind, line, scope=scope) for _ in widths]
    parts = zip(row, widths, cells, strict=True)
    return [text(words, style, inside=cell, width=width - 2 * PADDING) for words, width, cell in parts]


def _grid(rows: list[list[list[Flowable]]], widths: list[float], commands: list[tuple[Any, ...]], **options: Any) -> DrawnTable:
    """A table whose rows may split over pages: spelled-out characters can make even a short cell tall."""
    base = [
        ("FONTNAME", (0, 0), (-1, -1), glyphs.PLAIN),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
    ]
    return Panel(rows, colWidths=widths, style=base + commands, splitInRow=1, hAlign="LEFT", **options)


DRAW: dict[str, Callable[[Any, look.Styles, Element | None], list[Flowable]]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "table": _table,
    "note": _note,
    "chart": charts.chart,
    "course": course_chart.course,
    "picture": _picture,
}
