"""Our work with a family that is to end: asked for by one, agreed by another, and over by itself once anything is recorded of the family
again."""

from visitapp.store import life_events
from visitapp.store.seen import STANDS, Families
from visitapp.store.tx import Row, Tx


def ask(tx: Tx, *, id: str, household: str, reason: str, at: str, actor: str) -> int:
    """Somebody asks that our work with a family ends."""
    return tx.append("closing", at=at, actor=actor, household=household, id=id, reason=reason)


def answer(tx: Tx, closing: str, *, household: str, agrees: bool, reason: str, at: str, actor: str) -> int | None:
    """The second person's word; None when it was answered before."""
    return tx.append_new("closing_answer", at=at, actor=actor, household=household, closing=closing, agrees=agrees, reason=reason)


def closing(tx: Tx, id: str) -> Row | None:
    """One request, with who made it. Not scoped: screens ask through `look`."""
    return tx.one("SELECT c.*, j.at, j.actor FROM closing c JOIN journal j ON j.seq = c.seq WHERE c.id = :id", id=id)


def of(tx: Tx, household: str) -> list[Row]:
    """Every request about a family, in order, each with its answer as far as there is one."""
    return tx.all(
        "SELECT c.id, c.reason, c.seq, j.at, j.actor, a.agrees, a.reason AS answer, a.seq AS answered, x.at AS answered_at"
        " FROM closing c JOIN journal j ON j.seq = c.seq LEFT JOIN closing_answer a ON a.closing = c.id"
        " LEFT JOIN journal x ON x.seq = a.seq WHERE c.household = :household ORDER BY c.seq",
        household=household,
    )


def stands(tx: Tx, household: str) -> Row | None:
    """The closing that stands: agreed, and nothing came after it. A visit, what somebody told us, a referral, and whoever joins the family
    all open it again without anybody's leave."""
    agreed = [row for row in of(tx, household) if row["agrees"]]
    if not agreed or _since(tx, household) > agreed[-1]["answered"]:
        return None
    return agreed[-1]


def _since(tx: Tx, household: str) -> int:
    """The newest that opens a closed family again, in whichever of its records."""
    every = Families.several(life_events.earlier(tx, household))
    tables = ("visit", "membership", "referral", "life_event", "planned_visit")
    each = " UNION ALL ".join(f"SELECT max(seq) AS seq FROM {table} WHERE household IN ({every.among})" for table in tables)
    row = tx.one(f"SELECT max(newest.seq) AS seq FROM ({each}) newest", **every.params)
    return int(row["seq"] or 0) if row else 0


def planned(tx: Tx, household: str) -> bool:
    """Whether a planned visit still stands."""
    return tx.one(f"SELECT 1 AS planned FROM planned_visit WHERE planned_visit.household = :household AND {STANDS} LIMIT 1",
                  household=household) is not None  # fmt: skip
