"""How a letter looks: sizes, colours and styles, after the NHS design system's print habits. Nothing rests on colour alone: the urgency
panel says its urgency in words, and its bar is thicker the more urgent it is.
"""

from dataclasses import dataclass
from functools import lru_cache

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm as mm

from visitapp.letter.glyphs import BOLD, PLAIN

PAGE = A4
SIDE, TOP, BOTTOM = 18 * mm, 21 * mm, 18 * mm
LINE = PAGE[0] - 2 * SIDE
HEIGHT = PAGE[1] - TOP - BOTTOM

TEXT, QUIET, BLUE, RULE, BAND, WHITE = (HexColor(c) for c in ("#212b32", "#4c6272", "#005eb8", "#aeb7bd", "#f0f4f5", "#ffffff"))
BARS = {"tonight": (HexColor("#b91616"), 6.0), "this_week": (HexColor("#c97f00"), 4.0), "routine": (BLUE, 2.5), "plain": (RULE, 2.5)}
PANELS = {"tonight": HexColor("#fdf1f0"), "this_week": HexColor("#fff8e6"), "routine": BAND, "plain": BAND}


@dataclass(frozen=True)
class Styles:
    title: ParagraphStyle
    section: ParagraphStyle
    heading: ParagraphStyle
    text: ParagraphStyle
    bullet: ParagraphStyle
    cell: ParagraphStyle
    head_cell: ParagraphStyle
    panel_title: ParagraphStyle
    panel: ParagraphStyle


@lru_cache(maxsize=16)
def styles(scale: float) -> Styles:
    """All text sizes times `scale`: page one is drawn a little smaller when it would otherwise run over."""

    def style(
        name: str, size: float, lead: float, before: float = 0, after: float = 0, face: str = PLAIN, **more: object
    ) -> ParagraphStyle:
        given = {"textColor": TEXT, "alignment": TA_LEFT, "splitLongWords": 1, "allowWidows": 0, "allowOrphans": 0, **more}
        return ParagraphStyle(
            name, fontName=face, fontSize=size * scale, leading=lead * scale, spaceBefore=before * scale, spaceAfter=after * scale, **given
        )

    return Styles(
        title=style("title", 17, 21, after=6, face=BOLD),
        section=style("section", 10.8, 14, before=9, after=3, face=BOLD, textColor=BLUE, keepWithNext=1),
        heading=style("heading", 9.2, 12.5, before=5, after=2, face=BOLD, keepWithNext=1),
        text=style("text", 9, 12.6, after=2.5),
        bullet=style("bullet", 9, 12.6, after=2, leftIndent=11 * scale, bulletIndent=1, bulletFontName=PLAIN, bulletFontSize=9 * scale),
        cell=style("cell", 8.6, 11.4),
        head_cell=style("head_cell", 8, 10.5, face=BOLD, textColor=QUIET),
        panel_title=style("panel_title", 12.5, 16, after=2, face=BOLD),
        panel=style("panel", 9.6, 13.4, after=2),
    )
