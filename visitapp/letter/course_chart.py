"""A course over a family's visits, as wide as its time: a filled dot for a visit that was arranged with the family, an open one for one
that was not, a bar up to what it could have been, and below the line a stroke for each visit not completed. What it says stands beside it
as a table and in its tree element in words, so nothing rests on seeing it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from reportlab.platypus import Flowable

from visitapp.letter import glyphs, look
from visitapp.letter.blocks import HIGHER, Course, CourseAt
from visitapp.letter.charts import LEAST_TOP, say
from visitapp.letter.structure import Element

HEIGHT, BELOW, HEAD = 84.0, 26.0, 24.0
INSET = 34.0
DOT = 2.4
APART = 24.0
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
        self.days = max(1, (date.fromisoformat(course.last_on) - self.first).days)
        self.top = max(LEAST_TOP, *(max(point.at_least, point.could_be) for point in course.points))

    def wrap(self, _available: float, _height: float) -> tuple[float, float]:
        self.width, self.height = look.LINE, HEIGHT + BELOW + HEAD
        return self.width, self.height

    def draw(self) -> None:
        with self.canv.tree.piece(self.canv, self.element):
            self._axis()
            self._line()
            self._points()

    def _axis(self) -> None:
        canvas = self.canv
        canvas.setStrokeColor(look.RULE)
        canvas.setLineWidth(0.5)
        canvas.line(0, BELOW, self.width, BELOW)
        say(canvas, 0, BELOW + HEIGHT + 10, f"{self.course.title}: {self.course.which_is_worse}", glyphs.BOLD)
        canvas.setStrokeColor(look.TEXT)
        canvas.setLineWidth(1.2)
        for on in self.course.not_completed:
            across = self._across(on)
            canvas.line(across, BELOW - 7, across, BELOW - 1)
        say(canvas, INSET, 2, self.course.first_words, glyphs.PLAIN, middle=True)
        say(canvas, self.width - INSET, 2, self.course.last_words, glyphs.PLAIN, middle=True)

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
        canvas, written = self.canv, -APART
        for point in self.course.points:
            across, up = self._across(point.on), self._up(point.at_least)
            if point.could_be > point.at_least:
                canvas.setStrokeColor(look.QUIET)
                canvas.setLineWidth(0.7)
                canvas.line(across, up, across, self._up(point.could_be))
                canvas.line(across - 2.5, self._up(point.could_be), across + 2.5, self._up(point.could_be))
            canvas.setStrokeColor(look.BLUE)
            canvas.setFillColor(look.BLUE if point.announced is not False else look.WHITE)
            canvas.setLineWidth(1.0)
            canvas.circle(across, up, DOT, stroke=1, fill=1)
            if across - written >= APART:
                number = f"{point.at_least}–{point.could_be}" if point.could_be > point.at_least else str(point.at_least)
                say(canvas, across, self._up(max(point.at_least, point.could_be)) + 5, number, glyphs.PLAIN, middle=True)
                written = across

    def _across(self, on: str) -> float:
        return INSET + (self.width - 2 * INSET) * min(1.0, max(0.0, (date.fromisoformat(on) - self.first).days / self.days))

    def _up(self, value: int) -> float:
        return BELOW + 4 + (HEIGHT - 12) * value / self.top


def course(block: Course, _styles: look.Styles, _items: Element | None) -> list[Flowable]:
    return [DrawnCourse(block)]
