"""Age is in calendar months at the question's date, the day clipped to the end of the month (METHOD 5.16)."""

from __future__ import annotations

from datetime import date

import pytest

from provider_directory.pricing.ages import age_of, months_after


@pytest.mark.parametrize(
    ("on", "age"),
    [
        (date(2026, 8, 31), "current"),
        (date(2027, 11, 30), "current"),
        (date(2027, 12, 1), "old"),
        (date(2028, 8, 31), "old"),
        (date(2028, 9, 1), "dropped"),
        (date(2026, 8, 30), "unknown"),
    ],
)
def test_a_file_of_the_end_of_august(on: date, age: str) -> None:
    assert age_of(date(2026, 8, 31), on) == age


def test_no_date_is_unknown_and_february_is_clipped() -> None:
    assert age_of(None, date(2026, 1, 1)) == "unknown"
    assert months_after(date(2026, 12, 31), 14) == date(2028, 2, 29)
