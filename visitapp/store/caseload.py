"""What a tablet takes with it: every family of the actor's team with its people, what is owed, and what earlier visits found. A constant
number of statements, however many families."""

from visitapp.store.seen import FAMILIES
from visitapp.store.tx import Row, Tx

EARLIER = 20
"""Visits of one family that a tablet carries, the newest."""


def newest_seq(tx: Tx) -> int:
    row = tx.one("SELECT coalesce(max(seq), 0) AS seq FROM journal")
    return row["seq"] if row else 0


def families(tx: Tx, actor: str) -> list[Row]:
    return tx.all(
        f"""SELECT h.household, h.name, h.address, h.postcode, h.area FROM {FAMILIES} h
            ORDER BY h.name, h.household""",
        actor=actor,
    )


def people(tx: Tx, actor: str) -> list[Row]:
    return tx.all(
        f"""SELECT m.household, p.person AS id, p.given_names, p.family_name, m.role, p.born_on,
                   p.due_on, p.gestation_days, p.nhs_number, p.phone
            FROM member_now m JOIN {FAMILIES} h ON h.household = m.household JOIN person_now p ON p.person = m.person
            ORDER BY CASE m.role WHEN 'child' THEN 0 WHEN 'mother' THEN 1 ELSE 2 END,
                     coalesce(p.born_on, p.due_on) DESC NULLS LAST, p.person""",
        actor=actor,
    )


def planned(tx: Tx, actor: str, since: str) -> list[Row]:
    return tx.all(
        f"""SELECT v.household, v.what, v.on_date FROM planned_visit v JOIN {FAMILIES} h ON h.household = v.household
            WHERE v.on_date >= :since ORDER BY v.on_date, v.seq""",
        actor=actor, since=since,
    )  # fmt: skip


NEWEST = f"""
    SELECT v.submission, v.household, v.occurred_on, v.seq, v.form, v.form_version, v.kind, v.outcome, v.author, v.at_least, v.could_be,
           v.assessment, row_number() OVER (PARTITION BY v.household ORDER BY v.occurred_on DESC, v.seq DESC) AS place
    FROM visit v JOIN {FAMILIES} h ON h.household = v.household
"""


def earlier(tx: Tx, actor: str) -> list[Row]:
    """The newest visits of each family, newest first."""
    return tx.all(
        f"""SELECT v.submission, v.household, v.occurred_on, v.form, v.form_version, v.outcome, v.at_least, v.could_be, w.name AS author
            FROM ({NEWEST}) v LEFT JOIN account_now w ON w.account = v.author WHERE v.place <= :most
            ORDER BY v.household, v.place""",
        actor=actor, most=EARLIER,
    )  # fmt: skip


def findings(tx: Tx, actor: str) -> list[Row]:
    """What is present or cannot be told in those visits, with the given names of whom it is about."""
    return tx.all(
        f"""SELECT f.submission, f.area, f.state, f.severity, f.said, p.given_names AS about
            FROM ({NEWEST}) v JOIN finding f ON f.assessment = v.assessment LEFT JOIN person_now p ON p.person = f.person
            WHERE v.place <= :most AND f.state IN ('present', 'cannot_tell') ORDER BY f.seq""",
        actor=actor, most=EARLIER,
    )  # fmt: skip


def referral_events(tx: Tx, actor: str) -> list[Row]:
    return tx.all(
        f"""SELECT r.household, r.id, e.event, j.at FROM referral r JOIN {FAMILIES} h ON h.household = r.household
            JOIN referral_event e ON e.referral = r.id JOIN journal j ON j.seq = e.seq
            ORDER BY e.seq""",
        actor=actor,
    )


def receiving_teams(tx: Tx) -> list[Row]:
    """Every receiving team as it is described today."""
    return tx.all(
        """SELECT t.id, t.name, t.area, t.phone, t.phone_out_of_hours FROM receiving_team t
           WHERE t.seq = (SELECT max(x.seq) FROM receiving_team x WHERE x.id = t.id) ORDER BY t.area, t.seq"""
    )
