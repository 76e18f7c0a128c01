"""Rows that no rule can tie go to a person and come back decided; rows that contradict each other are not used."""

from __future__ import annotations

from pathlib import Path

import pytest

from provider_directory.edition.build import BuildOptions, build_edition
from provider_directory.edition.manifest import FileReport, Manifest
from provider_directory.edition.reader import EditionReader

pytestmark = pytest.mark.usefixtures("few_zips")

HOSPITALS = """\
Facility ID,Facility Name,Address,City/Town,State,ZIP Code,County/Parish,Telephone Number,Hospital Type,\
Hospital Ownership,Emergency Services,Meets criteria for birthing friendly designation,Hospital overall rating
90Z701,ALDERWICK MEDICAL CENTER,1 ELM ST,MILWAUKEE,WI,53202,M,(414) 555-0101,Acute Care Hospitals,Church,Yes,Y,4
90Z702,BIRCHMOOR HOSPITAL,2 OAK ST,MADISON,WI,53703,D,(608) 555-0102,Acute Care Hospitals,Church,Yes,,3
"""
ROSTER = """\
facility_id,ccn,name,zip,alliance,criteria_set,procedure,effective,ends,bundle_price,price_effective
,,Alderwick Clinic,53202,Lakeshore,hip-knee,,2025-01-01,2027-06-30,24100,
"""
CLAIMS = """\
program,ccn,name,zip,procedure,setting,cases,period_start,period_end,allowed_median,allowed_p10,allowed_p90
brewline-foods,90Z701,,,total-knee-replacement,inpatient,14,2025-01-01,2026-06-30,31500,27000,44000
brewline-foods,90Z702,,,total-knee-replacement,inpatient,10,2025-01-01,2026-06-30,31500,,
brewline-foods,,Alderwick Clinic,53202,total-hip-replacement,outpatient,11,2025-01-01,2026-06-30,29000.5,,
"""


class Sources:
    """A folder of sources that is built again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.edition = folder.parent / "e.sqlite"
        folder.mkdir()
        (folder / "hospitals.csv").write_text(HOSPITALS)

    def add(self, name: str, *lines: str) -> None:
        """Write a file."""
        (self.folder / name).write_text("\n".join(line.rstrip("\n") for line in lines) + "\n")

    def built(self) -> Manifest:
        """Build, and check that every row is in the account."""
        options = BuildOptions(release="2026-01", demonstration=True)
        manifest = build_edition(self.folder, self.edition, options, lambda words, done: None)
        for report in manifest.files:
            assert report.read == report.kept + report.duplicates + sum(report.set_aside.values())
        return manifest

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """Ask the edition."""
        return EditionReader(self.edition).rows(sql)


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    return Sources(tmp_path / "sources")


def report_on(manifest: Manifest, file: str) -> FileReport:
    return next(report for report in manifest.files if report.file == file)


def decided(manifest: Manifest, facility_id: str) -> list[str]:
    """Fill in the review list with one facility for every row."""
    rows = [f'{item.file},{item.row},"{item.found}",{facility_id},{item.mark}' for item in manifest.review]
    return ["file,row,found,facility_id,found_mark", *rows]


def test_a_row_that_a_person_decided_is_offered(sources: Sources) -> None:
    sources.add("roster.csv", ROSTER)
    first = sources.built()
    assert [item.candidate_ids for item in first.review] == [("ccn-90z701",)]
    assert sources.rows("SELECT facility_id FROM contract") == []
    sources.add("review.csv", *decided(first, "ccn-90z701"))
    second = sources.built()
    assert second.review == ()
    assert sources.rows("SELECT facility_id, bundle_cents FROM contract") == [("ccn-90z701", 2_410_000)]


def test_a_decision_holds_wherever_the_row_has_moved(sources: Sources) -> None:
    sources.add("roster.csv", ROSTER)
    sources.add("review.csv", *decided(sources.built(), "CCN-90Z702"))
    head, row = ROSTER.splitlines()
    (sources.folder / "roster.csv").rename(sources.folder / "roster-october.csv")
    sources.add("roster-october.csv", head, ",90Z702,,,Lakeshore,cabg,,,,,", row)
    assert sources.built().review == ()
    assert sources.rows("SELECT facility_id, row FROM contract ORDER BY row") == [("ccn-90z702", 2), ("ccn-90z702", 3)]


def test_a_decision_may_be_written_as_a_ccn(sources: Sources) -> None:
    sources.add("roster.csv", ROSTER)
    sources.add("review.csv", *decided(sources.built(), "90Z701"))
    assert sources.built().review == ()


def test_a_row_for_which_nothing_fits_is_set_aside_as_decided(sources: Sources) -> None:
    sources.add("roster.csv", ROSTER)
    sources.add("review.csv", *decided(sources.built(), "none"))
    manifest = sources.built()
    assert manifest.review == ()
    assert report_on(manifest, "roster.csv").set_aside == {"no_facility_as_decided": 1}


@pytest.mark.parametrize(
    ("facility_id", "roster", "reason"),
    [
        ("ccn-90z701", ROSTER.replace("Alderwick", "Elmwick"), "no_such_row"),
        ("ccn-unheard", ROSTER, "facility_not_known"),
        ("", ROSTER, "not_decided"),
    ],
)
def test_a_decision_that_does_not_fit_is_named_and_the_row_stays_under_review(
    sources: Sources, facility_id: str, roster: str, reason: str
) -> None:
    sources.add("roster.csv", ROSTER)
    sources.add("review.csv", *decided(sources.built(), facility_id))
    sources.add("roster.csv", roster)
    manifest = sources.built()
    assert len(manifest.review) == 1
    report = report_on(manifest, "review.csv")
    assert (report.kept, report.set_aside, [one.reason for one in report.examples]) == (0, {reason: 1}, [reason])


def test_a_contract_with_a_facility_that_no_hospital_file_lists_is_named(sources: Sources) -> None:
    sources.add("roster.csv", "ccn,alliance,criteria_set,effective", "90Z709,Lakeshore,hip-knee,2025-01-01")
    figures = "Facility ID,Measure ID,Compared to National,Denominator,Score,Lower Estimate,Higher Estimate,Footnote,"
    same = "No Different Than the National Rate"
    row = f"90Z709,COMP_HIP_KNEE,{same},600,2.4,1.8,3.1,,04/01/2021,03/31/2024"
    sources.add("complications.csv", f"{figures}Start Date,End Date", row)
    assert (
        "The hospital file does not list the facility of roster.csv row 2 (CCN 90Z709): it may have closed, and no"
        " answer offers it." in sources.built().notes
    )


def test_two_decisions_about_one_row_are_both_named(sources: Sources) -> None:
    sources.add("roster.csv", ROSTER)
    first = sources.built()
    sources.add("review.csv", *decided(first, "ccn-90z701"))
    sources.add("review2.csv", *decided(first, "ccn-90z702"))
    manifest = sources.built()
    assert len(manifest.review) == 1
    assert [report_on(manifest, f"{name}.csv").set_aside for name in ("review", "review2")] == [
        {"decided_twice": 1}
    ] * 2


def test_two_prices_of_one_contract_from_one_day_are_used_by_nobody_and_named(sources: Sources) -> None:
    sources.add("roster.csv", ROSTER.splitlines()[0], ",90Z701,,,Lakeshore,hip-knee,,2025-01-01,,24100,")
    sources.add(
        "contracts.csv",
        "ccn,alliance,criteria_set,procedure,effective,contract_price",
        "90Z701,lakeshore,hip-knee,,2025-01-01,25000",
        "90Z701,Lakeshore,cabg,,2025-01-01,61000",
    )
    manifest = sources.built()
    assert {(item.file, item.row, item.mark) for item in manifest.review} == {
        ("roster.csv", 2, ""),
        ("contracts.csv", 2, ""),
    }
    (note,) = (note for note in manifest.notes if "Different amounts" in note)
    assert "roster.csv row 2 ($24,100.00)" in note
    assert "contracts.csv row 2 ($25,000.00)" in note
    assert sources.rows("SELECT criteria_set FROM contract") == [("cabg",)]


def test_a_later_price_of_the_same_contract_is_its_history(sources: Sources) -> None:
    line = ",90Z701,,,Lakeshore,hip-knee,,2025-01-01,,{},{}"
    later = [line.format(24100, "2025-01-01"), line.format(25000, "2026-01-01")]
    sources.add("roster.csv", ROSTER.splitlines()[0], *later)
    assert sources.built().review == ()
    assert sources.rows("SELECT count(*) FROM contract") == [(2,)]


def test_one_row_in_two_files_counts_once(sources: Sources) -> None:
    row = ",90Z701,,,Lakeshore,hip-knee,,2025-01-01,,24100,"
    sources.add("a.csv", ROSTER.splitlines()[0], row)
    sources.add("b.csv", ROSTER.splitlines()[0], ",90Z702,,,Lakeshore,hip-knee,,2025-01-01,,9,", row)
    manifest = sources.built()
    assert (report_on(manifest, "b.csv").kept, report_on(manifest, "b.csv").duplicates) == (1, 1)
    assert sources.rows("SELECT count(*) FROM contract") == [(2,)]


def test_a_contract_without_a_price_belongs_in_the_roster(sources: Sources) -> None:
    sources.add("c.csv", "ccn,alliance,criteria_set,contract_price", "90Z701,Lakeshore,hip-knee,")
    assert report_on(sources.built(), "c.csv").set_aside == {"no_price": 1}


def test_paid_claims_are_stored_by_facility_and_few_cases_are_not(sources: Sources) -> None:
    sources.add("claims.csv", CLAIMS)
    manifest = sources.built()
    assert sources.rows("SELECT * FROM paid_claims") == [
        (
            *("brewline-foods", "ccn-90z701", "total-knee-replacement", "inpatient", 14),
            *(3_150_000, 2_700_000, 4_400_000, "2025-01-01", "2026-06-30", 1, 2, ""),
        )
    ]
    report = report_on(manifest, "claims.csv")
    assert report.set_aside == {"too_few_cases": 1, "to_be_reviewed": 1}
    assert "may point to a person" in report.examples[0].next_step
    sources.add("review.csv", *decided(manifest, "ccn-90z701"))
    assert sources.built().review == ()
    assert sources.rows("SELECT count(*) FROM paid_claims") == [(2,)]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (",27000,", ",32000,", "amounts_out_of_order"),
        (",31500,27000,", ",0,,", "zero_price"),
        (",31500,27000,", ",1.00,,", "placeholder"),
        (",31500,27000,", ",31500,0.01,", "placeholder"),
        (",27000,44000", ",27000,999999999", "placeholder"),
        ("inpatient,14", "day,14", "bad_setting"),
        ("inpatient,14", ",14", "bad_setting"),
        ("2026-06-30,31500,27", "2024-06-30,31500,27", "ends_before_it_starts"),
        ("brewline-foods,90Z701", ",90Z701", "no_program"),
        ("total-knee-replacement,inpatient,14", "knee,inpatient,14", "unknown_procedure"),
        (",14,", ",1 through 10,", "bad_number"),
        ("2025-01-01,2026-06-30,31500,27", ",2026-06-30,31500,27", "bad_date"),
    ],
)
def test_a_claims_row_that_cannot_be_right_is_set_aside(sources: Sources, old: str, new: str, reason: str) -> None:
    sources.add("claims.csv", *CLAIMS.replace(old, new).splitlines()[:2])
    assert report_on(sources.built(), "claims.csv").set_aside == {reason: 1}


def test_two_figures_for_one_period_are_used_by_nobody(sources: Sources) -> None:
    head, row = CLAIMS.splitlines()[:2]
    sources.add("claims.csv", head, row, row.replace("31500", "31600"))
    manifest = sources.built()
    assert len(manifest.review) == 2
    assert sources.rows("SELECT count(*) FROM paid_claims") == [(0,)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_newest_attestation_counts_whatever_the_order_of_the_rows(sources: Sources, order: tuple[int, int]) -> None:
    head = "ccn,alliance,criteria_set,attested_cases_per_year,attested_on"
    rows = ["90Z701,Lakeshore,hip-knee,410,2026-04-15", "90Z701,Prairie,hip-knee,900,2025-04-15"]
    sources.add("roster.csv", head, *(rows[index] for index in order))
    sources.built()
    assert sources.rows("SELECT cases, attested_on FROM attestation") == [(410, "2026-04-15")]
