"""What the figures of a team are counted from: rows of the families that are the actor's team's now, whoever had them before. Each function
is one statement, however many families and years: those of a time read by family and day, those of now one row or few a family.
"""

from typing import NamedTuple, cast

from visitapp.domain.contacts import NOT_BY
from visitapp.domain.reviews import LAST
from visitapp.store.agreement import NEWEST
from visitapp.store.seen import FAMILIES, STANDS
from visitapp.store.tx import Row, Tx

_RECORDS = f"""(SELECT r.household AS record, coalesce(whole.joined_to, r.joined_to, r.household) AS household FROM {FAMILIES} r
    LEFT JOIN household_now whole ON whole.household = r.joined_to
    WHERE r.joined_to IS NULL OR EXISTS (SELECT 1 FROM household_now stands WHERE stands.joined_to IS NULL AND stands.team = r.team
        AND stands.household = coalesce(whole.joined_to, r.joined_to)))"""
"""The records of the team's families, each with the family that it is counted with: a record that was joined to another counts there. One
that was joined to a family of another team is theirs to count."""


class Counted(NamedTuple):
    """What figures count of one visit; a tuple, because a team has some thousand of them in a year."""

    household: str
    occurred_on: str
    kind: str
    form: str
    form_version: int
    outcome: str | None
    seen: int
    shown: int
    told: int
    told_by_agency: int
    unplaced: int
    answered: int
    left_open: str


class Had(NamedTuple):
    """A contact of a child; `person` is empty where none was named, and `seen` None where it was not said."""

    household: str
    person: str
    contact: str
    on: str
    seen: int | None


_COLUMNS = ", ".join("h.household" if name == "household" else f"c.{name}" for name in Counted._fields)
_COURSE = (
    "h.household, c.referral, c.destination, c.level, c.state, c.proposed_at, c.sent_at, c.delivered_at, c.answered_at, c.decided_at,"
    " c.outcome"
)
_NOT_BY = "(" + ", ".join(f"'{role}'" for role in NOT_BY) + ")"


def team(tx: Tx, actor: str) -> Row | None:
    """The actor's team by name, as it is called now."""
    return tx.one(
        "SELECT t.id, t.name, t.area FROM account_now a JOIN team t ON t.id = a.team WHERE a.account = :actor ORDER BY t.seq DESC LIMIT 1",
        actor=actor,
    )


def families(tx: Tx, actor: str) -> list[Row]:
    """Every family of the team in the order of their names, with the levels and days that lists show."""
    return tx.all(
        f"""SELECT h.household, h.name, h.postcode, h.practitioner, p.name AS practitioner_name, h.level_at_least, h.level_could_be,
                   h.last_visit_on, h.last_seen_child_on, g.level AS level_agreed
            FROM {FAMILIES} h LEFT JOIN account_now p ON p.account = h.practitioner LEFT JOIN agreed_now g ON g.household = h.household
            WHERE h.joined_to IS NULL ORDER BY h.name, h.household""",
        actor=actor,
    )  # fmt: skip


def visits(tx: Tx, actor: str, since: str, until: str) -> list[Counted]:
    """What figures count of each visit that was made or tried from one day to another, both included."""
    return tx.all_as(
        Counted,
        f"""SELECT {_COLUMNS} FROM {_RECORDS} h CROSS JOIN visit_counted c
            WHERE c.household = h.record AND c.occurred_on >= :since AND c.occurred_on <= :until""",
        actor=actor, since=since, until=until,
    )  # fmt: skip


def nothing_recorded(tx: Tx, actor: str, since: str, before: str) -> list[Row]:
    """Visits that were planned from one day to before another, and after which none was made or tried."""
    return tx.all(
        f"""SELECT h.household, planned_visit.what, planned_visit.on_date FROM {FAMILIES} h CROSS JOIN planned_visit
            WHERE h.joined_to IS NULL AND planned_visit.household = h.household AND planned_visit.on_date >= :since
              AND planned_visit.on_date < :before AND {STANDS}
            ORDER BY planned_visit.on_date""",
        actor=actor, since=since, before=before,
    )  # fmt: skip


Found = tuple[str, str, int, str, str, str, str | None, str, str, int]
"""Household, form and its version, kind, day, visit; then code, area, state and level of something that it found or could not tell, with no
code where there is nothing."""


def findings(tx: Tx, actor: str) -> list[Found]:
    """What the newest visit of each family on each form found or could not tell, newest visit first; what a graver finding says already is
    not among it. Each visit has one row at least."""
    return cast(
        list[Found],
        tx.tuples(
            f"""SELECT h.household, n.form, n.form_version, n.kind, n.occurred_on, n.submission, f.code, f.area, f.state, f.level
                FROM {_RECORDS} h CROSS JOIN newest_visit n LEFT JOIN finding f ON f.assessment = n.assessment AND f.under = ''
                     AND f.state <> 'absent'
                WHERE n.household = h.record ORDER BY h.household, n.occurred_on DESC, n.seq DESC""",
            actor=actor,
        ),
    )  # fmt: skip


def care_found(tx: Tx, actor: str, since: str, until: str, level: int) -> list[Row]:
    """What visits that took place between two days found of the home or of a child's care from a level up (2 at least), oldest first."""
    return tx.all(
        f"""SELECT h.household, c.occurred_on, c.area, c.severity FROM {_RECORDS} h CROSS JOIN care_found c
            WHERE c.household = h.record AND c.occurred_on >= :since AND c.occurred_on <= :until AND c.level >= :level
            ORDER BY c.occurred_on""",
        actor=actor, since=since, until=until, level=level,
    )  # fmt: skip


def children(tx: Tx, actor: str, born_after: str) -> list[Row]:
    """The team's children born after a day, not born yet, or of whom neither date is known, with the day on which each came to the family,
    and when that came to us."""
    return tx.all(
        f"""SELECT h.household, m.person, m.from_on, p.given_names, p.born_on, p.due_on, j.at AS known_at
            FROM {_RECORDS} h CROSS JOIN member_now m CROSS JOIN person_now p CROSS JOIN household k CROSS JOIN journal j
            WHERE m.household = h.record AND m.role = 'child' AND p.person = m.person AND k.id = h.record AND j.seq = k.seq
              AND (coalesce(p.born_on, p.due_on) > :born_after OR coalesce(p.born_on, p.due_on) IS NULL)""",
        actor=actor, born_after=born_after,
    )  # fmt: skip


def contacts(tx: Tx, actor: str, since: str) -> list[Had]:
    """The contacts that each of the team's children had since a day, in this home or another, but those of a service that does not owe
    them."""
    return tx.all_as(
        Had,
        f"""SELECT h.household, c.person, c.contact, c.on_date, c.seen
            FROM {_RECORDS} h CROSS JOIN member_now m CROSS JOIN contact_made c LEFT JOIN account_now a ON a.account = c.author
            WHERE m.household = h.record AND m.role = 'child' AND c.person = m.person AND c.on_date >= :since
              AND (a.role IS NULL OR a.role NOT IN {_NOT_BY})
            ORDER BY c.on_date""",
        actor=actor, since=since,
    )  # fmt: skip


def contacts_unnamed(tx: Tx, actor: str, since: str) -> list[Had]:
    """Those that name no child: of which child of the family they were is not said."""
    return tx.all_as(
        Had,
        f"""SELECT h.household, c.person, c.contact, c.on_date, c.seen
            FROM {_RECORDS} h CROSS JOIN contact_made c LEFT JOIN account_now a ON a.account = c.author
            WHERE c.household = h.record AND c.person = '' AND c.on_date >= :since AND (a.role IS NULL OR a.role NOT IN {_NOT_BY})""",
        actor=actor, since=since,
    )  # fmt: skip


def referrals(tx: Tx, actor: str, since: str) -> list[Row]:
    """The course of each referral that was proposed since an instant, in that order."""
    return tx.all(
        f"""SELECT {_COURSE} FROM {_RECORDS} h CROSS JOIN referral_course c
            WHERE c.household = h.record AND c.proposed_at >= :since ORDER BY c.proposed_at, c.referral""",
        actor=actor, since=since,
    )  # fmt: skip


def referrals_sent(tx: Tx, actor: str, since: str) -> list[Row]:
    """The course of each referral that was sent since an instant, in that order."""
    return tx.all(
        f"""SELECT {_COURSE} FROM {_RECORDS} h CROSS JOIN referral_course c
            WHERE c.household = h.record AND c.sent_at >= :since ORDER BY c.sent_at, c.referral""",
        actor=actor, since=since,
    )  # fmt: skip


def disagreed_with(tx: Tx, actor: str) -> list[Row]:
    """The words of reviewers who do not agree with a finding of a visit to one of the team's families, among the last fifty on its rule.
    How much is looked through goes by the number of rules, and not by the years."""
    return tx.all(
        f"""SELECT w.form, w.form_version, w.code, h.household, v.occurred_on
            FROM finding_agreement a CROSS JOIN finding_word w CROSS JOIN {_RECORDS} h CROSS JOIN visit v
            WHERE a.disagreed > 0 AND w.form = a.form AND w.form_version = a.form_version AND w.code = a.code AND w.by_author = 0
              AND w.agrees = 0 AND {NEWEST} AND h.record = w.household AND v.submission = w.submission
              AND w.seq >= coalesce((SELECT x.seq FROM finding_word x WHERE x.form = a.form AND x.form_version = a.form_version
                  AND x.code = a.code AND x.by_author = 0 AND {NEWEST.replace("w.", "x.")}
                  ORDER BY x.seq DESC LIMIT 1 OFFSET {LAST - 1}), 0)
            ORDER BY v.occurred_on""",
        actor=actor,
    )  # fmt: skip
