"""Working days: Monday to Friday without the federal holidays, to 2035."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navigator.referral.working_days import (
    federal_holidays,
    is_working_day,
    working_day_before,
    working_days_after,
    working_days_between,
)

# As the US Office of Personnel Management publishes them.
PUBLISHED = {
    2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2028: "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
    2030: "01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25",
}
DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_holidays_are_those_that_are_published(year: int) -> None:
    assert sorted(f"{day:%m-%d}" for day in federal_holidays(year)) == sorted(PUBLISHED[year].split())


def test_every_year_to_2035_has_its_eleven_holidays_on_weekdays() -> None:
    days = {day for year in range(2021, 2036) for day in federal_holidays(year)}
    assert all(day.weekday() < 5 for day in days)
    # Eleven a year from 2021; New Year's Day of 2022, a Saturday, was kept in 2021, that of 2036, a Tuesday, in 2036.
    assert len(days) == 15 * 11


@given(DAYS, st.integers(0, 40))
def test_counting_forward_and_counting_between_agree(day: date, count: int) -> None:
    later = working_days_after(day, count)
    assert is_working_day(later)
    assert later >= day
    assert working_days_between(day, later) == (count or working_days_between(day, later))


@given(DAYS)
def test_no_working_day_lies_between_a_day_and_the_working_day_before_it(day: date) -> None:
    before = working_day_before(day)
    assert is_working_day(before)
    assert not any(is_working_day(before + timedelta(days=n)) for n in range(1, (day - before).days))


def test_a_friday_evening_is_followed_by_monday_and_thanksgiving_by_friday() -> None:
    assert working_days_after(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert working_days_after(date(2026, 11, 25), 1) == date(2026, 11, 27)
    assert working_days_after(date(2026, 11, 26), 0) == date(2026, 11, 27)
