"""Expected cost beside price: the published example, its break-even, and what is never claimed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navigator.program.expected_cost import ExpectedCostAsked, Pathway, expected_cost, worked_example
from navigator.program.published_figures import published_figures
from provider_directory.errors import BadInput

CENTS, PERCENT = st.integers(0, 10_000_000), st.integers(0, 100).map(Decimal)


def test_the_dearer_case_may_be_the_cheaper_program_and_the_arithmetic_is_shown() -> None:
    found = worked_example()
    assert found.inside_cents == 2300 * 46 * 32177  # 1,058 operations at $32,177
    assert (found.elsewhere_low_cents, found.elsewhere_high_cents) == (1058 * 2977000, 2300 * 2977000)
    assert found.break_even_percent == Decimal("49.7")
    assert found.state == "not_clear"
    assert "costs $2,407 more" in found.words
    assert "more than 49.7% of the same people" in found.words
    assert [(each.inside, each.elsewhere) for each in found.counts] == [
        ("1,058", "1,058 to 2,300"),
        ("3.2", "68.8"),
        ("6.3", "51.8"),
    ]
    assert any("1,058 operations at $32,177" in step.text and step.result == "$34,043,266" for step in found.steps)


def test_the_example_carries_its_sources_and_their_caveats() -> None:
    found = worked_example()
    assert [source[:3] for source in found.sources] == ["F07", "F08", "F09", "F10", "F11", "F12", "F13"]
    assert any("not randomised" in caveat for caveat in found.caveats)
    assert any("not a promise" in caveat for caveat in found.caveats)
    assert any("Not known, so not counted" in caveat for caveat in found.caveats)
    assert published_figures()["F13"].value.startswith("32177 vs 29770")


def test_a_least_share_above_the_most_is_refused() -> None:
    side = Pathway(cost_per_case_cents=100)
    asked = ExpectedCostAsked(
        evaluated=1, surgery_percent=Decimal(50), elsewhere_high_percent=Decimal(40), inside=side, elsewhere=side
    )
    with pytest.raises(BadInput, match="at least 50%"):
        expected_cost(asked)


@given(st.integers(1, 5000), PERCENT, st.lists(PERCENT, min_size=2, max_size=2).map(sorted), CENTS, CENTS, CENTS)
def test_at_the_break_even_share_both_sides_cost_the_same(
    people: int, share: Decimal, shares: list[Decimal], inside: int, elsewhere: int, without: int
) -> None:
    asked = ExpectedCostAsked(
        evaluated=people,
        surgery_percent=share,
        elsewhere_low_percent=shares[0],
        elsewhere_high_percent=shares[1],
        inside=Pathway(cost_per_case_cents=inside),
        elsewhere=Pathway(cost_per_case_cents=elsewhere),
        without_surgery_cents=without,
    )
    found = expected_cost(asked)
    assert found.difference_low_cents <= found.difference_high_cents
    assert (found.state == "less") == (found.difference_low_cents > 0)
    if found.break_even_percent is not None:
        total = people * (found.break_even_percent * (elsewhere - without) / 100 + without)
        # The share is rounded to a tenth of a percent: half of that is all that the totals may differ by.
        assert abs(total - found.inside_cents) <= people * (elsewhere - without) * Decimal("0.0005") + 1
