"""A course over the visits as a drawing: a line of dots, each with its number and its day, and a thin bar up to what it could have been.
Drawn as vectors; what it says stands in its tree element in words, so nothing rests on seeing it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from reportlab.platypus import Flowable

from visitapp.letter import glyphs, look
from visitapp.letter.blocks import Chart
from visitapp.letter.structure import Element

HEIGHT, DAYS, HEAD = 92.0, 16.0, 26.0
INSET = 46.0
DOT, SIZE = 2.4, 7.6
MOST_POINTS = 8
LEAST_TOP = 4
"""A course of small numbers is not drawn as if it were steep."""


class DrawnChart(Flowable):
    """One chart, as wide as the line."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self.chart, self.points = chart, chart.points[-MOST_POINTS:]
        self.element = Element("Figure", alt=f"{chart.title}, more is worse. {chart.text}")
        self.spaceBefore, self.spaceAfter = 4, 6

    def wrap(self, _available: float, _height: float) -> tuple[float, float]:
        self.width, self.height = look.LINE, HEIGHT + DAYS + HEAD
        return self.width, self.height

    def draw(self) -> None:
        with self.canv.tree.piece(self.canv, self.element):
            self._axis()
            self._course()
            for place, (day, least, most) in enumerate(self.points):
                self._point(place, day, least, most)

    def _axis(self) -> None:
        canvas = self.canv
        canvas.setStrokeColor(look.RULE)
        canvas.setLineWidth(0.5)
        canvas.line(0, DAYS, self.width, DAYS)
        say(canvas, 0, DAYS + HEIGHT + 14, f"{self.chart.title}: higher is worse", glyphs.BOLD)

    def _course(self) -> None:
        canvas = self.canv
        canvas.setStrokeColor(look.BLUE)
        canvas.setLineWidth(1.2)
        places = [(self._across(n), self._up(least)) for n, (_, least, _) in enumerate(self.points)]
        for (left, low), (right, high) in pairwise(places):
            canvas.line(left, low, right, high)

    def _point(self, place: int, day: str, least: int, most: int) -> None:
        canvas, across = self.canv, self._across(place)
        if most > least:
            canvas.setStrokeColor(look.QUIET)
            canvas.setLineWidth(0.8)
            canvas.line(across, self._up(least), across, self._up(most))
            canvas.line(across - 3, self._up(most), across + 3, self._up(most))
        canvas.setFillColor(look.BLUE)
        canvas.circle(across, self._up(least), DOT, stroke=0, fill=1)
        number = f"{least} to {most}" if most > least else str(least)
        say(canvas, across, DAYS - 10, day, glyphs.PLAIN, middle=True)
        say(canvas, across, self._up(max(least, most)) + 5, number, glyphs.PLAIN, middle=True)

    def _across(self, place: int) -> float:
        room = self.width - 2 * INSET
        return INSET + room * (place / (len(self.points) - 1) if len(self.points) > 1 else 0.5)

    def _up(self, value: int) -> float:
        top = max(LEAST_TOP, *(max(least, most) for _, least, most in self.points))
        return DAYS + 4 + (HEIGHT - 12) * value / top


def say(canvas: Any, across: float, up: float, words: str, face: str, *, middle: bool = False) -> None:
    """A few words in a drawing, from there on or around it."""
    words = glyphs.spelled(words)
    across -= glyphs.width(words, face, SIZE) / 2 if middle else 0
    canvas.setFillColor(look.TEXT)
    for font, piece in glyphs.runs(words, face):
        canvas.setFont(font, glyphs.sized(font, SIZE))
        canvas.drawString(across, up, piece)
        across += glyphs.width(piece, face, SIZE)


def chart(block: Chart, _styles: look.Styles, _items: Element | None) -> list[Flowable]:
    return [DrawnChart(block)]
