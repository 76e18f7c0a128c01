"""A roster row is read as a whole or set aside with the cell that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source_files import row, source_of, text_of, written

from provider_directory.facts import Reject, RosterFact, SurgeonFact
from provider_directory.sources.reading import Reading
from provider_directory.sources.roster import is_npi, read_roster

PROCEDURES = frozenset({"total-knee-replacement", "lumbar-fusion-single-level"})
SETS = frozenset({"hip-knee", "cabg", "none"})
NPI = "1234567893"
CONTRACT = {"ccn": "990001", "alliance": "Lakeshore Health Alliance", "criteria_set": "hip-knee"}


def _read(folder: Path, **cells: str) -> Reading[RosterFact]:
    return read_roster(written(folder, "roster", row("roster", **(CONTRACT | cells))), PROCEDURES, SETS)


def _fact(folder: Path, **cells: str) -> RosterFact:
    reading = _read(folder, **cells)
    assert reading.kept == 1, reading.examples
    return reading.facts[0]


def _reject(folder: Path, **cells: str) -> Reject:
    reading = _read(folder, **cells)
    assert (reading.kept, len(reading.examples)) == (0, 1)
    return reading.examples[0]


def test_a_full_row_becomes_a_fact(tmp_path: Path) -> None:
    fact = _fact(
        tmp_path,
        facility_id="lakeshore-surgery",
        npi=NPI,
        name="Lakeshore Surgery Center",
        zip="53202-1234",
        kind="Surgery Center",
        address="1 Pier Street",
        city="Milwaukee",
        state="wi",
        phone="(414) 555-0101",
        latitude="43.05",
        longitude="-87.9",
        status="Suspended",
        effective="1/1/2026",
        ends="2027-06-30",
        suspended_on="2026-03-01",
        reason="quality review",
        bundle_price="$28,500.005",
        price_effective="2026-01-01",
        price_includes="hospital;surgeon ; implant;",
        price_excludes="rehabilitation",
        run_out="cases begun are finished",
        warranty="90 days",
        visibility="members",
        routes="portal; fax",
        intake_phone="(414) 555-0102",
        attested_cases_per_year="1,240",
        attested_on="2/3/2026",
        surgeons=f"Ann Sample|{NPI}|total-knee-replacement, lumbar-fusion-single-level|English,Hmong|Yes|21; Bo Model",
    )
    assert fact == RosterFact(
        facility_id="lakeshore-surgery",
        ccn="990001",
        npi=NPI,
        name="Lakeshore Surgery Center",
        zip="53202",
        kind="surgery_center",
        address="1 Pier Street",
        city="Milwaukee",
        state="WI",
        phone="(414) 555-0101",
        lat=43.05,
        lon=-87.9,
        alliance="Lakeshore Health Alliance",
        criteria_set="hip-knee",
        procedure="",
        status="suspended",
        effective="2026-01-01",
        ends="2027-06-30",
        suspended_on="2026-03-01",
        reason="quality review",
        bundle_cents=2850001,
        price_effective="2026-01-01",
        included="hospital; surgeon; implant",
        extra="rehabilitation",
        run_out="cases begun are finished",
        warranty="90 days",
        visibility="members",
        routes="portal; fax",
        intake_phone="(414) 555-0102",
        attested_cases=1240,
        attested_on="2026-02-03",
        surgeons=(
            SurgeonFact(
                "Ann Sample", NPI, "total-knee-replacement; lumbar-fusion-single-level", "English; Hmong", True, 21
            ),
            SurgeonFact("Bo Model", "", "", "", None, None),
        ),
        row=2,
    )


def test_what_a_row_does_not_say_is_unknown(tmp_path: Path) -> None:
    fact = _fact(tmp_path, bundle_price="N/A")
    assert (fact.bundle_cents, fact.attested_cases, fact.lat, fact.effective, fact.surgeons) == (
        None,
        None,
        None,
        "",
        (),
    )
    assert (fact.status, fact.visibility, fact.kind) == ("active", "public", "")


def test_columns_may_be_written_as_people_write_them(tmp_path: Path) -> None:
    header = ["Facility ID", "ALLIANCE", "Procedure ID", " End Date", "Bundle Price", "Attested Cases"]
    path = tmp_path / "x.csv"
    path.write_text(text_of([header, ["ccn-990001", "Harbor", "total-knee-replacement", "6/30/2027", "100", "5"]]))
    fact = read_roster(source_of(path), PROCEDURES, SETS).facts[0]
    assert (fact.facility_id, fact.procedure, fact.ends) == ("ccn-990001", "total-knee-replacement", "2027-06-30")
    assert (fact.bundle_cents, fact.attested_cases) == (10_000, 5)


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"alliance": ""}, "alliance", "no_alliance"),
        ({"ccn": ""}, "facility_id, ccn, npi, name", "no_facility"),
        ({"ccn": "12"}, "ccn", "bad_ccn"),
        ({"npi": "1234567890"}, "npi", "bad_npi"),
        ({"zip": "ABC"}, "zip", "bad_zip"),
        ({"kind": "hotel"}, "kind", "bad_kind"),
        ({"latitude": "43"}, "latitude, longitude", "bad_point"),
        ({"procedure": "total-knee-replacement"}, "criteria_set, procedure", "set_and_procedure"),
        ({"criteria_set": ""}, "criteria_set, procedure", "no_set_or_procedure"),
        ({"criteria_set": "None"}, "criteria_set", "set_none"),
        ({"criteria_set": "hips-knees"}, "criteria_set", "unknown_criteria_set"),
        ({"criteria_set": "", "procedure": "knee"}, "procedure", "unknown_procedure"),
        ({"status": "paused"}, "status", "bad_status"),
        ({"visibility": "secret"}, "visibility", "bad_visibility"),
        ({"effective": "soon"}, "effective", "bad_date"),
        ({"ends": "2027-02-30"}, "ends", "bad_date"),
        ({"effective": "2027-01-01", "ends": "2026-01-01"}, "ends", "ends_before_effective"),
        ({"bundle_price": "call us"}, "bundle_price", "bad_price"),
        ({"bundle_price": "-1"}, "bundle_price", "negative_price"),
        ({"bundle_price": "0.00"}, "bundle_price", "zero_price"),
        ({"bundle_price": "0.01"}, "bundle_price", "placeholder"),
        ({"bundle_price": "1.00"}, "bundle_price", "placeholder"),
        ({"bundle_price": "99,999,999"}, "bundle_price", "placeholder"),
        ({"bundle_price": "999999999"}, "bundle_price", "placeholder"),
        ({"attested_cases_per_year": "many"}, "attested_cases_per_year", "bad_number"),
        ({"attested_cases_per_year": "-3"}, "attested_cases_per_year", "bad_number"),
        ({"surgeons": f"|{NPI}"}, "surgeons", "bad_surgeon"),
        ({"surgeons": "A|123"}, "surgeons", "bad_npi"),
        ({"surgeons": "A|||English|perhaps"}, "surgeons", "bad_surgeon"),
        ({"surgeons": "A||||yes|soon"}, "surgeons", "bad_surgeon"),
        ({"surgeons": "A||||yes|3|more"}, "surgeons", "bad_surgeon"),
        ({"surgeons": "A||brain-swap"}, "surgeons", "unknown_procedure"),
    ],
)
def test_a_row_that_cannot_be_right_is_set_aside(
    tmp_path: Path, cells: dict[str, str], column: str, reason: str
) -> None:
    reject = _reject(tmp_path, **cells)
    assert (reject.row, reject.column, reject.reason) == (2, column, reason)
    assert reject.expected
    assert reject.next_step


def test_a_misspelled_id_names_the_nearest(tmp_path: Path) -> None:
    assert '"hip-knee"' in _reject(tmp_path, criteria_set="hip-knees").expected


def test_a_word_that_is_like_no_id_names_none(tmp_path: Path) -> None:
    expected = _reject(tmp_path, criteria_set="heart bypass surgery").expected
    assert expected == "an id of ours, as the sheet About of `coe template roster` lists them"


def test_a_text_that_is_too_long_sets_its_row_aside_and_is_not_cut(tmp_path: Path) -> None:
    assert _fact(tmp_path, warranty="w" * 300).warranty == "w" * 300
    reject = _reject(tmp_path, warranty="w" * 301)
    assert (reject.column, reject.reason, reject.expected) == ("warranty", "too_long", "at most 300 characters")


@pytest.mark.parametrize(("lat", "lon"), [("43.05", "87.90"), ("-43.05", "-87.90"), ("87.90", "-43.05")])
def test_a_point_outside_america_is_a_slip(tmp_path: Path, lat: str, lon: str) -> None:
    assert _reject(tmp_path, latitude=lat, longitude=lon).reason == "bad_point"


def test_guam_is_in_america(tmp_path: Path) -> None:
    assert _fact(tmp_path, latitude="13.47", longitude="144.75").lon == 144.75


def test_identical_rows_collapse_and_others_stand(tmp_path: Path) -> None:
    same = row("roster", **CONTRACT)
    other = row("roster", **(CONTRACT | {"criteria_set": "cabg"}))
    reading = read_roster(written(tmp_path, "roster", same, same, other), PROCEDURES, SETS)
    assert (reading.read, reading.kept, reading.duplicates) == (3, 2, 1)


@given(st.integers(min_value=0, max_value=99_999_999), st.sampled_from("12"), st.integers(1, 9))
def test_an_npi_has_one_check_digit_of_ten(middle: int, first: str, change: int) -> None:
    right = [digit for digit in range(10) if is_npi(f"{first}{middle:08d}{digit}")]
    assert len(right) == 1
    assert not is_npi(f"{first}{middle:08d}{(right[0] + change) % 10}")


@pytest.mark.parametrize("text", ["", "123456789", "12345678931", "3234567893", "123456789X"])
def test_what_has_not_the_form_of_an_npi_is_none(text: str) -> None:
    assert not is_npi(text)


def test_a_known_npi_passes() -> None:
    assert is_npi(NPI)
