"""Photographs of a visit, and the pieces of those that are on their way. The first bytes under an id are kept; a constraint decides."""

import json
from collections.abc import Sequence

from visitapp.domain.photographs import MOST, listed
from visitapp.store.derivation import Derivation, column
from visitapp.store.seen import FAMILIES
from visitapp.store.tx import Row, Tx


def keep(
    tx: Tx,
    *,
    submission: str,
    id: str,
    household: str,
    author: str,
    device: str,
    envelope: str,
    bytes: bytes,
    sha256: str,
    received_at: str,
) -> int | None:
    """Keep a photograph that is whole; its `seq`, or None when it is kept already (see `receipt`)."""
    return tx.append_new(
        "photograph", at=received_at, actor=author, household=household, submission=submission, id=id, author=author, device=device,
        envelope=envelope, bytes=bytes, sha256=sha256, received_at=received_at,
    )  # fmt: skip


def receipt(tx: Tx, submission: str, id: str) -> Row | None:
    """What the tablet is told of a photograph that is kept."""
    return tx.one(
        "SELECT id, seq, sha256, received_at FROM photograph WHERE submission = :submission AND id = :id", submission=submission, id=id
    )


def arrived(tx: Tx, submission: str) -> list[Row]:
    """Which photographs of a visit are kept, without the bytes; the caller has shown that the actor may see the visit."""
    return tx.all("SELECT id, sha256, received_at FROM photograph WHERE submission = :submission", submission=submission)


def here(tx: Tx, submissions: Sequence[str], as_of: int) -> dict[str, frozenset[str]]:
    """Visit -> which of its photographs were kept by a seq; the caller has shown that the actor may see the visits."""
    values = {f"visit{number}": visit for number, visit in enumerate(submissions)}
    rows = tx.all(
        f"SELECT submission, id FROM photograph WHERE submission IN ({', '.join(f':{name}' for name in values)}) AND seq <= :as_of",
        as_of=as_of, **values,
    )  # fmt: skip
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["submission"], set()).add(row["id"])
    return {visit: frozenset(ids) for visit, ids in found.items()}


def picture(tx: Tx, submission: str, id: str) -> bytes | None:
    """The bytes of one; the caller has shown that the actor may see the visit."""
    row = tx.one("SELECT bytes FROM photograph WHERE submission = :submission AND id = :id", submission=submission, id=id)
    return bytes(row["bytes"]) if row else None


def seen(tx: Tx, actor: str, submission: str, id: str) -> Row | None:
    """One photograph of a family that the actor may see."""
    return tx.one(
        f"""SELECT p.household, p.bytes FROM photograph p JOIN {FAMILIES} h ON h.household = p.household
            WHERE p.submission = :submission AND p.id = :id""",
        actor=actor, submission=submission, id=id,
    )  # fmt: skip


def pieces(tx: Tx, submission: str, photograph: str) -> list[Row]:
    """The pieces of a photograph on its way, in order; `here` is 1 for those that have come."""
    return tx.all(
        "SELECT sha256, CASE WHEN bytes IS NULL THEN 0 ELSE 1 END AS here FROM photograph_piece"
        " WHERE submission = :submission AND photograph = :photograph ORDER BY number",
        submission=submission,
        photograph=photograph,
    )


def bytes_of(tx: Tx, submission: str, photograph: str) -> list[Row]:
    """The pieces of a photograph on its way, in order, with their bytes (None where one has not come)."""
    return tx.all(
        "SELECT sha256, bytes FROM photograph_piece WHERE submission = :submission AND photograph = :photograph ORDER BY number",
        submission=submission,
        photograph=photograph,
    )


def await_pieces(tx: Tx, *, submission: str, photograph: str, author: str, names: tuple[str, ...], at: str) -> None:
    """These pieces are on their way, and no others of this photograph: what came under the same names before stays."""
    if [row["sha256"] for row in pieces(tx, submission, photograph)] != list(names):
        forget_pieces(tx, submission, photograph)
        row = {"submission": submission, "photograph": photograph, "author": author, "asked_at": at}
        tx.insert("photograph_piece", [row | {"sha256": name, "number": number, "bytes": None} for number, name in enumerate(names)])
    tx.run(
        "UPDATE photograph_piece SET asked_at = :at WHERE submission = :submission AND photograph = :photograph",
        at=at,
        submission=submission,
        photograph=photograph,
    )


def keep_piece(tx: Tx, *, submission: str, photograph: str, author: str, sha256: str, bytes: bytes) -> bool:
    """Keep a piece; False when this author announced none of that name for this photograph."""
    return tx.run(
        "UPDATE photograph_piece SET bytes = :bytes WHERE submission = :submission AND photograph = :photograph AND sha256 = :sha256"
        " AND author = :author",
        submission=submission, photograph=photograph, author=author, sha256=sha256, bytes=bytes,
    ) > 0  # fmt: skip


def forget_pieces(tx: Tx, submission: str, photograph: str) -> None:
    """The photograph is whole, or is announced anew with other pieces."""
    tx.run(
        "DELETE FROM photograph_piece WHERE submission = :submission AND photograph = :photograph",
        submission=submission,
        photograph=photograph,
    )


def stale(tx: Tx, before: str) -> bool:
    """Whether there are pieces that nobody asked about since an instant."""
    return tx.one("SELECT 1 AS there FROM photograph_piece WHERE asked_at < :before LIMIT 1", before=before) is not None


def forget_stale(tx: Tx, before: str) -> int:
    """Let go of pieces that nobody asked about since an instant; how many."""
    return tx.run("DELETE FROM photograph_piece WHERE asked_at < :before", before=before)


def give_up(tx: Tx, *, submission: str, household: str, reason: str, at: str, actor: str) -> int | None:
    """The photographs of a visit that are missing will not come; None when that was said before."""
    return tx.append_new("photographs_given_up", at=at, actor=actor, household=household, submission=submission, reason=reason)


def given_up(tx: Tx, submission: str) -> Row | None:
    """Why the missing photographs of a visit will not come, who said so and when; None while they may."""
    return tx.one(
        "SELECT g.reason, j.at, a.name AS actor_name FROM photographs_given_up g JOIN journal j ON j.seq = g.seq"
        " LEFT JOIN account_now a ON a.account = j.actor WHERE g.submission = :submission",
        submission=submission,
    )


def awaited(tx: Tx, before: str, limit: int = 200) -> list[Row]:
    """Visits that were kept before an instant and name photographs that have not come, the oldest first."""
    return tx.all(
        "SELECT * FROM photograph_awaited WHERE since < :before ORDER BY since, submission LIMIT :limit", before=before, limit=limit
    )


def _named_in(body: bytes) -> list[str]:
    """The photographs that a visit says will come: not one that its tablet could not read any more, nor one more than is taken."""
    if b'"photographs"' not in body:
        return []
    try:
        said = listed(json.loads(body))
    except (ValueError, RecursionError):
        return []
    return [one.id for one in said.taken[:MOST] if not one.lost] if said else []


def _refresh(tx: Tx, submission: str) -> None:
    tx.run("DELETE FROM photograph_awaited WHERE submission = :submission", submission=submission)
    row = tx.one("SELECT household, author, received_at AS since, body FROM submission WHERE id = :submission", submission=submission)
    named = _named_in(bytes(row.pop("body"))) if row else []
    missing = len(set(named) - {one["id"] for one in arrived(tx, submission)}) if named else 0
    if row and missing and given_up(tx, submission) is None:
        tx.insert("photograph_awaited", [{"submission": submission, **row, "missing": missing}])


PHOTOGRAPH_AWAITED = Derivation(
    tables=("photograph_awaited",),
    after={"submission": column("id"), "photograph": column("submission"), "photographs_given_up": column("submission")},
    refresh=_refresh,
    every_key="SELECT id AS key FROM submission",
)
