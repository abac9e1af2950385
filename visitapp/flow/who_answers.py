"""On which numbers somebody answers about a referral now, in the order in which they are tried. By day the offices do; at night, at
weekends and on bank holidays an office does not, so after whoever answers then come our own on-call and the police, and the offices' own
numbers stand last, as what they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from visitapp.flow import clocks, cover, routing, whose
from visitapp.flow.recipients import Recipient, of_row
from visitapp.store import accounts, households, recipients, referrals, teams
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.decide.recipients import Chosen
    from visitapp.wiring import Wired

OUT_OF_HOURS = "out_of_hours"
POLICE = ("The police, where nobody of social care answers (in danger now: 999)", "101")
TOLD_ONLY = ("health_copy", "family_copy", "chronology")
"""Kinds of copy whose readers are told and act on nothing."""

Numbers = list[tuple[str, str]]


def numbers(w: Wired, tx: Tx, referral: Row, known: Chosen | None, at: str) -> Numbers:
    """Whom, and the number; each number once. `known` is who would get it, where somebody looked already."""
    hours = routing.hours_at(clocks.policy(w, tx, referral["household"]), at)
    entries = list(_whom(w, tx, referral, known, at))
    if hours == OUT_OF_HOURS:
        office = [(f"{whom}, when the office opens", number) for whom, number in _by_day(entries)]
        found = [*_by_night(entries), *_on_call(w, tx, referral["household"], at), POLICE, *office]
    else:
        found = [*_by_day(entries), *((f"{whom}, nights and weekends", number) for whom, number in _by_night(entries))]
    first: dict[str, tuple[str, str]] = {}
    for whom, number in found:
        first.setdefault(number, (whom, number))
    return [one for number, one in first.items() if number]


def _whom(w: Wired, tx: Tx, referral: Row, known: Chosen | None, at: str) -> Iterator[tuple[str, str, Row | None]]:
    """Each who gets it and may act: name, the number that was chosen with them, and the entry of the directory where they are one. Last the
    other entries of the area that take what is urgent."""
    if known or referrals.state(tx, referral["id"]) == "proposed":
        chosen = known or routing.proposed(w, tx, referral, routing.Said(), at)
        for one in chosen.choices:
            if one.document not in TOLD_ONLY:
                yield one.who.name, one.who.phone, _entry(tx, one.who.key.removeprefix("team:"))
    else:
        for to in (of_row(row) for row in recipients.of(tx, referral["id"]) if row["stands"] and row["document"] not in TOLD_ONLY):
            yield to.name, to.phone, _entry_of(tx, to)
    family = households.household(tx, referral["household"])
    area = str((family["area"] if family else None) or "")
    for kind in (OUT_OF_HOURS, "front_door") if area else ():
        for row in teams.receiving_teams_for(tx, area, kind):
            yield row["name"], "", row
    if (given := _entry(tx, referral["receiving_team"] or "")) is not None:
        yield given["name"], "", given


def _entry(tx: Tx, team: str) -> Row | None:
    return teams.receiving_team(tx, team) if team else None


def _entry_of(tx: Tx, to: Recipient) -> Row | None:
    """The entry that a recipient is: a family's own worker is answered for by a team, and is none."""
    known = teams.by_address(tx, to.address) if to.address else []
    same = next((one["id"] for one in reversed(known) if one["name"] == to.name), None)
    return _entry(tx, same or "")


def _by_day(entries: Iterable[tuple[str, str, Row | None]]) -> Numbers:
    return [
        (whom, entry["phone"] if entry else number) for whom, number, entry in entries if entry is None or entry["kind"] != OUT_OF_HOURS
    ]


def _by_night(entries: Iterable[tuple[str, str, Row | None]]) -> Numbers:
    """Who says by which number they are reached at night; a team for nights is there then by its own."""
    nights = [(whom, entry) for whom, _, entry in entries if entry is not None]
    return [(whom, entry["phone_out_of_hours"] or (entry["phone"] if entry["kind"] == OUT_OF_HOURS else "")) for whom, entry in nights]


def _on_call(w: Wired, tx: Tx, household: str, at: str) -> Numbers:
    """Who of ours is on duty while offices are shut, where the rota names somebody."""
    here = cover.of(w, tx, whose.team(tx, household), at)
    on_duty = accounts.account(tx, here.weekend) if here and here.weekend else None
    return [(f"{on_duty['name']}, on duty for the team", on_duty["phone"] or "")] if on_duty else []
