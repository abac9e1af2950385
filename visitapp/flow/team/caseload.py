"""The caseload as it stands now: by level of need, by practitioner, and by what was found at the newest visits."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from visitapp.domain.findings import AREAS, LEVELS
from visitapp.flow.team.figures import Line, Section, Table
from visitapp.store import team_figures
from visitapp.store.duties import TOOK_PLACE

if TYPE_CHECKING:
    from visitapp.flow.team.facts import Facts
    from visitapp.store.tx import Row

NONE, NOBODY = "none", "nobody"
CONCERN = 3
"""The level from which social care is asked (clinical brief 5.3)."""


def section(facts: Facts) -> Section:
    return Section(
        "caseload",
        "Caseload",
        (_levels(facts), _practitioners(facts), _findings(facts)),
        (
            "As it stands now. A suggested level is a range: what was not asked or not seen could make it higher, and is never taken "
            "as a no.",
        ),
    )


def _levels(facts: Facts) -> Table:
    tally = facts.tally()
    for row in facts.families:
        least, could = row["level_at_least"], _could_be(row)
        visited = "last visit" if row["last_visit_on"] else "no visit was completed"
        tally.add(f"level.{least or NONE}", row["household"], on=row["last_visit_on"] or "", words=visited)
        if least and could and could > least:
            tally.add(f"higher.{least}", row["household"], on=row["last_visit_on"] or "", words=f"could be {could}; {visited}")
        tally.add(f"agreed.{row['level_agreed'] or NONE}", row["household"])
    name = {level: facts.catalogue.levels.words(level).name for level in LEVELS}
    whole = len(facts.families)
    lines = [
        Line(
            f"{level} – {name[level]}",
            (
                tally.cell(f"level.{level}", f"Suggested level {level} at its lowest", whole),
                tally.cell(f"higher.{level}", f"Suggested level {level} at its lowest, could be higher") if level < LEVELS[-1] else None,
                tally.cell(f"agreed.{level}", f"Level {level} agreed by people", whole),
            ),
        )
        for level in reversed(LEVELS)
    ]
    unknown = tally.cell(f"level.{NONE}", "No visit assessed yet", whole), None, tally.cell(f"agreed.{NONE}", "No level agreed", whole)
    columns = ("Suggested, at its lowest", "Of these, could be higher", "Agreed by people")
    return Table("Families by level of need", "Level", columns, (*lines, Line("Not assessed, or nothing agreed", unknown)))


def _could_be(row: Row) -> int | None:
    """The highest that the level could be. Doors that stayed shut say nothing of the home: until a visit is completed it could be any."""
    if row["level_at_least"] and not row["last_visit_on"]:
        return LEVELS[-1]
    could: int | None = row["level_could_be"]
    return could


def _practitioners(facts: Facts) -> Table:
    tally, names = facts.tally(), {}
    for row in facts.families:
        who = row["practitioner"] or NOBODY
        names[who] = row["practitioner_name"] or "Nobody is named"
        tally.add(f"with.{who}", row["household"])
        if (row["level_at_least"] or 0) >= CONCERN:
            tally.add(f"least.{who}", row["household"], words=f"at least {row['level_at_least']}")
        elif (could := _could_be(row) or 0) >= CONCERN:
            tally.add(f"could.{who}", row["household"], words=f"could be {could}")
        elif row["level_at_least"] is None:
            tally.add(f"unassessed.{who}", row["household"])
    columns = {
        "with": "Families",
        "least": f"Level at least {CONCERN}",
        "could": f"Below, could be {CONCERN} or more",
        "unassessed": "Not assessed",
    }
    lines = tuple(
        Line(names[who], tuple(tally.cell(f"{key}.{who}", f"{names[who]}: {words}") for key, words in columns.items()))
        for who in sorted(names, key=lambda one: (names[one], one))
    )
    return Table("Families by named practitioner", "Practitioner", tuple(columns.values()), lines, "Your team has no families yet.")


NOTE = (
    "Of each area as the newest visit that looked at it left it. A visit that was not completed, and what others told us, add to this "
    "and take "
    "nothing away. “Cannot tell” is what was left open: it is not a no."
)


def _findings(facts: Facts) -> Table:
    tally = facts.tally()
    known: dict[str, tuple[int, str]] = {}
    for (home, code), (state, on, area, level) in standing(facts).items():
        known[code] = level, area
        tally.add(f"{state}.{code}", home, on=on)
    order = sorted(known, key=lambda code: (-tally.total(f"present.{code}"), -known[code][0], code))
    columns = {"present": "Found", "cannot_tell": "Cannot tell"}
    return Table("Families by finding", "Finding", tuple(columns.values()), tuple(
        Line(
            said, tuple(tally.cell(f"{state}.{code}", f"{words}: {said}") for state, words in columns.items()),
            f"{AREAS.get(known[code][1], known[code][1])}, level {known[code][0]}",
        )
        for code in order for said in (facts.finding(code),)
    ), "Nothing was found or left open.", note=NOTE)  # fmt: skip


def standing(facts: Facts) -> dict[tuple[str, str], tuple[str, str, str, int]]:
    """What stands of each family, by family and code: state, day, area and level; found before cannot tell."""
    areas = cache(facts.areas)
    stands: dict[tuple[str, str], tuple[str, str, str, int]] = {}
    home_now, visit_now, settled, looking = "", "", set[str](), frozenset[str]()
    for home, form, version, kind, on, visit, code, area, state, level in team_figures.findings(facts.tx, facts.actor):
        if home != home_now:
            home_now, settled, looking = home, set(), frozenset()
        if visit != visit_now:  # the next older visit: what the newer one looked at is settled
            settled |= looking
            visit_now, looking = visit, areas(form, version) if kind in TOOK_PLACE else frozenset()
        if code and area not in settled:
            here = stands.get((home, code))
            if here is None or (here[0] != "present" and state == "present"):
                stands[home, code] = state, on, area, level
    return stands
