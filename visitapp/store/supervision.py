"""Supervision decisions, which are part of the child's record, and who is accountable for what others record."""

from visitapp.store.seen import FAMILIES
from visitapp.store.tx import Row, Tx


def decide(
    tx: Tx, *, id: str, household: str, person: str | None, what: str, why: str, decided_by: str, decided_on: str, review_on: str,
    at: str, actor: str,
) -> int:  # fmt: skip
    """Something is decided in supervision, and when it is looked at again."""
    return tx.append(
        "supervision_decision", at=at, actor=actor, household=household, id=id, person=person, what=what, why=why, decided_by=decided_by,
        decided_on=decided_on, review_on=review_on,
    )  # fmt: skip


def decisions(tx: Tx, actor: str, household: str, limit: int) -> list[Row]:
    """What was decided in supervision for a family, the newest first; `open` while it is not looked at again."""
    return tx.all(
        f"""SELECT d.seq, d.id, d.what, d.why, d.decided_by, d.decided_on, d.review_on, p.given_names AS about, j.at,
                   w.name AS actor_name, CASE WHEN o.subject IS NULL THEN 0 ELSE 1 END AS open
            FROM supervision_decision d JOIN {FAMILIES} h ON h.household = d.household JOIN journal j ON j.seq = d.seq
            LEFT JOIN person_now p ON p.person = d.person LEFT JOIN account_now w ON w.account = j.actor
            LEFT JOIN duty o ON o.subject = 'decision:' || d.id
            WHERE d.household = :household ORDER BY d.decided_on DESC, d.seq DESC LIMIT :limit""",
        actor=actor, household=household, limit=limit,
    )  # fmt: skip


def name_registrant(tx: Tx, *, account: str, registrant: str, at: str, actor: str) -> int:
    """From now on a registrant is accountable for what somebody records."""
    return tx.append("registrant_named", at=at, actor=actor, account=account, registrant=registrant)


def registrant(tx: Tx, account: str) -> str | None:
    """Who is accountable for what somebody records; None where nobody was named."""
    row = tx.one("SELECT registrant FROM registrant_named WHERE account = :account ORDER BY seq DESC LIMIT 1", account=account)
    return row["registrant"] if row else None


def registrants(tx: Tx, team: str) -> list[Row]:
    """Of each of a team for whom somebody is accountable: who, by name."""
    return tx.all(
        "SELECT a.account, a.name, r.registrant, n.name AS registrant_name FROM account_now a JOIN registrant_named r"
        " ON r.seq = (SELECT max(x.seq) FROM registrant_named x WHERE x.account = a.account)"
        " LEFT JOIN account_now n ON n.account = r.registrant WHERE a.team = :team ORDER BY a.name, a.account",
        team=team,
    )
