"""The level that people agreed for a family. Raising stands at once. A level lower than what stood before stands from a second person's
agreement, and not before."""

from collections.abc import Iterable

from visitapp.store import life_events
from visitapp.store.derivation import Derivation
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

LAST = 2**62
"""Later than any seq."""


def propose(tx: Tx, *, id: str, household: str, level: int, from_level: int | None, reason: str, at: str, actor: str) -> int:
    """Somebody agreed a level; `from_level` is what stood before, None for nothing."""
    return tx.append("level_agreed", at=at, actor=actor, household=household, id=id, level=level, from_level=from_level, reason=reason)


def answer(tx: Tx, agreed: str, *, household: str, agrees: bool, reason: str, at: str, actor: str) -> int | None:
    """The second person's word on a lower level; None when it was answered before."""
    return tx.append_new("level_answer", at=at, actor=actor, household=household, level_agreed=agreed, agrees=agrees, reason=reason)


def agreed(tx: Tx, id: str) -> Row | None:
    """One agreement, with who made it and, where there is one, the answer. Not scoped: screens ask through `look`."""
    return tx.one(
        "SELECT a.*, j.at, j.actor, w.agrees, w.reason AS answer FROM level_agreed a JOIN journal j ON j.seq = a.seq"
        " LEFT JOIN level_answer w ON w.level_agreed = a.id WHERE a.id = :id",
        id=id,
    )


def agreements(tx: Tx, families: Families, seq: int = LAST) -> list[Row]:
    """Every level that was agreed for these families up to a seq, in order, each with its answer as far as there was one then."""
    return tx.all(
        "SELECT a.household, a.id, a.level, a.from_level, a.reason, a.seq, j.at, j.actor, w.agrees, w.reason AS answer, w.seq AS answered"
        " FROM level_agreed a JOIN journal j ON j.seq = a.seq LEFT JOIN level_answer w ON w.level_agreed = a.id AND w.seq <= :seq"
        f" WHERE a.household IN ({families.among}) AND a.seq <= :seq ORDER BY a.seq",
        seq=seq, **families.params,
    )  # fmt: skip


def standing_of(agreements: Iterable[Row]) -> Row | None:
    """Which of one family's agreements stands: the one that began to last."""
    began = [(since, row) for row in agreements if (since := _since(row)) is not None]
    return max(began, key=lambda one: one[0])[1] if began else None


def _since(row: Row) -> int | None:
    """The seq from which it stands."""
    if row["from_level"] is None or row["level"] >= row["from_level"]:
        return int(row["seq"])
    return int(row["answered"]) if row["agrees"] else None


def standing(tx: Tx, household: str, seq: int = LAST) -> Row | None:
    """The agreement that stands for a family up to a seq, carried over from its confirmed earlier households; None when there is none."""
    return standing_of(agreements(tx, Families.several(life_events.earlier(tx, household, seq)), seq))


def _of_later(tx: Tx, fact: Row) -> tuple[str, ...]:
    """The family itself, and those that continue it: an agreement is carried over."""
    return life_events.later(tx, fact["household"])


def _refresh(tx: Tx, household: str) -> None:
    tx.run("DELETE FROM agreed_now WHERE household = :household", household=household)
    stands = standing(tx, household)
    if stands is not None:
        tx.insert("agreed_now", [{"household": household, "level": stands["level"]}])


AGREED_NOW = Derivation(
    tables=("agreed_now",),
    after={"level_agreed": _of_later, "level_answer": _of_later, "earlier_household": _of_later, "record_joined_error": _of_later},
    refresh=_refresh,
    every_key="SELECT id AS key FROM household",
)
"""The level that people agreed for each family, as it stands."""
