"""The stretches of time that figures are drawn over: weeks from Monday, or months."""

from datetime import date, timedelta
from typing import NamedTuple

MOST_WEEKS = 90
"""Days up to which weeks are drawn; of more, months."""


class Span(NamedTuple):
    """From one day to another, both included."""

    key: str
    words: str
    first: str
    last: str


def spans(since: str, today: str) -> tuple[Span, ...]:
    """The weeks or months from one day to another, in order. The first and the last may be parts of one, and say so by their day."""
    start, end = date.fromisoformat(since), date.fromisoformat(today)
    weekly = (end - start).days < MOST_WEEKS
    found = []
    while start <= end:
        after = start + timedelta(days=7 - start.weekday()) if weekly else (start.replace(day=1) + timedelta(days=32)).replace(day=1)
        last = min(after - timedelta(days=1), end)
        whole = weekly or start.day == 1
        words = f"from {start.day} {start:%b}" if weekly else f"{start:%b %Y}" if whole else f"from {start.day} {start:%b %Y}"
        found.append(Span(start.isoformat(), words, start.isoformat(), last.isoformat()))
        start = after
    return tuple(found)


def span_of(spans: tuple[Span, ...], on: str) -> Span:
    """The stretch that a day between the first and the last belongs to."""
    return next(one for one in reversed(spans) if one.first <= on)
