"""Families: who lives together, where, who looks after them, and what stands planned. All dated facts; nothing is replaced."""

from visitapp.store.derivation import Derivation, column
from visitapp.store.tx import Row, Tx


def form(tx: Tx, *, id: str, name: str, at: str, actor: str) -> int:
    """A household begins."""
    return tx.append("household", at=at, actor=actor, household=id, id=id, name=name)


def set_residence(tx: Tx, *, household: str, address: str, postcode: str, area: str, from_on: str, at: str, actor: str) -> int:
    """Where a household lives from a date on; `area` is the council area that referrals go to."""
    return tx.append(
        "residence", at=at, actor=actor, household=household, address=address, postcode=postcode, area=area, from_on=from_on
    )  # fmt: skip


def add_member(
    tx: Tx, *, id: str, household: str, person: str, role: str, from_on: str, at: str, actor: str, care_role: str | None = None
) -> int:
    """A person belongs to a household from a date; a child may belong to two."""
    return tx.append(
        "membership", at=at, actor=actor, household=household, id=id, person=person, role=role, from_on=from_on, care_role=care_role
    )  # fmt: skip


def end_membership(tx: Tx, *, membership: str, on_date: str, reason: str, at: str, actor: str) -> int:
    """A person no longer belongs."""
    found = tx.one("SELECT household FROM membership WHERE id = :membership", membership=membership)
    household = found["household"] if found else None
    return tx.append("membership_end", at=at, actor=actor, household=household, membership=membership, on_date=on_date, reason=reason)


def add_parental_responsibility(tx: Tx, *, child: str, holder: str, from_on: str, basis: str, at: str, actor: str) -> int:
    """Who holds parental responsibility for a child, and by what right."""
    return tx.append("parental_responsibility", at=at, actor=actor, child=child, holder=holder, from_on=from_on, basis=basis)


def name_practitioner(tx: Tx, *, household: str, account: str, capacity: str, from_on: str, at: str, actor: str) -> int:
    """Who looks after a family (`named`) or leads for every agency (`lead`) from a date on; the household follows `named` to their team."""
    return tx.append(
        "named_practitioner", at=at, actor=actor, household=household, account=account, capacity=capacity, from_on=from_on
    )  # fmt: skip


def plan_visit(tx: Tx, *, id: str, household: str, what: str, on_date: str, at: str, actor: str) -> int:
    """A visit stands planned."""
    return tx.append("planned_visit", at=at, actor=actor, household=household, id=id, what=what, on_date=on_date)


def household(tx: Tx, id: str) -> Row | None:
    """The family's summary as it stands. Not scoped: screens ask through `look`."""
    return tx.one("SELECT * FROM household_now WHERE household = :id", id=id)


def named_from(tx: Tx, household: str) -> str:
    """The latest day from which anybody was said to be the named practitioner; '' where nobody ever was."""
    found = tx.one(
        "SELECT max(from_on) AS latest FROM named_practitioner WHERE household = :household AND capacity = 'named'", household=household
    )
    return (found["latest"] if found else None) or ""


def members(tx: Tx, household: str) -> list[Row]:
    """Everybody who belongs now, each with what is known of them; children first, the youngest of them first."""
    return tx.all(
        "SELECT m.membership, m.role, m.care_role, m.from_on, p.* FROM member_now m JOIN person_now p ON p.person = m.person"
        " WHERE m.household = :household"
        " ORDER BY CASE m.role WHEN 'child' THEN 0 ELSE 1 END, p.born_on DESC NULLS FIRST, p.birth_order DESC NULLS LAST,"
        " p.given_names, p.person",
        household=household,
    )


def membership(tx: Tx, id: str) -> Row | None:
    """One membership as it began, ended or not."""
    return tx.one("SELECT * FROM membership WHERE id = :id", id=id)


def stands(tx: Tx, membership: str) -> bool:
    """Whether a membership has not ended."""
    return tx.one("SELECT 1 AS has FROM member_now WHERE membership = :membership", membership=membership) is not None


def ever_members(tx: Tx, household: str) -> frozenset[str]:
    """The ids of everybody who belongs or ever belonged."""
    return frozenset(row["person"] for row in tx.all("SELECT person FROM membership WHERE household = :household", household=household))


def _refresh_member(tx: Tx, membership: str) -> None:
    tx.run("DELETE FROM member_now WHERE membership = :membership", membership=membership)
    tx.run(
        "INSERT INTO member_now (membership, household, person, role, care_role, from_on)"
        " SELECT m.id, m.household, m.person, m.role, m.care_role, m.from_on FROM membership m"
        " WHERE m.id = :membership AND NOT EXISTS (SELECT 1 FROM membership_end e WHERE e.membership = m.id)",
        membership=membership,
    )


MEMBER_NOW = Derivation(
    tables=("member_now",),
    after={"membership": column("id"), "membership_end": column("membership")},
    refresh=_refresh_member,
    every_key="SELECT id AS key FROM membership",
)
