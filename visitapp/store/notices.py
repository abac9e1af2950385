"""Short messages by e-mail that name nobody: each is a fact, and so is every attempt to hand it over. Which are still unsent is derived."""

from collections.abc import Iterable
from typing import Any

from visitapp.store.assessments import compact
from visitapp.store.derivation import Derivation, column
from visitapp.store.tx import Row, Tx


def add(
    tx: Tx, *, id: str, kind: str, to_account: str | None, to_address: str | None, said: dict[str, Any], at: str, actor: str,
    until: str | None = None, household: str | None = None, referral: str | None = None,
) -> int:  # fmt: skip
    """A message is to be sent, to an account or to an address; after `until` it is of no more use."""
    return tx.append(
        "notice_message", at=at, actor=actor, household=household, id=id, kind=kind, to_account=to_account, to_address=to_address,
        referral=referral, said=compact(said), until=until,
    )  # fmt: skip


def message(tx: Tx, id: str) -> Row | None:
    """A message as it was asked for, with its instant."""
    return tx.one("SELECT n.*, j.at FROM notice_message n JOIN journal j ON j.seq = n.seq WHERE n.id = :id", id=id)


def asked_since(tx: Tx, account: str, kind: str, since: str) -> int:
    """How many messages of a kind were asked for an account since an instant."""
    found = tx.one(
        "SELECT count(*) AS n FROM notice_message m JOIN journal j ON j.seq = m.seq WHERE m.to_account = :account AND m.kind = :kind"
        " AND j.at >= :since",
        account=account, kind=kind, since=since,
    )  # fmt: skip
    assert found is not None
    return int(found["n"])


def add_attempt(
    tx: Tx, *, message: str, transport: str, address: str, attempt: int, outcome: str, proof: str, at: str, actor: str,
    household: str | None = None,
) -> int:  # fmt: skip
    """What came of one attempt, with the other side's own words."""
    return tx.append(
        "notice_attempt", at=at, actor=actor, household=household, message=message, transport=transport, address=address,
        attempt=attempt, outcome=outcome, proof=proof,
    )  # fmt: skip


def attempts(tx: Tx, message: str) -> list[Row]:
    """Every attempt of a message, in order, with its instant."""
    return tx.all(
        "SELECT a.*, j.at FROM notice_attempt a JOIN journal j ON j.seq = a.seq WHERE a.message = :message ORDER BY a.seq", message=message
    )  # fmt: skip


def unsent(tx: Tx, limit: int = 200) -> list[Row]:
    """Messages that nobody has taken, the oldest first, each with the address that its account has now; of those that were refused to the
    same account or address the oldest alone, and what has another address
    now, so that somebody without an address hides nobody else's."""
    return tx.all(
        "SELECT u.*, coalesce(a.email, u.to_address, '') AS address_now FROM (SELECT n.*, row_number() OVER"
        " (PARTITION BY n.to_account, n.to_address, n.outcome ORDER BY n.since, n.id) AS nth FROM notice_unsent n) u"
        " LEFT JOIN account_now a ON a.account = u.to_account WHERE u.outcome <> 'refused' OR u.nth = 1"
        " OR coalesce(a.email, u.to_address, '') <> u.address"
        " ORDER BY CASE u.outcome WHEN 'refused' THEN 1 ELSE 0 END, u.since, u.id LIMIT :limit",
        limit=limit,
    )


def _refresh(tx: Tx, id: str) -> None:
    tx.run("DELETE FROM notice_unsent WHERE id = :id", id=id)
    row, tried = message(tx, id), attempts(tx, id)
    if row is None or (tried and tried[-1]["outcome"] == "sent"):
        return
    last: Row = tried[-1] if tried else {"seq": 0, "outcome": "", "address": ""}
    if last["outcome"] == "refused" and _reached_since(tx, row, last["seq"]):
        return
    unsent = {name: row[name] for name in ("id", "to_account", "to_address", "household", "referral")}
    unsent |= {"since": row["at"], "attempts": len(tried), "outcome": last["outcome"], "address": last["address"]}
    tx.insert("notice_unsent", [unsent])


def _reached_since(tx: Tx, row: Row, seq: int) -> bool:
    """Whether a later message reached the same account or address: what kept this one back is mended, and its news is old."""
    found = tx.one(
        "SELECT 1 AS reached FROM notice_message n JOIN notice_attempt a ON a.message = n.id WHERE (n.to_account = :account OR"
        " n.to_address = :address) AND a.outcome = 'sent' AND a.seq > :seq LIMIT 1",
        account=row["to_account"], address=row["to_address"], seq=seq,
    )  # fmt: skip
    return found is not None


def _beside(tx: Tx, fact: Row) -> Iterable[str]:
    """The message itself, and what waits for the same people."""
    rows = tx.all(
        "SELECT u.id FROM notice_message n JOIN notice_unsent u ON u.to_account = n.to_account OR u.to_address = n.to_address"
        " WHERE n.id = :message",
        message=fact["message"],
    )
    return dict.fromkeys([fact["message"], *(row["id"] for row in rows)])


NOTICE_UNSENT = Derivation(
    tables=("notice_unsent",),
    after={"notice_message": column("id"), "notice_attempt": _beside},
    refresh=_refresh,
    every_key="SELECT id AS key FROM notice_message",
)
