"""A copy of the record for a parent who asked for it: pure, of facts from which everything was taken out already that may not be given. It
never holds what was taken out, in any form: only that something was; the reason is the same words everywhere."""

from collections.abc import Iterator
from dataclasses import dataclass

from visitapp.letter import sentences as say
from visitapp.letter.blocks import Block, Heading, LetterContent, Paragraph, Picture, Section

TITLE = "Copy of the record"
MARKING = "PRIVATE: FOR THE PARENT WHO ASKED"
WHAT_IT_IS = (
    "You asked for a copy of what our service holds. This is what was recorded, in the words in which it was recorded, up to the day on "
    "which your request was written down. “Not asked”, “not seen” and “refused” each mean what they say, and none of them means “no”."
)
WHAT_IS_IN_IT = (
    "Letters that were sent about your family stand on the day on which they were written, and photographs of the place with the visit at "
    "which they were taken, made small: ask us if you want one in full."
)
NOT_IN_IT = (
    "Not in it: a visit that is still on a worker’s tablet, which is locked so that the service cannot read it until it is sent; "
    "photographs that had not reached us; who opened your record and when, which you can ask for."
)
CANNOT_BE_DRAWN = "This photograph is kept, and could not be printed here. Ask us for it."
WHY_TAKEN_OUT = (
    "The law lets us keep back what is about somebody else, what could cause somebody serious harm, what it is not in a child’s best "
    "interests to give, and what would hinder finding out about a crime. One person decided what, and another checked it. Each place says "
    "that something was there."
)
RIGHTS = (
    "If something here is wrong, tell us: facts are put right, and where we see it otherwise, what you say is kept beside it.",
    "If something was taken out and you do not agree, ask us to look again. You may also complain to the Information Commissioner, or go "
    "to court.",
)


@dataclass(frozen=True)
class CopyItem:
    """What was asked and the answer; `picture`: a photograph beside them, as a small JPEG (empty: it could not be read); `group`: what it
    stands under, said once for those that follow each other."""

    label: str
    said: str
    picture: bytes | None = None
    group: str = ""


@dataclass(frozen=True)
class CopyEntry:
    """One entry: its day (empty for the people), what it is, who of ours, and what it says."""

    on: str
    title: str
    who: str
    said: tuple[CopyItem, ...]


@dataclass(frozen=True)
class CopyFacts:
    """`left_out`: entries of which nothing could be given; `taken_out`: how many passages were."""

    reference: str
    made_at: str
    name: str
    received_on: str
    first_on: str
    last_on: str
    entries: tuple[CopyEntry, ...] = ()
    left_out: int = 0
    taken_out: int = 0
    contact: str = ""


def compose(facts: CopyFacts) -> LetterContent:
    """What the copy says, in reading order."""
    opening = Section("", tuple(_opening(facts)))
    people = tuple(section for entry in facts.entries if not entry.on for section in [_section(entry)])
    record = Section("What was recorded, oldest first", tuple(block for entry in facts.entries if entry.on for block in _entry(entry)))
    last = Section("Your rights", tuple(_rights(facts)))
    return LetterContent(
        facts.reference, f"{TITLE}: for {say.recorded(facts.name)[:80]}", MARKING, "en-GB", (opening,), (*people, record), last,
        "chronology", True,
    )  # fmt: skip


def _opening(facts: CopyFacts) -> Iterator[Block]:
    yield Paragraph(WHAT_IT_IS)
    yield Paragraph(f"{say.day(facts.received_on)}.", label="Your request came on")
    yield Paragraph(f"{say.day(facts.first_on)} to {say.day(facts.last_on)}.", label="What is in it happened from")
    if facts.taken_out:
        yield Paragraph(f"{say.counted(facts.taken_out, 'passage was', 'passages were')} taken out. {WHY_TAKEN_OUT}")
    else:
        yield Paragraph("Nothing was taken out.")
    if facts.left_out:
        yield Paragraph(f"Of {say.counted(facts.left_out, 'entry', 'entries')} nothing could be given.")
    yield Paragraph(WHAT_IS_IN_IT)
    yield Paragraph(NOT_IN_IT)


def _section(entry: CopyEntry) -> Section:
    return Section(entry.title, tuple(_said(entry)))


def _entry(entry: CopyEntry) -> Iterator[Block]:
    yield Heading(", ".join(part for part in (say.day(entry.on), entry.title, entry.who) if part))
    yield from _said(entry)


def _said(entry: CopyEntry) -> Iterator[Block]:
    under = ""
    for item in entry.said:
        if item.group and item.group != under:
            yield Paragraph("", label=(under := item.group))
        if item.picture:
            yield Picture(item.picture, item.said, item.label)
            continue
        yield Paragraph(item.said, label=item.label.removesuffix("?"))
        if item.picture is not None:
            yield Paragraph(CANNOT_BE_DRAWN)


def _rights(facts: CopyFacts) -> Iterator[Block]:
    for words in RIGHTS:
        yield Paragraph(words, bullet=True)
    if facts.contact:
        yield Paragraph(say.phone(facts.contact), label="Ask us")
    yield Paragraph(f"{say.moment(facts.made_at)}, UK time.", label="Made")
