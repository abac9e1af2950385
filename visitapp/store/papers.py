"""What was made of a family's record for others, kept to the byte: whoever asks what a conference or a parent was given can be shown it."""

from visitapp.store.seen import FAMILIES
from visitapp.store.tx import Row, Tx


def add(
    tx: Tx, *, id: str, household: str, kind: str, request: str | None, first_on: str, last_on: str, pages: int, sha256: str, bytes: bytes,
    at: str, actor: str,
) -> int:  # fmt: skip
    """A paper as it was made."""
    return tx.append(
        "paper", at=at, actor=actor, household=household, id=id, kind=kind, request=request, first_on=first_on, last_on=last_on,
        pages=pages, sha256=sha256, bytes=bytes,
    )  # fmt: skip


def made(tx: Tx, actor: str, household: str, before: int, limit: int) -> list[Row]:
    """The papers of a family in scope, newest first from before that seq, without their bytes."""
    return tx.all(
        f"""SELECT p.seq, p.id, p.kind, p.request, p.first_on, p.last_on, p.pages, j.at, w.name AS made_by
            FROM paper p JOIN {FAMILIES} h ON h.household = p.household JOIN journal j ON j.seq = p.seq
            LEFT JOIN account_now w ON w.account = j.actor
            WHERE p.household = :household AND p.seq < :before ORDER BY p.seq DESC LIMIT :limit""",
        actor=actor, household=household, before=before, limit=limit,
    )  # fmt: skip


def of_request(tx: Tx, household: str, request: str) -> Row | None:
    """The copy that a request was answered with; the newest, where it was approved again."""
    return tx.one(
        "SELECT id, pages FROM paper WHERE household = :household AND request = :request ORDER BY seq DESC LIMIT 1",
        household=household, request=request,
    )  # fmt: skip


def paper(tx: Tx, actor: str, household: str, id: str) -> Row | None:
    """One paper of a family in scope, with its bytes."""
    return tx.one(
        f"""SELECT p.id, p.kind, p.household, p.bytes FROM paper p JOIN {FAMILIES} h ON h.household = p.household
            WHERE p.household = :household AND p.id = :id""",
        actor=actor, household=household, id=id,
    )  # fmt: skip
