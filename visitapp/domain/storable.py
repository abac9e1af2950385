"""What text can be kept. SQLite keeps a NUL and PostgreSQL refuses it, and neither can keep half of a surrogate pair; so that a
visit is kept alike by both, each such character becomes the replacement character, which a reader can see was something else."""

import re

REPLACEMENT = "\ufffd"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with every NUL and lone surrogate replaced by U+FFFD; everything else as typed."""
    if text.isascii() and "\0" not in text:  # nearly all of it, and quicker to see
        return text
    return _UNSTORABLE.sub(REPLACEMENT, text) if _UNSTORABLE.search(text) else text
