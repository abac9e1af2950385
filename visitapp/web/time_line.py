"""People over time as a drawing: a row for each person with the span in which they belonged, births and what happened as marks, and above
them where the family lived and who looked after it. Units of the picture; `templates/macros/time_line.jinja` draws it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from visitapp.look.people_over_time import OverTime, Person

WIDTH, LEFT, RIGHT, TOP, ROW = 960.0, 190.0, 16.0, 10.0, 34.0
SHORTEST = 180
"""Days that the line spans at least."""
LONGEST_NAME = 24
DAYS_OF_A_YEAR = 365.25
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Span:
    """A stretch of time. `kind`: `home`, `practitioner`, `belongs`, `unborn` or `hospital`."""

    kind: str
    x: float
    width: float
    words: str


@dataclass(frozen=True)
class Dot:
    """A day. `kind`: `born`, `lost` or `left`."""

    kind: str
    x: float


@dataclass(frozen=True)
class Line:
    name: str
    y: float
    spans: tuple[Span, ...]
    dots: tuple[Dot, ...] = ()


@dataclass(frozen=True)
class TimeLine:
    width: float
    height: float
    left: float
    lines: tuple[Line, ...]
    years: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Scale:
    first: date
    last: date

    def at(self, day: date) -> float:
        room, span = WIDTH - LEFT - RIGHT, (self.last - self.first).days
        inside = min(max(day, self.first), self.last)
        return round(LEFT + room * (inside - self.first).days / span, 1)


def drawn(over: OverTime, today: str) -> TimeLine:
    """From the first day on which anybody is known to have belonged, or a child of the family was born, until today."""
    last = date.fromisoformat(today)
    days = [day for one in (*over.lived_at, *over.practitioners) if (day := _day(one["from_on"]))]
    days += [day for person in over.people for one in person.memberships if (day := _day(one["from_on"]))]
    days += [day for person in over.people if person.row["role"] == "child" and (day := _day(person.row["born_on"]))]
    scale = Scale(min([*days, last - timedelta(days=SHORTEST)]), last)
    rows: list[tuple[str, tuple[Span, ...], tuple[Dot, ...]]] = [
        ("Where they lived", _following(over.lived_at, "home", _address, scale), ())
    ]
    rows += [("Named practitioner", _following(over.practitioners, "practitioner", _practitioner, scale), ())]
    rows += [(_short(one.name), tuple(_belonged(one, scale)), tuple(_dots(one, scale))) for one in over.people]
    lines = tuple(Line(name, TOP + ROW * number, spans, dots) for number, (name, spans, dots) in enumerate(rows))
    return TimeLine(WIDTH, TOP + ROW * len(lines) + 26, LEFT, lines, tuple(_years(scale)))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _address(row: Row) -> str:
    return str(row["address"])


def _practitioner(row: Row) -> str:
    return str(row["name"] or "not known here")


def _following(rows: Sequence[Row], kind: str, words: Any, scale: Scale) -> tuple[Span, ...]:
    """Each lasts until the next begins."""
    starts = [(day, row) for row in rows if (day := _day(row["from_on"]))]
    ends = [day for day, _ in starts[1:]] + [scale.last]
    return tuple(
        Span(kind, scale.at(day), round(scale.at(until) - scale.at(day), 1), _fitting(words(row), scale.at(until) - scale.at(day)))
        for (day, row), until in zip(starts, ends, strict=True)
    )


def _fitting(words: str, room: float) -> str:
    """As much of it as there is room for; the table has all of it."""
    most = int((room - 8) / 6.6)
    return "" if most < 4 else words if len(words) <= most else f"{words[: most - 1]}…"


def _belonged(person: Person, scale: Scale) -> Iterator[Span]:
    born = _day(person.row["born_on"])
    for one in person.memberships:
        began, ended = _day(one["from_on"]) or scale.first, _day(one["until"]) or scale.last
        if person.row["role"] == "child" and (born or scale.last) > began:
            until = min(born or scale.last, ended)
            yield Span("unborn", scale.at(began), round(scale.at(until) - scale.at(began), 1), "")
            began = until
        yield Span("belongs", scale.at(began), round(scale.at(ended) - scale.at(began), 1), "")
    yield from _in_hospital(person, scale)


def _in_hospital(person: Person, scale: Scale) -> Iterator[Span]:
    """From into hospital until home from it, or today."""
    since: date | None = None
    for row in person.events:
        day = _day(row["on_date"])
        if row["kind"] == "into_hospital":
            since = day
        elif row["kind"] == "home_from_hospital" and since and day:
            yield Span("hospital", scale.at(since), max(3.0, round(scale.at(day) - scale.at(since), 1)), "")
            since = None
    if since:
        yield Span("hospital", scale.at(since), max(3.0, round(scale.at(scale.last) - scale.at(since), 1)), "")


def _dots(person: Person, scale: Scale) -> Iterator[Dot]:
    born = _day(person.row["born_on"])
    if born and person.row["role"] == "child" and born >= scale.first:
        yield Dot("born", scale.at(born))
    lost = [day for row in person.events if row["kind"] not in ("into_hospital", "home_from_hospital") and (day := _day(row["on_date"]))]
    yield from (Dot("lost", scale.at(day)) for day in lost)
    ends = [day for one in person.memberships if one["entry"] == one["person"] and (day := _day(one["until"]))]  # an entry leaves nobody
    yield from (Dot("left", scale.at(day)) for day in ends if day not in lost)


def _years(scale: Scale) -> Iterable[tuple[float, str]]:
    """The beginning of each year, or of every few where there are many; within a year its months."""
    if (scale.last - scale.first).days < 2 * DAYS_OF_A_YEAR:
        months = [date(year, month, 1) for year in range(scale.first.year, scale.last.year + 1) for month in range(1, 13)]
        inside = [day for day in months if scale.first <= day <= scale.last]
        every = max(1, -(-len(inside) // 9))
        return [(scale.at(day), f"{day:%b %Y}") for day in inside[::every]]
    every = max(1, -(-(scale.last.year - scale.first.year) // 10))
    return [(scale.at(date(year, 1, 1)), str(year)) for year in range(scale.first.year + 1, scale.last.year + 1, every)]
