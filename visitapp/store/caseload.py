"""What a tablet takes with it: the families its practitioner may need before the next connection (docs/tablet.md), with their people, what
is planned, and what earlier visits found. A constant number of statements, however many families.
"""

from visitapp.store.chronology import NAMED_THEN
from visitapp.store.same import WHO
from visitapp.store.scope import FAMILY, stands
from visitapp.store.seen import BESIDE, OF_STAFF, STANDS, Families
from visitapp.store.tx import Row, Tx

CARRIED = f"""household_now WHERE {FAMILY} AND household_now.joined_to IS NULL
    AND (household_now.practitioner = :actor OR EXISTS (SELECT 1 FROM planned_visit
    WHERE planned_visit.household = household_now.household AND planned_visit.on_date <= :until AND {STANDS}))"""
"""Of the actor's team's families, those named to the actor and those that somebody is planned to visit soon or should have visited,
perhaps the actor instead."""


def newest_seq(tx: Tx) -> int:
    row = tx.one("SELECT coalesce(max(seq), 0) AS seq FROM journal")
    return row["seq"] if row else 0


def families(tx: Tx, actor: str, until: str) -> list[Row]:
    """The families that a tablet takes, by name; `until` is the last day of a planned visit that somebody may have to cover."""
    return tx.all(f"SELECT household, name, address, postcode, area FROM {CARRIED} ORDER BY name, household", actor=actor, until=until)


def carried(rows: list[Row], actor: str, until: str) -> Families:
    """The same families for the questions below, all in one transaction."""
    ids = tuple(row["household"] for row in rows)
    return Families(ids, f"SELECT household FROM {CARRIED}", {"actor": actor, "until": until})


def people(tx: Tx, families: Families) -> list[Row]:
    return tx.all(
        f"""SELECT m.household, p.person AS id, p.given_names, p.family_name, m.role, p.born_on,
                   p.due_on, p.gestation_days, p.birth_order, p.nhs_number, p.phone
            FROM member_now m JOIN person_now p ON p.person = m.person WHERE m.household IN ({families.among})
            ORDER BY CASE m.role WHEN 'child' THEN 0 WHEN 'mother' THEN 1 ELSE 2 END,
                     coalesce(p.born_on, p.due_on) DESC NULLS LAST, p.birth_order DESC NULLS LAST, p.person""",
        **families.params,
    )


def planned(tx: Tx, families: Families) -> list[Row]:
    """What still stands, overdue first."""
    return tx.all(
        f"""SELECT planned_visit.household, planned_visit.what, planned_visit.on_date FROM planned_visit
            WHERE planned_visit.household IN ({families.among}) AND {STANDS} ORDER BY planned_visit.on_date, planned_visit.seq""",
        **families.params,
    )


def newest(families: Families) -> str:
    """Each family's visits with their place, the newest first."""
    return f"""
        SELECT v.submission, v.household, v.occurred_on, v.seq, v.form, v.form_version, v.kind, v.outcome, v.author, v.at_least, v.could_be,
               v.assessment, row_number() OVER (PARTITION BY v.household ORDER BY v.occurred_on DESC, v.seq DESC) AS place
        FROM visit v WHERE v.household IN ({families.among})
    """


def earlier(tx: Tx, families: Families, most: int) -> list[Row]:
    """The newest visits of each family, at most so many, newest first."""
    return tx.all(
        f"""SELECT v.submission, v.household, v.occurred_on, v.form, v.form_version, v.kind, v.outcome, v.at_least, v.could_be,
                   w.name AS author
            FROM ({newest(families)}) v LEFT JOIN account_now w ON w.account = v.author WHERE v.place <= :most
            ORDER BY v.household, v.place""",
        most=most, **families.params,
    )  # fmt: skip


def findings(tx: Tx, families: Families, most: int) -> list[Row]:
    """What is present or cannot be told in those visits, with the given names of whom it is about."""
    return tx.all(
        f"""SELECT f.submission, f.area, f.state, f.severity, f.said, p.given_names AS about
            FROM ({newest(families)}) v JOIN finding f ON f.assessment = v.assessment LEFT JOIN person_now p ON p.person = f.person
            WHERE v.place <= :most AND f.state IN ('present', 'cannot_tell') ORDER BY f.seq""",
        most=most, **families.params,
    )  # fmt: skip


def told_before(tx: Tx, families: Families, since: str) -> list[Row]:
    """What visits since a day found, as it was worded, by each visit's standing judgement. What a graver finding says already is in that
    one, and that a visit was not completed is counted apart. What somebody else told us is not among it: this is read first, and whoever it
    is about may see the screen."""
    return tx.all(
        f"""SELECT v.household, v.submission, v.occurred_on, f.code, {WHO.format("f.person")} AS person, f.level, f.said
            FROM visit v JOIN finding f ON f.assessment = v.assessment
            WHERE v.household IN ({families.among}) AND v.occurred_on >= :since AND v.kind NOT IN {BESIDE}
              AND (v.kind <> 'visit_not_completed' OR f.level >= 3)
              AND f.state = 'present' AND f.under = '' ORDER BY f.seq""",
        since=since, **families.params,
    )  # fmt: skip


def carried_answers(tx: Tx, families: Families) -> list[Row]:
    """What the forms of visits carry to the next one, by household and person, the newest visit first: a JSON list of measure, value, how
    it is known and since when it stands."""
    return tx.all(
        f"""SELECT c.household, c.person, c.submission, c.occurred_on, v.seq, c.measures, w.name AS by_name
            FROM visit_carried c JOIN visit v ON v.submission = c.submission LEFT JOIN account_now w ON w.account = v.author
            WHERE c.household IN ({families.among}) ORDER BY c.occurred_on DESC, v.seq DESC""",
        **families.params,
    )


def duties(tx: Tx, families: Families) -> list[Row]:
    """What is owed for these families, soonest first, and by whom; not what is about who visits them and how."""
    return tx.all(
        f"""SELECT d.household, d.what, d.due_at, coalesce(o.name, t.name, '') AS owner FROM duty d
            LEFT JOIN account_now o ON o.account = d.owner_account
            LEFT JOIN receiving_team t ON t.seq = (SELECT max(x.seq) FROM receiving_team x WHERE x.id = d.owner_team)
            WHERE d.household IN ({families.among}) AND d.kind NOT IN {OF_STAFF} ORDER BY d.due_at, d.opened_seq""",
        **families.params,
    )


def referral_events(tx: Tx, families: Families) -> list[Row]:
    """What happened to every referral of these records, in order, each where it stands, and which team it was with then."""
    return tx.all(
        f"""SELECT {stands("r.household")} AS household, r.id, e.event, e.detail, j.at, t.name AS team FROM referral r
            JOIN referral_event e ON e.referral = r.id JOIN journal j ON j.seq = e.seq LEFT JOIN {NAMED_THEN}
            WHERE r.household IN ({families.among}) ORDER BY e.seq""",
        **families.params,
    )


def front_doors(tx: Tx) -> list[Row]:
    """Every team that takes urgent referrals, as it is described today; the one that an area's referrals go to comes first in its area."""
    return tx.all(
        """SELECT t.id, t.name, t.area, t.phone, t.phone_out_of_hours FROM receiving_team t
           WHERE t.seq = (SELECT max(x.seq) FROM receiving_team x WHERE x.id = t.id) AND t.kind = 'front_door'
           ORDER BY t.area, t.seq DESC"""
    )


def supervisors(tx: Tx, actor: str) -> list[Row]:
    """Those of the actor's team who can be phoned."""
    return tx.all(
        """SELECT s.name, s.phone FROM account_now s JOIN account_now a ON a.team = s.team
           WHERE a.account = :actor AND s.role = 'supervisor' AND s.phone <> '' ORDER BY s.name, s.account""",
        actor=actor,
    )
