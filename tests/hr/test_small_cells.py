"""Counts of few people cannot be read, nor worked out from those that can."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from navigator.gaps import FEWEST_SHOWN
from navigator.hr.small_cells import coarse, hidden, with_totals

TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 40), min_size=width, max_size=width), min_size=1, max_size=6)
)


@given(TABLES)
def test_no_small_count_is_shown_or_is_what_a_line_leaves_over(counts: list[list[int]]) -> None:
    shown, true = hidden(counts), with_totals(counts)
    assert all(
        cell is None or cell == own >= FEWEST_SHOWN
        for row, full in zip(shown, true, strict=True)
        for cell, own in zip(row, full, strict=True)
    )
    lines = [*zip(shown, true, strict=True), *zip(zip(*shown, strict=True), zip(*true, strict=True), strict=True)]
    for seen, full in lines:
        away = [own for cell, own in zip(seen, full, strict=True) if cell is None]
        assert len(away) != 1
        if away and seen[-1] is not None:
            assert sum(away) >= FEWEST_SHOWN


def test_large_counts_are_all_shown() -> None:
    assert hidden([[20, 30], [40, 50]]) == ((20, 30, 50), (40, 50, 90), (60, 80, 140))
    assert hidden([[12, 3], [40, 50]]) == ((None, None, 15), (None, None, 90), (52, 53, 105))
    assert hidden([]) == ()


@given(st.integers(11, 10_000), st.integers(1, 9))
def test_two_cards_that_differ_by_a_few_people_do_not_tell_those_few(count: int, few: int) -> None:
    told = [coarse(each) for each in (count, count + few)]
    assert told[1] - told[0] in (0, 10)
    assert told[0] > 10
    assert 0 <= told[0] - count < 10
