"""What a letter is made of before anybody thinks of paper: a handful of plain blocks. They are kept as JSON beside the letter's bytes,
so that what a letter said can be searched, compared and read aloud without opening a PDF.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from visitapp.domain.documents import Kind

Tone = Literal["tonight", "this_week", "routine", "plain"]


@dataclass(frozen=True)
class Heading:
    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Paragraph:
    """Text of any length, line ends kept. A label is set in bold before it, with a colon."""

    text: str
    label: str = ""
    bullet: bool = False
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True)
class Table:
    """Short cells only: what is long stands in full elsewhere. `widths` are shares of the line and add up to 1."""

    columns: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Note:
    """A panel that must be seen first. The tone is also said in the title: it never rests on colour."""

    title: str
    text: str
    tone: Tone = "plain"
    kind: Literal["note"] = "note"


@dataclass(frozen=True)
class Chart:
    """A course over the visits, drawn as a line: each point has its day in words, and what it was at least and at most. More is worse.
    `text` says the same in a sentence, for whoever cannot see it."""

    title: str
    points: tuple[tuple[str, int, int], ...]
    text: str
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True)
class CourseAt:
    """A number at a visit: at least so much, what it could have been, and whether the family expected the visit (None: not recorded)."""

    on: str
    at_least: int
    could_be: int
    announced: bool | None = None


HIGHER, LOWER = "higher is worse", "lower is worse"


@dataclass(frozen=True)
class Course:
    """A course drawn over its time, from one day (ISO, and in words) to another, with the days of visits not completed, those that never
    count against a family apart. Its table stands beside it; `text` says the same in a sentence."""

    title: str
    which_is_worse: str
    first_on: str
    last_on: str
    first_words: str
    last_words: str
    points: tuple[CourseAt, ...]
    not_completed: tuple[str, ...]
    text: str
    never_counted: tuple[str, ...] = ()
    kind: Literal["course"] = "course"


@dataclass(frozen=True)
class Picture:
    """A photograph as a small JPEG (`letter/picture.py`) under what it shows in words. No letter has one; a copy of a record does."""

    jpeg: bytes
    text: str
    label: str = ""
    kind: Literal["picture"] = "picture"


Block = Heading | Paragraph | Table | Note | Chart | Course | Picture


@dataclass(frozen=True)
class Section:
    """`from_page`: it stands on no page before this one, whatever room there is; scores and levels are read last."""

    title: str
    blocks: tuple[Block, ...]
    from_page: int = 1


@dataclass(frozen=True)
class LetterContent:
    """A whole document. Page one stands alone; the body explains it; the last section says how it came about."""

    reference: str
    title: str
    marking: str
    language: str
    page_one: tuple[Section, ...]
    body: tuple[Section, ...]
    last: Section
    document: Kind = "referral"
    flows: bool = False  # what follows page one begins on it

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
