"""Who looked at a family: every reading that left its line, newest first. Looking at this is a reading too."""

from dataclasses import dataclass

from visitapp.look.reading import Desk, noted
from visitapp.store import family_list, looked
from visitapp.store.tx import Row

PAGE = 50
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


@dataclass(frozen=True)
class Looked:
    """`before` is the key of the next, older page."""

    family: Row
    rows: tuple[Row, ...]
    before: int | None


def looked_at(desk: Desk, actor: str, household: str, before: int = NEWEST) -> Looked | None:
    """A page of it, or None when the family is not this actor's to see."""
    with desk.engine.read() as tx:
        family = family_list.one(tx, actor, household)
        rows = looked.reads(tx, actor, household, before, PAGE + 1) if family else []
    if family is None:
        return None
    noted(desk, actor, "read.looked", household)
    shown = tuple(row | {"what": KINDS.get(row["kind"], "Read part of the record")} for row in rows[:PAGE])
    return Looked(family, shown, shown[-1]["seq"] if len(rows) > PAGE else None)
