"""Revisions of unfinished visits, each for its author's account alone: working rows, dropped when a newer revision takes their place and
forgotten some time after the visit ended. The account stands in every query, so that another's are not there."""

from collections.abc import Sequence

from visitapp.store.tx import Row, Tx


def draft(tx: Tx, account: str, draft: str) -> Row | None:
    """What is known of a draft of this account: `ended_at`, `ended_how` and `ended_device`, all NULL while it is open."""
    return tx.one(
        "SELECT draft, ended_at, ended_how, ended_device FROM draft WHERE account = :account AND draft = :draft",
        account=account, draft=draft,
    )  # fmt: skip


def drafts(tx: Tx, account: str) -> list[Row]:
    """Every draft of an account, with the label of the device that ended it."""
    return tx.all(
        "SELECT d.draft, d.ended_at, d.ended_how, d.ended_device, m.label AS ended_label FROM draft d"
        " LEFT JOIN device m ON m.id = d.ended_device WHERE d.account = :account ORDER BY d.draft",
        account=account,
    )


def open_count(tx: Tx, account: str) -> int:
    """How many drafts of an account have not ended."""
    found = tx.one("SELECT count(*) AS n FROM draft WHERE account = :account AND ended_at IS NULL", account=account)
    return int(found["n"]) if found else 0


def begin(tx: Tx, account: str, draft: str) -> None:
    """The draft is known and open from here on."""
    tx.run(
        "INSERT INTO draft (account, draft, ended_at, ended_how, ended_device) VALUES (:account, :draft, NULL, NULL, NULL)"
        " ON CONFLICT (account, draft) DO UPDATE SET ended_at = NULL, ended_how = NULL, ended_device = NULL",
        account=account, draft=draft,
    )  # fmt: skip


def end(tx: Tx, account: str, draft: str, *, how: str, device: str | None, at: str) -> int:
    """The draft was finished or discarded; 0 when it is not known here or has ended already. Finished wins over discarded."""
    return tx.run(
        "UPDATE draft SET ended_at = :at, ended_how = :how, ended_device = :device WHERE account = :account AND draft = :draft"
        " AND (ended_at IS NULL OR (:how = 'finished' AND ended_how <> 'finished'))",
        account=account, draft=draft, how=how, device=device, at=at,
    )  # fmt: skip


def revision(tx: Tx, account: str, draft: str, revision: str) -> Row | None:
    """One revision; `content` is None when a newer one took its place."""
    return tx.one(
        "SELECT draft, revision, device, at, received_at, content FROM draft_revision"
        " WHERE account = :account AND draft = :draft AND revision = :revision",
        account=account, draft=draft, revision=revision,
    )  # fmt: skip


def add(tx: Tx, account: str, draft: str, revision: str, *, parents: str, device: str, at: str, received_at: str, content: bytes) -> bool:
    """Keep a revision; False when one of that id is there already. `parents` are ids with a space between."""
    return (
        tx.run(
            "INSERT INTO draft_revision (account, draft, revision, parents, device, at, received_at, size, content)"
            " VALUES (:account, :draft, :revision, :parents, :device, :at, :received_at, :size, :content) ON CONFLICT DO NOTHING",
            account=account, draft=draft, revision=revision, parents=parents, device=device, at=at, received_at=received_at,
            size=len(content), content=content,
        )
        == 1
    )  # fmt: skip


def supersede(tx: Tx, account: str, draft: str, revisions: Sequence[str], *, at: str) -> None:
    """Newer ones took their place: what they held goes. One that has not arrived yet is noted, so that it comes too late."""
    for each in revisions:
        tx.run(
            "INSERT INTO draft_revision (account, draft, revision, parents, device, at, received_at, size, content)"
            " VALUES (:account, :draft, :revision, '', '', :at, :at, 0, NULL)"
            " ON CONFLICT (account, draft, revision) DO UPDATE SET content = NULL, size = 0",
            account=account, draft=draft, revision=each, at=at,
        )  # fmt: skip


_HEADS = (
    "SELECT r.draft, r.revision, r.parents, r.device, m.label, r.at, r.received_at, r.size FROM draft_revision r"
    " LEFT JOIN device m ON m.id = r.device WHERE r.account = :account{of} AND r.content IS NOT NULL"
    " ORDER BY r.draft, r.received_at, r.revision"
)


def heads(tx: Tx, account: str) -> list[Row]:
    """The revisions of an account's drafts that nothing took the place of, oldest first, each with the label of its device."""
    return tx.all(_HEADS.format(of=""), account=account)


def heads_of(tx: Tx, account: str, draft: str) -> list[Row]:
    """The same of one draft."""
    return tx.all(_HEADS.format(of=" AND r.draft = :draft"), account=account, draft=draft)


def superseded(tx: Tx, account: str, draft: str, most: int) -> list[Row]:
    """The revisions that newer ones took the place of, the newest first and no more than so many: where a head comes from."""
    return tx.all(
        "SELECT revision, parents, received_at FROM draft_revision WHERE account = :account AND draft = :draft AND content IS NULL"
        " ORDER BY received_at DESC, revision LIMIT :most",
        account=account, draft=draft, most=most,
    )  # fmt: skip


def forget_superseded(tx: Tx, account: str, draft: str, *, before: str) -> int:
    """Let go of the names of superseded revisions that came before an instant."""
    return tx.run(
        "DELETE FROM draft_revision WHERE account = :account AND draft = :draft AND content IS NULL AND received_at < :before",
        account=account, draft=draft, before=before,
    )  # fmt: skip


def ended_before(tx: Tx, at: str) -> list[Row]:
    """Drafts that ended before an instant, everybody's, the oldest first."""
    return tx.all("SELECT account, draft FROM draft WHERE ended_at < :at ORDER BY ended_at, account, draft", at=at)


def forget(tx: Tx, account: str, draft: str) -> None:
    """Remove a draft with all its revisions."""
    tx.run("DELETE FROM draft_revision WHERE account = :account AND draft = :draft", account=account, draft=draft)
    tx.run("DELETE FROM draft WHERE account = :account AND draft = :draft", account=account, draft=draft)
