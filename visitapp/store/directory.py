"""Who keeps the directory was told that an entry is to be checked."""

from visitapp.store.tx import Row, Tx


def to_check(tx: Tx, before: str) -> list[Row]:
    """The entries, as they stand, that are to be checked by a day before that one, the longest due first."""
    return tx.all(
        "SELECT id, name, review_on FROM receiving_team r WHERE seq = (SELECT max(seq) FROM receiving_team WHERE id = r.id)"
        " AND review_on < :before ORDER BY review_on, id",
        before=before,
    )


def told(tx: Tx, *, receiving_team: str, review_on: str, past: bool, at: str, actor: str) -> bool:
    """They are told of one now; False when they were before."""
    return tx.append_new("directory_told", at=at, actor=actor, receiving_team=receiving_team, review_on=review_on, past=past) is not None
