"""Who may sign in: for administrators, who see accounts and no family."""

from collections.abc import Sequence

from visitapp.store.tx import Row, Tx, numbered


def page(tx: Tx, after: str, limit: int) -> list[Row]:
    return tx.all(
        """SELECT a.account, a.username, a.name, a.role, a.phone, a.email, a.ended_on, a.staff_number,
                  t.name AS team_name, r.name AS receiving_team_name
           FROM account_now a LEFT JOIN team t ON t.id = a.team
           LEFT JOIN receiving_team r ON r.seq = (SELECT max(x.seq) FROM receiving_team x WHERE x.id = a.receiving_team)
           WHERE a.username > :after ORDER BY a.username LIMIT :limit""",
        after=after, limit=limit,
    )  # fmt: skip


def colleagues(tx: Tx, actor: str) -> list[Row]:
    """Those of the actor's own team who visit families, by name."""
    return tx.all(
        """SELECT a.account, a.name, a.role FROM account_now a JOIN account_now me ON me.account = :actor AND me.team = a.team
           WHERE a.role IN ('health_visitor', 'midwife', 'nursery_nurse', 'student') ORDER BY a.name, a.account""",
        actor=actor,
    )


def names(tx: Tx, accounts: Sequence[str]) -> list[Row]:
    """The names of these accounts."""
    among, values = numbered(accounts)
    return tx.all(f"SELECT account, name FROM account_now WHERE account IN ({among})", **values)
