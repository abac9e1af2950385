"""When something is due under a setting of the policy, in the setting's own units. Hours run by the clock, so that a weekend has an owner;
days keep the time on the clock in England; only what is owed in working days waits for offices to open.
"""

from collections.abc import Collection
from datetime import date, time, timedelta

from visitapp.domain.moments import at_london, day_of, later, london
from visitapp.domain.working_days import add_working_days_to_instant
from visitapp.formlang.model import Setting

LAST_MOMENT = time(23, 59, 59, 999_000)


def due(setting: Setting, start: str, holidays: Collection[date] = ()) -> str:
    """The instant so much after a start; `holidays` are days off beside the known ones. ValueError
    when the setting is no length of time."""
    count = int(setting.value)
    if setting.units == "working_days":
        return add_working_days_to_instant(start, count, holidays)
    if setting.units == "days":
        here = london(start)
        return at_london(here.date() + timedelta(days=count), here.time().replace(tzinfo=None))
    if setting.units == "hours":
        return later(start, hours=count)
    if setting.units == "minutes":
        return later(start, minutes=count)
    raise ValueError(f"A setting in {setting.units} says nothing about when something is due.")


def same_day(setting: Setting, start: str, holidays: Collection[date] = ()) -> str:
    """The same, and never past midnight in England."""
    return min(due(setting, start, holidays), end_of(day_of(start)))


def end_of(day: date) -> str:
    """The last moment of a day in England."""
    return at_london(day, LAST_MOMENT)
