"""Instants keep one width and one meaning; people read the clock in England."""

from datetime import UTC, date, datetime, time

import pytest

from visitapp.domain import moments


def test_an_instant_is_text_of_one_width_that_sorts_by_time() -> None:
    early, late = datetime(2026, 1, 2, 3, 4, 5, 999_999, UTC), datetime(2026, 11, 22, 10, 40, tzinfo=UTC)
    assert [moments.instant(early), moments.instant(late)] == ["2026-01-02T03:04:05.999Z", "2026-11-22T10:40:00.000Z"]
    assert moments.moment("2026-11-22T10:40:00.000Z") == late


@pytest.mark.parametrize(
    "text",
    ["", "2026-11-22", "2026-11-22T10:40:00Z", "2026-11-22T10:40:00.000+00:00", "2026-13-22T10:40:00.000Z", "２026-11-22T10:40:00.000Z"],
)
def test_anything_else_is_not_an_instant(text: str) -> None:
    assert not moments.is_instant(text)
    with pytest.raises(ValueError):
        moments.moment(text)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moments.instant(datetime(2026, 1, 1))  # noqa: DTZ001


def test_in_summer_the_date_in_england_changes_an_hour_before_utc() -> None:
    assert moments.day_of("2026-06-30T23:30:00.000Z") == date(2026, 7, 1)
    assert moments.day_of("2026-12-30T23:30:00.000Z") == date(2026, 12, 30)


def test_words_are_the_clock_in_england() -> None:
    assert moments.moment_words("2026-06-30T23:30:00.000Z") == "1 July 2026 at 00:30"


def test_a_time_on_the_clock_is_an_instant_on_the_days_the_clock_changes() -> None:
    assert moments.at_london(date(2026, 10, 25), time(1, 30)) == "2026-10-25T00:30:00.000Z"
    assert moments.at_london(date(2026, 10, 26), time(9, 0)) == "2026-10-26T09:00:00.000Z"
    assert moments.at_london(date(2026, 3, 29), time(1, 30)) == "2026-03-29T01:30:00.000Z"


def test_hours_are_hours_of_the_clock_whatever_the_zone_does() -> None:
    assert moments.later("2026-10-24T23:00:00.000Z", hours=4) == "2026-10-25T03:00:00.000Z"
    assert moments.later("2026-11-22T10:40:00.000Z", days=-1, seconds=0.005) == "2026-11-21T10:40:00.005Z"
