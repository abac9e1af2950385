"""What tablets hold and have not sent: told by each tablet whenever it is on a network, as ids of visits, families and times. A visit that
lies there for a day is nobody's, and stands on the list of today until it arrives or was discarded, wherever the tablet is by then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from visitapp.domain.moments import is_instant
from visitapp.domain.outside import is_id
from visitapp.flow.devices import Sender
from visitapp.problems import problem, wrong
from visitapp.store import scope, unsent
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

MOST = 500
"""Visits of one kind that a tablet can tell of."""


def told(w: Wired, sender: Sender, said: dict[str, Any]) -> None:
    """Keep what a tablet holds, in place of what it said before. `said`: sealed and unfinished, each a list of id, household and since;
    unfinished is None while the tablet is locked, and what it said of those before stays. Families that its account may not see are left
    out, but for what it held before such a family went to another team: that visit is still on its way. Raises Problem."""
    at, device = w.clock(), sender.device
    if device is None:
        raise problem("not_found")
    sealed, unfinished = _held(said, "sealed"), _held(said, "unfinished") if said.get("unfinished") is not None else None

    def write(tx: Tx) -> None:
        before = unsent.of_device(tx, device)
        for kind, rows in ((1, sealed), (0, unfinished)):
            if rows is not None:
                theirs = [
                    row | {"since": min(row["since"], at)}  # a tablet's clock may run ahead
                    for row in rows
                    if (row["id"], row["household"]) in before or scope.may_see_family(tx, sender.account, row["household"])
                ]
                unsent.replace(tx, device, sender.account, sealed=kind, rows=theirs, at=at)

    w.writer.submit(write)


def _held(said: dict[str, Any], kind: str) -> list[Row]:
    rows = said.get(kind)
    if not isinstance(rows, list) or len(rows) > MOST or not all(_is_one(row) for row in rows):
        raise wrong(kind, f"Give up to {MOST} visits, each with id, household and since.")
    return [{name: row[name] for name in ("id", "household", "since")} for row in rows]


def _is_one(row: Any) -> bool:
    return isinstance(row, dict) and is_id(row.get("id")) and is_id(row.get("household")) and is_instant(row.get("since"))
