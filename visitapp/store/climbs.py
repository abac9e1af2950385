"""What has climbed the ladder: who was told at which rung that something is overdue, and why."""

from visitapp.domain.ladder import ON_DUTY
from visitapp.store.scope import as_raised
from visitapp.store.tx import Row, Tx, numbered

TEAM = "CASE WHEN d.kind = 'handover' THEN coalesce(o.team, h.team) ELSE coalesce(h.team, o.team) END"
"""The team whose a duty `d` is: the family's, but where a family is offered, that of whoever is to answer."""
OWED = f"""SELECT d.*, {as_raised("r", "level")} AS level, {as_raised("r", "urgency")} AS urgency,
       h.name AS family, h.area, {TEAM} AS team, o.name AS owner,
       (SELECT min(j.at) FROM owed x JOIN journal j ON j.seq = x.seq WHERE x.subject = d.subject AND x.due_at = d.due_at) AS since
       FROM duty d LEFT JOIN referral r ON r.id = d.referral LEFT JOIN household_now h ON h.household = d.household
       LEFT JOIN account_now o ON o.account = d.owner_account"""
"""What is owed, with what says by which clock it climbs, and the team whose it is."""


OF_TEAM = """SELECT x.subject FROM household_now home JOIN duty x ON x.household = home.household WHERE home.team = :team
       UNION SELECT x.subject FROM account_now whose JOIN duty x ON x.owner_account = whose.account WHERE whose.team = :team"""
"""The duties of a team's families and of its people: among them is whatever is the team's, and no more is gone through."""
NOBODYS = """SELECT x.subject FROM duty x WHERE x.household IS NULL
       UNION SELECT x.subject FROM household_now home JOIN duty x ON x.household = home.household WHERE home.team IS NULL"""
"""Among these is whatever is no team's."""


def add(
    tx: Tx, *, subject: str, due_at: str, rung: str, place: int, household: str | None, to_account: str | None, to_name: str, why: str,
    at: str, actor: str,
) -> int | None:  # fmt: skip
    """Somebody was told at a rung (nobody, where `to_name` is empty); None when that is kept already."""
    return tx.append_new(
        "climb", at=at, actor=actor, household=household, subject=subject, due_at=due_at, rung=rung, place=place, to_account=to_account,
        to_name=to_name, why=why,
    )  # fmt: skip


def overdue(tx: Tx, now: str, after: tuple[str, int], limit: int) -> list[Row]:
    """What is owed and past due, the oldest first, from after that key (due_at, opened_seq)."""
    return tx.all(
        f"{OWED} WHERE d.due_at < :now AND (d.due_at, d.opened_seq) > (:after_due, :after_seq)"
        " ORDER BY d.due_at, d.opened_seq LIMIT :limit",
        now=now, after_due=after[0], after_seq=after[1], limit=limit,
    )  # fmt: skip


def waiting(tx: Tx, before: str, rungs: int) -> bool:
    """Whether anything that was due before an instant has climbed fewer than so many rungs."""
    found = tx.one(
        "SELECT 1 AS waits FROM duty d WHERE d.due_at < :before AND (SELECT count(DISTINCT c.rung) FROM climb c WHERE c.subject = d.subject"
        " AND c.due_at = d.due_at AND c.rung <> :on_duty) < :rungs LIMIT 1",
        before=before, rungs=rungs, on_duty=ON_DUTY,
    )  # fmt: skip
    return found is not None


def owed(tx: Tx, subject: str) -> Row | None:
    """One duty, as `overdue` gives it."""
    return tx.one(f"{OWED} WHERE d.subject = :subject", subject=subject)


def owed_of(tx: Tx, household: str) -> list[Row]:
    """What is owed for a family, the soonest first."""
    return tx.all(f"{OWED} WHERE d.household = :household ORDER BY d.due_at, d.opened_seq", household=household)


def owed_in(tx: Tx, team: str, before: str) -> list[Row]:
    """What is owed in a team and due before an instant, the soonest first."""
    return tx.all(
        f"{OWED} WHERE d.subject IN ({OF_TEAM}) AND {TEAM} = :team AND d.due_at < :before ORDER BY d.due_at, d.opened_seq",
        team=team, before=before,
    )  # fmt: skip


def overdue_for(tx: Tx, team: str, now: str, limit: int) -> list[Row]:
    """What is owed and past due in a team, or in none, the oldest first."""
    return tx.all(
        f"{OWED} WHERE d.subject IN ({OF_TEAM} UNION {NOBODYS}) AND coalesce({TEAM}, :team) = :team AND d.due_at < :now"
        " ORDER BY d.due_at, d.opened_seq LIMIT :limit",
        team=team, now=now, limit=limit,
    )  # fmt: skip


def told(tx: Tx, subject: str, due_at: str) -> list[Row]:
    """Who was told at the rungs of a duty that was due at that time, in order, with when."""
    return tx.all(
        "SELECT c.rung, c.place, c.to_account, c.to_name, c.why, c.seq, j.at FROM climb c JOIN journal j ON j.seq = c.seq"
        " WHERE c.subject = :subject AND c.due_at = :due_at AND c.rung <> :on_duty ORDER BY c.seq",
        subject=subject, due_at=due_at, on_duty=ON_DUTY,
    )  # fmt: skip


def told_each(tx: Tx, subjects: list[str]) -> list[Row]:
    """Who was told at the rungs of each of these duties, for the time at which it is due now, in order, with when and of which."""
    names, values = numbered(subjects)
    return tx.all(
        "SELECT c.subject, c.rung, c.place, c.to_account, c.to_name, c.why, c.seq, j.at FROM duty d"
        " JOIN climb c ON c.subject = d.subject AND c.due_at = d.due_at JOIN journal j ON j.seq = c.seq"
        f" WHERE d.subject IN ({names}) AND c.rung <> :on_duty ORDER BY c.seq",
        on_duty=ON_DUTY, **values,
    )  # fmt: skip


def told_on_duty(tx: Tx, subject: str, due_at: str) -> list[str]:
    """The accounts that were told that it is theirs while offices are shut."""
    rows = tx.all(
        "SELECT to_account FROM climb WHERE subject = :subject AND due_at = :due_at AND rung = :on_duty ORDER BY place",
        subject=subject, due_at=due_at, on_duty=ON_DUTY,
    )  # fmt: skip
    return [row["to_account"] for row in rows]


def to(tx: Tx, account: str, team: str) -> list[Row]:
    """What is still owed in a team and has climbed to an account, with the rung it came to, the oldest first."""
    return tx.all(
        f"SELECT d.subject, c.rung, c.seq FROM ({OF_TEAM}) theirs JOIN duty d ON d.subject = theirs.subject"
        " CROSS JOIN climb c WHERE c.subject = d.subject AND c.due_at = d.due_at AND c.to_account = :account AND c.rung <> :on_duty"
        " ORDER BY c.seq",
        account=account, team=team, on_duty=ON_DUTY,
    )  # fmt: skip
