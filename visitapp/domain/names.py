"""How names are compared. People are looked for by what somebody heard at a door, so a name is folded to plain letters (marks off, and the
letters that have no mark to take off spelled out) and, beside that, reduced to how it sounds."""

import re
import unicodedata

_SPELLED = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"})
_SOUNDS = (
    ("ph", "f"), ("gh", "g"), ("ck", "k"), ("sch", "s"), ("sh", "s"), ("ch", "k"), ("cz", "k"), ("sz", "s"), ("th", "t"),
    ("c", "k"), ("q", "k"), ("x", "ks"), ("z", "s"), ("w", "v"), ("v", "f"), ("j", "y"),
)  # fmt: skip


def folded(name: str) -> str:
    """A name in small letters without marks, words parted by one space; letters of other scripts stay as they are."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c)).translate(_SPELLED)
    return " ".join(re.findall(r"[^\W_]+", bare.replace("'", "").replace("’", "")))


def sound(word: str) -> str:
    """A rough key of how one folded word sounds: its first sound, then its consonants, none twice running. '' for no sound at all."""
    for spelling, heard in _SOUNDS:
        word = word.replace(spelling, heard)
    skeleton = word[:1] + re.sub(r"[aeiouyh]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", skeleton)


def in_latin(word: str) -> str:
    """A folded word of another script as it is spelled in ours, roughly; '' for one that is in ours already."""
    if word.isascii():
        return ""
    from anyascii import anyascii  # its tables are large: only a name in another script waits for them

    return folded(anyascii(word)).replace(" ", "")
