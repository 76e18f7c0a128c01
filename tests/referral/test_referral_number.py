"""The referral number: drawn, checked, forgiving (CONTRACT 6)."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from navigator.referral import number
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SHAPE = re.compile(rf"CR-[{DIGITS}]{{4}}-[{DIGITS}]{{4}}-[{DIGITS}]")


def valid(body: str) -> str:
    try:
        return f"CR-{body[:4]}-{body[4:]}-{number.check_character(body)}"
    except BadInput:
        assume(False)
        raise


numbers = st.text(DIGITS, min_size=8, max_size=8).map(valid)


def test_a_drawn_number_has_the_shape_of_the_contract_and_reads_back_as_itself() -> None:
    drawn = [number.draw() for _ in range(300)]
    assert all(SHAPE.fullmatch(one) and number.normalise(one) == one for one in drawn)
    assert len(set(drawn)) == 300


def test_the_check_character_is_the_body_in_base_32_modulo_37() -> None:
    assert number.check_character("00000000") == "0"
    assert number.check_character("0000000Z") == "Z"
    assert number.check_character("00000015") == "0"  # 1 x 32 + 5 = 37
    assert number.check_character("ZZZZZZZZ") == DIGITS[(32**8 - 1) % 37]


@pytest.mark.parametrize("body", ["00000010", "00000011", "00000012", "00000013", "00000014"])
def test_a_body_whose_check_would_be_a_symbol_is_never_a_number(body: str) -> None:
    with pytest.raises(BadInput, match="is given out"):
        number.check_character(body)


def test_numbers_with_a_symbol_for_a_check_are_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    digits = iter("00000010" + "00000012" + "00000015")
    monkeypatch.setattr("secrets.choice", lambda _: next(digits))
    assert number.draw() == "CR-0000-0015-0"


@given(numbers, st.integers(0, 8), st.sampled_from(DIGITS))
def test_every_change_of_one_character_is_caught(good: str, position: int, other: str) -> None:
    packed = good.replace("-", "")[2:]
    assume(packed[position] != other)
    with pytest.raises(BadInput):
        number.normalise(packed[:position] + other + packed[position + 1 :])


@given(numbers, st.integers(0, 7))
def test_every_swap_of_two_neighbors_is_caught(good: str, position: int) -> None:
    packed = good.replace("-", "")[2:]
    swapped = packed[:position] + packed[position + 1] + packed[position] + packed[position + 2 :]
    assume(swapped != packed)
    with pytest.raises(BadInput):
        number.normalise(swapped)


@given(numbers, st.data())
def test_lower_case_blanks_missing_dashes_and_sound_alikes_are_understood(good: str, data: st.DataObject) -> None:
    packed = good.replace("-", "") if data.draw(st.booleans()) else good[3:]
    heard = "".join(
        data.draw(st.sampled_from({"0": "0Oo", "1": "1IiLl"}.get(character, character + character.lower())))
        + data.draw(st.sampled_from(["", " ", "-", "–"]))
        for character in packed
    )
    assert number.normalise(f" {heard} ") == good


@pytest.mark.parametrize(
    ("heard", "found"),
    [
        ("CR-0000-0015-1", "should be 0 but is 1"),
        ("CR-0000-0U15-0", '"U"'),
        ("CR-0000-0015-*", r'"\*"'),
        ("CR-0000-0015", "has 10 characters"),
        ("", "has 0 characters"),
        ("CR-0000-0015-0-0", "has 12 characters"),
        ("CR-٠000-0015-0", "is not a character"),
        ("CR-000ß-015-0", '"ß"'),
    ],
)
def test_what_does_not_fit_is_named(heard: str, found: str) -> None:
    with pytest.raises(BadInput, match=found) as caught:
        number.normalise(heard)
    assert caught.value.next_step


@given(st.text(max_size=40))
def test_any_text_gives_a_number_or_bad_input(text: str) -> None:
    said = ""
    try:
        assert SHAPE.fullmatch(number.normalise(text))
    except BadInput as problem:
        said = problem.message
    assert clean(said, 1000) == said


def test_a_number_is_spelled_character_by_character() -> None:
    assert number.spelled("CR-0000-0015-0") == "C R, 0 0 0 0, 0 0 1 5, 0"
