"""The talk that is owed after a visit that was refused or not safe (clinical brief 3.6, and its guidance on families who are hostile,
paperzz-hte): what calls for one, and how it can be answered."""

from collections.abc import Iterable, Sequence
from typing import Any

from visitapp.domain.outcomes import REFUSED_ENTRY

WITHIN = "debrief"
"""The setting of the policy that says how soon. A form whose finding calls for something within it asks for this talk."""

NOT_SAFE: dict[str, dict[str, str]] = {
    "staff.safety": {
        "shouted": "the worker was shouted at",
        "threatened": "the worker was threatened",
        "hurt": "the worker was hurt or had to get away",
    },
    "visit.safety": {
        "threat": "somebody threatened or shouted at a worker",
        "violence": "somebody hit out or threw something",
        "weapon": "a weapon was seen or spoken of",
    },
}
"""Measures of a visit -> their values that say that it was hostile."""
REFUSED = "entry was refused"
ASKED_FOR = "not everybody felt safe"
"""Where a form asks for the talk and neither of the above was said, as of a dog on the stairs."""

JUDGED: dict[str, str] = {
    "ambivalent": "In two minds: wants help and fears it, so says yes and is not there",
    "obstructing": "On purpose: means to keep us from seeing the children",
    "own_reasons": "Neither: it did not suit, was not understood, or went wrong on our side",
    "cannot_tell": "Cannot be told yet",
}
"""What worker and supervisor judge together."""
HOW_IS: dict[str, str] = {
    "well": "Well, and ready to go again",
    "shaken": "Shaken, and supported for now",
    "needs_more": "Needs more than this talk",
    "not_said": "Would rather not say",
}


def reasons(outcome: str | None, measures: Iterable[Sequence[Any]]) -> list[str]:
    """Why a visit calls for the talk, in words; none where it does not."""
    said = [words[one[2]] for one in measures if (words := NOT_SAFE.get(one[1], {})) and one[2] in words]
    return [*([REFUSED] if outcome in REFUSED_ENTRY else []), *dict.fromkeys(said)]
