"""Who looked at a family, by day: what each person opened, how often and when, newest first. Every reading left its line; this counts them.
Looking at this is a reading too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from visitapp.domain.moments import day_of
from visitapp.look.reading import Desk, noted
from visitapp.store import family_list, looked
from visitapp.store.tx import Row

PAGE = 200
"""Lines of the journal a page."""
NEWEST = 2**62

KINDS: dict[str, str] = {
    "read.family": "Opened the family’s page",
    "read.families": "Was shown the family in a list",
    "read.today": "Was shown the family in today’s list",
    "read.overview": "Was shown the family in the overview",
    "read.mine": "Was shown what is owed for the family",
    "read.staff": "Was shown what staff are owed about the family",
    "read.risks": "Read the known risks at the home",
    "read.found": "Found the family in a search",
    "read.visit": "Read a visit",
    "read.photograph": "Looked at a photograph",
    "read.course": "Looked at the course of the visits",
    "read.compare": "Compared two visits",
    "read.people": "Looked at the people over time",
    "read.same": "Looked whether somebody is recorded twice",
    "read.join_asked": "Was asked, in another team, whether the family is recorded there",
    "read.siblings": "Looked at the siblings side by side",
    "read.reviews": "Was shown a visit among those to be reviewed",
    "read.handover": "Read what a handover says",
    "read.handovers": "Was shown a handover in a list",
    "read.loss": "Read what is recorded of a loss",
    "read.arrangements": "Read what is agreed and owed",
    "read.family_plan": "Printed the page for the family",
    "read.referral": "Read a referral",
    "read.referrals": "Was shown a referral in a list",
    "read.letter": "Read a letter",
    "read.portal": "Read the answers for a council’s own form",
    "read.results": "Read what a visit found",
    "read.caseload": "Took the family onto a tablet",
    "read.offline": "Opened the family on a tablet without a network",
    "read.notices": "Was shown a notice about the family",
    "read.quarantine": "Looked at a visit set aside",
    "read.returned": "Looked at a letter that came back",
    "read.looked": "Looked at who had looked",
    "read.team_families": "Was shown the family behind a figure of the team",
    "read.team_export": "Took it out in a file of the team’s families",
    "read.export": "Took it out as a file",
    "read.request": "Worked on a parent’s request for a copy",
    "read.paper": "Opened a paper made from the record",
    "read.papers": "Was shown which papers were made",
}
"""A kind of reading in the journal -> what somebody did."""


BY_LINK = "recipient:"
"""How the actor of a reading begins who had no account, but the link and the code of a letter's message."""


@dataclass(frozen=True)
class Opened:
    """One thing that somebody opened on a day: how often, and the first and the last time. `detail`: an id that tells it from others."""

    what: str
    kind: str
    detail: str
    times: int
    first: str
    last: str


@dataclass(frozen=True)
class Somebody:
    """Who looked on a day, in which role as it is today, and what they opened, the newest first."""

    who: str
    role: str
    team: str
    opened: tuple[Opened, ...]


@dataclass(frozen=True)
class Looked:
    """`before` is the key of the next, older page. A day that begins on one page may end on the next."""

    family: Row
    days: tuple[tuple[date, tuple[Somebody, ...]], ...]
    before: int | None


def looked_at(desk: Desk, actor: str, household: str, before: int = NEWEST) -> Looked | None:
    """A page of it, or None when the family is not this actor's to see."""
    with desk.engine.read() as tx:
        family = family_list.one(tx, actor, household)
        rows = looked.reads(tx, actor, household, before, PAGE + 1) if family else []
    if family is None:
        return None
    noted(desk, actor, "read.looked", household)
    shown = rows[:PAGE]
    days = tuple((day, _people(lines)) for day, lines in groupby(shown, key=lambda row: day_of(row["at"])))
    return Looked(family, days, shown[-1]["seq"] if len(rows) > PAGE else None)


def _people(lines: Iterable[Row]) -> tuple[Somebody, ...]:
    by_actor: dict[str, list[Row]] = {}
    for row in lines:
        by_actor.setdefault(row["actor"], []).append(row)
    return tuple(Somebody(_who(each[0]), each[0]["role"] or "", each[0]["team_name"] or "", _opened(each)) for each in by_actor.values())


def _who(row: Row) -> str:
    if row["name"]:
        return str(row["name"])
    return "A receiving team, by the link of its letter" if row["actor"].startswith(BY_LINK) else "The service itself"


def _opened(lines: list[Row]) -> tuple[Opened, ...]:
    alike: dict[tuple[str, str], list[str]] = {}
    for row in lines:
        apart = (row["detail"] or "") if row["kind"] in ("read.visit", "read.offline") else ""
        alike.setdefault((row["kind"], apart), []).append(row["at"])
    return tuple(
        Opened(KINDS.get(kind, "Read part of the record"), kind, apart, len(at), min(at), max(at)) for (kind, apart), at in alike.items()
    )
