"""Windows, grey figures and stale releases follow the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from provider_directory.quality.periods import attestation_is_stale, is_grey, is_stale, window_months


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2021-04-01", "2024-03-31", 36),
        ("2022-07-01", "2024-06-30", 24),
        ("2024-04-01", "2025-03-31", 12),
        ("2020-07-01", "2023-03-31", 33),
        ("2024-01-01", "2024-01-31", 1),
        ("", "2024-06-30", None),
        ("2024-06-30", "2024-01-01", None),
        ("sometime", "2024-06-30", None),
    ],
)
def test_a_window_counts_whole_months_with_both_ends(start: str, end: str, months: int | None) -> None:
    assert window_months(start, end) == months


@pytest.mark.parametrize(
    ("start", "end", "on", "grey"),
    [
        ("2021-04-01", "2024-03-31", date(2027, 3, 31), False),
        ("2021-04-01", "2024-03-31", date(2027, 4, 1), True),
        ("2024-04-01", "2025-03-31", date(2027, 3, 31), False),
        ("2024-04-01", "2025-03-31", date(2027, 4, 1), True),
        ("2023-03-01", "2024-02-29", date(2026, 2, 28), False),
        ("2023-03-01", "2024-02-29", date(2026, 3, 1), True),
        ("", "", date(2026, 3, 1), True),
    ],
)
def test_long_windows_grey_after_36_months_and_others_after_24(start: str, end: str, on: date, grey: bool) -> None:
    assert is_grey(start, end, on) is grey


@pytest.mark.parametrize(
    ("release", "on", "stale"),
    [
        ("2026-01", date(2026, 5, 8), False),
        ("2026-01", date(2027, 1, 31), False),
        ("2026-01", date(2027, 2, 1), True),
        ("2025-12", date(2026, 12, 31), False),
        ("2025-12", date(2027, 1, 1), True),
        (None, date(2099, 1, 1), False),
        ("", date(2099, 1, 1), False),
        ("winter", date(2099, 1, 1), False),
    ],
)
def test_a_release_is_stale_after_twelve_months_and_an_unknown_one_never(
    release: str | None, on: date, stale: bool
) -> None:
    assert is_stale(release, on) is stale


def test_a_facilitys_own_statement_holds_for_a_year_and_not_without_a_date() -> None:
    assert not attestation_is_stale(date(2025, 5, 8), date(2026, 5, 8))
    assert attestation_is_stale(date(2025, 5, 8), date(2026, 5, 9))
    assert attestation_is_stale(None, date(2026, 5, 9))
