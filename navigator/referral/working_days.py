"""Days on which a US office answers: Monday to Friday without the federal holidays, which are computed by rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

_DAY = timedelta(days=1)
MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6


@cache
def federal_holidays(year: int) -> frozenset[date]:
    """Give the days of ``year`` on which federal offices are closed (5 U.S.C. 6103).

    A holiday on a Saturday is kept on the Friday before, on a Sunday on the Monday after; so a year may hold the
    next New Year's Day.
    """
    days = (_observed(day) for each in (year, year + 1) for day in _named_days(each))
    return frozenset(day for day in days if day.year == year)


def is_working_day(day: date) -> bool:
    """Say whether a US office answers on this day."""
    return day.weekday() < SATURDAY and day not in federal_holidays(day.year)


def working_day_from(day: date) -> date:
    """Give the day itself if it is a working day, else the next one."""
    while not is_working_day(day):
        day += _DAY
    return day


def working_days_after(day: date, count: int) -> date:
    """Give the ``count``-th working day after ``day``; 0 gives the day itself or the next working day."""
    if count == 0:
        return working_day_from(day)
    for _ in range(count):
        day = working_day_from(day + _DAY)
    return day


def working_day_before(day: date) -> date:
    """Give the last working day before ``day``."""
    day -= _DAY
    while not is_working_day(day):
        day -= _DAY
    return day


def working_days_between(first: date, last: date) -> int:
    """Count the working days after ``first`` up to and with ``last``; 0 where last is not after first."""
    return sum(is_working_day(first + _DAY * count) for count in range(1, (last - first).days + 1))


def _named_days(year: int) -> Iterator[date]:
    yield date(year, 1, 1)
    yield _nth(year, 1, MONDAY, 3)  # Birthday of Martin Luther King, Jr.
    yield _nth(year, 2, MONDAY, 3)  # Washington's Birthday
    yield _nth(year, 6, MONDAY, 1) - 7 * _DAY  # Memorial Day: the last Monday of May
    if year >= 2021:
        yield date(year, 6, 19)  # Juneteenth
    yield date(year, 7, 4)
    yield _nth(year, 9, MONDAY, 1)  # Labor Day
    yield _nth(year, 10, MONDAY, 2)  # Columbus Day
    yield date(year, 11, 11)  # Veterans Day
    yield _nth(year, 11, THURSDAY, 4)  # Thanksgiving
    yield date(year, 12, 25)


def _nth(year: int, month: int, weekday: int, count: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))


def _observed(day: date) -> date:
    return {SATURDAY: day - _DAY, SUNDAY: day + _DAY}.get(day.weekday(), day)
