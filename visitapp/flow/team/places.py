"""How it is known where children sleep: seen, or only told, or not known at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.flow.team.figures import VISIT, Line, Section, Table

if TYPE_CHECKING:
    from visitapp.flow.team.facts import Facts

WAYS: dict[str, str] = {
    "seen": "Seen by the worker",
    "shown": "Shown in a photograph or video, not seen",
    "told": "Told, not seen",
    "told_by_agency": "Told by another agency, not seen",
    "unplaced": "Not known: not asked, not seen, refused or left empty",
}
NONE = "none"


def section(facts: Facts) -> Section:
    tally, visits = facts.tally(("sleep place", "sleep places")), 0
    for row in facts.visits:
        if row.kind == "visit":
            visits += 1
            for way in WAYS:
                tally.add(way, row.household, getattr(row, way), on=row.occurred_on)
            if not any(getattr(row, way) for way in WAYS):
                tally.add(NONE, row.household, on=row.occurred_on, words="no sleep recorded")
    whole = tally.total(*WAYS)
    lines = tuple(Line(words, (tally.cell(way, f"Sleep places: {words}", whole),)) for way, words in WAYS.items())
    without = Line("No place recorded at all", (tally.cell(NONE, "Visits at which no sleep place was recorded", visits, VISIT),))
    return Section(
        "places",
        "Sleep places seen",
        (
            Table("How it is known where each child slept", "How it is known", ("Sleep places",), lines),
            Table("Visits without a sleep place", "", ("Visits",), (without,)),
        ),
        (
            "Each sleep that was recorded at a visit made in this time, one for each child and night or nap. Told is not seen, and a "
            "photograph is "
            "not the place.",
        ),
    )
