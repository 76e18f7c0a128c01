"""What the Care Compare files say becomes facts, word by word."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from source_files import row, written

from provider_directory.facts import MeasureFact
from provider_directory.sources.care_compare import KINDS, read_facilities, read_measures

WANTED = frozenset({"COMP_HIP_KNEE", "PSI_90", "EDAC_30_AMI", "HAI_1_SIR", "HAI_6_SIR", "H_RECMND_DY", "MSPB-1"})


def _one(folder: Path, dataset: str, **cells: str) -> MeasureFact:
    reading = read_measures(written(folder, dataset, row(dataset, **cells)), WANTED)
    assert len(reading.facts) == 1, reading
    return reading.facts[0]


def test_a_hospital_row_becomes_a_facility(tmp_path: Path) -> None:
    cells = {"Meets_criteria_for_birthing_friendly_designation": "Y", "ZIP_Code": "2108"}
    reading = read_facilities(written(tmp_path, "hospital_general", row("hospital_general", **cells)))
    fact = reading.facts[0]
    assert (fact.ccn, fact.name, fact.kind, fact.row) == ("990001", "HARBOR LIGHT HOSPITAL", "acute", 2)
    assert (fact.city, fact.state, fact.zip, fact.phone) == ("MILWAUKEE", "WI", "02108", "(414) 555-0101")
    assert (fact.overall_rating, fact.birthing_friendly) == (4, True)
    assert (reading.start, reading.end) == ("", "")


def test_what_is_not_said_of_a_hospital_is_unknown(tmp_path: Path) -> None:
    cells = {"Hospital_overall_rating": "Not Available"}
    fact = read_facilities(written(tmp_path, "hospital_general", row("hospital_general", **cells))).facts[0]
    assert (fact.overall_rating, fact.birthing_friendly) == (None, None)


def test_text_from_a_file_is_cleaned(tmp_path: Path) -> None:
    cells = {"Facility_Name": " \x1b[31mEVIL\x1b[0m\u202e  HOSPITAL\n"}
    fact = read_facilities(written(tmp_path, "hospital_general", row("hospital_general", **cells))).facts[0]
    assert fact.name == "EVIL HOSPITAL"


@pytest.mark.parametrize(("written_kind", "kind"), sorted(KINDS.items()))
def test_every_hospital_type_has_its_kind(tmp_path: Path, written_kind: str, kind: str) -> None:
    source = written(tmp_path, "hospital_general", row("hospital_general", Hospital_Type=written_kind.upper()))
    assert read_facilities(source).facts[0].kind == kind


def test_a_hospital_of_an_unknown_type_or_without_a_name_is_set_aside(tmp_path: Path) -> None:
    rows = [
        row("hospital_general", Hospital_Type="Hotel"),
        row("hospital_general", Facility_ID="990002", Facility_Name=" "),
    ]
    reading = read_facilities(written(tmp_path, "hospital_general", *rows))
    assert reading.set_aside == {"unknown_hospital_type": 1, "no_name": 1}
    assert reading.examples[0].found == "Hotel"


def test_a_measure_row_becomes_a_fact(tmp_path: Path) -> None:
    assert _one(tmp_path, "complications", Footnote="3, 29") == MeasureFact(
        ccn="990001",
        measure="COMP_HIP_KNEE",
        value=2.4,
        low=1.7,
        high=3.5,
        cases=120.0,
        observed=None,
        predicted=None,
        raw="2.4",
        compared="No Different Than the National Rate",
        footnotes="3, 29",
        start="2021-04-01",
        end="2024-03-31",
        row=2,
    )


def test_null_is_told_by_the_word_and_never_by_the_footnote(tmp_path: Path) -> None:
    fact = _one(tmp_path, "complications", Measure_ID="PSI_90", Denominator="Not Applicable", Footnote="1, 28")
    assert (fact.value, fact.cases, fact.footnotes) == (2.4, None, "1, 28")
    words = {"Score": "Not Available", "Lower_Estimate": "N/A", "Higher_Estimate": "Too Few to Report"}
    fact = _one(tmp_path, "complications", **words)
    assert (fact.value, fact.low, fact.high, fact.raw, fact.footnotes) == (None, None, None, "Not Available", "")


def test_days_in_hospital_may_be_negative(tmp_path: Path) -> None:
    cells = {"Measure_ID": "EDAC_30_AMI", "Score": "-10", "Compared_to_National": "Average Days per 100 Discharges"}
    fact = _one(tmp_path, "unplanned_visits", **cells)
    assert (fact.value, fact.compared) == (-10.0, "Average Days per 100 Discharges")


def test_a_survey_answer_counts_its_completed_surveys(tmp_path: Path) -> None:
    fact = _one(tmp_path, "hcahps", HCAHPS_Answer_Percent_Footnote="11")
    assert (fact.measure, fact.value, fact.cases, fact.raw) == ("H_RECMND_DY", 72.0, 1196.0, "72")
    assert (fact.low, fact.high, fact.compared, fact.footnotes) == (None, None, "", "11")


def test_medicare_spending_is_its_score(tmp_path: Path) -> None:
    fact = _one(tmp_path, "mspb", Measure_ID="MSPB-1", Score="0.99")
    assert (fact.value, fact.cases, fact.compared) == (0.99, None, "")


def _infection(kind: str, score: str, number: int = 1, **cells: str) -> list[str]:
    return row("hai", Measure_ID=f"HAI_{number}_{kind}", Score=score, **cells)


def test_the_rows_of_one_infection_become_one_fact(tmp_path: Path) -> None:
    rows = [
        _infection("CILOWER", "N/A", Footnote="8"),
        _infection("CIUPPER", "1.008"),
        _infection("DOPC", "9,078"),
        _infection("ELIGCASES", "7.940"),
        _infection("NUMERATOR", "0"),
        _infection("SIR", "0.000", Compared_to_National="Better than the National Benchmark", Footnote="8"),
    ]
    reading = read_measures(written(tmp_path, "hai", *rows), WANTED)
    assert reading.facts == [
        MeasureFact(
            ccn="990001",
            measure="HAI_1_SIR",
            value=0.0,
            low=None,
            high=1.008,
            cases=None,
            observed=0.0,
            predicted=7.94,
            raw="0.000",
            compared="Better than the National Benchmark",
            footnotes="8",
            start="2021-04-01",
            end="2024-03-31",
            row=7,
        )
    ]
    assert (reading.kept, dict(reading.set_aside)) == (5, {"measure_not_used": 1})


def test_infections_are_kept_apart_by_number_facility_and_period(tmp_path: Path) -> None:
    rows = [
        _infection("SIR", "0.5"),
        _infection("SIR", "0.6", number=6),
        _infection("SIR", "0.7", Facility_ID="990002"),
        _infection("SIR", "0.8", End_Date="03/31/2025"),
        _infection("CIUPPER", "2.0", Facility_ID="990002"),
    ]
    facts = read_measures(written(tmp_path, "hai", *rows), WANTED).facts
    assert [(fact.value, fact.high) for fact in facts] == [(0.5, None), (0.6, None), (0.7, 2.0), (0.8, None)]


def test_bounds_without_their_ratio_are_set_aside(tmp_path: Path) -> None:
    reading = read_measures(written(tmp_path, "hai", _infection("CILOWER", "0.1")), WANTED)
    assert (reading.facts, reading.set_aside) == ([], {"no_sir_row": 1})


def test_the_period_of_a_file_is_the_most_frequent_and_of_equals_the_latest(tmp_path: Path) -> None:
    rows = [
        row("complications", Start_Date="07/01/2021", End_Date="06/30/2024"),
        row("complications", Facility_ID="990002"),
        row("complications", Facility_ID="990003"),
        row("complications", Facility_ID="990004", Start_Date="07/01/2021", End_Date="06/30/2024"),
    ]
    reading = read_measures(written(tmp_path, "complications", *rows), WANTED)
    assert (reading.start, reading.end) == ("2021-07-01", "2024-06-30")


@settings(max_examples=60, deadline=None)
@given(score=st.text(max_size=12) | st.floats(-1e6, 1e6).map(lambda value: f"{value:.3f}"))
def test_a_score_is_a_number_or_unknown_and_always_kept_as_written(
    tmp_path_factory: pytest.TempPathFactory, score: str
) -> None:
    reading = read_measures(
        written(tmp_path_factory.mktemp("score"), "complications", row("complications", Score=score)), WANTED
    )
    for fact in reading.facts:
        assert fact.value is None or float(fact.raw.replace(",", "")) == fact.value
