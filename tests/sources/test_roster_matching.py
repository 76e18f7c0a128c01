"""A roster row is tied to one facility, makes a new one, or is put before a person; nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from source_files import row, written

from provider_directory.facts import ReviewItem, RosterFact
from provider_directory.sources.roster import match_roster, read_roster
from provider_directory.sources.roster_matching import FacilityKey

NPI, OTHER_NPI = "1234567893", "1245319599"
FACILITIES = [
    FacilityKey("ccn-990001", "990001", NPI, "HARBOR LIGHT HOSPITAL", "53202"),
    FacilityKey("ccn-990002", "990002", None, "SAINT MERE MEDICAL CENTER", "53202"),
    FacilityKey("ccn-990003", "990003", None, "NORTH PIER REGIONAL HOSPITAL", "53203"),
    FacilityKey("ccn-990003-east", "990003", None, "NORTH PIER REGIONAL HOSPITAL EAST", "53204"),
    FacilityKey("twin-1", None, None, "PRAIRIE CLINIC", "60601"),
    FacilityKey("twin-2", None, None, "PRAIRIE CLINIC", "60601"),
]


@pytest.fixture
def outcome(tmp_path: Path) -> Outcome:
    return Outcome(tmp_path)


class Outcome:
    """Reads one roster row and matches it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _match(self, cells: dict[str, str]) -> tuple[list[tuple[str, RosterFact]], list[ReviewItem]]:
        contract = {"alliance": "Harbor Employers Alliance", "criteria_set": "cabg"}
        source = written(self._folder, "roster", row("roster", **contract, **cells))
        reading = read_roster(source, frozenset(), frozenset({"cabg"}))
        return match_roster("roster.csv", reading.facts, FACILITIES)

    def facility(self, **cells: str) -> str:
        """Give the id that the row is tied to."""
        matched, review = self._match(cells)
        assert (len(matched), review) == (1, [])
        return matched[0][0]

    def question(self, **cells: str) -> ReviewItem:
        """Give what a person is asked."""
        matched, review = self._match(cells)
        assert (matched, len(review)) == ([], 1)
        return review[0]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"facility_id": "CCN-990002"}, "ccn-990002"),
        ({"facility_id": "twin-2", "name": "whatever"}, "twin-2"),
        ({"ccn": "990002"}, "ccn-990002"),
        ({"facility_id": "unheard-of", "ccn": "990002"}, "ccn-990002"),
        ({"npi": NPI}, "ccn-990001"),
        ({"ccn": "990009", "npi": OTHER_NPI, "name": "none", "kind": "cancer", "zip": "10001"}, ""),
        ({"name": "St. Mere Med Ctr", "zip": "53202"}, "ccn-990002"),
        ({"name": "Harbor Light", "zip": "53202"}, "ccn-990001"),
        ({"name": "The Harbor Light Hospital, Inc.", "zip": "53202", "kind": "acute"}, "ccn-990001"),
        ({"name": "New Surgery Center", "kind": "surgery_center", "address": "1 Pier Street"}, ""),
        ({"name": "New Surgery Center", "kind": "surgery_center", "zip": "53202"}, ""),
    ],
)
def test_a_row_finds_its_facility_by_its_strongest_key(outcome: Outcome, cells: dict[str, str], expected: str) -> None:
    assert outcome.facility(**cells) == expected


@pytest.mark.parametrize(
    ("cells", "candidates", "words"),
    [
        ({"ccn": "990003"}, ["ccn-990003", "ccn-990003-east"], "Several facilities fit"),
        ({"name": "Prairie Clinic", "zip": "60601"}, ["twin-1", "twin-2"], "Several facilities fit"),
        ({"facility_id": "ccn-990001", "ccn": "990002"}, ["ccn-990001"], "The row says CCN 990002"),
        ({"ccn": "990001", "npi": OTHER_NPI}, ["ccn-990001"], "The row says NPI"),
        ({"ccn": "990009", "name": "Harbor Light Hospital", "zip": "53202"}, ["ccn-990001"], "CCN 990009"),
        ({"name": "Harbor Light", "zip": "99999"}, ["ccn-990001"], "No facility fits"),
        (
            {"name": "Harbor Light Hospital Surgery", "zip": "53202", "kind": "surgery_center"},
            ["ccn-990001"],
            "like name",
        ),
        ({"ccn": "990077"}, [], "No facility fits"),
        ({"name": "Zzyzx", "kind": "surgery_center"}, [], "No facility fits"),
    ],
)
def test_a_row_that_cannot_be_told_for_certain_is_asked_about(
    outcome: Outcome, cells: dict[str, str], candidates: list[str], words: str
) -> None:
    item = outcome.question(**cells)
    assert [candidate.split(",")[0] for candidate in item.candidates] == candidates
    assert words in item.next_step
    assert (item.file, item.row) == ("roster.csv", 2)
    assert any(cell in item.found for cell in cells.values())


def test_at_most_three_candidates_are_shown(outcome: Outcome) -> None:
    assert len(outcome.question(name="Hospital Center Clinic Regional", zip="00000").candidates) <= 3


def test_a_number_whose_facility_is_elsewhere_and_of_another_name_is_asked_about(outcome: Outcome) -> None:
    question = outcome.question(ccn="990001", name="Prairie Clinic", zip="60601")
    assert question.next_step == "Its number is that of HARBOR LIGHT HOSPITAL in 53202: correct the one that is wrong."


@pytest.mark.parametrize(
    "cells",
    [
        {"ccn": "990001", "name": "Prairie Clinic", "zip": "53209"},
        {"ccn": "990001", "name": "Harbor Light Hosp.", "zip": "60601"},
        {"facility_id": "ccn-990001", "name": "Prairie Clinic", "zip": "60601"},
    ],
)
def test_a_new_name_or_a_new_place_alone_or_our_own_id_is_no_doubt(outcome: Outcome, cells: dict[str, str]) -> None:
    assert outcome.facility(**cells) == "ccn-990001"
