"""Sessions, tablets and attempts to sign in: working rows, kept under hashes, which a running service changes and may forget."""

from visitapp.store.tx import Row, Tx


def open_session(tx: Tx, *, token_hash: str, account: str, at: str) -> None:
    """Somebody signed in."""
    tx.run(
        "INSERT INTO session (token_hash, account, created_at, seen_at) VALUES (:token_hash, :account, :at, :at)",
        token_hash=token_hash, account=account, at=at,
    )  # fmt: skip


def session(tx: Tx, token_hash: str) -> Row | None:
    """A session with its account as it now stands (columns of `account_now`), and when it began and was last used."""
    return tx.one(
        "SELECT s.token_hash, s.created_at, s.seen_at, a.* FROM session s JOIN account_now a ON a.account = s.account"
        " WHERE s.token_hash = :token_hash",
        token_hash=token_hash,
    )


def session_seen(tx: Tx, token_hash: str, at: str) -> None:
    """The session was used."""
    tx.run("UPDATE session SET seen_at = :at WHERE token_hash = :token_hash", at=at, token_hash=token_hash)


def close_session(tx: Tx, token_hash: str) -> None:
    """Signed out."""
    tx.run("DELETE FROM session WHERE token_hash = :token_hash", token_hash=token_hash)


def close_sessions_of(tx: Tx, account: str) -> int:
    """End every session of an account, as when its password changes; how many."""
    return tx.run("DELETE FROM session WHERE account = :account", account=account)


def add_device(tx: Tx, *, id: str, account: str, label: str, secret_hash: str, at: str) -> None:
    """A tablet was registered for an account."""
    tx.run(
        "INSERT INTO device (id, account, label, secret_hash, created_at, revoked_at)"
        " VALUES (:id, :account, :label, :secret_hash, :at, NULL)",
        id=id, account=account, label=label, secret_hash=secret_hash, at=at,
    )  # fmt: skip


def device(tx: Tx, id: str) -> Row | None:
    """A tablet; `revoked_at` is set when its credential no longer counts."""
    return tx.one("SELECT * FROM device WHERE id = :id", id=id)


def devices_of(tx: Tx, account: str) -> list[Row]:
    """The tablets registered for an account, the newest first."""
    return tx.all("SELECT * FROM device WHERE account = :account ORDER BY created_at DESC, id", account=account)


def revoke_device(tx: Tx, id: str, at: str) -> int:
    """The tablet was lost or handed in: its credential counts no more. 0 when there is none to revoke."""
    return tx.run("UPDATE device SET revoked_at = :at WHERE id = :id AND revoked_at IS NULL", id=id, at=at)


def restore_device(tx: Tx, id: str) -> int:
    """The tablet was found: its credential counts again. 0 when it was not revoked."""
    return tx.run("UPDATE device SET revoked_at = NULL WHERE id = :id AND revoked_at IS NOT NULL", id=id)


def note_attempt(tx: Tx, *, username_hash: str, address_hash: str, at: str, succeeded: bool) -> None:
    """Somebody tried to sign in."""
    tx.run(
        "INSERT INTO sign_in_attempt (username_hash, address_hash, at, succeeded) VALUES (:username_hash, :address_hash, :at, :succeeded)",
        username_hash=username_hash, address_hash=address_hash, at=at, succeeded=succeeded,
    )  # fmt: skip


def refusals_since(tx: Tx, *, username_hash: str, address_hash: str, since: str) -> Row:
    """How often signing in was refused since an instant: `by_username` and `by_address`."""
    found = tx.one(
        "SELECT (SELECT count(*) FROM sign_in_attempt t WHERE t.username_hash = :username_hash AND t.at >= :since AND t.succeeded = 0)"
        " AS by_username, (SELECT count(*) FROM sign_in_attempt t WHERE t.address_hash = :address_hash AND t.at >= :since"
        " AND t.succeeded = 0) AS by_address",
        username_hash=username_hash,
        address_hash=address_hash,
        since=since,
    )
    assert found is not None
    return found


def forget_attempts_before(tx: Tx, at: str) -> int:
    """Attempts older than this no longer slow anybody down; how many were forgotten."""
    return tx.run("DELETE FROM sign_in_attempt WHERE at < :at", at=at)
