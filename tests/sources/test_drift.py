"""Files of older releases load under their older column names, and what is otherwise in a header is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from source_files import GENERAL, HEADERS, row, source_of, write

from provider_directory.sources.care_compare import read_facilities, read_measures
from provider_directory.sources.drift import drift_notes
from provider_directory.sources.layouts import layout_of

OF_2019 = {
    "Facility ID": "Provider ID",
    "Facility Name": "Hospital Name",
    "City/Town": "City",
    "County/Parish": "County Name",
    "Telephone Number": "Phone Number",
}


def renamed(header: list[str], names: dict[str, str]) -> list[str]:
    return [names.get(name, name) for name in header]


def test_the_hospital_file_of_2019_loads_and_its_older_names_are_named(tmp_path: Path) -> None:
    header = [*renamed(GENERAL, OF_2019), "Location"]
    cells = [*row("hospital_general", Telephone_Number="4145550101", Hospital_overall_rating="Not Available"), "x"]
    reading = read_facilities(source_of(write(tmp_path / "a.csv", "hospital_general", cells, header=header)))
    (fact,) = reading.facts
    assert (fact.name, fact.city, fact.phone) == ("HARBOR LIGHT HOSPITAL", "MILWAUKEE", "(414) 555-0101")
    assert fact.overall_rating is None
    assert 'Column "Facility ID" is called "Provider ID" here (taken).' in reading.notes
    assert reading.notes[-1] == 'Added column "Location" (ignored).'


def test_the_hospital_file_of_2011_loads_without_a_star_rating_and_says_so(tmp_path: Path) -> None:
    header = ["Provider Number", "Hospital Name", "Address 1", "Address 2", "Address 3", "City", "State", "ZIP Code"]
    header += ["County", "Phone Number", "Hospital Type", "Hospital Ownership", "Emergency Services"]
    cells = ["990001", "HARBOR LIGHT HOSPITAL", "1 PIER STREET", "", "", "MILWAUKEE", "WI", "53202", "MILWAUKEE"]
    cells += ["4145550101", "ACUTE CARE - VETERANS ADMINISTRATION", "Government Federal", "Yes"]
    reading = read_facilities(source_of(write(tmp_path / "a.csv", "hospital_general", cells, header=header)))
    (fact,) = reading.facts
    assert (fact.kind, fact.address, fact.overall_rating) == ("va", "1 PIER STREET", None)
    assert 'Column "Hospital overall rating" is not there: no star rating is stored.' in reading.notes
    assert 'Added columns "Address 2", "Address 3" (ignored).' in reading.notes


def test_a_measure_file_with_older_names_of_its_dates_loads(tmp_path: Path) -> None:
    names = OF_2019 | {"Start Date": "Measure Start Date", "End Date": "Measure End Date"}
    header = renamed(HEADERS["complications"], names)
    source = source_of(write(tmp_path / "a.csv", "complications", row("complications"), header=header))
    reading = read_measures(source, frozenset({"COMP_HIP_KNEE"}))
    assert [(fact.ccn, fact.start, fact.end) for fact in reading.facts] == [("990001", "2021-04-01", "2024-03-31")]


def test_the_published_name_goes_before_an_older_one(tmp_path: Path) -> None:
    header, cells = [*GENERAL, "Hospital Name"], [*row("hospital_general"), "ANOTHER NAME"]
    reading = read_facilities(source_of(write(tmp_path / "a.csv", "hospital_general", cells, header=header)))
    assert reading.facts[0].name == "HARBOR LIGHT HOSPITAL"
    assert reading.notes == ['Added column "Hospital Name" (ignored).']


@pytest.mark.parametrize("dataset", ["hospital_general", "complications", "unplanned_visits", "hai", "hcahps", "mspb"])
def test_a_file_as_it_is_published_has_nothing_to_say(dataset: str) -> None:
    assert drift_notes(dataset, HEADERS[dataset]) == []


@pytest.mark.parametrize("column", ["Compared to National", "Denominator", "Score", "Lower Estimate", "Footnote"])
def test_a_measure_file_with_a_renamed_column_is_known_and_names_both(column: str) -> None:
    said = layout_of([*renamed(HEADERS["complications"], {column: "New Words"}), "County"])
    assert isinstance(said, str)
    assert said.startswith(f'It looks like Complications and Deaths, but lacks column "{column}"; its other columns')
    assert "New Words" in said


def test_a_figure_that_is_no_number_is_set_aside_and_not_called_unknown(tmp_path: Path) -> None:
    cells = [row("complications", Score=score) for score in ("2,4",)]
    reading = read_measures(source_of(write(tmp_path / "a.csv", "complications", *cells)), frozenset({"COMP_HIP_KNEE"}))
    assert (reading.kept, dict(reading.set_aside)) == (0, {"bad_number": 1})
    assert (reading.examples[0].column, reading.examples[0].found) == ("Score", "2,4")


def test_a_column_that_stands_twice_is_named(tmp_path: Path) -> None:
    header, cells = [*GENERAL, "State"], [*row("hospital_general"), "IL"]
    reading = read_facilities(source_of(write(tmp_path / "a.csv", "hospital_general", cells, header=header)))
    assert reading.facts[0].state == "WI"
    assert 'Column "State" stands 2 times: the first is read.' in reading.notes


def test_many_added_columns_are_counted() -> None:
    notes = drift_notes("hospital_general", [*GENERAL, *(f"X{number}" for number in range(12))])
    assert notes == [
        'Added columns "X0", "X1", "X2", "X3", "X4", "X5", "X6", "X7" and 4 more (ignored).',
    ]
