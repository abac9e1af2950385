"""Who looked at one family, from the journal's lines of reading."""

from visitapp.store.seen import FAMILIES
from visitapp.store.tx import Row, Tx


def reads(tx: Tx, actor: str, household: str, before: int, limit: int) -> list[Row]:
    """Reads of a family in scope, newest first from before that seq, each with who read and in which role as it is today."""
    return tx.all(
        f"""SELECT j.seq, j.at, j.kind, j.detail, j.actor, a.name, a.role, t.name AS team_name
            FROM journal j JOIN {FAMILIES} h ON h.household = j.household
            LEFT JOIN account_now a ON a.account = j.actor
            LEFT JOIN team t ON t.seq = (SELECT max(x.seq) FROM team x WHERE x.id = a.team)
            WHERE j.household = :household AND j.kind >= 'read.' AND j.kind < 'read/' AND j.seq < :before
            ORDER BY j.seq DESC LIMIT :limit""",
        actor=actor, household=household, before=before, limit=limit,
    )  # fmt: skip
