"""A part of a document: a title and how its blocks are made from the facts. Documents are put together from parts by name."""

from collections.abc import Callable
from dataclasses import dataclass

from visitapp.letter import sentences as say
from visitapp.letter.blocks import Block, Paragraph, Section
from visitapp.letter.facts import LetterFacts
from visitapp.letter.shortening import Shortener

NOTHING = (Paragraph(f"{say.NOT_RECORDED}."),)


@dataclass(frozen=True)
class Part:
    """`always`: stands there even when there is nothing to say, because a missing section would be read as nothing to report."""

    title: str | Callable[[LetterFacts], str]
    blocks: Callable[[LetterFacts, Shortener], tuple[Block, ...]]
    always: bool = True

    def section(self, facts: LetterFacts, cut: Shortener) -> Section | None:
        blocks = self.blocks(facts, cut)
        title = self.title if isinstance(self.title, str) else self.title(facts)
        return Section(title, blocks or NOTHING) if blocks or self.always else None
