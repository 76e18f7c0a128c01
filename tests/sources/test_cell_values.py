"""What the words of a cell become."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_directory.sources import values


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2.4", 2.4), (" 1,234 ", 1234.0), ("-10", -10.0), ("+.5", None), ("1e3", None), ("N/A", None), ("", None)],
)
def test_only_a_plain_number_is_a_number(text: str, expected: float | None) -> None:
    assert values.number(text) == expected


@pytest.mark.parametrize("text", ["٣", "9" * 400, "nan", "inf", "Not Available"])
def test_what_python_would_take_for_a_number_and_no_file_means_is_unknown(text: str) -> None:
    assert values.number(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10001", "010001"),
        ("010001", "010001"),
        (" 05015f ", "05015F"),
        ("5015F", "05015F"),
        ("05c0001234", "05C0001234"),
        ("5C0001234", "05C0001234"),
        ("", None),
        ("10001.0", None),
        ("closed", None),
        ("0100011", None),
        ("010-01", None),
    ],
)
def test_a_ccn_is_text_with_its_leading_zero(text: str, expected: str | None) -> None:
    assert values.ccn(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03/31/2024", "2024-03-31"),
        ("3/1/2024", "2024-03-01"),
        ("2024-03-31", "2024-03-31"),
        ("Not Available", ""),
        ("", ""),
        ("02/30/2024", None),
        ("31.03.2024", None),
    ],
)
def test_a_date_is_iso_or_blank_or_unreadable(text: str, expected: str | None) -> None:
    assert values.iso_day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14760.71429", 1476071),
        ("$1,234.565", 123457),
        ("0.005", 1),
        ("-2", -200),
        ("", None),
        ("1e5", None),
        ("24,10", None),
        ("24.100,00", None),
        ("1,23,456", None),
        ("$1,234,567.89", 123456789),
        ("9" * 30, None),
    ],
)
def test_dollars_become_cents_half_up(text: str, expected: int | None) -> None:
    assert values.cents(text) == expected


@given(st.integers(min_value=0, max_value=10**12))
def test_every_amount_of_whole_cents_survives(amount: int) -> None:
    written = f"${Decimal(amount) / 100:,.2f}"
    assert values.cents(written) == amount


@pytest.mark.parametrize(
    ("text", "expected"),
    [("53202", "53202"), ("53202-1234", "53202"), ("532021234", "53202"), ("2108", "02108"), ("ON M5V", "")],
)
def test_a_zip_is_five_digits(text: str, expected: str) -> None:
    assert values.zip5(text) == expected


@pytest.mark.parametrize(("text", "expected"), [("5", "005"), ("470", "470"), ("0470", None), ("47A", None)])
def test_an_ms_drg_is_three_characters(text: str, expected: str | None) -> None:
    assert values.drg(text) == expected


@pytest.mark.parametrize(("lat", "lon"), [("0", "0"), ("91", "0"), ("43", "181"), ("", "-87"), ("x", "y")])
def test_a_point_off_the_globe_or_at_zero_is_no_point(lat: str, lon: str) -> None:
    assert values.degrees(lat, lon) is None


@given(st.text(max_size=40))
def test_no_text_breaks_a_value(text: str) -> None:
    number = values.number(text)
    assert number is None or abs(number) < float("inf")
    assert values.ccn(text) is None or len(str(values.ccn(text))) in (6, 10)
    assert len(values.zip5(text)) in (0, 5)
    values.iso_day(text)
    values.cents(text)
    values.whole_number(text)
    values.degrees(text, text)
