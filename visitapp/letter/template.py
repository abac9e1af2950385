"""Each kind of document as a template of parts: which stand on page one, which behind it, and whether it says how it came about. A new
kind is a line here, and a part is written once for all of them.
"""

from dataclasses import dataclass

from visitapp.domain.documents import Kind
from visitapp.letter import body, page_one
from visitapp.letter.blocks import Section
from visitapp.letter.facts import LetterFacts
from visitapp.letter.shortening import Shortener

PARTS = page_one.PARTS | body.PARTS


@dataclass(frozen=True)
class Template:
    """The ids of the parts in reading order. `came_about`: levels, scores and versions stand on a last page."""

    first: tuple[str, ...]
    then: tuple[str, ...] = ()
    came_about: bool = False


PAGE_ONE = ("opening", "children", "reaching", "found", "parents_know", "meanwhile", "cannot_tell")
BODY = (
    "added", "days", "evidence", "plans", "in_words", "sleep", "home", "substances", "strengths", "parents_view", "opinion",
    "visits", "information", "courses", "together", "help", "earlier", "calls", "family", "unknown",
)  # fmt: skip

TEMPLATES: dict[Kind, Template] = {
    "referral": Template(PAGE_ONE, BODY, came_about=True),
    "early_help": Template(
        ("opening", "agreement", "children", "reaching", "found", "parents_know", "meanwhile", "cannot_tell"),
        ("added", "days", "evidence", "home", "strengths", "parents_view", "opinion", "together", "help", "family", "unknown"),
    ),
    "pre_birth": Template(PAGE_ONE, BODY, came_about=True),
    "health_copy": Template(("opening", "children", "found", "meanwhile"), ("added", "together")),
    "family_copy": Template(("opening",), ("strengths", "parents_view", "help")),
    "chronology": Template(("children",), ("visits", "plans", "earlier", "together")),
    "update": Template(PAGE_ONE, ("added",)),
    "correction": Template(PAGE_ONE, ("added",)),
}


def filled(ids: tuple[str, ...], facts: LetterFacts, cut: Shortener) -> tuple[Section, ...]:
    return tuple(section for id in ids if (section := PARTS[id].section(facts, cut)))
