"""Sealed visits as they came. The first bytes under an id are kept; a constraint decides which were first."""

import json
from collections.abc import Sequence

from visitapp.store.tx import Row, Tx

_RECEIPT = "id, seq, author, sha256, received_at"


def keep(
    tx: Tx,
    *,
    id: str,
    household: str,
    form: str,
    form_version: int,
    form_hash: str,
    author: str,
    device: str,
    envelope: str,
    body: bytes,
    sha256: str,
    occurred_on: str | None,
    received_at: str,
) -> int | None:
    """Keep a submission; its `seq`, or None when this id is already kept (compare with `receipt`)."""
    return tx.append_new(
        "submission", at=received_at, actor=author, household=household, id=id, form=form, form_version=form_version, form_hash=form_hash,
        author=author, device=device, envelope=envelope, body=body, sha256=sha256, occurred_on=occurred_on, received_at=received_at,
    )  # fmt: skip


def receipt(tx: Tx, id: str) -> Row | None:
    """What the tablet is told of a kept submission, and its author (to whom alone it may be told)."""
    return tx.one(f"SELECT {_RECEIPT} FROM submission WHERE id = :id", id=id)


def submission(tx: Tx, id: str) -> Row | None:
    """A submission whole, bytes included, with the household in whose record it stands. Not scoped: screens ask through `look`."""
    row = tx.one("SELECT * FROM submission WHERE id = :id", id=id)
    filed = tx.one("SELECT household FROM visit_filed WHERE submission = :id AND until_seq IS NULL", id=id)
    return row | filed if row and filed else row


def put_aside(
    tx: Tx,
    *,
    id: str,
    submission: str,
    household: str | None,
    author: str,
    reason: str,
    owner: str,
    envelope: str,
    body: bytes,
    sha256: str,
    received_at: str,
) -> int | None:
    """Keep, in quarantine, what cannot be taken as it is; None when the same bytes under this id are there already."""
    return tx.append_new(
        "quarantine", at=received_at, actor=author, household=household, id=id, submission=submission, author=author, reason=reason,
        owner=owner, envelope=envelope, body=body, sha256=sha256, received_at=received_at,
    )  # fmt: skip


def quarantined(tx: Tx, submission: str) -> list[Row]:
    """What is in quarantine under a submission's id and not resolved, oldest first, without the bytes."""
    return tx.all(
        "SELECT q.id, q.seq, q.submission, q.household, q.author, q.reason, q.owner, q.sha256, q.received_at FROM quarantine q"
        " WHERE q.submission = :submission AND NOT EXISTS (SELECT 1 FROM quarantine_resolved d WHERE d.quarantine = q.id) ORDER BY q.seq",
        submission=submission,
    )


def resolve_quarantine(tx: Tx, *, quarantine: str, outcome: str, reason: str, at: str, actor: str) -> int:
    """Somebody decided what becomes of it."""
    return tx.append("quarantine_resolved", at=at, actor=actor, quarantine=quarantine, outcome=outcome, reason=reason)


def record_reading(
    tx: Tx,
    *,
    submission: str,
    household: str,
    kind: str,
    outcome: str | None,
    child_seen: bool | None,
    occurred_on: str,
    measures: Sequence[Sequence[str]],
    at: str,
    actor: str,
) -> int | None:
    """What the bytes say, once: `kind` is the form's (`visit`, `visit_not_completed`), `outcome` why it did not take place,
    `child_seen` None when not known, `measures` (person, measure, value, how known, and since when where that was confirmed; see
    `domain.measures`). None when it was read before."""
    return tx.append_new(
        "visit_reading", at=at, actor=actor, household=household, submission=submission, kind=kind, outcome=outcome,
        child_seen=child_seen, occurred_on=occurred_on, measures=json.dumps(list(measures), ensure_ascii=False),
    )  # fmt: skip


def bodies(tx: Tx, ids: Sequence[str]) -> dict[str, bytes]:
    """The bytes of several submissions, by id. The caller has shown that the actor may see them."""
    values = {f"id{number}": id for number, id in enumerate(ids)}
    rows = tx.all(f"SELECT id, body FROM submission WHERE id IN ({', '.join(f':{name}' for name in values)})", **values)
    return {row["id"]: bytes(row["body"]) for row in rows}
