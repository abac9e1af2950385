"""What came back after letters were handed over, who must look at it, and whether the mailboxes it comes to can be read."""

from collections.abc import Iterable

from visitapp.store import accounts, scope
from visitapp.store.derivation import Derivation, column
from visitapp.store.tx import Row, Tx


def add(
    tx: Tx,
    *,
    id: str,
    source: str,
    kind: str,
    letter: str | None,
    referral: str | None,
    household: str | None,
    owner: str | None,
    proof: str,
    at: str,
    actor: str,
) -> int | None:
    """Something came back; None when it was kept already. `owner` is who must look at it; None where nobody needs to."""
    return tx.append_new(
        "returned", at=at, actor=actor, household=household, id=id, source=source, kind=kind, letter=letter, referral=referral,
        owner=owner, proof=proof,
    )  # fmt: skip


def kept(tx: Tx, id: str) -> bool:
    """Whether it was kept already."""
    return tx.one("SELECT 1 AS kept FROM returned WHERE id = :id", id=id) is not None


def settle(tx: Tx, row: Row, *, what: str, at: str, actor: str) -> int | None:
    """Somebody looked at it and says what was done; None when somebody did already."""
    return tx.append_new("returned_settled", at=at, actor=actor, household=row["household"], returned=row["id"], what=what)


FAMILIES_FIRST = "CASE WHEN o.household IS NULL THEN 1 ELSE 0 END, o.opened_seq"
"""Anybody can write to the mailbox, so what is about no family hides nothing that is."""


def waiting(tx: Tx, limit: int = 200) -> list[Row]:
    """What waits for somebody to look at it: first what is about a family, and of each the oldest first."""
    return tx.all(f"SELECT o.* FROM returned_open o ORDER BY {FAMILIES_FIRST} LIMIT :limit", limit=limit)


def waiting_for(tx: Tx, actor: str, id: str = "", limit: int = 200) -> list[Row]:
    """What this account may settle, or the one with that id: what is theirs, what is about a family that they may see, and, for those who
    look after the service, what is about none."""
    asking = accounts.account(tx, actor)
    looks_after = asking is not None and asking["role"] in ("administrator", "supervisor")
    return tx.all(
        "SELECT o.* FROM returned_open o WHERE (:id = '' OR o.id = :id) AND (o.owner = :actor OR (o.household IS NULL AND :looks_after = 1)"
        f" OR EXISTS (SELECT 1 FROM household_now WHERE household_now.household = o.household AND {scope.FAMILY}))"
        f" ORDER BY {FAMILIES_FIRST} LIMIT :limit",
        id=id, actor=actor, looks_after=int(looks_after), limit=limit,
    )  # fmt: skip


def of_referral(tx: Tx, referral: str) -> list[Row]:
    """Everything that came back about a referral, in order, with its instant."""
    return tx.all(
        "SELECT r.*, j.at FROM returned r JOIN journal j ON j.seq = r.seq WHERE r.referral = :referral ORDER BY r.seq", referral=referral
    )


def mailbox_was_read(tx: Tx, source: str, at: str) -> None:
    """A mailbox could be read."""
    tx.run(
        "INSERT INTO mailbox_read (source, read_at) VALUES (:source, :at)"
        " ON CONFLICT (source) DO UPDATE SET read_at = :at, failed_since = NULL",
        source=source, at=at,
    )  # fmt: skip


def mailbox_tried(tx: Tx, source: str, at: str) -> None:
    """A mailbox is read for the first time: until that has succeeded it counts as one that could not be."""
    tx.run("INSERT INTO mailbox_read (source, failed_since) VALUES (:source, :at) ON CONFLICT (source) DO NOTHING", source=source, at=at)


def mailbox_failed(tx: Tx, source: str, at: str) -> None:
    """A mailbox could not be read."""
    tx.run(
        "INSERT INTO mailbox_read (source, failed_since) VALUES (:source, :at)"
        " ON CONFLICT (source) DO UPDATE SET failed_since = coalesce(mailbox_read.failed_since, :at)",
        source=source, at=at,
    )  # fmt: skip


def mailboxes(tx: Tx) -> list[Row]:
    """Every mailbox that was ever read or tried."""
    return tx.all("SELECT source, read_at, failed_since FROM mailbox_read ORDER BY source")


def uncollected(tx: Tx) -> list[Row]:
    """Letters that lie in a mailbox of MESH, with since when, the oldest first."""
    return tx.all("SELECT u.*, j.at AS since FROM uncollected u JOIN journal j ON j.seq = u.sent_seq ORDER BY u.sent_seq")


def is_uncollected(tx: Tx, recipient: str) -> bool:
    """Whether a recipient's letter still lies in its mailbox."""
    return tx.one("SELECT 1 AS lies FROM uncollected WHERE recipient = :recipient", recipient=recipient) is not None


def _refresh_open(tx: Tx, id: str) -> None:
    tx.run("DELETE FROM returned_open WHERE id = :id", id=id)
    tx.run(
        "INSERT INTO returned_open (id, since, source, kind, referral, household, owner, opened_seq)"
        " SELECT r.id, j.at, r.source, r.kind, r.referral, r.household, r.owner, r.seq FROM returned r JOIN journal j ON j.seq = r.seq"
        " WHERE r.id = :id AND r.owner IS NOT NULL AND NOT EXISTS (SELECT 1 FROM returned_settled d WHERE d.returned = r.id)",
        id=id,
    )


def _recipient(_tx: Tx, fact: Row) -> Iterable[str]:
    return [fact["recipient"]] if fact.get("recipient") else []


def _refresh_uncollected(tx: Tx, recipient: str) -> None:
    tx.run("DELETE FROM uncollected WHERE recipient = :recipient", recipient=recipient)
    tx.run(
        "INSERT INTO uncollected (recipient, letter, referral, household, sent_seq)"
        " SELECT r.id, d.letter, r.referral, r.household, d.seq FROM recipient r JOIN delivery d ON d.recipient = r.id"
        " WHERE r.id = :recipient AND d.transport = 'mesh' AND d.outcome = 'sent' AND NOT EXISTS"
        " (SELECT 1 FROM delivery n WHERE n.recipient = r.id AND n.seq > d.seq)",
        recipient=recipient,
    )


RETURNED_OPEN = Derivation(
    tables=("returned_open",),
    after={"returned": column("id"), "returned_settled": column("returned")},
    refresh=_refresh_open,
    every_key="SELECT id AS key FROM returned",
)
UNCOLLECTED = Derivation(
    tables=("uncollected",),
    after={"delivery": _recipient},
    refresh=_refresh_uncollected,
    every_key="SELECT DISTINCT recipient AS key FROM delivery WHERE recipient IS NOT NULL",
)
