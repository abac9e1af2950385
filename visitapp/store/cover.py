"""Leave with its deputy, weekend duty, and the posts of a team: dated facts, of which the newest that covers a day stands."""

from visitapp.store.tx import Row, Tx

_STANDS = (
    "l.from_on <= :day AND l.to_on >= :day"
    " AND NOT EXISTS (SELECT 1 FROM leave_ended e WHERE e.on_leave = l.id AND e.on_date <= :day)"
    " AND NOT EXISTS (SELECT 1 FROM on_leave n WHERE n.account = l.account AND n.seq > l.seq AND n.from_on <= :day AND n.to_on >= :day"
    " AND NOT EXISTS (SELECT 1 FROM leave_ended x WHERE x.on_leave = n.id AND x.on_date <= :day))"
)


def add_leave(tx: Tx, *, id: str, account: str, from_on: str, to_on: str, deputy: str, at: str, actor: str) -> int:
    """Somebody is away from one day to another, both included, and a deputy stands in."""
    return tx.append("on_leave", at=at, actor=actor, id=id, account=account, from_on=from_on, to_on=to_on, deputy=deputy)


def end_leave(tx: Tx, *, leave: str, on_date: str, at: str, actor: str) -> int | None:
    """They are back from that day on; None when that was said before."""
    return tx.append_new("leave_ended", at=at, actor=actor, on_leave=leave, on_date=on_date)


def leave(tx: Tx, id: str) -> Row | None:
    """A leave, with the team of whose it is."""
    return tx.one("SELECT l.*, a.team FROM on_leave l JOIN account_now a ON a.account = l.account WHERE l.id = :id", id=id)


def away(tx: Tx, team: str, day: str) -> list[Row]:
    """Who of a team is away on a day, and their deputies."""
    return tx.all(
        f"SELECT l.account, l.deputy FROM account_now a CROSS JOIN on_leave l WHERE a.team = :team AND l.account = a.account AND {_STANDS}",
        team=team, day=day,
    )  # fmt: skip


def deputies(tx: Tx, account: str, day: str) -> list[str]:
    """Who stands in for an account on a day: one, or nobody while it is there."""
    return [
        row["deputy"]
        for row in tx.all(f"SELECT l.deputy FROM on_leave l WHERE l.account = :account AND {_STANDS}", account=account, day=day)
    ]


def leave_from(tx: Tx, team: str, day: str) -> list[Row]:
    """The leave of a team that is not over on a day, the soonest first, with names."""
    return tx.all(
        "SELECT l.id, l.account, l.from_on, l.to_on, l.deputy, a.name, d.name AS deputy_name FROM account_now a CROSS JOIN on_leave l"
        " LEFT JOIN account_now d ON d.account = l.deputy WHERE a.team = :team AND l.account = a.account AND l.to_on >= :day"
        " AND NOT EXISTS (SELECT 1 FROM leave_ended e WHERE e.on_leave = l.id) ORDER BY l.from_on, l.seq",
        team=team, day=day,
    )  # fmt: skip


def add_weekend(tx: Tx, *, team: str, account: str, from_on: str, to_on: str, at: str, actor: str) -> int:
    """Somebody is on duty while offices are shut, from one day to another, both included."""
    return tx.append("weekend_duty", at=at, actor=actor, team=team, account=account, from_on=from_on, to_on=to_on)


def weekend(tx: Tx, team: str, day: str) -> str | None:
    """The account on duty on a day."""
    row = tx.one(
        "SELECT account FROM weekend_duty WHERE team = :team AND to_on >= :day AND from_on <= :day ORDER BY seq DESC LIMIT 1",
        team=team, day=day,
    )  # fmt: skip
    return row["account"] if row else None


def weekends_from(tx: Tx, team: str, day: str) -> list[Row]:
    """The rota from a day on, in its order, with names."""
    return tx.all(
        "SELECT w.account, w.from_on, w.to_on, a.name FROM weekend_duty w LEFT JOIN account_now a ON a.account = w.account"
        " WHERE w.team = :team AND w.to_on >= :day ORDER BY w.from_on, w.seq",
        team=team, day=day,
    )  # fmt: skip


def hold_post(
    tx: Tx, *, team: str, post: str, name: str, email: str, phone: str, account: str | None, from_on: str, at: str, actor: str
) -> int:  # fmt: skip
    """Somebody holds a post of a team from a day on; an empty name: nobody does."""
    return tx.append(
        "post_held", at=at, actor=actor, team=team, post=post, name=name, email=email, phone=phone, account=account, from_on=from_on
    )  # fmt: skip


def posts(tx: Tx, team: str, day: str) -> list[Row]:
    """Who holds each post of a team on a day."""
    return tx.all(
        "SELECT p.post, p.name, p.email, p.phone, p.account FROM post_held p WHERE p.team = :team AND p.from_on <= :day"
        " AND p.seq = (SELECT max(x.seq) FROM post_held x WHERE x.team = p.team AND x.post = p.post AND x.from_on <= :day) ORDER BY p.post",
        team=team, day=day,
    )  # fmt: skip


def members(tx: Tx, team: str) -> list[Row]:
    """Those of a team who may act for its families, by name."""
    return tx.all(
        "SELECT account, name, role FROM account_now WHERE team = :team"
        " AND role IN ('health_visitor', 'midwife', 'nursery_nurse', 'student', 'supervisor') ORDER BY name, account",
        team=team,
    )
