"""Ages and other spans in whole days, from dates as they are written. The tablet works them out in `static/tablet/rules.js` and both
must agree on every text, so a date is exactly `YYYY-MM-DD` in ASCII digits and anything else is unknown."""

import re
from datetime import date

from visitapp.domain.answers import whole_number

TERM_DAYS = 280
"""Length of a full pregnancy in days (40 weeks), by convention. [M]"""
PRETERM_BELOW_DAYS = 259
"""Born before 37 weeks and 0 days is preterm (clinical brief 1.1, source humber)."""

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def day_number(text: object) -> int | None:
    """The days since 0001-01-01 of a date written `YYYY-MM-DD`, or None where it is not one."""
    found = _DATE.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups())).toordinal()
    except ValueError:
        return None


def days_since(then: object, on: object) -> int | None:
    """Days from a date to another; None when either is unknown or the first is still to come."""
    first, today = day_number(then), day_number(on)
    if first is None or today is None or today < first:
        return None
    return today - first


def days_until(then: object, on: object) -> int | None:
    """Days from `on` to a date, negative when it is past; None when either is unknown."""
    first, today = day_number(then), day_number(on)
    return None if first is None or today is None else first - today


def age_days(born_on: object, on: object) -> int | None:
    """Age in days on a date; None when either date is unknown or the birth is still to come."""
    return days_since(born_on, on)


def corrected_age_days(born_on: object, gestation_days: object, on: object) -> int | None:
    """Age counted from the due date for a baby born before 37 weeks, for sleep advice (contacts go by the birth date).

    May be negative before the due date; unknown when the length of the pregnancy is unknown."""
    age = age_days(born_on, on)
    gestation = whole_number(gestation_days)
    if age is None or gestation is None:
        return None
    return age - (TERM_DAYS - gestation) if gestation < PRETERM_BELOW_DAYS else age
