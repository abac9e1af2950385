"""A kept visit read with the form it was written on, and the routes of the area in which its family lives."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from visitapp.domain import envelope as envelopes
from visitapp.formlang import Form, Routes
from visitapp.store import households, same
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired


@dataclass(frozen=True)
class Visit:
    """A kept submission read with its form. `sealed` is what its bytes say; in `body` who was recorded twice is who stands for them now."""

    row: Row
    form: Form
    sealed: dict[str, Any]
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
    def as_sealed(self) -> dict[str, Any]:
        """The same with everybody as they were recorded: what is read out of a visit once and kept."""
        return self.sealed | {"occurred_on": self.row["occurred_on"]}

    @property
    def household(self) -> str:
        return str(self.row["household"])


def read_visit(w: Wired, tx: Tx, row: Row) -> Visit:
    """The visit with the version of the form it was written on."""
    body = same.body(tx, row["household"], row["body"])
    form, outside = w.catalogue.form(row["form"], row["form_version"]), envelopes.parse(row["envelope"])
    return Visit(row, form, json.loads(row["body"]), json.loads(body), outside)


def routes_of(w: Wired, tx: Tx, household: str) -> Routes:
    """The routes of the area the family lives in; where it has none, those of the first area, so that a level is never left unrouted."""
    family = households.household(tx, household)
    area = family["area"] if family else None
    return w.catalogue.routes_by_area.get(area or "") or next(iter(w.catalogue.routes_by_area.values()))
