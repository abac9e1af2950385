"""Known risks at a home, which whoever goes next must know before the door (clinical brief 3.3, tees-hard: dog, threat, two-person visits;
3.6). A risk stands until a day and then is past unless somebody confirms it; past is said, never left out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

KINDS: dict[str, str] = {
    "dog": "A dog or another animal",
    "threat": "Threats or shouting",
    "violence": "Violence to a worker",
    "weapon": "A weapon",
    "person": "Somebody not to be met alone",
    "way": "The address, the stairs or the way there",
    "other": "Something else",
}

OF_A_VISIT: dict[str, dict[str, str]] = {
    "visit.safety": {
        "dog": "dog", "threat": "threat", "violence": "violence", "weapon": "weapon", "stranger": "person", "way": "way", "other": "other",
    },
    "staff.safety": {"shouted": "threat", "threatened": "threat", "hurt": "violence"},
}  # fmt: skip
"""Measures of a visit -> their values -> the risk that each names."""

CONFIRMED, ENDED = "confirmed", "ended"
WORDS: dict[str, str] = {CONFIRMED: "It is still so", ENDED: "It is so no more"}

STANDS, LAPSED, OVER = "stands", "lapsed", "over"
STATES: dict[str, str] = {
    STANDS: "Stands",
    LAPSED: "Past: nobody has said since whether it still is so",
    OVER: "Past: it was said to be so no more",
}


def state(risk: Mapping[str, Any], today: str) -> str:
    """What a risk is on a day; one that nobody confirmed in time is past and not known to be gone."""
    if risk["word"] == ENDED:
        return OVER
    return STANDS if risk["until_on"] >= today else LAPSED


def named(measures: Iterable[Sequence[Any]]) -> dict[str, tuple[str, str]]:
    """The kinds of risk that a visit's measures name, each with the measure and the value that first named it."""
    found: dict[str, tuple[str, str]] = {}
    for one in measures:
        kind = OF_A_VISIT.get(one[1], {}).get(one[2])
        if kind:
            found.setdefault(kind, (one[1], one[2]))
    return found
