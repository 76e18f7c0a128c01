"""The demonstration data: invented, complete, plausible, and the same on every run."""

from __future__ import annotations

import csv
import hashlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provider_directory.demo import demonstration_members, write_demonstration
from provider_directory.demo.hospitals import hospitals
from provider_directory.demo.infections import midp_limits
from provider_directory.demo.names import npi
from provider_directory.places import miles_between
from provider_directory.sources.recognise import recognise

TODAY = date(2026, 11, 22)
FIGURE_FILES = ("Complications_and_Deaths-Hospital.csv", "Unplanned_Hospital_Visits-Hospital.csv")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demonstration")
    write_demonstration(path, lambda words, done: None)
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def figures(folder: Path) -> Iterator[dict[str, str]]:
    for name in FIGURE_FILES:
        yield from rows(folder / name)


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_another_process_writes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    program = (
        "import sys, pathlib; from provider_directory.demo import write_demonstration;"
        "write_demonstration(pathlib.Path(sys.argv[1]), lambda words, done: None)"
    )
    environment = os.environ | {"PYTHONHASHSEED": "4711"}
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, env=environment)
    assert digests(tmp_path) == digests(folder)


def test_progress_rises_from_nothing_to_done(tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    write_demonstration(tmp_path / "new" / "folder", lambda words, done: told.append((words, done)))
    shares = [done for _, done in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert all(words for words, _ in told)


def test_every_file_is_recognised_by_its_header(folder: Path) -> None:
    found, skipped = recognise(folder, "2026-01")
    posted = [source.name for source in found if source.dataset == "price_file"]
    assert len(posted) == 27
    assert all(name.startswith("prices/90Z") for name in posted)
    assert {source.dataset: source.name for source in found if source.dataset != "price_file"} == {
        "cash_prices": "gross_cash_prices.csv",
        "complications": "Complications_and_Deaths-Hospital.csv",
        "hai": "Healthcare_Associated_Infections-Hospital.csv",
        "hcahps": "HCAHPS-Hospital.csv",
        "hospital_general": "Hospital_General_Information.csv",
        "inpatient": "Medicare_Inpatient_by_Provider_and_Service.csv",
        "paid_claims": "paid_claims.csv",
        "mspb": "Medicare_Hospital_Spending_Per_Patient-Hospital.csv",
        "points": "hospital_points.csv",
        "roster": "roster.csv",
        "unplanned_visits": "Unplanned_Hospital_Visits-Hospital.csv",
    }
    assert not skipped


def test_about_four_hundred_hospitals_of_all_kinds_stand_in_every_state_but_one(folder: Path) -> None:
    kinds = Counter(row["Hospital Type"] for row in rows(folder / "Hospital_General_Information.csv"))
    assert 380 <= sum(kinds.values()) <= 440
    assert kinds["Acute Care Hospitals"] > 300
    assert kinds["Critical Access Hospitals"] > 30
    assert (kinds["Childrens"], kinds["Psychiatric"], kinds["Acute Care - Veterans Administration"]) == (3, 3, 1)
    states = {hospital.state for hospital in hospitals()}
    assert len(states) == 51  # 49 states, DC and Puerto Rico
    assert "HI" not in states


def test_nobody_is_within_300_miles_of_hilo_or_utqiagvik() -> None:
    for lat, lon in ((19.71, -155.08), (71.29, -156.79)):
        assert min(miles_between(lat, lon, float(each.lat), float(each.lon)) for each in hospitals()) > 300


def test_numbers_addresses_and_telephones_cannot_be_anybodys() -> None:
    assert len({hospital.ccn for hospital in hospitals()}) == len(hospitals())
    assert len({hospital.name for hospital in hospitals()}) == len(hospitals())
    for hospital in hospitals():
        assert hospital.ccn.startswith("90Z")
        assert "Demonstration" in hospital.address
        assert " 555-01" in hospital.phone
        assert hospital.ccn.endswith("F") == (hospital.kind == "va")


@given(st.integers(min_value=0, max_value=9_999_999))
@settings(max_examples=200)
def test_every_invented_npi_passes_the_check_digit_and_is_of_no_issued_series(serial: int) -> None:
    number = npi(serial)
    digits = [int(digit) for digit in "80840" + number]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    assert (sum(doubled) + sum(digits[-1::-2])) % 10 == 0
    assert len(number) == 10
    assert number.startswith("29")


def test_a_value_lies_in_its_interval_and_its_words_follow_from_it(folder: Path) -> None:
    national = {"COMP_HIP_KNEE": 3.6, "MORT_30_CABG": 2.6, "READM_30_HIP_KNEE": 4.8, "PSI_90": 1.0, "Hybrid_HWM": 4.2}
    seen = Counter[str]()
    for row in figures(folder):
        if row["Score"] == "Not Available":
            assert row["Compared to National"] in (
                "Not Available",
                "Number of Cases Too Small",
                "Number of cases too small",
            )
            assert row["Footnote"] in ("1", "5", "19")
            continue
        low, value, high = (float(row[name]) for name in ("Lower Estimate", "Score", "Higher Estimate"))
        assert low <= value <= high
        if row["Measure ID"] in national:
            word = row["Compared to National"].split()[0]
            nation = national[row["Measure ID"]]
            assert word == ("Better" if high < nation else "Worse" if low > nation else "No")
            seen[word] += 1
    assert seen["No"] > 10 * seen["Better"] > 0
    assert seen["No"] > 10 * seen["Worse"] > 0


def test_few_cases_are_never_reported(folder: Path) -> None:
    counts = [int(row["Denominator"]) for row in figures(folder) if row["Denominator"].isdigit()]
    assert min(counts) >= 25
    stays = rows(folder / "Medicare_Inpatient_by_Provider_and_Service.csv")
    assert min(int(row["Tot_Dschrgs"]) for row in stays) >= 11
    assert len(stays[0]) == 15


def test_infection_ratios_are_observed_over_predicted(folder: Path) -> None:
    scores = {
        (row["Facility ID"], row["Measure ID"]): row
        for row in rows(folder / "Healthcare_Associated_Infections-Hospital.csv")
    }
    without_infection = 0
    for (ccn, measure), row in scores.items():
        if measure.endswith("_SIR") and row["Score"] != "Not Available":
            observed = float(scores[ccn, measure.replace("SIR", "NUMERATOR")]["Score"])
            predicted = float(scores[ccn, measure.replace("SIR", "ELIGCASES")]["Score"])
            assert float(row["Score"]) == pytest.approx(observed / predicted, abs=0.0006)
            lower = scores[ccn, measure.replace("SIR", "CILOWER")]
            assert (lower["Score"] == "N/A") == (lower["Footnote"] == "8") == (observed == 0)
            without_infection += observed == 0
    assert without_infection > 20


@pytest.mark.parametrize(("observed", "lower", "upper"), [(0, 0.0, 2.996), (1, 0.051, 4.937), (10, 5.084, 17.820)])
def test_midp_limits_agree_with_published_ones(observed: int, lower: float, upper: float) -> None:
    assert midp_limits(observed) == pytest.approx((lower, upper), abs=0.01)


def test_survey_answers_of_one_question_add_up_to_all(folder: Path) -> None:
    totals: dict[tuple[str, str], int] = {}
    for row in rows(folder / "HCAHPS-Hospital.csv"):
        if row["HCAHPS Answer Percent"].isdigit():
            question = "H_RECMND" if "RECMND" in row["HCAHPS Measure ID"] else row["HCAHPS Measure ID"][:8]
            key = (row["Facility ID"], question)
            totals[key] = totals.get(key, 0) + int(row["HCAHPS Answer Percent"])
    assert set(totals.values()) == {100}


def test_the_people_include_a_minor_two_plans_and_a_savings_account() -> None:
    people = demonstration_members()
    assert len({person.member_id for person in people}) == len(people)
    minors = [person for person in people if date.fromisoformat(person.birth_date) > date(2008, 11, 22)]
    assert any(person.relationship == "child" for person in minors)
    plans = Counter((person.name, person.birth_date, person.zip) for person in people)
    assert 2 in plans.values()
    assert any(person.plan_option == "HSA" and person.relationship == "subscriber" for person in people)
    assert any(person.other_coverage == "Medicare" for person in people)
    assert any(person.ends and person.ends < TODAY.isoformat() for person in people)
