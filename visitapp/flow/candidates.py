"""Everybody who could get a family's referral, by the words of the routes: the entries of the directory for where the children live and
are, and those of this family, with why a letter cannot be mailed to them today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from visitapp.decide.recipients import Candidate, refusal
from visitapp.domain.directory import KINDS
from visitapp.domain.moments import day_of
from visitapp.flow.recipients import way_to
from visitapp.store import life_events, teams, together
from visitapp.store.seen import Families
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from datetime import date

    from visitapp.formlang import Routes
    from visitapp.wiring import Wired

NOT_MAILED = ("mesh", "portal")
"""Ways whose addresses are no addresses of e-mail."""
FAMILY = Candidate("family", "The parents", "")
OF_AGENCY = {"social_worker": "worker", "early_help": "early_help_worker", "gp": "gp", "placing_authority": "placing_authority"}
"""A kind of agency -> the word of the routes for it."""


def could_get_it(w: Wired, tx: Tx, household: str, home: str, here: str, routes: Routes, hours: str) -> dict[str, tuple[Candidate, ...]]:
    """Word of the routes -> who it means, in the order in which they are tried. `home` is the area in which the children live, `here` the
    one in which they are."""
    today = day_of(w.clock())

    def teams_of(area: str, kind: str) -> tuple[Candidate, ...]:
        return tuple(_team(w, tx, row, routes, hours, today) for row in teams.receiving_teams_for(tx, area, kind))

    at_home = teams_of(home, "front_door")
    found = {kind: teams_of(here, kind) for kind in KINDS}
    own = {"home_front_door": at_home, "early_help": teams_of(home, "early_help"), "family": (FAMILY,)}
    return found | own | _agencies(w, tx, household, routes, today, at_home)


def open_agencies(tx: Tx, household: str) -> list[Row]:
    """The agencies that work with a family now, the newest first."""
    rows = together.agencies(tx, Families.several(life_events.earlier(tx, household)))
    return [row for row in reversed(rows) if row["closed_on"] is None]


def team(w: Wired, tx: Tx, row: Row, routes: Routes, hours: str) -> Candidate:
    """An entry of the directory as one who could get it."""
    return _team(w, tx, row, routes, hours, day_of(w.clock()))


def _team(w: Wired, tx: Tx, row: Row, routes: Routes, hours: str, today: date) -> Candidate:
    """Whoever answers for a team of nights and weekends is the front door of the area, which goes on with it in the morning."""
    answers = row["id"]
    if row["kind"] == "out_of_hours":
        answers = next((one["id"] for one in teams.receiving_teams_for(tx, row["area"], "front_door")), answers)
    phone = row["phone_out_of_hours"] if hours == "out_of_hours" and row["phone_out_of_hours"] else row["phone"]
    way, address = way_to(w, row)
    refused = refusal(
        routes, address, today, review_on=row["review_on"], demonstration=w.settings.demonstration, mailed=way not in NOT_MAILED
    )  # fmt: skip
    return Candidate(f"team:{row['id']}", row["name"], address, phone, answers, refused, way)


def _agencies(
    w: Wired, tx: Tx, household: str, routes: Routes, today: date, at_home: tuple[Candidate, ...]
) -> dict[str, tuple[Candidate, ...]]:
    """Those of the family, one for each word; a worker is of the council in which the family lives, whose accounts answer for them."""
    found: dict[str, tuple[Candidate, ...]] = {}
    council = next((one.receiving_team for one in at_home), None)
    for row in open_agencies(tx, household):
        word = OF_AGENCY.get(row["kind"])
        for key, one in _people(row, word, council) if word else ():
            refused = refusal(routes, one.address, today, demonstration=w.settings.demonstration)
            if one.address.strip() or key == "placing_authority":
                found[key] = (*found.get(key, ()), Candidate(one.key, one.name, one.address, one.phone, one.receiving_team, refused))
    return found


def _people(row: Row, word: str, council: str | None) -> Iterator[tuple[str, Candidate]]:
    of = council if row["kind"] == "social_worker" else None
    name = f"{row['worker']}, {row['name']}" if row["worker"] else row["name"]
    yield word, Candidate(f"agency:{row['id']}", name, row["email"], row["phone"] or row["contact"], of)
    if row["kind"] == "social_worker" and (row["manager"] or row["manager_email"]):
        manager = f"{row['manager']}, manager, {row['name']}" if row["manager"] else f"Manager, {row['name']}"
        yield "manager", Candidate(f"manager:{row['id']}", manager, row["manager_email"], row["manager_phone"], of)
