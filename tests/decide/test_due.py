"""When something is due: hours by the clock through nights and weekends, days by the calendar, working days when offices are open."""

from datetime import date

import pytest

from visitapp.decide.due import due, end_of, same_day
from visitapp.formlang.model import Setting

FRIDAY_EVENING = "2026-11-20T18:00:00.000Z"


def setting(value: int | str, units: str) -> Setting:
    return Setting(value, units, "a test")


@pytest.mark.parametrize(
    ("value", "units", "start", "expected"),
    [
        (48, "hours", FRIDAY_EVENING, "2026-11-22T18:00:00.000Z"),
        (2, "working_days", FRIDAY_EVENING, "2026-11-24T18:00:00.000Z"),
        (10, "minutes", FRIDAY_EVENING, "2026-11-20T18:10:00.000Z"),
        (14, "days", FRIDAY_EVENING, "2026-12-04T18:00:00.000Z"),
        (1, "days", "2026-03-28T18:00:00.000Z", "2026-03-29T17:00:00.000Z"),  # the clocks go forward: six in the evening stays six
        (24, "hours", "2026-03-28T18:00:00.000Z", "2026-03-29T18:00:00.000Z"),
        (0, "hours", FRIDAY_EVENING, FRIDAY_EVENING),
    ],
)
def test_a_setting_is_counted_in_its_own_units(value, units, start, expected):
    assert due(setting(value, units), start) == expected


@pytest.mark.parametrize("units", ["count", "time_of_day"])
def test_what_is_no_length_of_time_is_refused(units):
    with pytest.raises(ValueError, match="says nothing about when"):
        due(setting(3, units), FRIDAY_EVENING)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-11-20T10:00:00.000Z", "2026-11-20T16:00:00.000Z"),
        ("2026-11-20T21:30:00.000Z", "2026-11-20T23:59:59.999Z"),
        ("2026-06-20T21:30:00.000Z", "2026-06-20T22:59:59.999Z"),  # summer: midnight in England is 23:00
        ("2026-06-20T23:30:00.000Z", "2026-06-21T05:30:00.000Z"),  # after midnight in England it is the next day
    ],
)
def test_tonight_is_never_past_midnight_in_england(start, expected):
    assert same_day(setting(6, "hours"), start) == expected


def test_the_end_of_a_day_is_its_last_moment_in_england():
    assert end_of(date(2026, 11, 22)) == "2026-11-22T23:59:59.999Z"
    assert end_of(date(2026, 7, 1)) == "2026-07-01T22:59:59.999Z"
