"""The infection count behind a published ratio is found again."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_directory.quality.infections import mid_p_upper, recovered_infections


def poisson_mid_p(count: int, mean: float) -> float:
    probabilities = [math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1)) for k in range(count + 1)]
    return math.fsum(probabilities[:-1]) + probabilities[-1] / 2


@pytest.mark.parametrize("count", [0, 1, 2, 7, 40, 300, 1500])
def test_the_upper_bound_leaves_two_and_a_half_percent_below_the_count(count: int) -> None:
    assert poisson_mid_p(count, mid_p_upper(count)) == pytest.approx(0.025, abs=1e-10)


def test_no_infection_means_the_bound_alone_tells_what_was_predicted() -> None:
    found = recovered_infections(0.0, 1.183)
    assert found is not None
    assert found.observed == 0
    assert found.predicted == pytest.approx(2.5324, abs=1e-4)


@given(st.integers(1, 1500), st.floats(0.5, 800))
def test_the_count_is_recovered_from_an_unrounded_ratio_and_bound(count: int, predicted: float) -> None:
    found = recovered_infections(count / predicted, mid_p_upper(count) / predicted)
    assert found is not None
    assert found.observed == count
    assert found.predicted == pytest.approx(predicted)


@given(st.integers(1, 60), st.floats(1, 60))
def test_a_ratio_rounded_to_three_places_gives_the_count_or_its_neighbor(count: int, predicted: float) -> None:
    found = recovered_infections(round(count / predicted, 3), round(mid_p_upper(count) / predicted, 3))
    assert found is not None
    assert abs(found.observed - count) <= max(1, count // 4)


def test_a_bound_below_every_known_count_takes_the_largest_count() -> None:
    found = recovered_infections(1.0, 1.0)
    assert found is not None
    assert found.observed == 1500


def test_a_bound_above_every_known_count_takes_the_smallest_count() -> None:
    found = recovered_infections(0.1, 90.0)
    assert found is not None
    assert found.observed == 1


@pytest.mark.parametrize(("ratio", "upper"), [(0.0, 0.0), (0.5, 0.0), (0.5, -1.0), (-0.1, 1.0)])
def test_figures_that_cannot_belong_together_are_not_reported(ratio: float, upper: float) -> None:
    assert recovered_infections(ratio, upper) is None
