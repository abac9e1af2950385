"""The stretches of time that figures are drawn over: weeks from Monday, or months."""

from datetime import date, timedelta
from typing import NamedTuple

MOST_WEEKS = 90
"""Days up to which weeks are drawn; of more, months."""


class Span(NamedTuple):
    """From one day to another, both included. `short` is for under a bar, `words` says how long it is too where it is no whole one."""

    key: str
    short: str
    words: str
    first: str
    last: str


def spans(since: str, today: str) -> tuple[Span, ...]:
    """The weeks or months from one day to another, in order. What is less than half of one at the beginning is counted with the next, so
    that no stretch of a day or two stands among weeks; the first and the last say how long they are where they are not whole."""
    start, end = date.fromisoformat(since), date.fromisoformat(today)
    weekly = (end - start).days < MOST_WEEKS
    following = _monday_after if weekly else _month_after
    found: list[Span] = []
    while start <= end:
        after = following(start)
        if not found and 2 * (after - start).days < (7 if weekly else 30):
            after = following(after)
        last = min(after - timedelta(days=1), end)
        found.append(Span(start.isoformat(), *_words(start, last, weekly), start.isoformat(), last.isoformat()))
        start = after
    return tuple(found)


def _monday_after(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _words(first: date, last: date, weekly: bool) -> tuple[str, str]:
    many = (last - first).days + 1
    whole = many == 7 if weekly else first.day == 1 and _month_after(first) == last + timedelta(days=1)
    short = f"from {first.day} {first:%b}" if weekly else f"{first:%b %Y}" if first.day == 1 else f"from {first.day} {first:%b %Y}"
    return short, short if whole else f"{short} ({many} {'day' if many == 1 else 'days'})"


def span_of(spans: tuple[Span, ...], on: str) -> Span:
    """The stretch that a day between the first and the last belongs to."""
    return next(one for one in reversed(spans) if one.first <= on)
