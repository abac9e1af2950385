"""Looking something up in the journal that has no fact of its own."""

from visitapp.store.tx import Tx


def noted(tx: Tx, actor: str, kind: str) -> bool:
    """Whether this actor ever left a line of this kind."""
    return tx.one("SELECT seq FROM journal WHERE actor = :actor AND kind = :kind LIMIT 1", actor=actor, kind=kind) is not None
