"""What practitioners write for themselves alone. Every query here asks for the author's own: there is none that does not."""

from visitapp.store.tx import Row, Tx


def write(tx: Tx, *, id: str, author: str, submission: str | None, words: str, at: str) -> int:
    """A reflection is kept. Its journal line names its author and no family."""
    return tx.append("reflection", at=at, actor=author, id=id, author=author, submission=submission, words=words)


def own(tx: Tx, author: str, before: int, limit: int) -> list[Row]:
    """The author's own, the newest first, from before a seq."""
    return tx.all(
        "SELECT r.seq, r.id, r.submission, r.words, j.at, s.occurred_on FROM reflection r JOIN journal j ON j.seq = r.seq"
        " LEFT JOIN submission s ON s.id = r.submission WHERE r.author = :author AND r.seq < :before ORDER BY r.seq DESC LIMIT :limit",
        author=author, before=before, limit=limit,
    )  # fmt: skip


def own_of(tx: Tx, author: str, submission: str) -> list[Row]:
    """The author's own about one visit, in order."""
    return tx.all(
        "SELECT r.id, r.words, j.at FROM reflection r JOIN journal j ON j.seq = r.seq"
        " WHERE r.submission = :submission AND r.author = :author ORDER BY r.seq",
        author=author, submission=submission,
    )  # fmt: skip
