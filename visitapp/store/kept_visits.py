"""Every visit that was kept and could be read, page by page in the order in which they were kept: for judging them again."""

from visitapp.store.tx import Row, Tx


def page(tx: Tx, after_seq: int, since: str, limit: int) -> list[Row]:
    """The next submissions after one, of visits on a day or later, bytes included. Not scoped: an operator asks, and the asking is
    journalled."""
    return tx.all(
        "SELECT s.* FROM submission s JOIN visit_reading r ON r.submission = s.id"
        " WHERE s.seq > :after AND r.occurred_on >= :since ORDER BY s.seq LIMIT :limit",
        after=after_seq, since=since, limit=limit,
    )  # fmt: skip
