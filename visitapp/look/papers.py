"""The papers that were made of a family's record, and one of them as it was made."""

from dataclasses import dataclass

from visitapp.look.reading import Desk, noted
from visitapp.store import family_list, papers
from visitapp.store.tx import Row

PAGE = 20
NEWEST = 2**62


@dataclass(frozen=True)
class Made:
    """`before` is the key of the next, older page."""

    family: Row
    rows: tuple[Row, ...]
    before: int | None


def made(desk: Desk, actor: str, household: str, before: int = NEWEST) -> Made | None:
    """A page of them, or None when the family is not this actor's to see."""
    with desk.engine.read() as tx:
        family = family_list.one(tx, actor, household)
        rows = papers.made(tx, actor, household, before, PAGE + 1) if family else []
    if family is None:
        return None
    noted(desk, actor, "read.papers", household)
    return Made(family, tuple(rows[:PAGE]), rows[PAGE - 1]["seq"] if len(rows) > PAGE else None)


def paper(desk: Desk, actor: str, household: str, id: str) -> bytes | None:
    """The bytes of one, or None when it is not there or not this actor's to see."""
    with desk.engine.read() as tx:
        row = papers.paper(tx, actor, household, id)
    if row is None:
        return None
    noted(desk, actor, "read.paper", household, id)
    return bytes(row["bytes"])
