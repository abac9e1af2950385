"""The page that a family keeps after a visit: where each child sleeps, who takes nothing, what we bring, whom to phone, and five plain
lines about safe sleep. Pure: what was agreed goes in, the bytes of a PDF come out.

It is written to be read by a tired parent, and by anybody else who finds it on a fridge. So it has no place for a level, a score, a
finding, an address, an informant or what was recorded apart: `FamilyPlan` cannot hold one.
"""

from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak

from visitapp.letter import glyphs, look, pages
from visitapp.letter import sentences as say
from visitapp.letter.blocks import Block, Note, Paragraph, Section
from visitapp.letter.flowables import section, text
from visitapp.letter.safer_sleep import HOW_MANY
from visitapp.letter.shortening import Shortener

SCALES = (1.4, 1.3, 1.2, 1.1, 1.0)
TITLE = "Sleep plan"
NOT_AGREED = "not agreed yet. Phone us and we will sort it out with you"
UNTIL_THEN = (
    "If one comes before we have planned it: a cot, in the room of a grown-up who has had no drink, no drugs and no sleepy medicine."
)
FOOT = "This page is yours to keep. If something changes, phone us."
NAMES, AGREED, MOST_AGREED, MOST_PROMISED = 60, 240, 6, 8


@dataclass(frozen=True)
class ChildsPlan:
    """One child: where they sleep tonight, and on the next unusual night (when, where, who takes nothing). Words; empty is not agreed."""

    name: str
    tonight: str = ""
    next_night: str = ""
    next_place: str = ""
    next_sober: str = ""


@dataclass(frozen=True)
class Phone:
    who: str
    number: str


@dataclass(frozen=True)
class FamilyPlan:
    """All that the page may say. Days are `YYYY-MM-DD`; `lines` are sentences for the family (`safer_sleep.lines`)."""

    made_on: str
    made_with: str = ""
    children: tuple[ChildsPlan, ...] = ()
    agreed: tuple[str, ...] = ()
    promised: tuple[str, ...] = ()
    next_visit: str = ""
    phones: tuple[Phone, ...] = ()
    lines: tuple[str, ...] = ()


def draw(plan: FamilyPlan) -> bytes:
    """The page at the largest size at which it fits; at the smallest it runs over rather than losing a word."""
    glyphs.cover()
    cut = Shortener()
    title, parts = _title(plan, cut), page(plan, cut)
    story = next((laid for scale in SCALES if _height(laid := _laid_out(title, parts, scale)) <= look.HEIGHT), None)
    story = story or _laid_out(title, parts, SCALES[-1])
    notes = cut.notes()
    if notes:
        story = [*story, PageBreak(), *section(Section("In full", notes), look.styles(SCALES[2]))]
    return _drawn(story)


def page(plan: FamilyPlan, cut: Shortener) -> tuple[Section, ...]:
    """What the page says, in the order in which it is needed at bedtime."""
    made = f"We made this plan together on {say.day(plan.made_on)}" + (
        f", with {cut.short('With', plan.made_with, NAMES)}" if plan.made_with else ""
    )
    advice = Section(
        f"{HOW_MANY[len(plan.lines)]} that keep a baby safe asleep", tuple(Paragraph(line, bullet=True) for line in plan.lines)
    )
    return (
        Section("", (Paragraph(say.stop(made)), _tonight(plan, cut), _next_night(plan, cut))),
        Section("What we said we will do", _promises(plan, cut)),
        *((advice,) if plan.lines else ()),
        Section("Who to phone", _phones(plan, cut)),
    )


def _title(plan: FamilyPlan, cut: Shortener) -> str:
    names = say.listed([child.name.strip() for child in plan.children if child.name.strip()])
    return f"{TITLE} for {cut.short('This plan is for', names, NAMES)}" if names else TITLE


def _tonight(plan: FamilyPlan, cut: Shortener) -> Note:
    lines = [f"{_whose(child, cut)} sleeps here: {_said('Tonight', child.tonight, cut)}" for child in plan.children]
    return Note("Tonight", "\n".join(lines) or _said("Tonight", "", cut), "routine")


def _next_night(plan: FamilyPlan, cut: Shortener) -> Note:
    """A party, a trip, guests, a move: once for children who have the same plan, so that the page stays one page."""
    lines: list[str] = ["A party, a trip, guests or a move can change where a baby sleeps."]
    for same in _alike(plan.children):
        one, names = same[0], say.listed([_whose(child, cut) for child in same])
        lines.append(f"When: {_said('Next unusual night', one.next_night, cut)}")
        if not (one.next_place.strip() or one.next_sober.strip()):
            lines.append(UNTIL_THEN)
            continue
        lines.append(f"{names} sleep{'s' if len(same) == 1 else ''} here: {_said('Where', one.next_place, cut)}")
        lines.append(f"Who has no drink, no drugs and no sleepy medicine: {_said('Who takes nothing', one.next_sober, cut)}")
    return Note("The next unusual night", "\n".join(lines), "routine")


def _alike(children: tuple[ChildsPlan, ...]) -> list[list[ChildsPlan]]:
    """Children with the same plan for the next unusual night, together and in order; all of them where there is none yet."""
    groups: dict[tuple[str, str, str], list[ChildsPlan]] = {}
    planned = [child for child in children if child.next_night or child.next_place or child.next_sober]
    for child in planned or children or (ChildsPlan(""),):
        groups.setdefault((child.next_night, child.next_place, child.next_sober), []).append(child)
    return list(groups.values())


def _promises(plan: FamilyPlan, cut: Shortener) -> tuple[Block, ...]:
    lines = [cut.short("What we said we will do", say.stop(words), AGREED) for words in plan.agreed if words.strip()]
    blocks = [Paragraph(line, bullet=True) for line in lines[:MOST_AGREED]]
    blocks += [Paragraph(cut.short("What we bring", say.stop(words), AGREED), bullet=True) for words in plan.promised[:MOST_PROMISED]]
    if plan.next_visit:
        blocks.append(Paragraph(f"We come again on {say.day(plan.next_visit)}.", bullet=True))
    return tuple(blocks) or (Paragraph("Nothing was promised this time."),)


def _phones(plan: FamilyPlan, cut: Shortener) -> tuple[Block, ...]:
    """Ours first, because that is the call we want to get; then the two numbers that every parent should have on the wall."""
    ours = [
        Paragraph(say.phone(cut.short("Phone", one.number, NAMES)), label=cut.short("Who", one.who, NAMES))
        for one in plan.phones
        if one.number.strip()
    ]
    return (
        *(ours or [Paragraph("Ask us for our number and write it here: ______________________")]),
        Paragraph("111, day or night.", label="Your baby is poorly and you are worried"),
        Paragraph("999.", label="Your baby is very ill, is hard to wake or is in danger"),
    )


def _whose(child: ChildsPlan, cut: Shortener) -> str:
    return cut.short("Name", child.name, NAMES) if child.name.strip() else "Your baby"


def _said(label: str, words: str, cut: Shortener) -> str:
    return say.stop(cut.short(label, words, AGREED) if words.strip() else NOT_AGREED)


def _laid_out(title: str, parts: tuple[Section, ...], scale: float) -> list[Flowable]:
    styles = look.styles(scale)
    return [*text(title, styles.title, "H1"), *(flowable for part in parts for flowable in section(part, styles))]


def _height(flowables: list[Flowable]) -> float:
    return sum(one.wrap(look.LINE, look.HEIGHT)[1] + one.getSpaceBefore() + one.getSpaceAfter() for one in flowables)


def _drawn(story: list[Flowable]) -> bytes:
    return pages.drawn(story, title=TITLE, subject="A plan for sleep", language="en-GB", head_and_foot=_foot).bytes


def _foot(canvas: Canvas, _number: int, _of: int) -> None:
    pages.line(canvas, look.SIDE, 10 * look.mm, FOOT, glyphs.PLAIN, size=9)
