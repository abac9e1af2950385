"""The days of the story: a clock that stands where it is put, and the working days before and after today."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from visitapp.domain.moments import at_london
from visitapp.domain.working_days import add_working_days, is_working_day
from visitapp.flow.demonstration.story import When


@dataclass
class StoryClock:
    """What time it is in the story."""

    at: str = ""

    def read(self) -> str:
        return self.at


def day_of_story(today: date, when: When, before: date) -> date:
    """The day of an event; `before` is the day of the one before it, which `later=0` shares even when it is no working day."""
    if when.later is not None:
        return add_working_days(before, when.later) if when.later else before
    assert when.ago is not None
    day = today - timedelta(days=when.ago)
    while not when.exact and not is_working_day(day):
        day -= timedelta(days=1)
    return day


def planned_day(today: date, ahead: int) -> date:
    """Today itself, or the first working day from so many days ahead on."""
    return add_working_days(today + timedelta(days=ahead), 0) if ahead else today


def instant_of(day: date, clock: str) -> str:
    """`10:15` on that day in England."""
    return at_london(day, time.fromisoformat(clock))
