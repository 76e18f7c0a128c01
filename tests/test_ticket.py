"""The claim ticket: packed as CONTRACT 6 says, read however it is said, and what its check character finds."""

from __future__ import annotations

import itertools
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from navigator import ticket
from navigator.ticket import DIGITS, Ticket
from provider_directory.catalog import load
from provider_directory.errors import BadInput

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, Language] = ("en", "es")
A_TICKET = st.builds(
    Ticket,
    st.integers(0, 1023),
    st.integers(0, 99_999).map("{:05}".format),
    st.sampled_from(LANGUAGES),
    st.integers(0, 127),
)


def is_read(text: str) -> bool:
    try:
        ticket.read(text)
    except BadInput:
        return False
    return True


def test_the_parts_stand_in_the_order_of_the_contract_and_the_check_is_the_value_mod_29() -> None:
    value = 1 << 25 | 53202 << 8 | 1 << 7 | 5
    body = "".join(DIGITS[value >> shift & 31] for shift in (30, 25, 20, 15, 10, 5, 0))
    assert ticket.written(Ticket(1, "53202", "es", 5)) == body + DIGITS[value % 29]


@given(A_TICKET)
def test_a_ticket_is_read_however_it_is_said(made: Ticket) -> None:
    text = ticket.written(made)
    assert len(text) == 8
    assert set(text) <= set(DIGITS)
    heard = ticket.grouped(text).lower().replace("0", "o").replace("1", "l")
    assert ticket.read(text) == ticket.read(heard) == ticket.read(f" {' '.join(heard.replace('l', 'I'))} ") == made


@hypothesis_settings(max_examples=40)
@given(A_TICKET)
def test_the_check_finds_every_wrong_character_and_swap_but_of_pairs_29_apart(made: Ticket) -> None:
    text = ticket.written(made)
    for at, right in enumerate(text):
        for wrong in DIGITS.replace(right, ""):
            apart = abs(DIGITS.index(wrong) - DIGITS.index(right)) == 29
            assert not is_read(text[:at] + wrong + text[at + 1 :]) or apart
    for at, (one, other) in enumerate(itertools.pairwise(text)):
        apart = abs(DIGITS.index(one) - DIGITS.index(other)) == 29
        assert one == other or not is_read(text[:at] + other + one + text[at + 2 :]) or apart


@pytest.mark.parametrize("text", ["", "01CZMM0", "01CZMM011", "01CZMM0U", "W8CZMM0W", "ZZZZZZZ0", "√1CZMM01"])
def test_what_is_no_ticket_says_what_to_do(text: str) -> None:
    with pytest.raises(BadInput, match="read the 8 characters"):
        ticket.read(text)


def test_the_bits_of_a_zip_hold_more_than_there_are_and_those_are_refused() -> None:
    with pytest.raises(BadInput, match="names no ZIP"):
        ticket.read(ticket.written(Ticket(1, "100000", "en", 0)))
    assert ticket.read(ticket.written(Ticket(1, "99999", "en", 0))).zip == "99999"


def test_a_word_of_eight_letters_is_looked_for_and_not_read_as_a_ticket() -> None:
    assert [word for word in ("kneecaps", "arthrite", "Cataract", "bariatrc") if ticket.is_like_one(word)] == []
    assert ticket.is_like_one(ticket.written(Ticket(1, "53202", "es", 5)))


@pytest.mark.parametrize("part", [{"procedure_number": 1024}, {"zip": "131072"}, {"site": 128}, {"site": -1}])
def test_a_part_that_does_not_fit_its_bits_is_refused(part: dict[str, object]) -> None:
    with pytest.raises(BadInput, match="does not fit"):
        ticket.written(Ticket(1, "53202", "en", 0)._replace(**part))  # type: ignore[arg-type]


def test_a_site_that_fits_a_ticket_lies_below_the_most_of_them() -> None:
    assert ticket.read(ticket.written(Ticket(1, "53202", "en", ticket.MOST_SITES - 1))).site == ticket.MOST_SITES - 1
    with pytest.raises(BadInput, match=r"It has to be below 128\."):
        ticket.written(Ticket(1, "53202", "en", ticket.MOST_SITES))


def test_the_numbers_of_procedures_fit_a_ticket() -> None:
    numbers = {each.id: each.number for each in load().procedures}
    assert len(set(numbers.values())) == len(numbers)
    assert all(0 < number < 1024 for number in numbers.values())
    # Tickets that are out there hold these.
    assert (numbers["total-knee-replacement"], numbers["partial-knee-replacement"]) == (1, 2)
