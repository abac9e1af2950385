"""Each kind of document as a template of parts: which stand on page one, which behind it, and whether it says how it came about. A new
kind is a line here, and a part is written once for all of them.
"""

from dataclasses import dataclass

from visitapp.domain.documents import Kind
from visitapp.letter import body, copies, page_one
from visitapp.letter.blocks import Paragraph, Section
from visitapp.letter.facts import LetterFacts
from visitapp.letter.parts import NOTHING
from visitapp.letter.shortening import Shortener

PARTS = page_one.PARTS | body.PARTS | copies.PARTS


@dataclass(frozen=True)
class Template:
    """The ids of the parts in reading order. `came_about`: levels, scores and versions stand on a last page. `flows`: no page of its own
    for the first parts, because the whole is short."""

    first: tuple[str, ...]
    then: tuple[str, ...] = ()
    came_about: bool = False
    flows: bool = False


PAGE_ONE = ("opening", "told_since", "children", "reaching", "found", "parents_know", "meanwhile", "cannot_tell")
BODY = (
    "added", "days", "evidence", "sleep", "home", "visits", "substances", "strengths", "earlier", "plans", "parents_view", "opinion",
    "in_words", "information", "together", "help", "calls", "family", "unknown", "course", "chronology",
)  # fmt: skip
EARLY_HELP = ("opening", "told_since", "agreement", *PAGE_ONE[2:])
EARLY_HELP_BODY = (
    "added", "days", "evidence", "sleep", "home", "strengths", "parents_view", "opinion", "together", "help", "family", "unknown",
)  # fmt: skip

TEMPLATES: dict[Kind, Template] = {
    "referral": Template(PAGE_ONE, BODY, came_about=True),
    "early_help": Template(EARLY_HELP, EARLY_HELP_BODY),
    "pre_birth": Template(
        ("opening", "told_since", "before_birth", "children", "reaching", "found", "parents_know", "meanwhile", "cannot_tell"),
        BODY,
        came_about=True,
    ),
    "health_copy": Template(("to_health", "renewed", "who", "concerns", "health_of_each"), ("help",), flows=True),
    "family_copy": Template(
        ("to_family", "renewed", "seen_with_family", "strengths", "what_you_said", "your_rights"), ("help",), flows=True
    ),
    "chronology": Template(("renewed", "who"), ("chronology", "visits", "plans", "help"), flows=True),
    "raised": Template((*PAGE_ONE[:2], "before_birth", *PAGE_ONE[2:]), BODY, came_about=True),
    "raised_early_help": Template(EARLY_HELP, EARLY_HELP_BODY),
    "update": Template(("opening", "changed", *PAGE_ONE[2:]), ("added",)),
    "correction": Template(("opening", "changed", *PAGE_ONE[2:]), ("added",)),
}


def first_page(ids: tuple[str, ...], facts: LetterFacts, cut: Shortener) -> tuple[Section, ...]:
    """The parts of page one, each in its place even when it is empty: a blank there is seen at once."""
    parts = [(PARTS[id], PARTS[id].section(facts, cut)) for id in ids]
    return tuple(section or Section(part.named(facts), NOTHING) for part, section in parts if section or part.always)


def following(ids: tuple[str, ...], facts: LetterFacts, cut: Shortener) -> tuple[Section, ...]:
    """The parts behind page one that have something to say, and in one line of which of the others nothing is recorded."""
    parts = [(PARTS[id], PARTS[id].section(facts, cut)) for id in ids]
    there = tuple(section for _, section in parts if section)
    empty = [part.named(facts) for part, section in parts if part.always and not section]
    silent = Paragraph(f"{'; '.join(empty)}. This does not mean that there is nothing.")
    return (*there, Section("Nothing is recorded of", (silent,))) if empty else there
