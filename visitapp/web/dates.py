"""Dates and times as people type them: three boxes and a clock. What cannot be read is said beside the boxes and kept in them."""

from collections.abc import Mapping
from datetime import date, time

from visitapp.domain.moments import at_london

PARTS = ("day", "month", "year")


class NotADate(ValueError):
    """What was typed is no date; the text says what to do."""


def date_typed(form: Mapping[str, str], name: str) -> str | None:
    """`YYYY-MM-DD` from the boxes `name-day`, `name-month`, `name-year`; None when all are empty."""
    parts = [form.get(f"{name}-{part}", "").strip() for part in PARTS]
    if not any(parts):
        return None
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        raise NotADate("Write the date as numbers, for example 27 3 2026.")
    day, month, year = map(int, parts)
    try:
        found = date(year, month, day)
    except ValueError:
        raise NotADate("That day is not in the calendar. Check the day, the month and the year.") from None
    if year < 1900:
        raise NotADate("Write the year with four digits, for example 2026.")
    return found.isoformat()


def moment_typed(form: Mapping[str, str], name: str) -> str | None:
    """An instant from the date boxes and the box `name-time` (London time, such as 16:40); None when all are empty."""
    day, clock = date_typed(form, name), form.get(f"{name}-time", "").strip()
    if day is None and not clock:
        return None
    if day is None:
        raise NotADate("Write the date as well as the time.")
    try:
        at = time.fromisoformat(clock.replace(".", ":")) if len(clock) == 5 else None
    except ValueError:
        at = None
    if at is None:
        raise NotADate("Write the time on the 24-hour clock, for example 16:40.")
    return at_london(date.fromisoformat(day), at)
