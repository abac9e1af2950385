"""Two entries that are one person: which entry stands for which, and what was recorded read as the standing one's."""

from collections.abc import Mapping


def in_the_end(direct: Mapping[str, str]) -> dict[str, str]:
    """Each entry -> the one that stands for it in the end: of three that were joined one after another, the last."""
    found = {}
    for person in direct:
        stands, passed = direct[person], {person}
        while stands in direct and stands not in passed:
            passed.add(stands)
            stands = direct[stands]
        found[person] = stands
    return found


def in_text(text: str, stands: Mapping[str, str]) -> str:
    """JSON that speaks of people by their ids, with the standing entry in place of each."""
    for person, other in stands.items():
        text = text.replace(f'"{person}"', f'"{other}"')
    return text
