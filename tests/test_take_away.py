"""What is copied and printed: a text that says what it must, with nothing about a person (CONTRACT 6, 8)."""

from __future__ import annotations

from datetime import date

import pytest
from rich.cells import cell_len

from navigator.take_away import COLUMNS, center_text, offer_text
from provider_directory.models import Offer
from provider_directory.testing import HOSTILE_NAMES, a_center, a_facility, a_place, a_shortlist


def an_offer(**changes: object) -> Offer:
    known: dict[str, object] = {
        "edition": "1a2b3c4d5e6f7081",
        "demonstration": True,
        "on": date(2026, 11, 22),
        "care_day": date(2027, 2, 20),
        "procedure": "total-knee-replacement",
        "place": a_place(),
        "program": "brewline-foods",
        "warnings": (),
        "note": None,
        "total": 7,
        "centers": a_shortlist(),
    }
    return Offer.model_validate({**known, **changes})


def test_a_center_says_what_a_person_needs_and_on_what_it_stands() -> None:
    center = a_shortlist()[0]
    text = center_text(center, an_offer(), "Total knee replacement", "Brewline Foods")
    for said in (
        center.facility.name,
        center.facility.phone or "",
        center.credential.label,
        "Price: $24,100",
        "all-in",
        "You pay: not known; ask the plan",
        "Answer of Nov 22, 2026",
        "edition 1a2b3c4d5e6f",
        "Information, not medical advice.",
        "Total knee replacement, for members of Brewline Foods",
    ):
        assert said in " ".join(text.split())
    assert text.startswith("DEMONSTRATION: every hospital, figure and price is invented.")
    assert max(cell_len(line) for line in text.splitlines()) <= COLUMNS
    assert text.isprintable() is False
    assert set(text) - {"\n"} == {letter for letter in text if letter.isprintable()}


def test_real_data_is_not_called_a_demonstration() -> None:
    assert "DEMONSTRATION" not in center_text(a_shortlist()[0], an_offer(demonstration=False), "Knee", None)


def test_no_text_names_the_place_that_was_asked_for() -> None:
    offer = an_offer()
    both = center_text(a_shortlist()[0], offer, "Knee", None) + offer_text(offer, "Knee", None)
    assert "53202" not in both.replace(a_shortlist()[0].facility.address or "-", "")
    assert " miles from the place that was asked for" in " ".join(both.split())


def test_an_offer_has_every_center_with_its_rank() -> None:
    text = offer_text(an_offer(note="No public data rates hospitals for this procedure."), "Knee", None)
    assert all(center.facility.name in text for center in a_shortlist())
    assert "No public data rates hospitals" in text


@pytest.mark.parametrize(
    "name", ['=HYPERLINK("https://evil.example")', "@SUM(A1)", "＝1+1", "-2+3|' /C calc'!A0", "+1"]
)
def test_no_line_is_a_formula_where_it_is_pasted_into_a_spreadsheet(name: str) -> None:
    center = a_center(facility=a_facility(name=name, address=f"{'long ' * 14} {name}"))
    text = center_text(center, an_offer(), "- Knee", None) + offer_text(an_offer(centers=(center,)), "Knee", None)
    assert f"\n'{name}\n" in text
    assert [line for line in text.splitlines() if line.lstrip()[:1] in "=+@＝" and line.strip()] == []
    assert text.startswith("DEMONSTRATION")
    assert "\n- Knee\n" in text


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_no_name_brings_a_control_character_into_the_text(name: str) -> None:
    center = a_center(facility=a_facility(name=name))
    text = center_text(center, an_offer(), "Knee", None)
    assert all(letter.isprintable() or letter == "\n" for letter in text)
