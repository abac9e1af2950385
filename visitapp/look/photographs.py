"""The photographs of a visit, for whoever may see the family. Each look at one is written down before it is shown."""

from visitapp.look.reading import Desk, noted
from visitapp.store import photographs
from visitapp.store.tx import Row


def arrived(desk: Desk, submission: str) -> frozenset[str]:
    """The ids of those that are here; for a visit that was shown to somebody who may see it."""
    with desk.engine.read() as tx:
        return frozenset(row["id"] for row in photographs.arrived(tx, submission))


def given_up(desk: Desk, submission: str) -> Row | None:
    """Why those that are missing will not come, where somebody said so; for a visit that was shown to somebody who may see it."""
    with desk.engine.read() as tx:
        return photographs.given_up(tx, submission)


def one(desk: Desk, actor: str, submission: str, id: str) -> bytes | None:
    """The picture, or None when it is not there or not this actor's to see."""
    with desk.engine.read() as tx:
        row = photographs.seen(tx, actor, submission, id)
    if row is None:
        return None
    noted(desk, actor, "read.photograph", row["household"], f"{submission} {id}")
    return bytes(row["bytes"])
