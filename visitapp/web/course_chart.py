"""A course over a family's visits as a drawing for a page: where each mark stands, in units of the picture. The facts come from
`decide/charts.py`; the shapes are in `templates/macros/course.jinja` and say by form, never by colour alone, what each is.

What is not known is drawn as itself: a hatched bar up to what it could have been, a hatched column where a visit says nothing of what it
was to ask, and a cross under the line for a visit that was not completed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from visitapp.decide.charts import Course, Mark

LEAST_TOP = 4
"""A course of small numbers is not drawn as if it were steep."""
MOST_TICKS = 9
APART = 92
"""Units between two days under the line, so that none stands on another."""
CLOSEST = 9.0
"""Units that two marks are apart at least, as far as there is room, so that each can be told from the next."""


@dataclass(frozen=True)
class Size:
    """The picture in its own units, and the room around the drawing: for numbers on the left, days and crosses below."""

    width: float
    height: float
    left: float
    right: float
    top: float
    below: float

    @property
    def floor(self) -> float:
        return self.height - self.below


LARGE, SMALL = Size(960, 260, 34, 14, 22, 56), Size(420, 150, 26, 12, 16, 44)


@dataclass(frozen=True)
class Drawn:
    """One mark. `kind`: `value`, `open` (the best that there is, as far as it was known, and it was not all known), `silent` (a visit that
    says nothing of what its form asks), `unasked`, `shut` or `never_counted`."""

    kind: str
    x: float
    y: float
    up: float
    mark: Mark


@dataclass(frozen=True)
class Tick:
    x: float
    words: str


@dataclass(frozen=True)
class Chart:
    """Everything that a macro draws."""

    size: Size
    course: Course
    marks: tuple[Drawn, ...]
    lines: tuple[tuple[float, float, float, float], ...]
    steps: tuple[tuple[float, int], ...]
    ticks: tuple[Tick, ...]


def newest(course: Course, most: int) -> Course:
    """The same course of the newest visits alone."""
    return replace(course, marks=course.marks[-most:])


def drawn(course: Course, size: Size = LARGE) -> Chart:
    """The course in its picture, by the days of its visits."""
    across = list(_spread([date.fromisoformat(one.visit.on).toordinal() for one in course.marks], size))
    top = max((LEAST_TOP, *(max(one.value) for one in course.marks if one.value is not None)))
    marks = tuple(_mark(course, one, x, top, size) for one, x in zip(course.marks, across, strict=True))
    return Chart(size, course, marks, tuple(_lines(marks)), tuple(_steps(top, size)), tuple(_ticks(course, across)))


def _spread(days: Sequence[int], size: Size) -> Iterator[float]:
    """Where each visit stands: by its day, and where several come close, a little apart, in their order."""
    room, span = size.width - size.left - size.right, max(days[-1] - days[0], 1) if days else 1
    apart = min(CLOSEST, room / max(len(days) - 1, 1))
    if len(days) == 1:
        yield size.left + room / 2
        return
    wanted = [size.left + room * (day - days[0]) / span for day in days]
    placed: list[float] = []
    for number, at in enumerate(wanted):  # from the left, no closer than that; what is pushed leaves room for those that follow
        last = size.width - size.right - apart * (len(wanted) - 1 - number)
        placed.append(min(max(at, placed[-1] + apart if placed else at), last))
    yield from placed


def _mark(course: Course, mark: Mark, x: float, top: int, size: Size) -> Drawn:
    if mark.value is not None:
        kind = "open" if best_only_as_known(course, mark) else "value"
        return Drawn(kind, x, _up(mark.value.at_least, top, size), _up(max(mark.value), top, size), mark)
    if not mark.completed:
        return Drawn("shut" if mark.counts else "never_counted", x, size.floor + 14, 0, mark)
    return Drawn("silent" if mark.asked else "unasked", x, size.top, size.floor, mark)


def best_only_as_known(course: Course, mark: Mark) -> bool:
    """Whether nothing was found and not all was known: that is not drawn as if it were good. A level begins at 1."""
    if mark.value is None or course.more_is_better:
        return False
    return mark.value.at_least <= (0 if course.area else 1) and mark.value.could_be > mark.value.at_least


def _up(value: int, top: int, size: Size) -> float:
    return round(size.floor - (size.floor - size.top) * value / top, 1)


def _lines(marks: Iterable[Drawn]) -> Iterator[tuple[float, float, float, float]]:
    """From each number to the next; broken where a visit in between was to ask and says nothing, or found nothing and did not know all."""
    told = [one for one in marks if one.kind in ("value", "open", "silent")]
    for one, other in pairwise(told):
        if one.kind == other.kind == "value":
            yield one.x, one.y, other.x, other.y


def _steps(top: int, size: Size) -> Iterator[tuple[float, int]]:
    step = max(1, -(-top // 5))
    for value in range(0, top + 1, step):
        yield _up(value, top, size), value


def _ticks(course: Course, across: Sequence[float]) -> Iterator[Tick]:
    """The days of some visits, the first and the last among them, none over another."""
    if not course.marks:
        return
    every = max(1, -(-len(course.marks) // MOST_TICKS))
    shown = {*range(0, len(course.marks) - every, every), len(course.marks) - 1}
    last = -1000.0
    for number in sorted(shown):
        if across[number] - last >= APART:
            last = across[number]
            yield Tick(last, _month(course.marks[number].visit.on))


def _month(on: str) -> str:
    return f"{date.fromisoformat(on):%b %Y}"
