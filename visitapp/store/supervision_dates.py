"""The dates of each practitioner's safeguarding supervision."""

from visitapp.domain.supervision_dates import BOOKED, HELD, MISSED
from visitapp.store.duties import VISITING
from visitapp.store.tx import Row, Tx

_LAST_HELD = "(SELECT max(s.on_date) FROM supervision s WHERE s.account = a.account AND s.what = :held)"


def add(tx: Tx, *, account: str, what: str, on_date: str, words: str, at: str, actor: str) -> int:
    """A supervision is booked for a day, was held on it, or was missed."""
    return tx.append("supervision", at=at, actor=actor, account=account, what=what, on_date=on_date, words=words)


def of_team(tx: Tx, team: str) -> list[Row]:
    """Every practitioner of a team by name: when supervision was held last, what is owed next and by when, for which day it is booked, and
    how often it was missed since it was held."""
    return tx.all(
        f"""SELECT a.account, a.name, a.role, {_LAST_HELD} AS held_on,
                   (SELECT b.on_date FROM supervision b WHERE b.account = a.account AND b.what = :booked AND b.seq =
                      (SELECT max(x.seq) FROM supervision x WHERE x.account = a.account)) AS booked_on,
                   (SELECT count(*) FROM supervision m WHERE m.account = a.account AND m.what = :missed
                      AND m.on_date > coalesce({_LAST_HELD}, '')) AS missed,
                   (SELECT min(j.at) FROM account f JOIN journal j ON j.seq = f.seq WHERE f.id = a.account) AS since, d.due_at
            FROM account_now a LEFT JOIN duty d ON d.subject = 'supervision:' || a.account
            WHERE a.team = :team AND {VISITING} ORDER BY a.name, a.account""",
        team=team, held=HELD, booked=BOOKED, missed=MISSED,
    )  # fmt: skip


def last_held(tx: Tx, account: str) -> str | None:
    """The last day on which it was held; None where none is recorded."""
    row = tx.one("SELECT max(on_date) AS on_date FROM supervision WHERE account = :account AND what = :held", account=account, held=HELD)
    return row["on_date"] if row else None


def never_owed(tx: Tx, before: str) -> list[Row]:
    """Practitioners whose account is older than an instant and whose supervision is not owed: the first one never was recorded."""
    return tx.all(
        f"""SELECT a.account, a.team, (SELECT min(j.at) FROM account f JOIN journal j ON j.seq = f.seq WHERE f.id = a.account) AS since
            FROM account_now a WHERE {VISITING} AND NOT EXISTS (SELECT 1 FROM duty d WHERE d.subject = 'supervision:' || a.account)
            AND (SELECT min(j.at) FROM account f JOIN journal j ON j.seq = f.seq WHERE f.id = a.account) < :before ORDER BY a.account""",
        before=before,
    )  # fmt: skip


def dates(tx: Tx, account: str, limit: int) -> list[Row]:
    """The newest dates of one practitioner, with who recorded each."""
    return tx.all(
        "SELECT s.what, s.on_date, s.words, s.seq, w.name AS recorded_by FROM supervision s JOIN journal j ON j.seq = s.seq"
        " LEFT JOIN account_now w ON w.account = j.actor WHERE s.account = :account ORDER BY s.on_date DESC, s.seq DESC LIMIT :limit",
        account=account, limit=limit,
    )  # fmt: skip
