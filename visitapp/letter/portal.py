"""The answers to a council's own form, out of the facts of the letter: single facts, and parts of the letter as plain text. A part that
this kind of letter leaves out is left out here too, and what may not be shared is gone before anything is written, as in the letter.
"""

from collections.abc import Callable, Iterator

from visitapp.domain.documents import Kind
from visitapp.letter import sentences as say
from visitapp.letter.blocks import Block, Chart, Heading, Note, Paragraph, Table
from visitapp.letter.facts import Adult, LetterFacts
from visitapp.letter.page_one import ADDRESS_KEPT_BACK, evidence_lines, unknown_line
from visitapp.letter.shortening import Shortener
from visitapp.letter.template import PARTS, TEMPLATES


class Whole(Shortener):
    """Cuts nothing: a form has no notes at its end."""

    def short(self, label: str, text: str, limit: int = 0) -> str:
        return text.strip()

    def beginning(self, text: str, limit: int, rest: str) -> str:
        return text.strip()


def answers(ids: tuple[str, ...], facts: LetterFacts, kind: Kind) -> str:
    """What answers one question: each of these in its order, a blank line between."""
    found = (FACTS[id](facts) if id in FACTS else _part(id, facts, kind) for id in ids)
    return "\n\n".join(text for text in found if text)


def _part(id: str, facts: LetterFacts, kind: Kind) -> str:
    template = TEMPLATES[kind]
    if id not in (*template.first, *template.then):
        return ""
    section = PARTS[id].section(facts, Whole())
    blocks = section.blocks if section else ()
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return blocks[0].text  # the question itself is label enough
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    """A block as lines of plain text."""
    if isinstance(block, Heading):
        yield block.text
    elif isinstance(block, Paragraph):
        said = f"{block.label}: {block.text}" if block.label else block.text
        yield f"- {said}" if block.bullet else said
    elif isinstance(block, Note | Chart):
        yield f"{block.title}. {block.text}"
    elif isinstance(block, Table):
        for row in block.rows:
            yield "- " + "; ".join(f"{name}: {cell}" for name, cell in zip(block.columns, row, strict=True))


def _list(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines) or f"{say.NOT_RECORDED}."


def _each_child(say_of: Callable[..., str]) -> Callable[[LetterFacts], str]:
    """A line for each child; where there are several, each with its name."""

    def lines(facts: LetterFacts) -> str:
        several = len(facts.children) > 1
        return "\n".join(f"{child.name}: {say_of(child)}" if several else say_of(child) for child in facts.children)

    return lines


def _adult(adult: Adult) -> str:
    rights = {True: "has parental responsibility", False: "no parental responsibility", None: "parental responsibility not recorded"}
    parts = (say.recorded(adult.name), adult.relation, say.phone(adult.phone), rights[adult.parental_responsibility])
    return ", ".join(part for part in parts if part.strip())


def _manager(facts: LetterFacts) -> str:
    return ", ".join(part for part in (facts.referrer.manager.strip(), say.phone(facts.referrer.manager_phone)) if part)


FACTS: dict[str, Callable[[LetterFacts], str]] = {
    "reference": lambda facts: facts.reference,
    "urgency": lambda facts: f"{say.URGENCY[facts.urgency][0]}. {say.URGENCY[facts.urgency][1]}",
    "asked_for": lambda facts: say.recorded(facts.completion.asked_for),
    "asked_by": lambda facts: f"By {say.day(facts.completion.asked_by_on)}" if facts.completion.asked_by_on else "No date was given.",
    "visit_on": lambda facts: say.day(facts.visit_on),
    "seen_and_said": lambda facts: _list([f"{label}: {line}" if label else line for label, line in evidence_lines(facts)]),
    "cannot_tell": lambda facts: _list([unknown_line(one) for one in facts.cannot_tell if one.shareable]),
    "child_names": lambda facts: "\n".join(child.name for child in facts.children),
    "child_born": _each_child(say.born),
    "child_nhs_numbers": _each_child(say.nhs_number),
    "home_address": lambda facts: ADDRESS_KEPT_BACK if facts.address_kept_back else say.recorded(facts.household_address),
    "adults": lambda facts: "\n".join(_adult(adult) for adult in facts.adults) or say.NOT_RECORDED,
    "referrer_name": lambda facts: facts.referrer.name,
    "referrer_role": lambda facts: ", ".join(part for part in (facts.referrer.role, facts.referrer.organisation) if part.strip()),
    "referrer_phone": lambda facts: say.phone(facts.referrer.phone),
    "referrer_email": lambda facts: facts.referrer.email.strip(),
    "referrer_manager": _manager,
}
"""Single facts by their ids (`domain/portals.py`)."""
