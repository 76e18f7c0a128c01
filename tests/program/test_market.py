"""The market around a member: one kind of price of one thing, and enough of it, or nothing (METHOD 3.4)."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from navigator.program.market import FEWEST_CASES, FEWEST_HOSPITALS, market_of
from provider_directory.models import Center
from provider_directory.testing import a_center, a_price


def hospital(number: int, cents: int, kind: str = "posted_negotiated", **over: object) -> Center:
    """Give a hospital with a price of a kind; inpatient, DRG 470."""
    values: dict[str, object] = {"setting": "inpatient", "code": "470", "included": (), "scope": "hospital stay"}
    price = a_price(kind=kind, amount_cents=cents, **(values | over))
    return a_center(id=f"h{number}", name=f"Hospital {number}", price=price, miles=10.0)


def posted(*dollars: int) -> list[Center]:
    return [hospital(number, amount * 100) for number, amount in enumerate(dollars)]


def test_five_posted_rates_make_a_market_and_four_make_none() -> None:
    found = market_of(posted(20_000, 30_000, 25_000, 40_000, 35_000)).without("elsewhere")
    assert found is not None
    assert (found.p25_cents, found.p50_cents, found.p75_cents) == (2_500_000, 3_000_000, 3_500_000)
    assert (found.count, found.kind, found.whole) == (5, "posted_negotiated", False)
    assert "5 other hospitals within 50 miles" in found.source
    assert market_of(posted(20_000, 30_000, 25_000, 40_000)).without("elsewhere") is None


def test_the_center_itself_is_no_other_hospital() -> None:
    market = market_of(posted(20_000, 30_000, 25_000, 40_000, 35_000))
    assert market.without("h0") is None


def test_what_the_plan_paid_comes_before_any_posted_rate_and_each_case_counts_once() -> None:
    paid = [
        hospital(10, 2_000_000, "paid_by_plan", code=None, cases=30),
        hospital(11, 5_000_000, "paid_by_plan", code=None, cases=12),
    ]
    found = market_of([*posted(1, 2, 3, 4, 5), *paid]).without("elsewhere")
    assert found is not None
    assert (found.kind, found.count) == ("paid_by_plan", 42)
    assert (found.p25_cents, found.p50_cents, found.p75_cents) == (2_000_000, 2_000_000, 5_000_000)


def test_fewer_paid_cases_than_eleven_are_no_market() -> None:
    few = [hospital(10, 2_000_000, "paid_by_plan", code=None, cases=FEWEST_CASES - 1)]
    assert market_of(few).without("elsewhere") is None


def test_kinds_settings_and_codes_are_never_mixed() -> None:
    mixed = [
        *posted(1, 2, 3, 4),
        hospital(5, 500, code="469"),
        hospital(6, 600, setting="outpatient", code="27447"),
        hospital(7, 700, "posted_typical"),
        hospital(8, 800, "other_insurers"),
        hospital(9, 900, "cash"),
        hospital(10, 1_000, comparable=False),
    ]
    assert market_of(mixed).without("elsewhere") is None


def test_only_the_setting_of_the_centers_own_price_is_compared() -> None:
    market = market_of(posted(1, 2, 3, 4, 5))
    assert market.without("elsewhere", "inpatient") is not None
    assert market.without("elsewhere", "outpatient") is None


def test_hospitals_far_away_and_centers_under_contract_are_not_others() -> None:
    near = posted(1, 2, 3, 4, 5)
    far = [center.model_copy(update={"miles": 50.1}) for center in near]
    assert market_of(far).without("elsewhere") is None
    assert market_of(near, ["h3"]).without("elsewhere") is None


def test_claims_are_of_the_whole_case_only_where_their_scope_says_so() -> None:
    scope = "facility and professional fees, inpatient"
    paid = [hospital(10, 2_000_000, "paid_by_plan", code=None, cases=30, scope=scope, as_of=date(2026, 6, 30))]
    found = market_of(paid).without("elsewhere")
    assert found is not None
    assert (found.whole, found.as_of) == (True, date(2026, 6, 30))


@given(st.lists(st.integers(min_value=100, max_value=10**9), min_size=FEWEST_HOSPITALS, max_size=30))
def test_quarters_are_amounts_that_stand_in_the_market_and_rise(amounts: list[int]) -> None:
    found = market_of([hospital(number, cents) for number, cents in enumerate(amounts)]).without("elsewhere")
    assert found is not None
    quarters = (found.p25_cents, found.p50_cents, found.p75_cents)
    assert set(quarters) <= set(amounts)
    assert list(quarters) == sorted(quarters)
    assert sum(cents <= found.p50_cents for cents in amounts) * 2 >= len(amounts)
    assert sum(cents >= found.p50_cents for cents in amounts) * 2 >= len(amounts)
