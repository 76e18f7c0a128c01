"""The import side of the door for text: what comes out is safe to keep, one line, and stays as it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_directory.cleaning import MAX_CHARACTERS, MOST_MARKS, clean, without_marks
from provider_directory.testing import HOSTILE_NAMES

ESCAPES = st.sampled_from(
    ["\x1b[31m", "\x1b]52;c;UFdORUQ=\x07", "\x9b2J", "\x1bP1$r\x1b\\", "\x1bc", "\x9d0;x\x9c", "\x1b"]
)
STACKS = st.builds(
    lambda marks, times: "".join(marks) * times,
    st.lists(st.sampled_from("\u0301\u0316\u0344\u0958\u093c\u1f82e"), min_size=1, max_size=4),
    st.integers(1, 40),
)
pieces = st.lists(st.one_of(st.text(max_size=20), ESCAPES, STACKS), max_size=8).map("".join)


@given(pieces)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(pieces)
def test_no_control_escape_or_direction_mark_is_left(text: str) -> None:
    for letter in clean(text):
        assert unicodedata.category(letter) not in ("Cc", "Cs", "Zl", "Zp")
        assert letter not in "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"


UNSEEN = (
    *("\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180e\u200b\u200c\u200e\u200f\u202a\u202b\u202c\u202d\u202e"),
    *("\u2060\u2061\u2064\u2066\u2067\u2068\u2069\u206a\u206f\u3164\ufeff\uffa0\ufff9\ufffb"),
    *("\U0001bca0\U0001d173\U000e0001\U000e0041\U000e007f\U000e0100"),
)
"""Letters that nobody sees: two names that look alike would be two, or one would be read the other way round."""


def test_no_letter_that_nobody_sees_is_kept() -> None:
    assert [hex(ord(letter)) for letter in UNSEEN if clean(f"St.{letter}Mary") != "St.Mary"] == []
    controls = [*map(chr, range(32)), *map(chr, range(127, 160))]
    assert [hex(ord(letter)) for letter in controls if not clean(f"St. {letter} Mary").isprintable()] == []


@given(st.text())
def test_the_result_is_one_short_line(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) <= MAX_CHARACTERS
    assert len(cleaned.splitlines()) <= 1
    assert cleaned == cleaned.strip()


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        ("St. Mary's [closed]", "St. Mary's [closed]"),
        ("Hospital\x1b[2J of\r\n the\tLake", "Hospital of the Lake"),
        ("Evil\x1b]52;c;UFdORUQ=\x07Clinic", "EvilClinic"),
        ("Evil\x9b2J\x9d0;x\x9cClinic", "EvilClinic"),
        ("e\u0301toile", "\xe9toile"),
        ("\U0001f469\u200d\u2695\ufe0f care", "\U0001f469\u200d\u2695\ufe0f care"),
        ("abc\u202egnp.exe", "abcgnp.exe"),
    ],
)
def test_words_stay_and_what_acts_on_a_terminal_goes(found: str, kept: str) -> None:
    assert clean(found) == kept


def test_a_hundred_thousand_marks_on_one_letter_take_no_time_and_few_are_kept() -> None:
    # Sorted as they are they take half a minute of the processor.
    assert clean("e" + "\u0316\u0301" * 50_000 + " Clinic") == "\xe9" + "\u0316" * 15 + "\u0301" * 14 + " Clinic"
    assert len(clean("x" + "\u0344" * 5_000)) <= 1 + MOST_MARKS
    assert without_marks("knee" + "\u0316\u0301" * 50_000) == "knee"


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_hostile_names_keep_no_escape(name: str) -> None:
    assert "\x1b" not in clean(name)
    assert "\x9b" not in clean(name)


@given(st.text())
def test_letters_without_their_marks_are_those_of_the_whole_decomposition(text: str) -> None:
    apart = unicodedata.normalize("NFKD", text)
    assert without_marks(text) == "".join(letter for letter in apart if not unicodedata.combining(letter))
