"""The record of a member without a center under contract in reach: counted for the manager, naming nobody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from command_line import CommandLine
from hypothesis import given
from hypothesis import strategies as st

from navigator.gaps import FEWEST_SHOWN, Gap, count_gaps, gap_of, record_gap

ON = date(2026, 11, 22)


def test_of_the_place_only_the_first_three_digits_of_a_zip_are_kept() -> None:
    gap = gap_of(ON, "copperline-rail", "hip-knee", "79834 Big Bend National Park, TX", 50.0)
    assert gap == Gap("2026-11", "copperline-rail", "hip-knee", "798", 50)


@given(st.text(max_size=40).filter(lambda label: not label[:5].isdigit()))
def test_a_place_that_is_no_zip_leaves_nothing_behind(label: str) -> None:
    assert gap_of(ON, "p", "hip-knee", label, 50.0).zip3 == ""


def test_fewer_than_eleven_questions_are_not_counted_out_loud(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "gaps.csv"
    rare, frequent = Gap("2026-11", "p", "hip-knee", "798", 50), Gap("2026-12", "p", "spine", "535", 100)
    for gap in [rare] * (FEWEST_SHOWN - 1) + [frequent] * FEWEST_SHOWN:
        record_gap(file, gap)
    counted = {count.zip3: count for count in count_gaps(file)}
    assert counted["798"].asked is None
    assert counted["535"].asked == FEWEST_SHOWN
    assert counted["535"].last_month == "2026-12"


def test_the_order_does_not_tell_which_small_count_is_the_larger(tmp_path: Path) -> None:
    file = tmp_path / "gaps.csv"
    for zip3, times in (("100", 1), ("900", 9)):
        for _ in range(times):
            record_gap(file, Gap("2026-11", "p", "hip-knee", zip3, 50))
    assert [count.zip3 for count in count_gaps(file)] == ["100", "900"]


def test_a_line_that_is_no_record_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "gaps.csv"
    record_gap(file, Gap("2026-11", "p", "hip-knee", "798", 50))
    with file.open("a") as stream:
        stream.write("half a li")
    assert len(count_gaps(file)) == 1


def test_the_command_counts_what_the_desk_recorded(coe: CommandLine, tmp_path: Path) -> None:
    assert coe("gaps") == 0
    assert "No question" in coe.out
    for _ in range(FEWEST_SHOWN):
        record_gap(tmp_path / "gaps.csv", Gap("2026-11", "copperline-rail", "hip-knee", "798", 50))
    assert coe("gaps", "--json") == 0
    (gap,) = coe.json["gaps"]
    assert gap == {
        "program": "copperline-rail",
        "criteria_set": "hip-knee",
        "zip3": "798",
        "asked": FEWEST_SHOWN,
        "last_month": "2026-11",
    }
    assert coe("gaps") == 0
    assert "798" in coe.out
