"""A letter on the screen: whatever the width, no line is wider, and every fact of the page stands there."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from navigator.letters.page import Facts, Lines, Page, Points, Section, SideBySide
from navigator.widgets.letter_drawing import TWO_COLUMNS_FROM, page_lines
from provider_directory.cleaning import clean

NAMES = ("Marquette Lakes Orthopedic Hospital", "Szpital Świętej Łucji", "漢字の病院")


def a_page(words: str = "[/] knee gives way") -> Page:
    return Page(
        language="en",
        on=date(2026, 11, 22),
        day="November 22, 2026",
        subject="Centers to think about",
        sender=("Lakeshore Benefits Navigation", "414-555-0143"),
        to=("Ada Quill",),
        number="CR-7K3M-9QX3-0",
        spelled="C R, 7 K 3 M, 9 Q X 3, 0",
        number_label="Your number",
        title="Your referral",
        opening=("Keep this page.",),
        sections=(
            Section(
                "Side by side", "top", (SideBySide(NAMES, (("Distance", ("4 miles", "9 miles", words)),), "Distance"),)
            ),
            Section("Left", "left", (Facts((("Reason", words), ("A name that is longer than most", "yes"))),)),
            Section("Right", "right", (Points(("Is this the best care for me now?", words), numbered=True),)),
            Section("Wide", "wide", (Lines(("It is no promise.",), strong=True),)),
        ),
        foot=("Information, not medical advice.",),
        proof=("Edition 1a2b.",),
        demonstration="DEMONSTRATION: invented.",
        watermark=None,
    )


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(st.integers(20, 200), st.text(max_size=120))
@settings(max_examples=60)
def test_no_line_is_wider_than_its_room_and_no_fact_is_lost(cells: int, words: str) -> None:
    drawn = page_lines(a_page(words), cells)
    assert max(line.cell_length for line in drawn) <= cells
    shown = "".join(sorted(squeezed("".join(line.plain for line in drawn))))
    for fact in ("Keep this page.", "It is no promise.", "Ada Quill", "CR-7K3M-9QX3-0", clean(words, 4000)):
        assert all(shown.count(letter) >= fact.count(letter) for letter in set(squeezed(fact)))


def test_it_has_two_columns_where_there_is_room_and_says_markup_as_it_stands() -> None:
    wide, narrow = (
        ["".join(line.plain) for line in page_lines(a_page(), cells)]
        for cells in (TWO_COLUMNS_FROM, TWO_COLUMNS_FROM - 1)
    )
    assert [line.split() for line in wide if line.startswith("Left")] == [["Left", "Right"]]
    assert "Left" in narrow
    assert any("[/] knee gives way" in line for line in narrow)
    assert any("Your referral" in line for line in wide)
