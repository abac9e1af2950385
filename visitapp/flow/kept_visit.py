"""A kept visit read with the form it was written on, and the routes of the area in which its family lives."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.domain import envelope as envelopes
from visitapp.formlang import Form, Routes
from visitapp.store import households
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired


@dataclass(frozen=True)
class Visit:
    """A kept submission read with its form."""

    row: Row
    form: Form
    body: dict[str, Any]
    outside: envelopes.Envelope

    @property
    def id(self) -> str:
        return str(self.row["id"])

    @property
    def dated(self) -> dict[str, Any]:
        """What it says, on the day on which it is kept: another than its own where a tablet's clock was ahead."""
        return self.body | {"occurred_on": self.row["occurred_on"]}

    @property
    def household(self) -> str:
        return str(self.row["household"])


def read_visit(w: Wired, row: Row) -> Visit:
    """The visit as its bytes say it, with the version of the form it was written on."""
    return Visit(row, w.catalogue.form(row["form"], row["form_version"]), json.loads(row["body"]), envelopes.parse(row["envelope"]))


def routes_of(w: Wired, tx: Tx, household: str) -> Routes:
    """The routes of the area the family lives in; where it has none, those of the first area, so that a level is never left unrouted."""
    family = households.household(tx, household)
    area = family["area"] if family else None
    return w.catalogue.routes_by_area.get(area or "") or next(iter(w.catalogue.routes_by_area.values()))
