"""What a tablet takes with it of one family's past."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Remembered:
    """`given` is what rules read; the rest is for a person: `plans` as they stand, `lines` to read first, the `courses` over visits, and by
    person ("" for the family) and measure what was `established`: values, how known, on which day and by whom; `curious` are the
    patterns that call for help with a family who keeps us at a distance, `households` the family's own and its confirmed earlier ones."""

    given: dict[str, Any]
    established: dict[str, dict[str, dict[str, Any]]]
    plans: list[dict[str, Any]]
    lines: list[str]
    courses: list[dict[str, Any]]
    curious: list[str]
    households: tuple[str, ...]
