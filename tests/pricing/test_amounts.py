"""Dollars are read exactly, rounded half up, and placeholders are no amounts (METHOD 5.4, 5.9, 5.16)."""

from __future__ import annotations

from decimal import Decimal
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_directory.pricing.amounts import amount_of, cents_of, has_comma, is_placeholder, middle

CENTS = st.integers(min_value=0, max_value=10**11)


@given(CENTS)
def test_cents_written_as_dollars_come_back_to_the_cent(cents: int) -> None:
    for text in (f"{cents // 100}.{cents % 100:02}", f"{cents // 100:,}.{cents % 100:02}"):
        amount = amount_of(text)
        assert amount is not None
        assert cents_of(amount) == cents


@pytest.mark.parametrize(("text", "cents"), [("1.005", 101), ("1.0049", 100), ("2.45e4", 2_450_000), (" 12 ", 1_200)])
def test_half_a_cent_goes_up(text: str, cents: int) -> None:
    amount = amount_of(text)
    assert amount is not None
    assert cents_of(amount) == cents


@pytest.mark.parametrize("text", ["", "N/A", "12,50", "1,2345", "$12", "0x10", "nan", "inf", "1 000", "٣", "--5"])
def test_what_is_no_number_of_the_format_is_not_guessed(text: str) -> None:
    assert amount_of(text) is None


def test_a_comma_between_thousands_is_read_and_said() -> None:
    assert has_comma("24,500")
    assert not has_comma("24500")
    assert not has_comma("12,50")


@pytest.mark.parametrize("text", ["0", "0.01", "1.00", "-5", "99999999", "999999999"])
def test_placeholders_themselves_are_refused(text: str) -> None:
    assert is_placeholder(Decimal(text))


def test_just_inside_is_an_amount() -> None:
    assert not is_placeholder(Decimal("1.01"))
    assert not is_placeholder(Decimal("99999998.99"))


@given(st.lists(CENTS, min_size=1, max_size=40))
def test_the_middle_is_the_median_half_a_cent_up(cents: list[int]) -> None:
    assert middle(cents) == int(Decimal(str(median(map(Decimal, cents)))).quantize(Decimal(1), "ROUND_HALF_UP"))
