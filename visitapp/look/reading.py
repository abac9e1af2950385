"""The line that every read of a family leaves in the journal. It is written before anything is shown, so what cannot be recorded is not
read."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from visitapp.store.engine import Engine
from visitapp.store.tx import Tx


class Writer(Protocol):
    def submit(self, work: Callable[[Tx], Any]) -> Any: ...


class Desk(Protocol):
    """What a look needs of the wiring."""

    @property
    def engine(self) -> Engine: ...
    @property
    def writer(self) -> Writer: ...
    @property
    def clock(self) -> Callable[[], str]: ...


def noted(desk: Desk, actor: str, kind: str, household: str | None = None, detail: str = "") -> None:
    """Record one read. `detail` carries ids, never names."""
    at = desk.clock()
    desk.writer.submit(lambda tx: tx.journal(kind, at=at, actor=actor, household=household, detail=detail))


def each_noted(desk: Desk, actor: str, kind: str, households: Iterable[str], at: str | None = None) -> None:
    """Record one read for each of several families, in one commit."""
    when, ids = at or desk.clock(), tuple(households)

    def write(tx: Tx) -> None:
        for household in ids:
            tx.journal(kind, at=when, actor=actor, household=household)

    if ids:
        desk.writer.submit(write)


def opened_offline(desk: Desk, actor: str, openings: Iterable[tuple[str, str]]) -> None:
    """Record families that were opened on a tablet with no network: (household, the tablet's own time)."""
    when, told = desk.clock(), tuple(openings)

    def write(tx: Tx) -> None:
        for household, at in told:
            tx.journal("read.offline", at=when, actor=actor, household=household, detail=at)

    if told:
        desk.writer.submit(write)
