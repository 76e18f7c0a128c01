"""The first kind that has a plausible value answers; payer and plan match exactly, as a family or not (METHOD 5)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rates import kept

from provider_directory.pricing.choosing import (
    NOBODY,
    AskedPlan,
    KeptRate,
    choose,
    fold_payer,
    match_of,
    with_own_payer,
)

OURS = AskedPlan("Meadowlark Mutual", "Open PPO")


def others(kind: str = "posted_negotiated", **over: Any) -> list[KeptRate]:
    """Give three other payers: one plan of 10,000, two of 20,000 and 30,001, one of 40,000 dollars."""
    return [
        kept(kind=kind, payer="Thistle", plan="A", amount=1_000_000, row=10, **over),
        kept(kind=kind, payer="Sedge", plan="A", amount=2_000_000, row=11, **over),
        kept(kind=kind, payer="SEDGE [102]", plan="B", amount=3_000_100, row=12, **over),
        kept(kind=kind, payer="Rush Co.", plan="A", amount=4_000_000, row=13, **over),
    ]


def test_payers_are_compared_without_case_punctuation_and_number() -> None:
    assert fold_payer("MEADOWLARK-Mutual, Inc. [123]") == fold_payer("Meadowlark Mutual Inc")


@pytest.mark.parametrize(
    ("payer", "plan", "expected"),
    [
        ("MEADOWLARK MUTUAL", "open ppo", "exact"),
        ("Meadowlark Mutual [7]", "HMO", "family"),
        ("Thistle", "Open PPO", "other"),
        ("Meadowlark Mutual", "", "family"),
        ("Meadowlark Mutual", "Meadowlark Mutual", "family"),
    ],
)
def test_payer_and_plan_match(payer: str, plan: str, expected: str) -> None:
    assert match_of(payer, plan, OURS) == expected


def test_a_plan_that_names_none_matches_the_same_text_only() -> None:
    assert match_of("Thistle", "", AskedPlan("Thistle", "")) == "exact"
    assert match_of("Thistle", "Thistle", AskedPlan("thistle", "Thistle")) == "exact"
    assert match_of("Thistle", "THISTLE", AskedPlan("thistle", "Thistle")) == "family"


def test_the_plans_own_dollar_comes_before_its_own_median() -> None:
    own = [kept(kind="posted_typical", amount=1), kept(kind="list_share", amount=2), kept()]
    found = choose([*others(), *own], OURS)
    assert found is not None
    assert (found.kind, found.match, found.amount) == ("posted_negotiated", "exact", 3_150_000)


def test_different_rates_of_one_plan_show_as_a_range_and_count_as_the_higher() -> None:
    found = choose([kept(amount=2_000_000), kept(amount=3_000_000)], OURS)
    assert found is not None
    assert (found.amount, found.low, found.high) == (3_000_000, 2_000_000, 3_000_000)


def test_the_familys_median_comes_before_other_insurers() -> None:
    family = [kept(plan="HMO", amount=2_000_000), kept(plan="EPO", amount=2_500_001), kept(kind="posted_typical")]
    found = choose([*others(), *family[:2], family[2]._replace(plan="POS")], OURS)
    assert found is not None
    assert (found.kind, found.match, found.amount) == ("posted_negotiated", "family", 2_250_001)
    assert (found.low, found.high) == (2_000_000, 2_500_001)


def test_other_insurers_are_the_median_over_payers_of_the_median_over_plans() -> None:
    found = choose(others(), OURS)
    assert found is not None
    assert (found.kind, found.match, found.payers) == ("other_insurers", "other", 3)
    assert (found.amount, found.low, found.high) == (2_500_050, 1_000_000, 4_000_000)


def test_other_insurers_use_one_kind_at_a_time_of_at_least_three_payers() -> None:
    found = choose([*others()[:3], *others("posted_average")], NOBODY)
    assert found is not None
    assert (found.of_kind, found.amount) == ("posted_average", 2_500_050)
    assert choose(others()[:3], NOBODY) is None
    assert choose(others("list_share"), NOBODY) is None
    assert choose(others("posted_few_cases"), NOBODY) is None


def test_the_own_payer_is_not_among_the_others() -> None:
    few = kept(kind="posted_few_cases", amount=7)
    two_others = others()[:3]
    found = choose([*two_others, few], OURS)
    assert found is not None
    assert (found.kind, found.match) == ("posted_few_cases", "exact")
    assert choose([*two_others, few._replace(plan="HMO")], OURS) is None


def test_cash_comes_last_and_several_give_their_median_and_range() -> None:
    cash = [kept(kind="cash", payer="", plan="", amount=amount) for amount in (100, 300, 300, 900)]
    found = choose(cash, OURS)
    assert found is not None
    assert (found.amount, found.low, found.high, found.match) == (300, 100, 900, None)
    better = choose([*cash, *others()], OURS)
    assert better is not None
    assert better.kind == "other_insurers"


def test_what_nothing_could_test_is_never_ranked() -> None:
    found = choose([kept(flags="band_not_tested method_other")], OURS)
    assert found is not None
    assert not found.comparable


RATES = st.lists(
    st.builds(
        kept,
        row=st.integers(4, 40),
        kind=st.sampled_from(["posted_negotiated", "posted_typical", "posted_average", "list_share", "cash"]),
        payer=st.sampled_from(["Meadowlark Mutual", "Thistle", "Sedge", "Rush"]),
        plan=st.sampled_from(["Open PPO", "HMO", ""]),
        amount=st.integers(101, 10**7),
    ),
    max_size=14,
)


def answer(rates: list[KeptRate]) -> tuple[object, ...]:
    found = choose(rates, OURS)
    # Without how many rows it was made of and which: twins add to those.
    return tuple(found[:-3]) if found else ()


@given(RATES, st.randoms())
def test_neither_order_nor_twins_change_the_answer(rates: list[KeptRate], chance: Any) -> None:
    mixed = rates + [rate for rate in rates if chance.random() < 0.5]
    chance.shuffle(mixed)
    assert answer(mixed) == answer(rates)


@given(RATES)
def test_every_answer_lies_within_its_range_and_is_made_of_one_kind(rates: list[KeptRate]) -> None:
    found = choose(rates, OURS)
    if found is not None:
        assert {rate.kind for rate in found.rates} == {found.of_kind}
        assert min(rate.amount for rate in found.rates) <= found.amount <= max(rate.amount for rate in found.rates)
        if found.low is not None and found.high is not None:
            assert found.low <= found.amount <= found.high


@given(RATES, st.sampled_from([OURS, NOBODY, AskedPlan("Sedge", None), AskedPlan("Nowhere", "HMO")]))
def test_the_stored_answer_and_the_own_payers_rates_give_the_same_as_all_rates(
    rates: list[KeptRate], asked: AskedPlan
) -> None:
    own = [rate for rate in rates if rate.kind != "cash" and fold_payer(rate.payer) == fold_payer(asked.payer or "")]
    assert with_own_payer(choose(own, asked), choose(rates, NOBODY)) == choose(rates, asked)
