"""Working days: Monday to Friday less the bank holidays of England. Only the receiver's statutory reply runs in them; what concerns an
unseen child, a met trigger or the highest level runs in hours of the clock (see `moments.later`).

One-off holidays that are proclaimed later come in as `extra`, from policy data.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache

import holidays

from visitapp.domain.moments import at_london, london

_NONE: frozenset[date] = frozenset()


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in a year, substitutes included."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date, extra: Collection[date] = _NONE) -> bool:
    """Whether offices are open in England on this day."""
    return day.weekday() < 5 and day not in bank_holidays(day.year) and day not in extra


def add_working_days(day: date, count: int, extra: Collection[date] = _NONE) -> date:
    """The date `count` working days after a day (which never counts itself); 0 is the day itself if a working day, else the next."""
    if count < 0:
        raise ValueError("Working days are counted forwards.")
    left = count
    while left or not is_working_day(day, extra):
        day += timedelta(days=1)
        left -= left > 0 and is_working_day(day, extra)
    return day


def add_working_days_to_instant(at: str, count: int, extra: Collection[date] = _NONE) -> str:
    """The instant `count` working days later, at the same time on the clock in England."""
    here = london(at)
    return at_london(add_working_days(here.date(), count, extra), here.time().replace(tzinfo=None))


@dataclass(frozen=True)
class Shut:
    """A time at which offices are shut for a day or more: a day of it, and the instant at which they open again."""

    day: date
    opens_at: str


def shut(at: str, opens: time, closes: time, extra: Collection[date] = _NONE) -> Shut | None:
    """The weekend or holiday that an instant belongs to, from the evening before until the morning after; None on an ordinary day and in
    the night between two."""
    here = london(at)
    day, before, after = here.date(), here.date() - timedelta(days=1), here.date() + timedelta(days=1)
    if is_working_day(day, extra):
        if here.time() < opens and not is_working_day(before, extra):
            day = before
        elif here.time() >= closes and not is_working_day(after, extra):
            day = after
        else:
            return None
    return Shut(day, at_london(add_working_days(day, 0, extra), opens))


def holidays_between(first: date, last: date, extra: Collection[date] = _NONE) -> tuple[date, ...]:
    """The weekdays from `first` to `last`, both included, on which offices are shut: what a tablet needs for office hours."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() < 5 and not is_working_day(day, extra))
