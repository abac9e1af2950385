"""The course of each area over a family's visits, for a small chart: the newest points with the best and the worst that were seen. Of each
number it is said how much it could have been, and whether the family expected the visit.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from visitapp.decide import history
from visitapp.decide.patterns import Point
from visitapp.domain.measures import Range
from visitapp.domain.past import Known, PastFinding, PastVisit

HOME, ROOMS = "State of the home", "Rooms seen"
TITLES: Mapping[str, str] = {
    "sleep": "Sleep: things noted",
    "engagement": "Being let in and being seen: things noted",
    "substances": "Alcohol, drugs and medicines: things noted",
    "care": "Health and care: things noted",
}
"""What is counted in each area that has no number of its own."""


def courses(known: Known, days: int, areas: history.Areas, most: int) -> list[dict[str, Any]]:
    """A chart of each area that visits of the last so many days say anything of, of the newest visits; more is worse, rooms apart."""
    recent = known.since(days)
    home = [Point(one.on, one.said.home, one.said.announced) for one in recent if one.made and one.said.home]
    drawn = [_course("home", HOME, home[-most:])]
    drawn += [_course("home", ROOMS, history.rooms(recent)[-most:], more_is_better=True)]
    drawn += [_course(area, TITLES[area], points[-most:]) for area, points in _things_found(known, recent, areas).items()]
    return [one for one in drawn if one["points"]]


def _things_found(known: Known, visits: Iterable[PastVisit], areas: history.Areas) -> dict[str, list[Point]]:
    course: dict[str, list[Point]] = {area: [] for area in TITLES}
    for visit in visits:
        found = known.findings.get(visit.submission)
        if found is not None and visit.made:
            for area in areas(visit.form, visit.form_version) & course.keys():
                course[area].append(Point(visit.on, _number([one for one in found if one.area == area]), visit.said.announced))
    return course


def _number(found: Sequence[PastFinding]) -> Range:
    """How many things were found, each once whomever it is about, and how many could have been; what a graver one says is in that."""
    present = {one.code for one in found if one.state == "present" and one.under == ""}
    return Range(len(present), len(present | {one.code for one in found if one.state == "cannot_tell"}))


def _course(area: str, title: str, points: Sequence[Point], *, more_is_better: bool = False) -> dict[str, Any]:
    known = sorted(one.value.at_least for one in points) or [0]
    best, worst = (known[-1], known[0]) if more_is_better else (known[0], known[-1])
    drawn = [{"on": one.on, "value": one.value.at_least, "could_be": one.value.could_be, "announced": one.announced} for one in points]
    return {"area": area, "title": title, "points": drawn, "best": best, "worst": worst}
