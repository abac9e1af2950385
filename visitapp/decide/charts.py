"""The course of each area over a family's visits: for a small chart, the newest points with the best and the worst that were seen; for a
supervisor's screen, every visit on one time line, completed or not, with what each says of the area and what it left open. Of each number
it is said how much it could have been, and whether the family expected the visit. Whoever draws it, the facts are these.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from visitapp.decide import history, patterns
from visitapp.decide.patterns import Compare, Point
from visitapp.domain.findings import LEVELS
from visitapp.domain.measures import Range
from visitapp.domain.outcomes import NEVER_COUNTED
from visitapp.domain.past import BESIDE, Known, PastFinding, PastVisit

HOME, ROOMS, LEVEL = "State of the home", "Rooms seen", "Level of need that the visits suggest"
TITLES: Mapping[str, str] = {
    "sleep": "Sleep: things noted",
    "engagement": "Being let in and being seen: things noted",
    "substances": "Alcohol, drugs and medicines: things noted",
    "care": "Health and care: things noted",
}
"""What is counted in each area that has no number of its own."""

Numbers = Mapping[str, Range]
"""What some visits say of one thing, by submission."""
Asks = Callable[[str, int], Mapping[str, str]]
"""The measures that a version of a form asks for, each with its area."""


def courses(known: Known, days: int, areas: history.Areas, most: int) -> list[dict[str, Any]]:
    """A chart of each area that visits of the last so many days say anything of, of the newest visits; more is worse, rooms apart."""
    recent = known.since(days)
    drawn = [_course("home", HOME, _points(recent, home(recent))[-most:])]
    drawn += [_course("home", ROOMS, _points(recent, rooms(recent))[-most:], more_is_better=True)]
    drawn += [_course(area, TITLES[area], _points(recent, found)[-most:]) for area, found in things_found(known, recent, areas).items()]
    return [one for one in drawn if one["points"]]


def home(visits: Iterable[PastVisit]) -> Numbers:
    """The state of the home at each visit made that saw any of it."""
    return {one.submission: one.said.home for one in visits if one.made and one.said.home}


def rooms(visits: Iterable[PastVisit]) -> Numbers:
    """How many rooms were seen at each visit made that said."""
    return {one.submission: one.said.rooms for one in visits if one.made and one.said.rooms}


def things_found(known: Known, visits: Iterable[PastVisit], areas: history.Areas) -> dict[str, dict[str, Range]]:
    """How many things each visit found in each area that its form can find something in."""
    course: dict[str, dict[str, Range]] = {area: {} for area in TITLES}
    for visit in visits:
        found = known.findings.get(visit.submission)
        if found is not None and visit.made:
            for area in areas(visit.form, visit.form_version) & course.keys():
                course[area][visit.submission] = _number([one for one in found if one.area == area])
    return course


def _points(visits: Iterable[PastVisit], numbers: Numbers) -> list[Point]:
    return [Point(one.on, numbers[one.submission], one.said.announced) for one in visits if one.submission in numbers]


def _number(found: Sequence[PastFinding]) -> Range:
    """How many things were found, each once whomever it is about, and how many could have been; what a graver one says is in that."""
    present = {one.code for one in found if one.state == "present" and one.under == ""}
    return Range(len(present), len(present | {one.code for one in found if one.state == "cannot_tell"}))


def _course(area: str, title: str, points: Sequence[Point], *, more_is_better: bool = False) -> dict[str, Any]:
    known = sorted(one.value.at_least for one in points) or [0]
    best, worst = (known[-1], known[0]) if more_is_better else (known[0], known[-1])
    drawn = [{"on": one.on, "value": one.value.at_least, "could_be": one.value.could_be, "announced": one.announced} for one in points]
    return {"area": area, "title": title, "points": drawn, "best": best, "worst": worst}


# --- every visit on one time line ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mark:
    """One visit on the time line of an area. `value` is None where it says nothing of it: it was not completed, its form does not ask, or
    all that it asks is open. `asked` is whether its form asks for it; `open` the measures of the area that are not known, each with why not
    and of how many."""

    visit: PastVisit
    value: Range | None
    asked: bool
    open: Mapping[str, Mapping[str, int]]

    @property
    def completed(self) -> bool:
        return self.visit.made

    @property
    def counts(self) -> bool:
        """Whether it was not completed and counts: what we cancelled, or the family lawfully declined, never does."""
        return not self.visit.made and self.visit.outcome not in NEVER_COUNTED


@dataclass(frozen=True)
class Course:
    """The course of one thing over all visits, the oldest first. More is worse, but where it is said that fewer is."""

    area: str
    title: str
    marks: tuple[Mark, ...]
    more_is_better: bool = False

    @property
    def known(self) -> tuple[Mark, ...]:
        return tuple(one for one in self.marks if one.value is not None)

    @property
    def last(self) -> Mark | None:
        return self.known[-1] if self.known else None

    def lately(self, most: int) -> tuple[Mark, ...]:
        """The newest so many that say something, the oldest first."""
        return self.known[-most:]

    def worse(self, most: int) -> bool:
        """Whether the last of the newest so many is surely worse than the best of them, and none was surely worse."""
        return patterns.at_highest([self._as_worse(one) for one in self.lately(most)])

    def best(self, most: int) -> Mark:
        """The newest of those of the newest so many that were surely the best: what was not known could have been worse."""
        return min(reversed(self.lately(most)), key=lambda one: tuple(reversed(self._as_worse(one))))

    def _as_worse(self, mark: Mark) -> Range:
        """The number so that more is worse."""
        least, most = mark.value or Range(0, 0)
        return Range(-most, -least) if self.more_is_better else Range(least, most)


def time_lines(known: Known, areas: history.Areas, asks: Asks, levels: Numbers, open_at: Mapping[str, Any]) -> list[Course]:
    """A course of each area that any of the visits known says anything of; all visits stand on each, completed or not. `levels` is what
    each suggests as a level, `open_at` what each left open, by submission."""
    visits = [one for one in known.visits if one.kind not in BESIDE]
    found = things_found(known, visits, areas)
    drawn = [
        ("", LEVEL, _as_far_as_seen(visits, levels), False),
        ("home", HOME, home(visits), False),
        ("home", ROOMS, rooms(visits), True),
        *((area, TITLES[area], numbers, False) for area, numbers in found.items()),
    ]
    return [_time_line(area, title, numbers, fewer, visits, areas, asks, open_at) for area, title, numbers, fewer in drawn if numbers]


def _as_far_as_seen(visits: Iterable[PastVisit], levels: Numbers) -> Numbers:
    """The levels, with any higher one possible where nobody was let in: a door that stayed shut says nothing of the home behind it."""
    made = {one.submission for one in visits if one.made}
    return {id: one if id in made else Range(one.at_least, max(LEVELS)) for id, one in levels.items()}


def _time_line(
    area: str,
    title: str,
    numbers: Numbers,
    fewer: bool,
    visits: Iterable[PastVisit],
    areas: history.Areas,
    asks: Asks,
    open_at: Mapping[str, Any],
) -> Course:
    def mark(visit: PastVisit) -> Mark:
        of = asks(visit.form, visit.form_version)
        left = {measure: why for measure, why in open_at.get(visit.submission, {}).items() if of.get(measure) == area}
        asked = not area or area in areas(visit.form, visit.form_version)
        return Mark(visit, numbers.get(visit.submission), asked, left)

    return Course(area, title, tuple(mark(one) for one in visits), fewer)


# --- expected and not -----------------------------------------------------------------------------------------------------------------


def announced_words(compared: Compare) -> str:
    """The state of the home where the family expected the visit, and where it did not, with how many of each; empty without both."""
    if not (compared.mean_announced and compared.mean_unannounced):
        return ""
    return (
        f"State of the home on average, higher is worse: {_mean(compared.mean_announced)} at {compared.announced} arranged, "
        f"{_mean(compared.mean_unannounced)} at {compared.unannounced} not arranged."
    )


def _mean(mean: tuple[float, float]) -> str:
    least, most = (f"{one:.1f}".removesuffix(".0") for one in mean)
    return least if least == most else f"{least} to {most}"
