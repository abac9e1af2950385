"""What came back after letters were handed over and waits for somebody to look at it."""

from dataclasses import dataclass

from visitapp.look.reading import Desk, each_noted
from visitapp.store import returned
from visitapp.store.tx import Row


@dataclass(frozen=True)
class Waiting:
    """What this account may settle, the oldest first."""

    rows: tuple[Row, ...]


def waiting(desk: Desk, actor: str) -> Waiting:
    with desk.engine.read() as tx:
        rows = tuple(returned.waiting_for(tx, actor))
    each_noted(desk, actor, "read.returned", sorted({row["household"] for row in rows if row["household"]}))
    return Waiting(rows)
