"""Records that are put right: two of one family that are joined, one of two families that is split, and a joining that was an error."""

from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx


def join(tx: Tx, *, id: str, household: str, duplicate: str, why: str, moved: str, at: str, actor: str) -> int:
    """A record is another's duplicate from now on. `moved`: JSON, the memberships that ended there and those that began here."""
    return tx.append("record_joined", at=at, actor=actor, household=household, id=id, duplicate=duplicate, why=why, moved=moved)


def joined_in_error(tx: Tx, *, joined: str, household: str, why: str, at: str, actor: str) -> int | None:
    """The two were different families after all; None when that was said before."""
    return tx.append_new("record_joined_error", at=at, actor=actor, household=household, joined=joined, why=why)


def put_right(tx: Tx, *, household: str, other: str, what: str, why: str, at: str, actor: str) -> int:
    """What the chronology of one of two records says of it."""
    return tx.append("record_put_right", at=at, actor=actor, household=household, other=other, what=what, why=why)


def joined(tx: Tx, id: str) -> Row | None:
    """One joining, with when it was made."""
    return tx.one("SELECT r.*, j.at FROM record_joined r JOIN journal j ON j.seq = r.seq WHERE r.id = :id", id=id)


def joinings(tx: Tx, household: str) -> list[Row]:
    """The joinings that stand of a record and of every record that is part of it, from either side, with the names of both families;
    `whole` is the record in which both stand."""
    these = Families.several(tuple(with_parts(tx, household)))
    return tx.all(
        "SELECT r.id, r.household, r.duplicate, r.why, j.at, h.name AS family, d.name AS duplicate_name,"
        " coalesce(h.joined_to, r.household) AS whole, w.name AS whole_name FROM record_joined r"
        " JOIN journal j ON j.seq = r.seq LEFT JOIN household_now h ON h.household = r.household"
        " LEFT JOIN household_now d ON d.household = r.duplicate"
        " LEFT JOIN household_now w ON w.household = coalesce(h.joined_to, r.household)"
        f" WHERE (r.household IN ({these.among}) OR r.duplicate = :here)"
        " AND NOT EXISTS (SELECT 1 FROM record_joined_error x WHERE x.joined = r.id) ORDER BY r.seq",
        **(these.params | {"here": household}),
    )


def joined_to(tx: Tx, household: str) -> str | None:
    """The record that one was joined to; None while it stands by itself."""
    row = tx.one(
        "SELECT r.household FROM record_joined r WHERE r.duplicate = :household"
        " AND NOT EXISTS (SELECT 1 FROM record_joined_error x WHERE x.joined = r.id) ORDER BY r.seq DESC LIMIT 1",
        household=household,
    )
    return row["household"] if row else None


def stands(tx: Tx, household: str) -> str:
    """The record that one is part of now, through every joining that stands; itself while it stands by itself."""
    found = [household]
    while (whole := joined_to(tx, found[-1])) is not None and whole not in found:
        found.append(whole)
    return found[-1]


def parts(tx: Tx, household: str) -> list[str]:
    """The records that were joined to one, and those that had been joined to these."""
    found = [household]
    for here in found:
        rows = tx.all(
            "SELECT r.duplicate FROM record_joined r WHERE r.household = :household"
            " AND NOT EXISTS (SELECT 1 FROM record_joined_error x WHERE x.joined = r.id) ORDER BY r.seq",
            household=here,
        )
        found += [row["duplicate"] for row in rows if row["duplicate"] not in found]
    return found[1:]


def with_parts(tx: Tx, household: str) -> list[str]:
    """A record and those that are part of it: what is derived of them follows from where they stand."""
    return [household, *parts(tx, household)]


def duplicate_of(tx: Tx, error: Row) -> list[str]:
    """The record that stands by itself again, with those that are part of it."""
    row = joined(tx, error["joined"])
    return with_parts(tx, row["duplicate"]) if row else []


def duplicates(tx: Tx, joining: Row) -> list[str]:
    """The record that is part of another from now on, with those that are part of it."""
    return with_parts(tx, joining["duplicate"])
