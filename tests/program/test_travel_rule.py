"""Travel: the method's example to the cent, miles near a threshold, people, caps (METHOD 3.5; CONTRACT 7)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from rule_cases import CITED, answer, care, member, met, program, rule

from navigator.program.rule_answer import TravelAnswer
from navigator.program.rules import Condition, Travel

PAID = Travel(CITED, min_miles=Decimal(50), cap_case_cents=500_000, companions=1, companions_if_minor=2, mileage="irs")


def travel(named: Travel = PAID, facts: dict[str, Any] | None = None, **question: Any) -> TravelAnswer:
    found = answer(program(rule(travel=(named,))), member(**(facts or {})), care(**question)).travel
    assert found is not None
    return found


def lines(found: TravelAnswer) -> list[tuple[int, int, int]]:
    return [(line.paid_cents, line.tax_free_cents, line.may_be_taxable_cents) for line in found.lines]


def test_the_example_of_the_method_comes_out_to_the_cent() -> None:
    """METHOD 3.5: 250 miles each way, 3 nights at $180, two people."""
    facts = {"travel_nights": 3, "lodging_night_cents": 18_000}
    found = travel(facts=facts, road_miles=Decimal(250), road_miles_source="a route planner")
    assert (found.state, found.people) == ("paid", 2)
    assert lines(found) == [(10_250, 10_250, 0), (54_000, 30_000, 24_000)]
    assert [line.how for line in found.lines] == ["500 miles at 20.5 cents", "3 nights at $180"]


@pytest.mark.parametrize(
    ("question", "state", "warned"),
    [
        ({"road_miles": Decimal(60), "straight_miles": 46.0}, "paid", False),
        ({"road_miles": Decimal("49.9")}, "not_paid", False),
        ({"straight_miles": 46.0, "miles_words": "about 46 miles"}, "check_miles", True),
        ({"straight_miles": 60.0}, "check_miles", True),
        ({"straight_miles": 61.0}, "paid", False),
        ({"straight_miles": 39.9}, "not_paid", False),
        ({"straight_miles": 85.0, "across_water": True}, "check_miles", True),
        ({}, "ask", False),
        ({"under_contract": False, "road_miles": Decimal(60)}, "not_paid", False),
    ],
)
def test_straight_miles_decide_nothing_near_the_threshold_or_across_water(
    question: dict[str, Any], state: str, warned: bool
) -> None:
    found = travel(**question)
    assert (found.state, found.miles_warning is not None) == (state, warned)
    if question.get("straight_miles") == 46.0 and warned:
        assert found.miles_warning == "about 46 miles straight; your plan counts by road from 50: check"
        assert any("by road" in ask for ask in found.ask)
    assert not [line for line in found.lines if "mileage" in line.what and found.road_miles is None]


def test_a_minor_brings_more_and_a_member_without_company_goes_alone() -> None:
    people = [
        travel(facts=facts, road_miles=Decimal(60)).people
        for facts in (
            {"birth_date": "2012-05-17"},
            {"birth_date": "2008-08-06"},  # eighteen on the day of care
            {"birth_date": "1974-03-09", "companion_available": False},
        )
    ]
    assert people == [3, 2, 1]
    assert any("birth date" in ask for ask in travel(road_miles=Decimal(60)).ask)


@pytest.mark.parametrize(("paid_before", "cap", "paid"), [(0, 60_000, [10_250, 49_750]), (395_000, 5_000, [5_000, 0])])
def test_the_caps_of_case_and_year_cut_the_lines_in_their_order(paid_before: int, cap: int, paid: list[int]) -> None:
    named = replace(PAID, cap_case_cents=60_000, cap_year_cents=400_000)
    facts = {
        "travel_nights": 3,
        "lodging_night_cents": 18_000,
        "accumulators": met(0, 0, travel_paid_cents=paid_before),
    }
    found = travel(named, facts, road_miles=Decimal(250))
    assert found.cap_left_cents == cap
    assert [line.paid_cents for line in found.lines] == paid


def test_what_the_plan_pays_above_the_laws_rates_may_be_taxable() -> None:
    named = replace(
        PAID, mileage="cents", mileage_tenth_cents=700, per_diem_cents=10_000, lodging_night_cents=15_000, nights=2
    )
    facts = {"travel_nights": 4, "lodging_night_cents": 18_000, "birth_date": "2012-05-17"}
    found = travel(named, facts, road_miles=Decimal(100))
    # 200 miles at 70 cents, of which 20.5 are free; two nights at $150, $100 a night free; 3 days for three at $100.
    assert lines(found) == [(14_000, 4_100, 9_900), (30_000, 20_000, 10_000), (90_000, 0, 90_000)]


def test_what_travel_pays_is_said_with_its_limits() -> None:
    named = replace(PAID, nights=5, meals_per_person_day=3, preapproval=True, arranged_by="the program's desk")
    found = travel(named, road_miles=Decimal(60))
    assert found.words == (
        "Travel is paid: 60 miles by road, and the plan pays from 50. For 2 people. At most $5,000. Lodging at most "
        "5 nights. 3 meals a person and day; they may be taxable. It must be approved before the trip. "
        "Arranged by the program's desk."
    )
    assert found.explanation.counterfactual == "Below 50 miles by road it is not paid."


def test_many_straight_miles_need_no_check_since_the_road_is_never_shorter() -> None:
    found = travel(straight_miles=858.0)
    assert (found.state, found.miles_warning) == ("paid", None)
    assert "about 858 miles straight, and the plan pays from 50 by road; the road is never shorter." in found.words
    few = travel(straight_miles=4.0)
    assert few.explanation.counterfactual == "From 50 miles by road it is paid."


def test_miles_are_not_asked_for_where_no_travel_is_paid() -> None:
    assert travel(straight_miles=46.0, under_contract=False).miles_warning is None


def test_travel_by_bands_of_miles_is_not_said_to_begin_with_the_first_mile() -> None:
    by_band = Travel(CITED, when=(Condition("miles", "above", Decimal(60)),))
    found = travel(by_band, road_miles=Decimal(90), road_miles_source="map")
    assert found.words.startswith("Travel is paid. ")
    near = answer(program(rule(travel=(by_band,))), member(), care(road_miles=Decimal(20), road_miles_source="map"))
    assert near.travel is None
    assert travel(Travel(CITED)).words.startswith("Travel is paid from the first mile.")
