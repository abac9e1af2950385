"""A part of a document: a title and how its blocks are made from the facts. Documents are put together from parts by name."""

from collections.abc import Callable
from dataclasses import dataclass

from visitapp.letter import sentences as say
from visitapp.letter.blocks import Block, Paragraph, Section
from visitapp.letter.facts import LetterFacts
from visitapp.letter.shortening import Shortener

SCORES_FROM = 3
"""The first page on which a level, a score or a version may stand: whoever reads a number first stops reading."""
NOTHING = (Paragraph(f"{say.NOT_RECORDED}."),)


@dataclass(frozen=True)
class Part:
    """`always`: where there is nothing to say, that is said, because a missing part would be read as nothing to report. `from_page`: see
    `Section`."""

    title: str | Callable[[LetterFacts], str]
    blocks: Callable[[LetterFacts, Shortener], tuple[Block, ...]]
    always: bool = True
    from_page: int = 1

    def named(self, facts: LetterFacts) -> str:
        return self.title if isinstance(self.title, str) else self.title(facts)

    def section(self, facts: LetterFacts, cut: Shortener) -> Section | None:
        """The part filled, or None where there is nothing to say."""
        blocks = self.blocks(facts, cut)
        return Section(self.named(facts), blocks, self.from_page) if blocks else None
