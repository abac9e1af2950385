"""A course over a family's visits, as wide as its time, by the shapes of the screen: a full dot for a visit that was arranged with the
family, an empty square for one that was not, an empty ring where that is not recorded, hatching up to what it could have been, and below
the line a cross for each visit not completed, or a dash where it never counts against a family. What it says stands beside it as a table
and in its tree element in words, so nothing rests on seeing it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from reportlab.platypus import Flowable

from visitapp.letter import glyphs, look
from visitapp.letter.blocks import HIGHER, Course, CourseAt
from visitapp.letter.charts import LEAST_TOP, say
from visitapp.letter.structure import Element

HEIGHT, BELOW, HEAD = 84.0, 28.0, 24.0
INSET = 34.0
DOT, CROSS, HALF = 2.4, 2.3, 2.6
STEP = 3.4
"""Between two lines of a hatching, in points."""
APART, YEARS_APART = 24.0, 40.0
"""How far apart numbers and days must stand to be read."""


class DrawnCourse(Flowable):
    """One course, as wide as the line."""

    def __init__(self, course: Course) -> None:
        super().__init__()
        self.course = course
        self.element = Element("Figure", alt=f"{course.title}: {course.which_is_worse}. {course.text}")
        self.spaceBefore, self.spaceAfter = 4, 4
        self.keepWithNext = 1  # its table
        self.first = date.fromisoformat(course.first_on)
        self.last = date.fromisoformat(course.last_on)
        self.days = max(1, (self.last - self.first).days)
        self.top = max(LEAST_TOP, *(max(point.at_least, point.could_be) for point in course.points))

    def wrap(self, _available: float, _height: float) -> tuple[float, float]:
        self.width, self.height = look.LINE, HEIGHT + BELOW + HEAD
        return self.width, self.height

    def draw(self) -> None:
        with self.canv.tree.piece(self.canv, self.element):
            self._axis()
            self._shut()
            self._hatched()
            self._line()
            self._points()

    def _axis(self) -> None:
        canvas = self.canv
        canvas.setStrokeColor(look.RULE)
        canvas.setLineWidth(0.5)
        for value in (0, self.top):
            canvas.line(INSET - 6, self._up(value), self.width, self._up(value))
            say(canvas, 8, self._up(value) - 2.5, str(value), glyphs.PLAIN, middle=True)
        say(canvas, 0, BELOW + HEIGHT + 10, f"{self.course.title}: {self.course.which_is_worse}", glyphs.BOLD)
        say(canvas, INSET, 2, self.course.first_words, glyphs.PLAIN, middle=True)
        say(canvas, self.width - INSET, 2, self.course.last_words, glyphs.PLAIN, middle=True)
        for year, across in self.years():
            canvas.line(across, 9, across, BELOW + HEIGHT - 8)
            say(canvas, across, 2, str(year), glyphs.PLAIN, middle=True)

    def years(self) -> Iterator[tuple[int, float]]:
        """The years that begin on the line, as many as can be read beside its ends, with where each does."""
        every = 1 + (self.last.year - self.first.year) // 10
        for year in range(self.first.year + 1, self.last.year + 1, every):
            across = self._across(f"{year}-01-01")
            if min(across - INSET, self.width - INSET - across) >= YEARS_APART:
                yield year, across

    def _shut(self) -> None:
        canvas = self.canv
        canvas.setLineWidth(1.2)
        canvas.setStrokeColor(look.TEXT)
        for on in self.course.not_completed:
            across, up = self._across(on), BELOW - 6
            canvas.line(across - CROSS, up - CROSS, across + CROSS, up + CROSS)
            canvas.line(across - CROSS, up + CROSS, across + CROSS, up - CROSS)
        canvas.setStrokeColor(look.QUIET)
        for on in self.course.never_counted:
            across = self._across(on)
            canvas.line(across - CROSS, BELOW - 6, across + CROSS, BELOW - 6)

    def _hatched(self) -> None:
        """What was not known: from what it was at least up to what it could have been."""
        canvas = self.canv
        canvas.setStrokeColor(look.QUIET)
        canvas.setLineWidth(0.6)
        for point in self.course.points:
            low, high = self._up(point.at_least), self._up(point.could_be)
            if point.could_be <= point.at_least:
                continue
            across = self._across(point.on)
            canvas.rect(across - HALF, low, 2 * HALF, high - low, stroke=1, fill=0)
            up = low
            while up + 2 * HALF <= high:
                canvas.line(across - HALF, up, across + HALF, up + 2 * HALF)
                up += STEP

    def _line(self) -> None:
        canvas = self.canv
        canvas.setStrokeColor(look.BLUE)
        canvas.setLineWidth(1.0)
        for one, other in self.joined():
            canvas.line(self._across(one.on), self._up(one.at_least), self._across(other.on), self._up(other.at_least))

    def joined(self) -> list[tuple[CourseAt, CourseAt]]:
        """The points between which a line runs: as on the screen none to one that found nothing and did not know all, because it is not
        known to be better."""
        if self.course.which_is_worse != HIGHER:
            return list(pairwise(self.course.points))
        told = [bool(one.at_least or not one.could_be) for one in self.course.points]
        return [pair for pair, known in zip(pairwise(self.course.points), pairwise(told), strict=True) if all(known)]

    def _points(self) -> None:
        for point in self.course.points:
            self._mark(self._across(point.on), self._up(point.at_least), point.announced)
        for point in self.numbered():
            number = f"{point.at_least}–{point.could_be}" if point.could_be > point.at_least else str(point.at_least)
            say(self.canv, self._across(point.on), self._up(max(point.at_least, point.could_be)) + 5, number, glyphs.PLAIN, middle=True)

    def numbered(self) -> list[CourseAt]:
        """The points that have their number beside them: the newest, and of the others as many as can be read; all are in the table."""
        found: list[CourseAt] = []
        for point in reversed(self.course.points):
            beside = [
                one for one in self.course.points if one is not point and abs(self._across(one.on) - self._across(point.on)) < APART / 2
            ]
            apart = not found or self._across(found[-1].on) - self._across(point.on) >= APART
            if apart and (not found or not any(one.could_be > one.at_least for one in beside)):
                found.append(point)
        return found

    def _mark(self, across: float, up: float, announced: bool | None) -> None:
        canvas = self.canv
        canvas.setLineWidth(1.0)
        canvas.setStrokeColor(look.QUIET if announced is None else look.BLUE)
        canvas.setFillColor(look.BLUE if announced else look.WHITE)
        if announced is False:
            canvas.rect(across - DOT, up - DOT, 2 * DOT, 2 * DOT, stroke=1, fill=1)
        else:
            canvas.circle(across, up, DOT, stroke=1, fill=1)

    def _across(self, on: str) -> float:
        return INSET + (self.width - 2 * INSET) * min(1.0, max(0.0, (date.fromisoformat(on) - self.first).days / self.days))

    def _up(self, value: int) -> float:
        return BELOW + 4 + (HEIGHT - 12) * value / self.top


def course(block: Course, _styles: look.Styles, _items: Element | None) -> list[Flowable]:
    return [DrawnCourse(block)]
