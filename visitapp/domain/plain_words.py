"""Words that judge or hide, and what to say instead. They are pointed out to whoever writes and never changed or refused: a parent may
have said the word, and it is the practitioner's letter."""

import re
from typing import NamedTuple

INSTEAD = {
    "failed": "say what happened: “was not at home”, “did not answer”",
    "failing": "say what happened",
    "fails": "say what happened",
    "denies": "say: “said that … did not happen”",
    "denied": "say: “said that … did not happen”",
    "admits": "say: “told me”",
    "admitted to": "say: “told me”",
    "claims": "say: “said”",
    "claimed": "say: “said”",
    "chaotic": "say what you saw or heard, and when",
    "dysfunctional": "say what you saw or heard, and when",
    "dirty home": "say what lay where, and which child can reach it",
    "poor home conditions": "say what lay where, and which child can reach it",
    "no engagement": "count the visits: how many planned, seen, not answered, called off by us",
    "not engaging": "count the visits: how many planned, seen, not answered, called off by us",
    "non-engagement": "count the visits: how many planned, seen, not answered, called off by us",
    "disengaged": "count the visits: how many planned, seen, not answered, called off by us",
    "refuses to engage": "say what was offered and what was said",
    "non-compliant": "say what was agreed, and what was and was not done",
    "hostile": "say what was said and done, and by whom",
    "aggressive": "say what was said and done, and by whom",
    "manipulative": "say what was said and done",
    "attention-seeking": "say what was said and done",
    "lifestyle choice": "say what happens, how often, and what it does to the child",
    "hard to reach": "say how you tried, and when",
    "DNA": "write: “was not brought” of a child, or “did not come”",
    "NAD": "write what you looked at, and that you found nothing",
    "obs": "write which measurements, and the results",
}
_LONGEST_FIRST = "|".join(re.escape(word) for word in sorted(INSTEAD, key=len, reverse=True))
_FOUND = re.compile(rf"(?<![\w-])({_LONGEST_FIRST})(?![\w-])", re.IGNORECASE)
_AS_WRITTEN = frozenset(("DNA", "NAD"))


class Pointed(NamedTuple):
    """A word as it was written, and what could be said instead."""

    word: str
    instead: str


def pointed_out(text: str) -> tuple[Pointed, ...]:
    """The words of a text that judge or hide, each once, in their order. What stands in quotation marks is somebody's own."""
    own = re.sub(r"“[^”]*”|\"[^\"]*\"", " ", text)
    found: dict[str, Pointed] = {}
    for match in _FOUND.finditer(own):
        word = match.group()
        plain = word if word in _AS_WRITTEN else word.lower()
        if plain in INSTEAD:
            found.setdefault(plain, Pointed(word, INSTEAD[plain]))
    return tuple(found.values())
