"""Side by side: clearly better at 90 in 100 only, like with like only, and what stands against a contract."""

from __future__ import annotations

from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_directory.comparing import Entry, Standing, chance_better, check_count, clearly_better, compare
from provider_directory.errors import BadInput
from provider_directory.like_with_like import price_verdict, ranking_group
from provider_directory.models import Center, Comparison, PriceVerdict
from provider_directory.testing import (
    TODAY,
    a_center,
    a_criterion,
    a_measure,
    a_price,
    a_public_credential,
    a_question,
    a_score,
    an_evidence,
    no_price,
)

zs = st.floats(-3, 3)
sds = st.floats(0.01, 2)
POSTED: dict[str, object] = {
    "kind": "posted_negotiated",
    "label": "Posted negotiated rate, your payer and plan",
    "included": (),
    "extra": (),
    "setting": "inpatient",
    "code": "470",
    "scope": "hospital stay, MS-DRG 470; surgeon and anesthesia may be extra",
    "match": "exact",
}


def a(**over: object) -> Center:
    return a_center(**{"name": "Aspen", "id": "a"} | over)


def b(**over: object) -> Center:
    return a_center(**{"name": "Birch", "id": "b", "miles": 9.0} | over)


def priced(one: dict[str, object], two: dict[str, object]) -> PriceVerdict:
    return price_verdict(a(price=a_price(**one)), b(price=a_price(**two)), TODAY)


def compared(*entries: tuple[Center, Standing | None], **over: object) -> Comparison:
    question = a_question(program="brewline-foods", alliances=("Lakeshore Health Alliance",))
    found = [Entry(center, an_evidence(**over), standing) for center, standing in entries]
    return compare(question, TODAY, found)


@given(zs, sds, zs, sds)
def test_never_both_are_clearly_better_and_no_difference_means_that_the_ranges_overlap(
    z1: float, sd1: float, z2: float, sd2: float
) -> None:
    one, two = clearly_better(z1, sd1, z2, sd2), clearly_better(z2, sd2, z1, sd1)
    assert not (one and two)
    if not one and not two:
        assert z1 - 1.645 * sd1 <= z2 + 1.645 * sd2
        assert z2 - 1.645 * sd2 <= z1 + 1.645 * sd1


@given(zs, sds, zs, sds)
def test_the_chances_of_the_two_directions_come_to_one(z1: float, sd1: float, z2: float, sd2: float) -> None:
    one, two = Standing(z1, sd1), Standing(z2, sd2)
    assert chance_better(one, two) + chance_better(two, one) == pytest.approx(1)


def test_clearly_begins_at_ninety_in_a_hundred() -> None:
    edge = NormalDist().inv_cdf(0.90)
    assert clearly_better(edge + 1e-9, 0.6, 0.0, 0.8)
    assert not clearly_better(edge - 1e-6, 0.6, 0.0, 0.8)
    assert chance_better(Standing(1, 0), Standing(1, 0)) == 0.5
    assert chance_better(Standing(2, 0), Standing(1, 0)) == 1.0


@pytest.mark.parametrize("named", [("a",), ("a", "b", "c", "d"), ("a", "a")])
def test_two_or_three_different_centers_are_compared(named: tuple[str, ...]) -> None:
    with pytest.raises(BadInput):
        check_count(named)


def test_a_clear_difference_is_said_with_its_chance_and_never_surer_than_it_is() -> None:
    found = compared((a(), Standing(0.2, 0.1)), (b(), Standing(0.45, 0.1)))
    (verdict,) = found.quality
    assert verdict.better == "b"
    assert verdict.words == "Birch is clearly better than Aspen (96 in 100)."
    assert verdict.chance == pytest.approx(0.0385, abs=1e-3)
    assert "Birch is clearly better than Aspen." in found.spoken


def test_overlapping_ranges_are_said_to_be_no_clear_difference() -> None:
    found = compared((a(), Standing(0.2, 0.2)), (b(), Standing(0.3, 0.2)))
    assert found.quality[0].better is None
    assert found.quality[0].words == "No clear difference between Aspen and Birch: their ranges overlap."
    assert "nothing clearly separates them" in found.spoken


def test_a_center_without_a_score_is_not_compared_and_says_why() -> None:
    thin = b(score=None, score_reason="Not enough public data.")
    found = compared((a(), Standing(0.2, 0.2)), (thin, None))
    assert found.quality[0].chance is None
    assert found.quality[0].words == "Quality not compared. Birch: Not enough public data."
    assert found.spoken.startswith("Public results do not tell these centers apart.")


def test_a_general_score_keeps_its_own_name_in_every_verdict() -> None:
    score = a_score(evidence_class="general")
    found = compared((a(score=score), Standing(0.9, 0.1)), (b(score=score), Standing(0.1, 0.1)))
    assert found.quality[0].words.startswith("General hospital safety: Aspen is clearly better")
    assert found.spoken.startswith("In general hospital safety, Aspen")


def test_three_centers_are_said_in_two_sentences() -> None:
    third = a_center(name="Cedar", id="c", miles=1.0, credential=a_public_credential("MEETS_PUBLIC", "passes"))
    found = compared((a(), Standing(0.9, 0.1)), (b(), Standing(0.88, 0.1)), (third, Standing(0.1, 0.1)))
    assert [(verdict.first, verdict.second) for verdict in found.quality] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert "Aspen and Birch are clearly better than Cedar; otherwise nothing clearly separates them." in found.spoken
    assert found.spoken.endswith("Cedar is the nearest, 1.0 miles.")


def test_bundles_of_the_same_scope_are_compared_to_the_cent() -> None:
    verdict = priced({"amount_cents": 2_410_000}, {"amount_cents": 2_685_050})
    assert verdict.comparable
    assert (verdict.lower, verdict.difference_cents) == ("a", 275_050)
    assert verdict.words == "Like with like, a contract bundle: Aspen is $2,750.50 lower than Birch."


def test_the_same_amount_names_no_lower_one() -> None:
    verdict = priced({}, {})
    assert verdict.comparable
    assert (verdict.lower, verdict.difference_cents) == (None, 0)


def test_ranges_that_overlap_are_said() -> None:
    low = {"amount_cents": 100, "low_cents": 50, "high_cents": 150}
    verdict = priced(POSTED | low, POSTED | {"amount_cents": 140, "low_cents": 140, "high_cents": 200})
    assert verdict.comparable
    assert "ranges overlap" in verdict.words


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        ({}, POSTED, "Birch has a posted negotiated rate (hospital stay, MS-DRG 470"),
        ({}, {"included": ("hospital", "90 days")}, "only Aspen includes surgeon, anesthesia, implant"),
        ({}, {"included": ()}, "what Birch's bundle includes is not stated"),
        (POSTED, POSTED | {"code": "469", "scope": "hospital stay, MS-DRG 469"}, "MS-DRG 469"),
        (POSTED, POSTED | {"setting": "outpatient"}, "Aspen has hospital stay"),
        (POSTED, POSTED | {"as_of": None}, "the date of Birch's price is not known"),
        (POSTED, POSTED | {"comparable": False}, "too doubtful to rank"),
        (POSTED, POSTED | {"match": "family"}, "Birch is that of other plans of the payer"),
        (
            POSTED | {"kind": "other_insurers", "median_of": "posted_negotiated"},
            POSTED | {"kind": "other_insurers", "median_of": "posted_average"},
            "Birch has a median of posted averages",
        ),
    ],
)
def test_prices_of_unlike_things_are_not_compared_and_the_difference_is_named(
    one: dict[str, object], two: dict[str, object], said: str
) -> None:
    verdict = priced(one, two)
    assert not verdict.comparable
    assert verdict.lower is None
    assert verdict.difference_cents is None
    assert verdict.words.startswith("Prices not comparable: ")
    assert said in verdict.words


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"match": "exact"}, {"match": "family"}),
        ({"median_of": "posted_negotiated"}, {"median_of": "posted_average"}),
        ({"setting": "inpatient", "code": "470"}, {"setting": "outpatient", "code": "27447"}),
        ({"setting": "outpatient", "code": "27134"}, {"setting": "outpatient", "code": "27137"}),
        ({"kind": "paid_by_plan", "scope": "facility and"}, {"kind": "paid_by_plan", "scope": "the facility's fee"}),
    ],
)
def test_prices_of_unlike_things_are_ranked_in_groups_of_their_own(
    one: dict[str, object], two: dict[str, object]
) -> None:
    groups = [ranking_group(no_price(**said)) for said in (one, two)]
    assert groups[0] < groups[1]


def test_an_unknown_price_is_no_zero() -> None:
    verdict = price_verdict(a(), b(price=no_price()), TODAY)
    assert verdict.words == "Prices not comparable: no price is known for Birch."
    hidden = no_price(label="Contract price: ask the CoE desk.")
    assert "the CoE desk knows the contract price of Birch" in price_verdict(a(), b(price=hidden), TODAY).words


def test_a_contract_against_public_data_is_said_on_one_line() -> None:
    criteria = (
        a_criterion(outcome="fail", reason="CMS says “Worse Than the National Rate”"),
        a_criterion(
            id="R4",
            outcome="unknown",
            reason="32 Medicare cases a year, fewer than 50; other patients are not counted",
            measures=("COMP_HIP_KNEE",),
        ),
    )
    found = compared((a(), None), (b(credential=a_public_credential("NOT_MET", "below")), None), criteria=criteria)
    assert found.centers[0].conflict == (
        "under contract to Jun 2027, but below public check: complications worse than the nation; "
        "32 Medicare cases a year, fewer than 50 (other patients are not counted)"
    )
    assert found.centers[1].conflict is None


def test_a_contract_that_public_data_supports_has_no_conflict() -> None:
    assert compared((a(), None), (b(), None)).centers[0].conflict is None


def test_whom_the_figures_are_about_is_said() -> None:
    assert (
        compared((a(), None), (b(), None)).applies == "About Medicare patients, mostly 65 and over. Yours may differ."
    )
    survey = a_measure(id="H_RECMND_DY", about="Adult patients who stayed overnight, of any payer")
    mixed = compared((a(), None), (b(), None), measures=(a_measure(), survey))
    assert "patients of any payer" in mixed.applies
    nothing = compared((a(), None), (b(), None), measures=(a_measure(value=None),))
    assert nothing.applies == "No public data rates hospitals for this procedure."


def test_centers_that_are_as_far_in_words_are_not_told_apart_by_miles() -> None:
    near = [a(miles=1.2, miles_precision="zip"), b(miles=2.9, miles_precision="zip")]
    assert compared((near[0], None), (near[1], None)).spoken.endswith("; both are under 3 miles away.")


def test_no_price_on_either_side_is_one_sentence() -> None:
    verdict = price_verdict(a(price=no_price()), b(price=no_price()), TODAY)
    assert verdict.words == "Prices not comparable: no price is known for either."


def test_it_is_said_that_no_public_data_rates_hospitals_for_the_procedure() -> None:
    rated = compared((a(), None), (b(), None), notes=("No public data rates hospitals for this procedure.",))
    assert rated.applies.startswith("No public data rates hospitals for this procedure. About Medicare")
