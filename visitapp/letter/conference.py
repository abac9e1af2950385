"""A family's chronology with charts, for a conference: what a supervisor or practitioner takes along, on paper or as a file. Pure: facts
in, plain blocks out, drawn by `render` like a letter.

Nothing that was recorded apart reaches these facts, and an address that must be kept back was taken out of them before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, zip_longest

from visitapp.letter import sentences as say
from visitapp.letter.blocks import HIGHER, LOWER, Block, Course, CourseAt, Heading, LetterContent, Note, Paragraph, Section, Table
from visitapp.letter.content import MARKING, WORDS_USED
from visitapp.letter.facts import AgreedPlan
from visitapp.letter.shortening import Shortener

FEW = 12
"""Numbers of a course that stand one a line."""
CELL = 900
"""Characters of one entry; an entry longer than this is cut there and stands in full behind."""
IN_ORDER = "Each entry stands on the day on which it happened. When a letter was written and handed over stands under its referral."
WITH_CARE = (
    "For the professionals of this family’s conference. It may hold what one parent must not learn of the other: it is not handed to a "
    "family as it is. What was recorded apart is not in it. Not asked, not seen and refused are never a no."
)


@dataclass(frozen=True)
class Person:
    """Somebody of the family: `born` in words, `nhs_number` as it is read."""

    name: str
    role: str
    born: str = ""
    nhs_number: str = ""


@dataclass(frozen=True)
class Line:
    """One entry: the day it happened (`YYYY-MM-DD`), what, all that belongs to it, and who of ours."""

    on: str
    what: str
    words: str = ""
    who: str = ""


@dataclass(frozen=True)
class NotCompleted:
    """A visit that was not completed: how it went, who of ours came, and whether it counts or never does, as where we cancelled."""

    on: str
    how: str
    who: str = ""
    counts: bool = True


@dataclass(frozen=True)
class Curve:
    """One area over the visits, oldest first."""

    title: str
    points: tuple[CourseAt, ...]
    more_is_better: bool = False


@dataclass(frozen=True)
class Asked:
    """A referral: what it is called, to whom it went, and what happened to it with its day and how long after it was sent, in words."""

    reference: str
    to: str
    steps: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ConferenceFacts:
    """Everything that the paper may say. Days are ISO, and `made_at` an instant."""

    reference: str
    made_at: str
    made_by: str
    first_on: str
    last_on: str
    people: tuple[Person, ...] = ()
    address: str = ""
    practitioner: str = ""
    agreed_level: str = ""
    curves: tuple[Curve, ...] = ()
    visits: tuple[tuple[str, int], ...] = ()  # how visits went, in words, and how many did
    not_completed: tuple[NotCompleted, ...] = ()
    plans: tuple[AgreedPlan, ...] = ()
    referrals: tuple[Asked, ...] = ()
    lines: tuple[Line, ...] = ()
    first: tuple[tuple[str, tuple[str, ...]], ...] = ()  # what a conference asks first, each with its answers as it stands today


def compose(facts: ConferenceFacts) -> LetterContent:
    """What the paper says, in reading order."""
    cut = Shortener()
    names = [person.name for person in facts.people if person.role == "child"] or [person.name for person in facts.people]
    title = f"Chronology: {cut.short('About', say.recorded(say.listed(names)), 80)}"
    parts = [
        Section("", _opening(facts)),
        Section("The family", tuple(_people(facts))),
        Section("As it stands today", tuple(_first(facts))),
        Section("How it went over the visits", tuple(_curves(facts))),
        Section("Visits, and visits not completed", tuple(_visits(facts, cut))),
        Section("Agreed plans, and what became of them", tuple(_plans(facts))),
        Section("Referrals and replies", tuple(_referrals(facts, cut))),
        Section("Everything in order, oldest first", tuple(_lines(facts, cut))),
    ]
    notes = cut.notes()
    whole = (Section("Notes: texts cut short above, in full", notes),) if notes else ()
    last = Section("About this document", (Paragraph(WORDS_USED), Paragraph(f"{say.moment(facts.made_at)}, UK time.", label="Made")))
    return LetterContent(facts.reference, title, MARKING, "en-GB", tuple(parts[:3]), (*parts[3:], *whole), last, "chronology", True)


def _opening(facts: ConferenceFacts) -> tuple[Block, ...]:
    return (
        Note("Handle with care", WITH_CARE),
        Paragraph(f"{say.day(facts.first_on)} to {say.day(facts.last_on)}.", label="Period"),
        Paragraph(f"{facts.made_by}, {say.moment(facts.made_at)}.", label="Made by"),
        Paragraph(say.stop(say.recorded(facts.practitioner)), label="Named practitioner"),
        Paragraph(say.stop(facts.agreed_level or "None is recorded"), label="Level of need that people agreed"),
    )


def _people(facts: ConferenceFacts) -> Iterator[Block]:
    rows = tuple((one.name, one.role, one.born or "–", one.nhs_number or "–") for one in facts.people)
    if rows:
        yield Table(("Name", "Who", "Born or due", "NHS number"), (0.34, 0.2, 0.24, 0.22), rows)
    yield Paragraph(say.stop(say.recorded(facts.address)), label="Address")


def _first(facts: ConferenceFacts) -> Iterator[Block]:
    for asked, answers in facts.first:
        yield Paragraph(" ".join(say.stop(one) for one in answers), label=asked)


KEY = (
    "A full dot is a visit that was arranged with the family, an empty square one that was not, an empty ring one of which that is not "
    "recorded. Hatching goes up to what it could have been where not everything was answered; where nothing was found and not everything "
    "was answered, no line runs to it. Below the line a cross is a visit not completed, a dash one that never counts against a family."
)


def _curves(facts: ConferenceFacts) -> Iterator[Block]:
    missed = tuple(one.on for one in facts.not_completed if one.counts)
    never = tuple(one.on for one in facts.not_completed if not one.counts)
    if facts.curves:
        yield Paragraph(KEY)
    days = sorted((*(one.on for curve in facts.curves for one in curve.points), *missed, *never))  # one time line for all that is drawn
    for curve in facts.curves:
        points, worse = curve.points, LOWER if curve.more_is_better else HIGHER
        each = "; ".join(f"{_number(one)} on {say.day(one.on)}{_how(one)}" for one in points)
        text = f"{say.counted(len(points), 'visit', 'visits')}: {each}"
        ends = (say.short_day(days[0]), say.short_day(days[-1]))
        yield Course(curve.title, worse, days[0], days[-1], *ends, points, missed, say.stop(text), never)
        yield _numbers(points, worse)
    if not facts.curves:
        yield Paragraph(f"{say.NOT_RECORDED} that can be drawn in this period.")


def _numbers(points: tuple[CourseAt, ...], worse: str) -> Table:
    """The numbers of a course: two visits a line where there are many, read from left to right."""
    rows = [(say.short_day(one.on), _number(one), _how(one).strip(", ").capitalize() or "Not recorded") for one in points]
    head = ("Day", worse.capitalize(), "Arranged?")
    if len(rows) <= FEW:
        return Table(head, (0.3, 0.35, 0.35), tuple(rows))
    pairs = zip_longest(rows[::2], rows[1::2], fillvalue=("", "", ""))
    return Table((*head, *head), (0.15, 0.19, 0.16) * 2, tuple((*one, *other) for one, other in pairs))


def _number(point: CourseAt) -> str:
    return f"{point.at_least}, could be {point.could_be}" if point.could_be > point.at_least else str(point.at_least)


def _how(point: CourseAt) -> str:
    return "" if point.announced is None else ", arranged" if point.announced else ", not arranged"


def _visits(facts: ConferenceFacts, cut: Shortener) -> Iterator[Block]:
    for words, number in facts.visits:
        yield Paragraph(f"{words}: {number}.", bullet=True)
    rows = tuple((say.short_day(one.on), cut.short("Visit not completed", _went(one), CELL), one.who or "–") for one in facts.not_completed)
    if rows:
        yield Heading("Visits not completed")
        yield Table(("Day", "What happened", "Who of ours"), (0.15, 0.6, 0.25), rows)
    elif facts.visits:
        yield Paragraph("No visit that was not completed is recorded in this period.")
    else:
        yield Paragraph(f"{say.NOT_RECORDED} in this period.")


def _went(one: NotCompleted) -> str:
    return one.how if one.counts else f"{say.stop(one.how)} This never counts against a family."


def _plans(facts: ConferenceFacts) -> Iterator[Block]:
    for plan in facts.plans:
        agreed = f", agreed on {say.day(plan.agreed_on)}" if plan.agreed_on else ""
        yield Heading(f"{plan.source}{agreed}")
        yield Paragraph(say.stop(f"If {plan.trigger}"))
        yield Paragraph(say.stop(plan.counted), label="What became of it")
        for one in plan.actions:
            yield Paragraph(say.stop("; ".join(part for part in (one.what, one.owner, one.state, one.due) if part)), bullet=True)
        if plan.ended_on:
            yield Paragraph(f"Ended on {say.day(plan.ended_on)}.")
    if not facts.plans:
        yield Paragraph(f"{say.NOT_RECORDED}.")


def _referrals(facts: ConferenceFacts, cut: Shortener) -> Iterator[Block]:
    for one in facts.referrals:
        yield Heading(f"Referral {one.reference}{f', {one.to}' if one.to else ''}")
        rows = tuple((when, cut.short("Referral", what, CELL), after) for when, what, after in one.steps)
        yield Table(("When", "What happened", "After it was sent"), (0.28, 0.54, 0.18), rows)
    if not facts.referrals:
        yield Paragraph("No referral is recorded in this period.")


def _lines(facts: ConferenceFacts, cut: Shortener) -> Iterator[Block]:
    """A table a year, so that a long history is laid out as fast as a short one."""
    yield Paragraph(IN_ORDER if facts.lines else f"{say.NOT_RECORDED} in this period.")
    for year, those in groupby(facts.lines, key=lambda line: line.on[:4]):
        yield Table((year, "What happened", "Who of ours"), (0.14, 0.66, 0.2), tuple(_row(line, cut) for line in those))


def _row(line: Line, cut: Shortener) -> tuple[str, str, str]:
    what = say.stop(line.what) if line.words else line.what
    return say.short_day(line.on), cut.short(line.what, f"{what} {line.words}".strip(), CELL), line.who or "–"
