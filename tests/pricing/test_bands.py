"""An outpatient line is held to what other hospitals post: 0.1 to 10 times the middle of five or more (METHOD 5.10)."""

from __future__ import annotations

import pytest
from rates import a_line, judged

from provider_directory.facts import JudgedRate
from provider_directory.pricing.bands import NOT_TESTED, Band, Bands, outpatient_bands, within_band
from provider_directory.pricing.judging import judge_cash


def line(dollars: float, **cells: str) -> JudgedRate:
    return judged(a_line(dollar=str(dollars), **cells))


def test_a_band_is_the_median_of_the_hospitals_medians() -> None:
    by_hospital = {
        "a": [line(1000), line(3000, plan="HMO"), line(9000, plan="EPO")],
        "b": [line(4000)],
        "c": [line(5000)],
        "d": [line(0.5)],
    }
    assert outpatient_bands(by_hospital).negotiated == {"29881": Band(400_000, 3)}


def test_a_row_that_stands_twice_counts_once() -> None:
    assert outpatient_bands({"a": [line(1000), line(1000), line(3000, plan="HMO")]}).negotiated["29881"] == Band(
        200_000, 1
    )


def test_shares_of_the_list_price_make_no_band() -> None:
    share = line(5000, gross="10000", methodology="percent of total billed charges")
    assert share.kind == "list_share"
    assert outpatient_bands({"a": [share]}).negotiated == {}


@pytest.mark.parametrize(
    ("dollars", "refused"),
    [
        (100, ""),
        (99.99, "below_0.1_of_hospitals"),
        (10_000, ""),
        (10_000.01, "above_10_of_hospitals"),
    ],
)
def test_the_limits_themselves_are_kept(dollars: float, refused: str) -> None:
    bands = Bands({"29881": Band(100_000, 5)}, {})
    assert within_band(line(dollars), bands).refused == refused


def test_fewer_than_five_hospitals_test_nothing() -> None:
    found = within_band(line(4000), Bands({"29881": Band(100, 4)}, {}))
    assert (found.refused, found.flags) == ("", (NOT_TESTED,))


def test_cash_is_held_to_negotiated_rates_or_else_to_cash() -> None:
    cash = judge_cash("29881", "", "4000", 2)
    assert within_band(cash, Bands({"29881": Band(100, 9)}, {})).refused == "above_10_of_hospitals"
    assert within_band(cash, Bands({"29881": Band(100, 4)}, {"29881": Band(400_000, 9)})).flags == ()


def test_an_absurd_end_of_a_range_is_dropped_and_the_median_kept() -> None:
    wide = line(4000)._replace(low_cents=1, high_cents=500_000)
    found = within_band(wide, Bands({"29881": Band(400_000, 5)}, {}))
    assert (found.refused, found.low_cents, found.high_cents) == ("", None, None)
