"""From what a letter says to the bytes of a PDF: A4, fonts embedded, text selectable, marked and numbered on every page. The same
content gives the same bytes, so a letter can be made again and compared with the one that was sent.
"""

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, PageBreak

from visitapp.domain.documents import KINDS
from visitapp.letter import glyphs, look
from visitapp.letter.blocks import LetterContent
from visitapp.letter.check_mark import Check, check_mark
from visitapp.letter.flowables import section, text
from visitapp.letter.pages import Rendered, drawn, line

SCALES = (1.06, 1.0, 0.95, 0.9, 0.85, 0.81)


def render(content: LetterContent, check: Check | None = None, *, name: str = "") -> Rendered:
    """Draw a letter, at its end what it can be checked by; `name` is the document's where it is none of the kinds. Raises FileNotFoundError
    when the fonts were never installed; nothing that was written down makes it fail."""
    glyphs.cover()
    full = look.styles(1.0)
    story = [*_page_one(content), *([] if content.flows else [PageBreak()])]
    for part in content.body:
        story.extend(section(part, full))
    story.append(KeepTogether([*section(content.last, full), *(check_mark(check, full) if check else ())]))
    return _drawn(content, story, name or KINDS[content.document].title)


def _page_one(content: LetterContent) -> list[Flowable]:
    """Page one at the largest size at which it fits its page; at the smallest it runs over rather than losing a word. Laying out is most of
    what a letter costs, so sizes that cannot fit are not tried: text never shrinks faster than lines and letters together."""
    laid = _laid_out(content, SCALES[0])
    largest = height = _height(laid)
    for scale in SCALES[1:]:
        if height <= look.HEIGHT:
            break
        if scale == SCALES[-1] or largest * (scale / SCALES[0]) ** 2 <= look.HEIGHT:
            laid = _laid_out(content, scale)
            height = _height(laid)
    return laid


def _laid_out(content: LetterContent, scale: float) -> list[Flowable]:
    styles = look.styles(scale)
    flowables = text(content.title, styles.title, "H1")
    for part in content.page_one:
        flowables.extend(section(part, styles))
    return flowables


def _height(flowables: list[Flowable]) -> float:
    """As a page lays them out: of two spaces that meet the larger stands, and before the first there is none."""
    height, after = 0.0, None
    for one in flowables:
        before = 0.0 if after is None else max(one.getSpaceBefore() - after, 0.0)
        height += before + one.wrap(look.LINE, look.HEIGHT)[1]
        height += (after := one.getSpaceAfter())
    return height


def _drawn(content: LetterContent, story: list[Flowable], name: str) -> Rendered:
    def head_and_foot(canvas: Canvas, number: int, of: int) -> None:
        top, bottom = look.PAGE[1] - 12 * look.mm, 10 * look.mm
        right = look.PAGE[0] - look.SIDE
        reference = f"Reference {content.reference[:40]}"
        canvas.setStrokeColor(look.RULE)
        canvas.setLineWidth(0.5)
        canvas.line(look.SIDE, top - 6, right, top - 6)
        canvas.line(look.SIDE, bottom + 11, right, bottom + 11)
        line(canvas, look.SIDE, top, content.marking, glyphs.BOLD)
        line(canvas, right, top, name, glyphs.PLAIN, from_right=True)
        line(canvas, look.SIDE, bottom, f"{reference} · {content.marking}", glyphs.PLAIN)
        line(canvas, right, bottom, f"Page {number} of {of}", glyphs.PLAIN, from_right=True)

    title = f"{name} {content.reference}"
    return drawn(story, title=title, subject=content.marking, language=content.language, head_and_foot=head_and_foot)
