"""The readers on the public files beside the project: counts that were checked against the originals."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from provider_directory.errors import AmbiguousPlace, UnknownPlace
from provider_directory.facts import CityPoint, MeasureFact, ZipPoint
from provider_directory.places import locate, miles_between
from provider_directory.sources.care_compare import read_facilities, read_measures
from provider_directory.sources.inpatient import read_inpatient
from provider_directory.sources.points import read_points
from provider_directory.sources.reading import MEASURE_NOT_USED, Reading
from provider_directory.sources.recognise import SourceFile, recognise
from provider_directory.sources.zips import cities, load_zip_points, read_zip_points

SHARED = Path(__file__).parents[3] / "shared"
DATA = SHARED / "data"

pytestmark = [
    pytest.mark.real,
    pytest.mark.costly_fixture,
    pytest.mark.skipif(not DATA.is_dir(), reason="the public files are not here"),
]


@cache
def _sources() -> Mapping[str, SourceFile]:
    found, _ = recognise(DATA / "cms_quality_2026", "2026-01")
    found += recognise(DATA / "cms_inpatient")[0] + recognise(DATA / "zip")[0]
    assert len({source.dataset for source in found}) == len(found)
    return {source.dataset: source for source in found}


@cache
def _wanted() -> frozenset[str]:
    with (SHARED / "method" / "reference_params.csv").open(encoding="utf-8") as file:
        return frozenset(row["item"] for row in csv.DictReader(file) if ":" not in row["item"]) | {"MSPB-1"}


@cache
def _measures(dataset: str) -> Reading[MeasureFact]:
    return read_measures(_sources()[dataset], _wanted())


def test_the_files_are_recognised_and_the_others_named() -> None:
    assert set(_sources()) == {
        *("hospital_general", "complications", "unplanned_visits", "hai", "hcahps", "mspb"),
        *("points", "inpatient", "zip_points"),
    }
    _, skipped = recognise(DATA / "cms_quality_2026")
    reasons = {item.name: item.reason for item in skipped}
    name = "FY_2026_Hospital_Readmissions_Reduction_Program_Hospital.csv.gz"
    assert "Hospital Readmissions Reduction Program" in reasons[name]


@pytest.mark.parametrize(
    ("folder", "id_column", "rows", "rated"),
    [
        ("cms_quality_2019_provider_id", "Provider ID", 5334, 3703),
        ("cms_quality_2011_wide", "Provider Number", 4826, 0),
    ],
)
def test_hospital_files_of_older_layouts_are_read_whole(folder: str, id_column: str, rows: int, rated: int) -> None:
    (source,), skipped = recognise(DATA / folder)
    reading = read_facilities(source)
    assert (reading.read, reading.kept) == (rows, rows)
    assert sum(fact.overall_rating is not None for fact in reading.facts) == rated
    assert all(fact.phone.startswith("(") for fact in reading.facts)
    assert f'Column "Facility ID" is called "{id_column}" here (taken).' in reading.notes
    assert len(skipped) == 1


def test_the_wide_file_of_2011_and_the_penalty_file_of_2019_say_column_by_column_why_they_are_not_read() -> None:
    wide = recognise(DATA / "cms_quality_2011_wide")[1][0].reason.splitlines()
    assert len(wide) == 8
    assert sum(", 6 columns: " in line for line in wide) == 6
    penalties = recognise(DATA / "cms_quality_2019_provider_id")[1][0].reason.splitlines()
    assert any(line.startswith("Predicted Readmission Rate, Expected Readmission Rate: ") for line in penalties)


def test_files_of_this_release_hold_no_surprise() -> None:
    assert read_facilities(_sources()["hospital_general"]).notes == []


def test_the_hospital_file_is_read_whole() -> None:
    reading = read_facilities(_sources()["hospital_general"])
    assert (reading.read, reading.kept) == (5421, 5421)
    assert Counter(fact.kind for fact in reading.facts)["acute"] == 3120
    ratings = Counter(fact.overall_rating for fact in reading.facts)
    assert ratings == {5: 289, 4: 765, 3: 937, 2: 649, 1: 229, None: 2552}


@pytest.mark.parametrize(
    ("dataset", "read", "not_used"),
    [
        ("complications", 95_780, 67_046),
        ("unplanned_visits", 67_046, 23_945),
        ("hai", 114_936, 43_101),
        ("hcahps", 244_239, 229_872),
        ("mspb", 4625, 0),
    ],
)
def test_every_measure_row_is_accounted_for(dataset: str, read: int, not_used: int) -> None:
    reading = _measures(dataset)
    assert (reading.read, reading.set_aside[MEASURE_NOT_USED]) == (read, not_used)
    assert (reading.kept, reading.duplicates, reading.conflict) == (read - not_used, 0, None)
    assert reading.examples == []


@pytest.mark.parametrize(
    ("dataset", "measure", "hospitals"),
    [
        ("complications", "COMP_HIP_KNEE", 1656),
        ("complications", "MORT_30_CABG", 886),
        ("unplanned_visits", "READM_30_HIP_KNEE", 1625),
        ("hai", "HAI_1_SIR", 1954),
        ("hcahps", "H_RECMND_DY", 3961),
        ("mspb", "MSPB-1", 2886),
    ],
)
def test_the_hospitals_with_a_value_are_as_many_as_published(dataset: str, measure: str, hospitals: int) -> None:
    values = [fact for fact in _measures(dataset).facts if fact.measure == measure and fact.value is not None]
    assert len(values) == hospitals


def test_infections_bring_their_bounds() -> None:
    facts = [fact for fact in _measures("hai").facts if fact.value is not None]
    assert all(fact.high is not None for fact in facts)
    assert {fact.low is None for fact in facts if fact.value == 0} == {True}


def test_the_worked_example_of_the_method_is_read_as_written() -> None:
    facts = {fact.measure: fact for fact in _measures("complications").facts if fact.ccn == "220088"}
    hip_knee, safety = facts["COMP_HIP_KNEE"], facts["PSI_90"]
    assert (hip_knee.value, hip_knee.low, hip_knee.high, hip_knee.cases) == (2.9, 2.3, 3.6, 2426)
    assert (hip_knee.start, hip_knee.end, hip_knee.row) == ("2021-04-01", "2024-03-31", 40_242)
    assert (safety.value, safety.low, safety.high, safety.cases) == (1.07, 0.7, 1.43, None)


def test_stays_are_read_in_cents() -> None:
    reading = read_inpatient(_sources()["inpatient"])
    assert (reading.read, reading.kept) == (1377, 1377)
    assert Counter(fact.drg for fact in reading.facts) == {"470": 1311, "469": 66}
    assert sum(fact.discharges for fact in reading.facts) == 73_073
    first = reading.facts[0]
    assert (first.ccn, first.total_payment_cents, first.charge_cents) == ("020017", 2_976_071, 26_229_643)


def test_points_without_coordinates_are_set_aside() -> None:
    reading = read_points(_sources()["points"])
    assert (reading.read, reading.kept) == (6081, 5764)
    assert sum(reading.set_aside.values()) == 317


class _Table:
    """All ZIPs and cities, as an edition holds them."""

    def __init__(self) -> None:
        reading = read_zip_points(_sources()["zip_points"])
        points, _ = load_zip_points({fact.zip: (fact.lat, fact.lon) for fact in reading.facts})
        self.zips = {point.zip: point for point in points}
        self.all_cities = cities(points)

    def zip_point(self, zip5: str) -> ZipPoint | None:
        return self.zips.get(zip5)

    def cities(self, folded: str, state: str | None) -> list[CityPoint]:
        return [city for city in self.all_cities if city.folded == folded and state in (None, city.state)]

    def cities_like(self, start: str, state: str | None) -> list[CityPoint]:
        return [city for city in self.all_cities if city.folded.startswith(start) and state in (None, city.state)]


@pytest.fixture(scope="module")
def table() -> _Table:
    return _Table()


def test_the_zip_of_every_hospital_has_a_point(table: _Table) -> None:
    facilities = read_facilities(_sources()["hospital_general"]).facts
    missing = [fact.zip for fact in facilities if (point := table.zips.get(fact.zip)) is None or point.lat is None]
    assert missing == []


def test_a_hospital_lies_near_its_zip(table: _Table) -> None:
    zip_of = {fact.ccn: fact.zip for fact in read_facilities(_sources()["hospital_general"]).facts}
    far = []
    for fact in read_points(_sources()["points"]).facts[::10]:
        point = table.zips.get(zip_of.get(fact.ccn, ""))
        if point and point.lat is not None and point.lon is not None:
            far.append(miles_between(fact.lat, fact.lon, point.lat, point.lon) > 100)
    assert len(far) > 400
    assert sum(far) <= len(far) // 100


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Milwaukee", "Milwaukee, WI"),
        ("Chicago", "Chicago, IL"),
        ("Boston", "Boston, MA"),
        ("Washington", "Washington, DC"),
        ("St. Louis, MO", "Saint Louis, MO"),
        ("Winston-Salem", "Winston Salem, NC"),
        ("96799", "96799 Pago Pago, AS"),
        ("96910", "96910 Hagatna, GU"),
        ("Saipan", "Saipan, MP"),
        ("Charlotte Amalie, VI", "Charlotte Amalie, VI"),
        ("San Juan PR", "San Juan, PR"),
        ("53201", "53201 Milwaukee, WI"),
    ],
)
def test_real_places_are_found(table: _Table, text: str, label: str) -> None:
    assert locate(text, table).label == label


@pytest.mark.parametrize("text", ["Springfield", "Columbus", "Portland", "Kansas City", "Charleston", "Virginia"])
def test_real_namesakes_ask(table: _Table, text: str) -> None:
    with pytest.raises(AmbiguousPlace) as raised:
        locate(text, table)
    assert raised.value.choices


def test_a_military_zip_asks_for_a_place(table: _Table) -> None:
    with pytest.raises(UnknownPlace, match="military address"):
        locate("09001", table)


def test_pago_pago_lies_south_of_the_equator(table: _Table) -> None:
    assert locate("Pago Pago", table).lat < 0
