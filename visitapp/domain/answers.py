"""What an answer can be. Every part of the house reads answers, so the words for *how it is known* and *why it is absent*
stand here once. An absent answer and a missing one are both unknown: neither is ever "no"."""

from dataclasses import dataclass
from typing import Any

HOW_KNOWN: dict[str, str] = {
    "seen": "Seen by me",
    "shown": "Shown to me (a photo or a video)",
    "told": "Told to me",
    "told_by_agency": "Told by another agency",
}

WHY_ABSENT: dict[str, str] = {
    "not_asked": "Not asked",
    "not_seen": "Not seen",
    "refused": "Asked, and they did not want to say or show",
    "not_safe_to_ask": "Not safe to ask",
}


@dataclass(frozen=True)
class AnswerProblem:
    """One thing wrong with a visit body. `path` is written as findings write it (`children/<row id>/nights/<row id>/surface`), so it
    can be shown beside the field; parts of the body outside the answers keep their own names (`calls/0/number`)."""

    path: str
    message: str

    def as_json(self) -> dict[str, Any]:
        return {"path": self.path, "message": self.message}


MOST_ROWS = 30
"""The most rows of one kind that are read. More than that is not a family but a fault, and what was not read cannot be told."""

LARGEST_WHOLE = 2**53 - 1
"""The largest integer a tablet's JavaScript can hold exactly."""


def whole_number(value: object) -> int | None:
    """The integer in a JSON number, or None. `2.0` is 2 because a tablet cannot tell the two apart; true is not 1."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST_WHOLE:
        return None
    return value
