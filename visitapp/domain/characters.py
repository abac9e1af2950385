"""Characters that would draw nothing, or turn round the text beside them: in a letter they are spelled out, on paper and on a page alike,
because what was written must be seen.
"""

import unicodedata

REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
INVISIBLE = frozenset(("Cc", "Cs", "Co", "Cn"))
"""Categories: controls, halves of pairs, private and unassigned."""


def unseen(character: str) -> bool:
    """Whether a character shows nothing by itself or reorders others. A line end is one too."""
    return character in REORDERING or unicodedata.category(character) in INVISIBLE


def named(character: str) -> str:
    """A character spelled out: [U+1F9D1 ADULT]."""
    name = unicodedata.name(character, "")
    return f"[U+{ord(character):04X}{' ' + name if name else ''}]"


def visible(text: str) -> str:
    """Text for a page, line ends and tabs as they are and everything unseen spelled out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(named(one) if one not in "\n\t" and unseen(one) else one for one in text)
