"""Working days at the places where people get them wrong: Easter, Christmas, weekends and days proclaimed later."""

from datetime import date

import pytest

from visitapp.domain.working_days import add_working_days, add_working_days_to_instant, holidays_between, is_working_day


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # Saturday: the day itself never counts
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # Maundy Thursday: Good Friday and Easter Monday are holidays
        (date(2026, 4, 1), 3, date(2026, 4, 8)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),  # Boxing Day is a Saturday: Monday the 28th stands in for it
        (date(2026, 12, 24), 4, date(2027, 1, 4)),  # and New Year's Day is a Friday
        (date(2027, 12, 24), 1, date(2027, 12, 29)),  # both fall on the weekend: Monday and Tuesday stand in
        (date(2026, 11, 18), 0, date(2026, 11, 18)),
        (date(2026, 11, 22), 0, date(2026, 11, 23)),
    ],
)
def test_counting(day: date, count: int, expected: date) -> None:
    assert add_working_days(day, count) == expected


def test_a_day_proclaimed_later_is_no_working_day() -> None:
    jubilee = {date(2026, 11, 23)}
    assert is_working_day(date(2026, 11, 23))
    assert add_working_days(date(2026, 11, 20), 1, jubilee) == date(2026, 11, 24)


def test_counting_backwards_is_refused() -> None:
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2026, 11, 20), -1)


def test_an_instant_keeps_its_time_on_the_clock_when_the_clock_changes() -> None:
    assert add_working_days_to_instant("2026-10-23T14:15:30.250Z", 1) == "2026-10-26T15:15:30.250Z"


def test_office_hours_need_only_the_weekdays_that_are_shut() -> None:
    assert holidays_between(date(2026, 12, 20), date(2027, 1, 3)) == (date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1))
