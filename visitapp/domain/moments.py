"""Instants as they are kept: UTC, to the millisecond, always twenty-four characters, so that comparing text compares time. People read
the clock in England. Nothing here asks what time it is: an instant comes in as an argument."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")


def instant(when: datetime) -> str:
    """An aware moment as it is kept: `2026-11-22T10:40:00.000Z`, what is finer than a millisecond cut off."""
    if when.tzinfo is None:
        raise ValueError("A moment without a time zone is not an instant.")
    text = when.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z"


def moment(instant: str) -> datetime:
    """The aware moment that was kept; ValueError when it is not written exactly as instants are."""
    if not _INSTANT.fullmatch(instant):
        raise ValueError("Not an instant such as 2026-11-22T10:40:00.000Z.")
    return datetime.fromisoformat(instant)


def is_instant(text: object) -> bool:
    """Whether this is an instant, exactly as they are written, on a day that exists."""
    try:
        return isinstance(text, str) and moment(text) is not None
    except ValueError:
        return False


def later(start: str, *, seconds: float = 0, minutes: float = 0, hours: float = 0, days: float = 0) -> str:
    """So much by the clock after (or, when negative, before) an instant."""
    return instant(moment(start) + timedelta(seconds=seconds, minutes=minutes, hours=hours, days=days))


def london(instant: str) -> datetime:
    """The moment on the clock in England."""
    return moment(instant).astimezone(LONDON)


def day_of(instant: str) -> date:
    """The date in London at an instant: what people mean by "that day"."""
    return london(instant).date()


def at_london(day: date, clock: time) -> str:
    """The instant of a time on the clock in England. In the hour that happens twice it is the first; in the hour that is skipped the
    clock has already moved on."""
    return instant(datetime.combine(day, clock, LONDON))


def clock_of(text: str) -> time:
    """A time of day such as `09:00`."""
    return time.fromisoformat(text)


def date_words(day: date) -> str:
    """`22 November 2026`."""
    return f"{day.day} {day:%B %Y}"


def time_words(instant: str) -> str:
    """`10:40` on the clock in England."""
    return f"{london(instant):%H:%M}"


def moment_words(instant: str) -> str:
    """`22 November 2026 at 10:40`, on the clock in England."""
    return f"{date_words(day_of(instant))} at {time_words(instant)}"
