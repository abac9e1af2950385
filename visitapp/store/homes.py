"""Where a family lives, as the desk records it beside `households.set_residence`: an address put right, one that is kept back from others,
and a child's second home. Nothing is replaced: what was wrong stays, and is said to have been."""

from visitapp.store.same import WHO
from visitapp.store.seen import FAMILIES, Families
from visitapp.store.tx import Row, Tx

RIGHT = "NOT EXISTS (SELECT 1 FROM residence_error wrong WHERE wrong.residence = residence.seq)"
"""Addresses that nobody said were recorded in error. For queries that read `residence`."""


def put_right(tx: Tx, *, residence: int, household: str, why: str, at: str, actor: str) -> int | None:
    """An address was recorded in error; None when that was said before."""
    return tx.append_new("residence_error", at=at, actor=actor, household=household, residence=residence, why=why)


def residence(tx: Tx, household: str, seq: int) -> Row | None:
    """One address that stands of a household."""
    return tx.one(
        f"SELECT seq, address, postcode, area, from_on FROM residence WHERE seq = :seq AND household = :household AND {RIGHT}",
        household=household, seq=seq,
    )  # fmt: skip


def ever(tx: Tx, families: Families) -> list[Row]:
    """Every address of these families, the newest first, and those recorded in error: a letter may be all that is wrong in one."""
    return tx.all(f"SELECT address, postcode FROM residence WHERE household IN ({families.among}) ORDER BY seq DESC", **families.params)


def others(tx: Tx, household: str, seq: int) -> bool:
    """Whether a household has another address that stands."""
    row = tx.one(f"SELECT 1 AS has FROM residence WHERE household = :household AND seq <> :seq AND {RIGHT} LIMIT 1",
                 household=household, seq=seq)  # fmt: skip
    return row is not None


def keep_back(tx: Tx, *, household: str, kept_back: bool, why: str, at: str, actor: str) -> int:
    """The address must be kept from somebody, or need not be any more."""
    return tx.append("address_kept_back", at=at, actor=actor, household=household, kept_back=kept_back, why=why)


def kept_back(tx: Tx, household: str) -> Row | None:
    """What was said last of keeping the address back, with who said it and when; None where nothing was said at the desk."""
    return tx.one(
        "SELECT k.kept_back, k.why, j.at, w.name AS by_name FROM address_kept_back k JOIN journal j ON j.seq = k.seq"
        " LEFT JOIN account_now w ON w.account = j.actor WHERE k.household = :household ORDER BY k.seq DESC LIMIT 1",
        household=household,
    )


def add_second(
    tx: Tx, *, id: str, household: str, person: str, address: str, with_whom: str, days: str, from_on: str, membership: str | None,
    at: str, actor: str,
) -> int:  # fmt: skip
    """A child of the household lives elsewhere too, on some days and with somebody. `membership`: in that home's own record."""
    return tx.append(
        "second_home", at=at, actor=actor, household=household, id=id, person=person, address=address, with_whom=with_whom, days=days,
        from_on=from_on, membership=membership,
    )  # fmt: skip


def end_second(tx: Tx, *, second_home: str, household: str, on_date: str, why: str, at: str, actor: str) -> int | None:
    """The child lives there no more; None when that was said before."""
    return tx.append_new("second_home_ended", at=at, actor=actor, household=household, second_home=second_home, on_date=on_date, why=why)


def second(tx: Tx, id: str) -> Row | None:
    """One second home that has not ended. Not scoped."""
    return tx.one(
        "SELECT s.* FROM second_home s WHERE s.id = :id AND NOT EXISTS (SELECT 1 FROM second_home_ended e WHERE e.second_home = s.id)",
        id=id,
    )


def seconds(tx: Tx, actor: str, families: Families) -> list[Row]:
    """Every second home of these families' children, ended ones too (`until`), the oldest first; of one with a record of its own also its
    household and name, where the actor may see it."""
    return tx.all(
        f"SELECT s.id, s.household, {WHO.format('s.person')} AS person, s.address, s.with_whom, s.days, s.from_on,"
        " s.membership, e.on_date AS until, e.why,"
        " h.household AS other, h.name AS other_name FROM second_home s LEFT JOIN second_home_ended e ON e.second_home = s.id"
        f" LEFT JOIN membership m ON m.id = s.membership LEFT JOIN {FAMILIES} h ON h.household = m.household"
        f" WHERE s.household IN ({families.among}) ORDER BY s.from_on, s.seq",
        **{**families.params, "actor": actor},
    )
