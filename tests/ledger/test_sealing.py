"""A sealed text opens in its own place with its own key alone; a person is found however the name is typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navigator.ledger.sealing import NotSealedHere, Sealer

SEALER, OTHER = Sealer(b"a" * 32), Sealer(b"b" * 32)
places = st.text(min_size=1)
BORN = date(1961, 3, 9)


@given(places, st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text(), max_size=5))
def test_what_was_sealed_comes_back(place: str, fields: dict[str, object]) -> None:
    sealed = SEALER.seal(place, fields)
    assert SEALER.open(place, sealed) == fields
    assert SEALER.seal(place, fields) != sealed


@given(places, places, st.binary(min_size=1), st.data())
def test_another_place_another_key_or_another_bit_does_not_open(
    place: str, elsewhere: str, content: bytes, data: st.DataObject
) -> None:
    sealed = SEALER.seal_bytes(place, content)
    with pytest.raises(NotSealedHere):
        OTHER.open_bytes(place, sealed)
    if elsewhere != place:
        with pytest.raises(NotSealedHere):
            SEALER.open_bytes(elsewhere, sealed)
    flipped = bytearray(sealed)
    flipped[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(NotSealedHere):
        SEALER.open_bytes(place, bytes(flipped))
    with pytest.raises(NotSealedHere):
        SEALER.open_bytes(place, sealed[: data.draw(st.integers(0, len(sealed) - 1))])


@given(st.text(alphabet="ABC123", min_size=1), st.text(alphabet=" -.", max_size=3))
def test_a_member_id_is_found_whatever_its_case_blanks_and_dashes(member_id: str, between: str) -> None:
    typed = between.join(member_id.lower())
    assert SEALER.member_key(typed) == SEALER.member_key(member_id) is not None
    assert SEALER.member_key(member_id) != OTHER.member_key(member_id)
    assert SEALER.member_key(member_id + "Z") != SEALER.member_key(member_id)


@pytest.mark.parametrize("typed", ["4145550177", "414-555-0177", "(414) 555 0177", "+1 414.555.0177", "1-414-555-0177"])
def test_a_phone_is_found_however_it_is_written(typed: str) -> None:
    assert SEALER.phone_key(typed) == SEALER.phone_key("414-555-0177") is not None


@pytest.mark.parametrize("typed", ["Zoë Quill", "QUILL, Zoe", "zoe  quill", "Zoe\u0308 Quill"])
def test_a_name_is_found_in_any_order_and_without_its_accents(typed: str) -> None:
    assert SEALER.name_key(typed, BORN) == SEALER.name_key("Zoë Quill", BORN) is not None
    assert SEALER.name_key(typed, date(1961, 3, 10)) != SEALER.name_key(typed, BORN)


def test_nothing_is_not_a_key() -> None:
    assert (SEALER.member_key(" - "), SEALER.member_key(None)) == (None, None)
    assert (SEALER.phone_key("555-0177"), SEALER.phone_key("")) == (None, None)
    assert (SEALER.name_key("", BORN), SEALER.name_key("Zoë", None), SEALER.name_key(None, BORN)) == (None, None, None)
