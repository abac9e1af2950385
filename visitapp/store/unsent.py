"""What tablets said that they hold and have not sent. A working table: ids and times, replaced each time that a tablet speaks."""

from visitapp.store.tx import Row, Tx


def replace(tx: Tx, device: str, account: str, *, sealed: int, rows: list[Row], at: str) -> None:
    """One tablet holds these visits now, sealed or unfinished, and no others of that kind."""
    tx.run("DELETE FROM tablet_unsent WHERE device = :device AND sealed = :sealed", device=device, sealed=sealed)
    for row in rows:
        tx.run(
            "INSERT INTO tablet_unsent (device, id, account, household, sealed, since, told_at)"
            " VALUES (:device, :id, :account, :household, :sealed, :since, :at)"
            " ON CONFLICT (device, id) DO UPDATE SET sealed = :sealed, household = :household, since = :since, told_at = :at",
            device=device, account=account, sealed=sealed, at=at, id=row["id"], household=row["household"], since=row["since"],
        )  # fmt: skip


def of_device(tx: Tx, device: str) -> frozenset[tuple[str, str]]:
    """The visits that a tablet said that it holds, each with its family."""
    rows = tx.all("SELECT id, household FROM tablet_unsent WHERE device = :device", device=device)
    return frozenset((row["id"], row["household"]) for row in rows)
