"""The inpatient file, the points of facilities and the points of ZIPs."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from source_files import INPATIENT, row, source_of, write, written

from provider_directory.errors import SourceProblem
from provider_directory.facts import CityPoint, InpatientFact, PointFact, ZipPoint
from provider_directory.sources import zips
from provider_directory.sources.inpatient import read_inpatient
from provider_directory.sources.points import read_points
from provider_directory.sources.zips import cities, load_zip_points, read_zip_points


def test_a_stay_row_becomes_cents_half_up(tmp_path: Path) -> None:
    source = written(tmp_path, "inpatient", row("inpatient", DRG_Cd="5"))
    assert read_inpatient(source).facts == [InpatientFact("990001", "005", 57, 6229643, 1476071, 1238929, 2)]


def test_charges_and_medicare_payments_may_be_unknown(tmp_path: Path) -> None:
    source = written(tmp_path, "inpatient", row("inpatient", Avg_Submtd_Cvrd_Chrg="*", Avg_Mdcr_Pymt_Amt=""))
    fact = read_inpatient(source).facts[0]
    assert (fact.charge_cents, fact.medicare_payment_cents) == (None, None)


def test_the_full_layout_gives_the_same_facts(tmp_path: Path) -> None:
    header = [*INPATIENT[:3], "Rndrng_Prvdr_St", "Rndrng_Prvdr_State_FIPS", *INPATIENT[3:], "RUCA", "RUCA_Desc"]
    cells = row("inpatient")
    path = write(tmp_path / "x.csv", "inpatient", [*cells[:3], "A ST", "55", *cells[3:], "1", "Metro"], header=header)
    assert read_inpatient(source_of(path)).facts == [InpatientFact("990001", "470", 57, 6229643, 1476071, 1238929, 2)]


def test_a_stay_without_its_figures_is_set_aside(tmp_path: Path) -> None:
    rows = [
        row("inpatient", DRG_Cd="OUT"),
        row("inpatient", DRG_Cd="469", Tot_Dschrgs="few"),
        row("inpatient", DRG_Cd="468", Avg_Tot_Pymt_Amt=""),
        row("inpatient", DRG_Cd="467", Avg_Tot_Pymt_Amt="-1"),
    ]
    reading = read_inpatient(written(tmp_path, "inpatient", *rows))
    assert reading.facts == []
    assert reading.set_aside == {"bad_drg": 1, "bad_discharges": 1, "bad_payment": 2}


def test_two_different_stays_of_one_group_conflict(tmp_path: Path) -> None:
    source = written(tmp_path, "inpatient", row("inpatient"), row("inpatient", Tot_Dschrgs="58"))
    assert "DRG_Cd 470" in str(read_inpatient(source).conflict)


def test_points_are_zip_points_unless_the_file_says_address(tmp_path: Path) -> None:
    assert read_points(written(tmp_path, "points", row("points"))).facts == [
        PointFact("990001", 43.05, -87.9, "zip", 2)
    ]
    path = write(
        tmp_path / "points.csv",
        "points",
        ["990001", "43.05", "-87.9", "Address"],
        header=["ccn", "lat", "lon", "precision"],
    )
    assert read_points(source_of(path)).facts[0].precision == "address"


def test_a_facility_without_a_point_is_set_aside(tmp_path: Path) -> None:
    rows = [row("points", lat="", lon=""), row("points", ccn="990002", lat="0", lon="0")]
    reading = read_points(written(tmp_path, "points", *rows))
    assert (reading.facts, reading.set_aside) == ([], {"no_point": 2})


def test_census_points_are_read_by_zip(tmp_path: Path) -> None:
    rows = [row("zip_points", zcta5="601"), row("zip_points", zcta5="none"), row("zip_points", lat="99")]
    reading = read_zip_points(written(tmp_path, "zip_points", *rows))
    assert [fact.zip for fact in reading.facts] == ["00601"]
    assert reading.set_aside == {"bad_zip": 1, "no_point": 1}


@pytest.fixture(scope="module")
def all_zips() -> dict[str, ZipPoint]:
    census = {"53202": (43.06, -87.89), "96799": (14.319506, -170.750246)}
    points, version = load_zip_points(census)
    assert version.startswith("zipcodes ")
    return {point.zip: point for point in points}


def test_every_zip_is_there_with_its_kind(all_zips: dict[str, ZipPoint]) -> None:
    assert len(all_zips) > 40_000
    assert list(all_zips) == sorted(all_zips)
    assert {point.kind for point in all_zips.values()} == {"STANDARD", "PO BOX", "UNIQUE", "MILITARY"}


def test_a_census_point_wins(all_zips: dict[str, ZipPoint]) -> None:
    assert (all_zips["53202"].lat, all_zips["53202"].lon) == (43.06, -87.89)


def test_a_census_point_far_from_its_town_does_not(all_zips: dict[str, ZipPoint]) -> None:
    pago_pago = all_zips["96799"]
    assert pago_pago.lat is not None
    assert pago_pago.lat < 0


def test_a_military_zip_has_no_point(all_zips: dict[str, ZipPoint]) -> None:
    assert (all_zips["09001"].kind, all_zips["09001"].lat, all_zips["09001"].lon) == ("MILITARY", None, None)


def test_a_list_of_zips_that_cannot_be_read_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "_LIST_ALL", "raise SystemExit(3)")
    with pytest.raises(SourceProblem, match="list of ZIPs cannot be read"):
        load_zip_points()
    monkeypatch.setattr(zips, "_LIST_ALL", "print('no list')")
    with pytest.raises(SourceProblem, match="list of ZIPs cannot be read"):
        load_zip_points()


def test_the_list_is_read_in_a_child_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[object] = []

    def run(command: list[str], **_options: object) -> subprocess.CompletedProcess[bytes]:
        started.append(command)
        return subprocess.CompletedProcess(command, 0, stdout=b"[]")

    monkeypatch.setattr(subprocess, "run", run)
    assert load_zip_points()[0] == []
    assert len(started) == 1


def _zip(code: str, kind: str, city: str, lat: float | None, aliases: tuple[str, ...] = ()) -> ZipPoint:
    return ZipPoint(code, kind, city, aliases, "WI", "", lat, None if lat is None else -88.0)


def test_a_city_is_the_mean_of_its_standard_zips() -> None:
    points = [
        _zip("1", "STANDARD", "Saint Mere", 43.0),
        _zip("2", "STANDARD", "Saint Mere", 44.0),
        _zip("3", "PO BOX", "Saint Mere", 50.0),
        _zip("4", "STANDARD", "Saint Mere", None),
    ]
    assert cities(points) == [CityPoint("saintmere", "Saint Mere", "WI", 43.5, -88.0, 2)]


def test_a_city_of_po_boxes_is_the_mean_of_those() -> None:
    assert cities([_zip("1", "PO BOX", "Boxton", 43.0)]) == [CityPoint("boxton", "Boxton", "WI", 43.0, -88.0, 1)]


def test_an_alias_is_a_city_unless_it_has_zips_of_its_own() -> None:
    points = [_zip("1", "STANDARD", "Mere", 43.0, ("North Mere", "Boxton")), _zip("2", "PO BOX", "Boxton", 50.0)]
    assert [(city.folded, city.lat) for city in cities(points)] == [
        ("boxton", 50.0),
        ("mere", 43.0),
        ("northmere", 43.0),
    ]
