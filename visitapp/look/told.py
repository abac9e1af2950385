"""What a supervisor is told rather than asked, and the visits that were set aside because something about them did not fit."""

from dataclasses import dataclass

from visitapp.look.reading import Desk, each_noted, noted
from visitapp.store import inbox
from visitapp.store.tx import Row

PAGE = 25
NEWEST = 2**62


@dataclass(frozen=True)
class Told:
    """A page of rows, newest first; `before` is the key of the next page."""

    rows: tuple[Row, ...]
    before: int | None


def page(rows: list[Row]) -> Told:
    shown = tuple(rows[:PAGE])
    return Told(shown, shown[-1]["seq"] if len(rows) > PAGE else None)


def notices(desk: Desk, actor: str, before: int = NEWEST) -> Told:
    with desk.engine.read() as tx:
        told = page(inbox.notices(tx, actor, before, PAGE + 1))
    each_noted(desk, actor, "read.notices", sorted({row["household"] for row in told.rows if row["household"]}))
    return told


def set_aside(desk: Desk, actor: str, before: int = NEWEST) -> Told:
    """Ids, reasons and owners only: what such a visit says is not shown before somebody has settled whose it is."""
    with desk.engine.read() as tx:
        told = page(inbox.set_aside(tx, actor, before, PAGE + 1))
    noted(desk, actor, "read.quarantine", detail=",".join(row["id"] for row in told.rows))
    return told
