"""`coe compare` as its users run it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from command_line import CommandLine
from rich.cells import cell_len

from navigator.cli.comparison_text import comparison_lines
from provider_directory.testing import HOSTILE_NAMES, FakeDirectory, a_center, a_question, a_shortlist

KNEE = ("knee", "replacement", "--near", "53202", "--program", "brewline-foods", "--on", "2026-11-22")


def test_three_centers_stand_side_by_side_with_what_may_be_said(coe: CommandLine, demonstration_edition: Path) -> None:
    code = coe("compare", "90Z001", "90Z002", "90Z009", *KNEE, "--edition", str(demonstration_edition))
    assert code == 0
    assert "DEMONSTRATION" in coe.out
    for words in ("Jun 2027", "$24,100 contract", "To say", "Medicare patients"):
        assert words in coe.out
    assert "clearly better" in coe.out or "No clear difference" in coe.out
    assert max(cell_len(line) for line in coe.out.splitlines()) <= 80


def test_the_third_word_is_a_facility_only_where_the_edition_knows_it(
    coe: CommandLine, demonstration_edition: Path
) -> None:
    edition = ("--edition", str(demonstration_edition), "--json")
    coe("compare", "90Z001", "90Z002", *KNEE, *edition)
    assert len(coe.json["centers"]) == 2
    assert coe.json["procedure"] == "total-knee-replacement"
    coe("compare", "90Z001", "90Z002", "ccn-90z009", *KNEE, *edition)
    assert len(coe.json["centers"]) == 3


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("90Z001", "90Z001", *KNEE), "bad_input"),
        (("90Z001", *KNEE), "unknown_facility"),
        (("90Z001", "knee", "--near", "53202"), "bad_input"),
        (("90Z001", "90Z002", "bypass", "--near", "53202"), "ambiguous_procedure"),
        (("90Z001", "90Z002", "knee", "replacement", "--near", "Springfield"), "ambiguous_place"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(
    coe: CommandLine, demonstration_edition: Path, words: tuple[str, ...], code: str
) -> None:
    assert coe("compare", *words, "--edition", str(demonstration_edition), "--json") == 2
    assert coe.json["error"]["code"] == code


def test_no_name_breaks_the_columns_and_no_figure_is_cut() -> None:
    centers = tuple(
        a_center(name=name or "?", id=f"f-{at}", rank=None, rank_range=None)
        for at, name in enumerate(HOSTILE_NAMES[:3])
    )
    fake = FakeDirectory(centers=(*centers, *a_shortlist()))
    found = asyncio.run(fake.compare(("f-0", "f-1", "f-marquette"), a_question()))
    lines = list(comparison_lines(found, "Total knee replacement"))
    assert max(cell_len(line) for line in lines) <= 80
    assert any("2.4 (1.8 to 3.1)" in line for line in lines)
