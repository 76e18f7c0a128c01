"""What the directory's answers come to as a question of benefits (CONTRACT 2, 4, 7)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from navigator.program.care import Care
from navigator.program.gathering import Surroundings, care_of, gather, known_price, look_around, question_under
from navigator.program.in_offer import with_you_pay
from navigator.program.member import MemberFacts, RoadMiles
from navigator.program.model import Program, load_program
from navigator.program.rule_file import load_rules
from navigator.program.tax_limits import limits_of
from provider_directory.crediting import ENDS_EARLY, SUSPENDED_FROM
from provider_directory.embedded import EmbeddedDirectory
from provider_directory.models import Center
from provider_directory.testing import a_center, a_credential, a_place, a_price, a_procedure, a_question, no_price

ON = date(2026, 11, 22)
KNEE = "total-knee-replacement"


def asked(center: Center, member: MemberFacts | None = None) -> Care:
    return care_of(a_procedure(), center, a_question(on=ON), Surroundings(), member)


@pytest.mark.parametrize(
    ("over", "counts"),
    [
        ({}, True),
        ({"flags": ("review: below public check: complications",)}, True),
        ({"flags": (f"{ENDS_EARLY}; run-out terms: honored for 120 days",)}, True),
        ({"flags": (ENDS_EARLY,)}, False),
        ({"flags": (f"{SUSPENDED_FROM}2026-12-01, before the likely surgery date",)}, False),
        ({"state": "SUSPENDED", "flags": ("passes public check",)}, False),
        ({"state": "MEETS_PUBLIC"}, False),
    ],
)
def test_a_contract_counts_where_it_reaches_the_day_of_care(over: dict[str, object], counts: bool) -> None:
    care = asked(a_center(credential=a_credential(**over)))
    assert care.center.under_contract is counts
    # A bundle is no price for care after its contract has ended.
    assert (care.center.price is not None) is counts


def test_the_public_state_of_a_contract_is_known_only_where_a_flag_names_it() -> None:
    review = a_center(credential=a_credential(flags=("review: below public check: complications",)))
    assert asked(review).center.public_state == "NOT_MET"
    assert asked(a_center()).center.public_state == "NOT_SAID"
    assert asked(a_center(credential=a_credential(state="PROVISIONAL"))).center.public_state == "PROVISIONAL"


@pytest.mark.parametrize("kind", ["cash", "rough_guess", "list_share", "posted_few_cases"])
def test_prices_that_are_not_the_plans_say_nothing_of_the_allowed_amount(kind: str) -> None:
    assert known_price(a_center(price=a_price(kind=kind))) is None


def test_a_price_is_whole_only_where_it_names_the_surgeon_and_none_where_it_may_not_be_ranked() -> None:
    bundle = known_price(
        a_center(price=a_price(included=("hospital", "surgeon", "implant"), extra=("rehabilitation",)))
    )
    assert bundle is not None
    assert (bundle.whole, bundle.scope, bundle.extra) == (True, "hospital, surgeon and implant", "rehabilitation")
    part = known_price(a_center(price=a_price(included=("hospital", "implant"))))
    assert part is not None
    assert not part.whole
    other = a_price(kind="other_insurers", amount_cents=300, low_cents=200, high_cents=500)
    spread = known_price(a_center(price=other))
    assert spread is not None
    assert (spread.low_cents, spread.high_cents, spread.whole) == (200, 500, False)
    assert known_price(a_center(price=other.model_copy(update={"comparable": False}))) is None
    assert known_price(a_center(price=no_price())) is None


def test_miles_by_road_come_from_the_member_file_by_id_or_ccn() -> None:
    center = a_center()
    by_ccn = MemberFacts(
        road_miles=(RoadMiles(facility=center.facility.ccn or "", miles=Decimal("61.5"), source="map"),)
    )
    care = asked(center, by_ccn)
    assert (care.road_miles, care.road_miles_source) == (Decimal("61.5"), "map")
    assert asked(a_center(id="another", name="Another").model_copy(), MemberFacts()).road_miles is None


@pytest.fixture
def brewline(demonstration_programs: Path) -> Program:
    return load_program("brewline-foods", demonstration_programs)


async def test_one_center_is_gathered_with_market_nearest_contract_and_its_row(
    demonstration_edition: Path, brewline: Program
) -> None:
    directory = EmbeddedDirectory(demonstration_edition)
    place = await directory.locate("53202")
    care = (await gather(directory, brewline, KNEE, "90Z001", ON, None, place, None)).care
    assert (care.care_day, care.care_day_given) == (date(2027, 2, 20), False)
    assert care.center.under_contract
    assert care.center.public_state == "MEETS_PUBLIC"
    assert "row" in (care.center.contract_source or "")
    assert care.market is not None
    assert (care.market.kind, care.market.whole) == ("posted_negotiated", False)
    assert care.nearest_contract_miles == care.center.straight_miles
    early = (await gather(directory, brewline, KNEE, "90Z002", ON, None, place, None)).care
    assert not early.center.under_contract
    assert ENDS_EARLY in early.center.contract_words
    in_time = (await gather(directory, brewline, KNEE, "90Z002", ON, date(2026, 12, 10), place, None)).care
    assert in_time.center.under_contract


async def test_without_a_place_no_miles_are_said_and_the_market_is_the_centers(
    demonstration_edition: Path, brewline: Program
) -> None:
    directory = EmbeddedDirectory(demonstration_edition)
    care = (await gather(directory, brewline, KNEE, "90Z001", ON, None, None, None)).care
    assert (care.center.straight_miles, care.center.miles_words) == (None, None)
    assert not care.nearest_contract_known
    assert care.market is not None


async def test_an_offer_is_filled_with_what_the_member_pays_and_the_far_member_has_a_nearest_contract(
    demonstration_edition: Path, brewline: Program
) -> None:
    directory = EmbeddedDirectory(demonstration_edition)
    rules = load_rules(brewline)
    question = question_under(brewline, KNEE, await directory.locate("53202"), ON, None)
    offer = await directory.find_centers(question)
    procedure = await directory.procedure(KNEE)
    filled = with_you_pay(offer, question, procedure, rules, limits_of)
    assert filled.centers[0].you_pay == "$0-3,400"
    assert all(center.you_pay for center in filled.centers)
    ppo = with_you_pay(offer, question, procedure, rules, limits_of, MemberFacts(plan_option="ppo"))
    assert ppo.centers[0].you_pay == "$0"
    hilo = question.model_copy(update={"place": await directory.locate("96720")})
    around = await look_around(directory, hilo)
    assert around.nearest_contract_known
    assert (around.nearest_contract_miles or 0) > 1_000
    assert a_place().label == question.place.label
