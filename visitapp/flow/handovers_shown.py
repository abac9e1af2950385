"""Handovers as their pages show them: an offer to be made, one offer for whoever may answer or keep it, and the lists of those."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from visitapp.flow import handover_summary, whose
from visitapp.flow.handover_summary import Section
from visitapp.flow.handovers import TEAM, leads
from visitapp.flow.people_schemas import VISITING
from visitapp.flow.protected import kept_from_others
from visitapp.store import accounts, family_list, handovers, households, scope, teams
from visitapp.store.tx import Row, Tx

if TYPE_CHECKING:
    from visitapp.wiring import Wired

PAGE = 25
MOST_TEAMS = 20
"""So many teams beside the family's own are offered at once; the others are looked for by name."""


@dataclass(frozen=True)
class Page:
    """What the page of an offer to be made shows. `to` is whom it may be offered to, each team by its name with id -> words; `more_teams`:
    there are others, which are looked for by name."""

    family: Row
    summary: tuple[Section, ...]
    to: tuple[tuple[str, dict[str, str]], ...]
    more_teams: bool
    open: Row | None


@dataclass(frozen=True)
class Shown:
    """One offer as it stands, with what the next one must know. `answers`: whether the actor may answer it; `takes`: whom a supervisor may
    accept it for; `may_keep`: whether they may take it back or keep the family."""

    row: Row
    summary: tuple[Section, ...]
    ended: tuple[Row, ...]
    answers: bool
    takes: dict[str, str]
    may_keep: bool


@dataclass(frozen=True)
class Listed:
    """Offers that an account may answer, those of its own team's families, the keys of what comes after, and whom a supervisor may accept
    several for."""

    to_me: tuple[Row, ...]
    ours: tuple[Row, ...]
    more_to_me: int | None
    more_ours: int | None
    takes: dict[str, str]


def page(w: Wired, actor: str, household: str, sought: str = "") -> Page | None:
    """None when the family is not there or not this actor's to see. `sought`: a part of the name of the team that is to take it. The
    reading is journalled."""
    with w.engine.read() as tx:
        family = family_list.one(tx, actor, household)
        if family is None:
            return None
        to, more_teams = _whom(tx, household, sought)
        found = Page(family, handover_summary.of(w, tx, household), to, more_teams, handovers.open_of(tx, household))
    at = w.clock()
    w.writer.submit(lambda tx: tx.journal("read.handover", at=at, actor=actor, household=household))
    return found


def _whom(tx: Tx, household: str, sought: str) -> tuple[tuple[tuple[str, dict[str, str]], ...], bool]:
    """Whom a family may be offered to, by the name of their team, the family's own first and then those of its area; and each team for
    whoever it finds. Whether more teams than these have such a name."""
    family = households.household(tx, household) or {"team": None, "practitioner": None, "area": None}
    part = " ".join(sought.split()).casefold()
    named = [row for row in teams.teams(tx) if row["id"] == family["team"] or part in row["name"].casefold()]
    named.sort(key=lambda row: (row["id"] != family["team"], row["area"] != family["area"], row["name"]))
    shown = named[: MOST_TEAMS + 1]
    found = {row["id"]: dict[str, str]() for row in shown}
    for row in accounts.visiting_of(tx, list(found)) if found else ():
        if row["account"] != family["practitioner"]:
            found[row["team"]][row["account"]] = row["name"]
    for row in shown:
        found[row["id"]][f"{TEAM}{row['id']}"] = f"Whoever the supervisor of {row['name']} names"
    return tuple((row["name"], found[row["id"]]) for row in shown), len(named) > len(shown)


def shown(w: Wired, actor: str, handover: str) -> Shown | None:
    """One open offer, for whoever may answer it or may see the family. The reading is journalled."""
    at = w.clock()
    with w.engine.read() as tx:
        row = handovers.seen_by(tx, actor, handover)
        made = handovers.handover(tx, handover)
        if row is None or made is None:
            return None
        takes = {one["account"]: one["name"] for one in accounts.visiting(tx, row["to_team"])} if leads(tx, actor, row["to_team"]) else {}
        family = households.household(tx, row["household"])
        ours = family is not None and scope.may_see_family(tx, actor, row["household"])
        may_keep = ours and family is not None and _allowed(tx, actor, family, at)
        said = {part: made[part] for part in ("words", "safe")} | {"summary": handover_summary.read(made["summary"])}
        said = said if ours else kept_from_others(w, tx, row["household"], said)
        found = Shown(
            row | {"words": said["words"], "safe": said["safe"], "at": made["at"]}, said["summary"],
            tuple(handovers.ended(tx, handover)), bool(row["answers"]) and not row["refused"], takes, may_keep,
        )  # fmt: skip
    w.writer.submit(lambda tx: tx.journal("read.handover", at=at, actor=actor, household=row["household"]))
    return found


def _allowed(tx: Tx, actor: str, family: Row, at: str) -> bool:
    named = accounts.account(tx, family["practitioner"]) if family["practitioner"] else None
    standing_in = whose.with_deputies(tx, [family["practitioner"]], at)
    return bool(named and named["role"] in VISITING and (actor in standing_in or whose.supervises(tx, actor, family)))


def listed(w: Wired, actor: str, after_mine: int = 0, after_ours: int = 0) -> Listed:
    """A page of what the actor may answer, and of the open offers of their team's families. The reading of each is journalled."""
    at = w.clock()
    with w.engine.read() as tx:
        to_me, ours = handovers.offered_to(tx, actor, after_mine, PAGE + 1), handovers.of_team(tx, actor, after_ours, PAGE + 1)
        asking = accounts.account(tx, actor)
        team = asking["team"] if asking else None
        takes = {one["account"]: one["name"] for one in accounts.visiting(tx, team)} if team and leads(tx, actor, team) else {}
    read = sorted({row["household"] for row in (*to_me[:PAGE], *ours[:PAGE])})
    w.writer.submit(lambda tx: [tx.journal("read.handovers", at=at, actor=actor, household=one) for one in read])
    more = [rows[PAGE - 1]["opened_seq"] if len(rows) > PAGE else None for rows in (to_me, ours)]
    return Listed(tuple(to_me[:PAGE]), tuple(ours[:PAGE]), more[0], more[1], takes)


def to_me(w: Wired, actor: str) -> tuple[Row, ...]:
    """The offers that wait for this account, for its own page and tablet; the reading of each is journalled."""
    at = w.clock()
    with w.engine.read() as tx:
        rows = tuple(handovers.offered_to(tx, actor, 0, PAGE))
    if rows:
        w.writer.submit(lambda tx: [tx.journal("read.handovers", at=at, actor=actor, household=row["household"]) for row in rows])
    return rows


def of_family(w: Wired, actor: str, household: str) -> Row | None:
    """The open offer of a family, for pages whose reading is journalled already."""
    with w.engine.read() as tx:
        return handovers.open_of(tx, household) if scope.may_see_family(tx, actor, household) else None
