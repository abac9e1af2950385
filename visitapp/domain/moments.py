"""Instants as they are kept: UTC, to the millisecond, always twenty-four characters, so that comparing text compares time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def instant(when: datetime) -> str:
    """An aware moment as it is kept."""
    text = when.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z"


def moment(instant: str) -> datetime:
    """The aware moment that was kept; ValueError when it is none."""
    return datetime.fromisoformat(instant.removesuffix("Z")).replace(tzinfo=UTC)


def later(start: str, *, seconds: float = 0, minutes: float = 0, hours: float = 0, days: float = 0) -> str:
    """So much by the clock after (or, when negative, before) an instant."""
    return instant(moment(start) + timedelta(seconds=seconds, minutes=minutes, hours=hours, days=days))


def day_of(instant: str) -> date:
    """The date in London at an instant: what people mean by "that day"."""
    return moment(instant).astimezone(LONDON).date()
