"""The families an account may see, a page at a time, and what is owed for them: two statements a page, however many families."""

from visitapp.store.seen import FAMILIES, STANDS
from visitapp.store.tx import Row, Tx

DUTY = f"""
    SELECT d.household, d.subject, d.kind, d.referral, d.what, d.due_at, d.opened_seq, d.owner_account, o.name AS owner, h.name AS family
    FROM duty d JOIN {FAMILIES} h ON h.household = d.household LEFT JOIN account_now o ON o.account = d.owner_account
"""


def page(tx: Tx, actor: str, after_name: str, after: str, limit: int) -> list[Row]:
    """Families in the order of their names, from after that key."""
    return tx.all(
        f"""SELECT h.household, h.name, h.address, h.postcode, h.level_at_least, h.level_could_be, h.last_visit_on, h.last_seen_child_on,
                   h.practitioner, p.name AS practitioner_name
            FROM {FAMILIES} h LEFT JOIN account_now p ON p.account = h.practitioner
            WHERE (h.name, h.household) > (:after_name, :after) AND h.joined_to IS NULL
            ORDER BY h.name, h.household LIMIT :limit""",
        actor=actor, after_name=after_name, after=after, limit=limit,
    )  # fmt: skip


def key(tx: Tx, actor: str, household: str) -> tuple[str, str]:
    """Where a family stands in the list; the very start when it is not one of the actor's."""
    row = tx.one(
        f"SELECT h.name, h.household FROM {FAMILIES} h WHERE h.household = :household",
        actor=actor,
        household=household,
    )
    return (row["name"], row["household"]) if row else ("", "")


def duties_between(tx: Tx, actor: str, after: tuple[str, str], last: tuple[str, str]) -> list[Row]:
    """What is owed for the families of one page, soonest first."""
    return tx.all(
        f"""{DUTY} WHERE (h.name, h.household) > (:after_name, :after) AND (h.name, h.household) <= (:last_name, :last)
            ORDER BY d.due_at, d.opened_seq""",
        actor=actor, after_name=after[0], after=after[1], last_name=last[0], last=last[1],
    )  # fmt: skip


def duties_of(tx: Tx, actor: str, household: str) -> list[Row]:
    return tx.all(f"{DUTY} WHERE d.household = :household ORDER BY d.due_at, d.opened_seq", actor=actor, household=household)


def one(tx: Tx, actor: str, household: str) -> Row | None:
    return tx.one(
        f"""SELECT h.household, h.name, h.address, h.postcode, h.area, h.level_at_least, h.level_could_be, h.last_visit_on,
                   h.last_seen_child_on, p.name AS practitioner_name, p.phone AS practitioner_phone, t.name AS team_name
            FROM {FAMILIES} h LEFT JOIN account_now p ON p.account = h.practitioner LEFT JOIN team t ON t.id = h.team
            WHERE h.household = :household""",
        actor=actor, household=household,
    )  # fmt: skip


def people(tx: Tx, actor: str, household: str) -> list[Row]:
    """Everybody who is or was a member, children first, youngest first."""
    return tx.all(
        f"""SELECT m.person, m.role, m.from_on, p.given_names, p.family_name, p.born_on, p.due_on, p.gestation_days, p.birth_order,
                   p.nhs_number, p.nhs_number_absent_why, p.phone, p.language, p.interpreter
            FROM member_now m JOIN {FAMILIES} h ON h.household = m.household JOIN person_now p ON p.person = m.person
            WHERE m.household = :household
            ORDER BY CASE m.role WHEN 'child' THEN 0 WHEN 'mother' THEN 1 ELSE 2 END,
                     coalesce(p.born_on, p.due_on) DESC NULLS LAST, p.birth_order DESC NULLS LAST, m.person""",
        actor=actor, household=household,
    )  # fmt: skip


def planned(tx: Tx, actor: str, household: str) -> list[Row]:
    """What still stands, overdue first."""
    return tx.all(
        f"""SELECT planned_visit.what, planned_visit.on_date FROM planned_visit
            JOIN {FAMILIES} h ON h.household = planned_visit.household
            WHERE planned_visit.household = :household AND {STANDS} ORDER BY planned_visit.on_date, planned_visit.seq""",
        actor=actor, household=household,
    )  # fmt: skip
