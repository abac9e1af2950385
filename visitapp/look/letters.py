"""A letter read on the screen: the same words as its file, and what travels beside it for machines."""

import json
from dataclasses import dataclass, field
from typing import Any

from visitapp.look.reading import Desk, noted
from visitapp.store import inbox, letter_files, letters
from visitapp.store.tx import Row


@dataclass(frozen=True)
class Letter:
    """`content` is what the letter says (`letter/blocks.py`), as it was kept; `file` what belongs to its file, where it has been signed."""

    referral: str
    row: Row = field(repr=False)
    content: dict[str, Any] = field(repr=False)
    file: Row | None = field(repr=False)


def letter(desk: Desk, side: str, actor: str, referral: str, id: str = "") -> Letter | None:
    """The letter that asks its receiver to act, or the one with that id; None when there is none or it is not this actor's to see."""
    with desk.engine.read() as tx:
        row = inbox.one(tx, side, actor, referral)
        found = (letters.letter(tx, id) if id else inbox.letter(tx, referral)) if row else None
        file = letter_files.of_letter(tx, found["id"]) if found else None
    if row is None or found is None or (id and found["referral"] != referral):
        return None
    noted(desk, actor, "read.letter", row["household"], referral)
    return Letter(referral, found, json.loads(found["content"]), file)
