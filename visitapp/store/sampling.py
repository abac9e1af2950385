"""Which visits of a month are sampled: whose are still to be drawn, and with which seed each month's were chosen."""

from visitapp.store.seen import BESIDE
from visitapp.store.tx import Row, Tx


def to_draw(tx: Tx, month: str, first: str, last: str, after: str, limit: int) -> list[str]:
    """The accounts from which something came in a month (instants, the last not included) that is not drawn yet, from after one."""
    rows = tx.all(
        "SELECT a.account FROM account_now a WHERE a.account > :after"
        " AND EXISTS (SELECT 1 FROM submission s WHERE s.author = a.account AND s.received_at >= :first AND s.received_at < :last)"
        " AND NOT EXISTS (SELECT 1 FROM sampling_drawn d WHERE d.account = a.account AND d.month = :month) ORDER BY a.account LIMIT :limit",
        month=month, first=first, last=last, after=after, limit=limit,
    )  # fmt: skip
    return [row["account"] for row in rows]


def came_from(tx: Tx, account: str, first: str, last: str) -> list[Row]:
    """The visits, made or tried, that came from an account between two instants."""
    return tx.all(
        "SELECT s.id, v.household FROM submission s JOIN visit v ON v.submission = s.id WHERE s.author = :account"
        f" AND s.received_at >= :first AND s.received_at < :last AND v.kind NOT IN {BESIDE} ORDER BY s.id",
        account=account, first=first, last=last,
    )  # fmt: skip


def draw(tx: Tx, *, account: str, month: str, seed: str, wanted: int, among: int, at: str, actor: str) -> int | None:
    """A month of an account is drawn, once."""
    return tx.append_new("sampling_drawn", at=at, actor=actor, account=account, month=month, seed=seed, wanted=wanted, among=among)


def chose(tx: Tx, submission: str, seq: int) -> Row | None:
    """The draw by which a visit was sampled at a seq."""
    return tx.one(
        "SELECT d.* FROM submission s JOIN sampling_drawn d ON d.account = s.author WHERE s.id = :submission AND d.seq < :seq"
        " ORDER BY d.month DESC LIMIT 1",
        submission=submission, seq=seq,
    )  # fmt: skip


def drawn(tx: Tx, account: str, month: str) -> Row | None:
    """How a month of an account was drawn."""
    return tx.one("SELECT * FROM sampling_drawn WHERE account = :account AND month = :month", account=account, month=month)
