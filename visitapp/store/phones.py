"""Numbers of a family: whose each is and when it may be used. The one on which a person is phoned is part of what is known of them
(`people.add_detail`); what is said here stands beside it, and a number that is never to be used stands here alone."""

from visitapp.store.same import WHO
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

STANDS = "NOT EXISTS (SELECT 1 FROM phone_number_ended gone WHERE gone.phone_number = f.id)"
_NUMBER = (
    f"SELECT f.seq, f.id, f.household, {WHO.format('f.person')} AS person, f.whose, f.number, f.safe, f.times,"
    " p.given_names, p.family_name, j.at"
    " FROM phone_number f JOIN journal j ON j.seq = f.seq LEFT JOIN person_now p ON p.person = f.person"
)


def add(
    tx: Tx, *, id: str, household: str, person: str | None, whose: str, number: str, safe: str, times: str, at: str, actor: str
) -> int:  # fmt: skip
    """A number of a person of the family, or of somebody else (`whose`). `safe`: see `domain/homes.py`."""
    return tx.append(
        "phone_number", at=at, actor=actor, household=household, id=id, person=person, whose=whose, number=number, safe=safe, times=times
    )  # fmt: skip


def end(tx: Tx, *, phone_number: str, household: str, why: str, at: str, actor: str) -> int | None:
    """A number is nobody's of the family any more, or what was said of it is said anew; None when that was said before."""
    return tx.append_new("phone_number_ended", at=at, actor=actor, household=household, phone_number=phone_number, why=why)


def one(tx: Tx, id: str) -> Row | None:
    """One number that stands. Not scoped."""
    return tx.one(f"{_NUMBER} WHERE f.id = :id AND {STANDS}", id=id)


def standing(tx: Tx, families: Families) -> list[Row]:
    """The numbers that stand of these families, the newest first."""
    return tx.all(f"{_NUMBER} WHERE f.household IN ({families.among}) AND {STANDS} ORDER BY f.seq DESC", **families.params)


def ended(tx: Tx, families: Families) -> list[Row]:
    """The numbers that were, each with why it is no more, the newest first."""
    return tx.all(
        "SELECT f.person, f.whose, f.number, f.safe, f.times, p.given_names, p.family_name, j.at, e.why, t.at AS ended_at"
        " FROM phone_number_ended e JOIN phone_number f ON f.id = e.phone_number JOIN journal j ON j.seq = f.seq"
        " JOIN journal t ON t.seq = e.seq LEFT JOIN person_now p ON p.person = f.person"
        f" WHERE e.household IN ({families.among}) ORDER BY e.seq DESC",
        **families.params,
    )
