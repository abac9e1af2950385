"""The steps waiting to be done. A row is put in the same transaction as the fact that makes it necessary, and removed in the same
transaction as the fact that does it; between the two a worker may die as often as it likes.
"""

from visitapp.store.tx import Row, Tx


def put(tx: Tx, step: str, key: str, *, due_at: str, household: str | None = None) -> None:
    """Ask for a step, once however often it is asked for."""
    tx.run(
        "INSERT INTO outbox (step, key, household, due_at, attempts) VALUES (:step, :key, :household, :due_at, 0)"
        " ON CONFLICT (step, key) DO NOTHING",
        step=step, key=key, household=household, due_at=due_at,
    )  # fmt: skip


def due(tx: Tx, now: str, limit: int) -> list[Row]:
    """Steps whose time has come and that nobody holds, the longest waiting first."""
    return tx.all(
        "SELECT step, key, household, attempts FROM outbox WHERE due_at <= :now AND (claimed_until IS NULL OR claimed_until <= :now)"
        " ORDER BY due_at, step, key LIMIT :limit",
        now=now, limit=limit,
    )  # fmt: skip


def claim(tx: Tx, step: str, key: str, *, now: str, until: str) -> bool:
    """Hold a step until an instant; False when another worker holds it, or has done it."""
    return (
        tx.run(
            "UPDATE outbox SET claimed_until = :until, attempts = attempts + 1"
            " WHERE step = :step AND key = :key AND (claimed_until IS NULL OR claimed_until <= :now)",
            step=step, key=key, now=now, until=until,
        )
        == 1
    )  # fmt: skip


def done(tx: Tx, step: str, key: str) -> None:
    """The step is done; to be called in the transaction that does it."""
    tx.run("DELETE FROM outbox WHERE step = :step AND key = :key", step=step, key=key)


def again(tx: Tx, step: str, key: str, *, due_at: str, error: str) -> None:
    """The step was tried and is to be tried again; `error` names the kind of fault, never a person."""
    tx.run(
        "UPDATE outbox SET claimed_until = NULL, due_at = :due_at, last_error = :error WHERE step = :step AND key = :key",
        step=step, key=key, due_at=due_at, error=error,
    )  # fmt: skip


def bring_back(tx: Tx, *, now: str, latest: str) -> int:
    """Ask now for steps that wait or are held beyond an instant to which none is ever put off, because the clock ran ahead; how many."""
    return tx.run(
        "UPDATE outbox SET due_at = :now, claimed_until = NULL WHERE due_at > :latest OR claimed_until > :latest", now=now, latest=latest
    )
