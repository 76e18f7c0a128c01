"""What changed between two editions is told in sentences, with the reason (issue "Rosters and time")."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from provider_directory.changes.comparing import compare_editions
from provider_directory.changes.values import EditionDiff
from provider_directory.edition.build import BuildOptions, build_edition
from provider_directory.errors import UnknownFacility

pytestmark = pytest.mark.usefixtures("few_zips")

ON = date(2026, 11, 22)
HOSPITALS = """\
Facility ID,Facility Name,Address,City/Town,State,ZIP Code,Telephone Number,Hospital Type,Hospital overall rating
90Z701,Alderwick Medical Center,1 Elm St,Milwaukee,WI,53202,(414) 555-0101,Acute Care Hospitals,4
90Z702,Birchmoor Hospital,2 Oak St,Milwaukee,WI,53202,(608) 555-0102,Acute Care Hospitals,3
"""
HEAD = (
    "Facility ID,Measure ID,Compared to National,Denominator,Score,Lower Estimate,Higher Estimate,Footnote,"
    "Start Date,End Date\n"
)
PERIOD = ",,04/01/2021,03/31/2024\n"
SAME = "No Different Than the National Rate"
FIGURES = f"90Z701,COMP_HIP_KNEE,{SAME},600,2.4,1.8,3.1{PERIOD}90Z702,COMP_HIP_KNEE,{SAME},90,3.6,2.4,5.1{PERIOD}"
ROSTER_HEAD = "ccn,alliance,criteria_set,procedure,status,effective,ends,suspended_on,reason,bundle_price\n"
ROSTER = "90Z701,Lakeshore,hip-knee,,,2025-01-01,2027-06-30,,,24100\n"


class Pair:
    """Builds two editions that differ in what a test names, and compares them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def edition(
        self, name: str, hospitals: str, figures: str, roster: str, release: str, head: str = ROSTER_HEAD
    ) -> Path:
        sources = self.folder / name
        sources.mkdir()
        (sources / "hospitals.csv").write_text(hospitals)
        (sources / "complications.csv").write_text(HEAD + figures)
        (sources / "roster.csv").write_text(head + roster)
        built = self.folder / f"{name}.sqlite"
        build_edition(sources, built, BuildOptions(release=release), lambda words, done: None)
        return built

    def diff(
        self,
        *,
        hospitals: str = HOSPITALS,
        figures: str = FIGURES,
        roster: str = ROSTER,
        release: str = "2026-01",
        facility: str | None = None,
        on: date = ON,
    ) -> EditionDiff:
        before = self.edition("before", HOSPITALS, FIGURES, ROSTER, "2026-01")
        after = self.edition("after", hospitals, figures, roster, release)
        return compare_editions(before, after, on, facility)


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


def told(found: EditionDiff, group: str) -> list[str]:
    return [change.sentence for each in found.groups if each.id == group for change in each.changes]


def test_the_same_content_has_no_difference(pair: Pair) -> None:
    found = pair.diff()
    assert (found.same_content, found.groups) == (True, ())


def test_opened_closed_and_renamed_facilities_are_told_those_under_contract_first(pair: Pair) -> None:
    hospitals = HOSPITALS.replace("90Z702,Birchmoor Hospital", "90Z703,Cedarholt Hospital")
    found = pair.diff(hospitals=hospitals.replace("Alderwick Medical", "Alderwick Health"))
    assert told(found, "facilities") == [
        "Alderwick Health Center (Milwaukee, WI): name: Alderwick Medical Center -> Alderwick Health Center",
        "Cedarholt Hospital (Milwaukee, WI): opened: new in the data",
        "Birchmoor Hospital (Milwaukee, WI): closed: no longer in the hospital file",
    ]


def test_a_public_state_names_the_criterion_and_the_figure_behind_it(pair: Pair) -> None:
    worse = FIGURES.replace(f"{SAME},600,2.4,1.8,3.1", "Worse Than the National Rate,600,3.9,3.1,4.8")
    said = told(pair.diff(figures=worse), "public_states")
    assert said[0].startswith(
        "Alderwick Medical Center (Milwaukee, WI): Hip and knee replacement: partly checked -> below public check:"
        " complications"
    )
    assert "because its complications figure went from 2.4 to 3.9 per 100 (worse than the nation)" in said[0]


def test_a_figure_that_is_gone_is_told(pair: Pair) -> None:
    gone = FIGURES.replace(f"{SAME},600,2.4,1.8,3.1", "Not Available,Not Available,Not Available,,")
    (said,) = told(pair.diff(figures=gone), "public_states")
    assert "-> no public data" in said
    assert "its complications figure is not published now" in said


def test_an_edition_that_is_stale_by_the_date_is_told_once_and_not_for_every_facility(pair: Pair) -> None:
    found = pair.diff(release="2025-01", on=date(2026, 6, 1))
    (said,) = told(found, "public_states")
    assert said.startswith("the edition after: public data of release 2025-01 is stale on 2026-06-01")
    assert "Complications and Deaths: release 2026-01 -> release 2025-01" in told(found, "sources")


def test_of_one_facility_a_stale_state_is_told_as_it_shows(pair: Pair) -> None:
    (said,) = told(pair.diff(release="2025-01", on=date(2026, 6, 1), facility="90Z701"), "public_states")
    assert "partly checked -> no public data" in said
    assert said.endswith("because public data of the edition after is stale on this date")


def test_contracts_tell_begin_end_suspension_price_and_dates(pair: Pair) -> None:
    roster = ROSTER.replace("24100", "23900").replace("2027-06-30", "2028-06-30")
    found = pair.diff(roster=roster + "90Z702,Lakeshore,hip-knee,,,2026-03-01,2027-06-30,,,\n")
    assert told(found, "contracts") == [
        "Alderwick Medical Center (Milwaukee, WI): contract with Lakeshore for Hip and knee replacement: under contract"
        " to 2027-06-30, bundle $24,100 -> under contract to 2028-06-30, bundle $23,900",
        "Birchmoor Hospital (Milwaukee, WI): contract with Lakeshore for Hip and knee replacement: under contract to"
        " 2027-06-30, no price stated",
    ]


def test_a_suspension_in_the_roster_is_told_with_its_reason(pair: Pair) -> None:
    stop = "90Z701,Lakeshore,hip-knee,,suspended,2026-10-01,,2026-10-01,infections,\n"
    (said,) = told(pair.diff(roster=ROSTER + stop), "contracts")
    assert said.endswith("bundle $24,100 -> suspended from 2026-10-01, because infections")


def test_a_row_that_takes_effect_later_is_told_though_nothing_holds_yet(pair: Pair) -> None:
    later = "90Z701,Lakeshore,hip-knee,,,2027-07-01,2028-06-30,,,25000\n"
    (said,) = told(pair.diff(roster=ROSTER + later), "contracts")
    assert said.endswith("; to come: from 2027-07-01 to 2028-06-30: under contract, bundle $25,000")


def test_a_change_without_consequence_on_the_date_is_told_by_its_rows(pair: Pair) -> None:
    early = "90Z701,Lakeshore,hip-knee,,,2020-01-01,2021-12-31,,,21000\n"
    (said,) = told(pair.diff(roster=ROSTER + early), "contracts")
    assert said.endswith("the same; added: from 2020-01-01 to 2021-12-31: under contract, bundle $21,000")


def test_the_price_that_is_told_is_the_one_that_holds_on_the_date(tmp_path: Path) -> None:
    head = ROSTER_HEAD.replace("bundle_price", "bundle_price,price_effective")
    now = "90Z701,Lakeshore,hip-knee,,,2025-01-01,2027-06-30,,,24100,2025-01-01\n"
    agreed = "90Z701,Lakeshore,hip-knee,,,2025-01-01,2027-06-30,,,39000,2027-01-01\n"
    amended = "90Z701,Lakeshore,hip-knee,,,2026-01-01,2027-06-30,,,,\n"
    pair = Pair(tmp_path)
    built = [
        pair.edition(name, HOSPITALS, FIGURES, roster, "2026-01", head)
        for name, roster in (("a", now), ("b", now + agreed), ("c", now + amended))
    ]
    (said,) = told(compare_editions(built[0], built[1], ON), "contracts")
    assert "under contract to 2027-06-30, bundle $24,100 on 2026-11-22 -> the same; added:" in said
    assert said.endswith("bundle $39,000, that price from 2027-01-01")
    (said,) = told(compare_editions(built[0], built[2], ON), "contracts")
    assert "no price stated on" not in said


def test_rows_that_read_alike_are_not_told_as_added_and_taken_out(tmp_path: Path) -> None:
    head = ROSTER_HEAD.replace("bundle_price", "bundle_price,intake_phone")
    pair = Pair(tmp_path)
    built = [
        pair.edition(name, HOSPITALS, FIGURES, ROSTER.replace("24100", f"24100,{phone}"), "2026-01", head)
        for name, phone in (("a", "(414) 555-0101"), ("b", "(414) 555-0102"))
    ]
    (said,) = told(compare_editions(built[0], built[1], ON), "contracts")
    assert said.endswith("-> the same; a detail of its row is otherwise: scope, terms, route or telephone")


def test_a_contract_that_left_the_roster_is_told(pair: Pair) -> None:
    other = ROSTER.replace("90Z701", "90Z702")
    gone = told(pair.diff(roster=other), "contracts")[0]
    assert gone.endswith("-> no row of it is left")


def test_only_the_facility_asked_for_is_told(pair: Pair) -> None:
    roster = ROSTER.replace("24100", "23900") + "90Z702,Lakeshore,hip-knee,,,2026-03-01,,,,\n"
    found = pair.diff(roster=roster, facility="90Z702")
    assert [change.facility_id for each in found.groups for change in each.changes if change.facility_id] == [
        "ccn-90z702"
    ]


def test_a_facility_of_neither_is_refused(pair: Pair) -> None:
    with pytest.raises(UnknownFacility, match="Neither edition"):
        pair.diff(facility="90Z799", roster=ROSTER.replace("24100", "23900"))


@pytest.fixture
def scored(demonstration_edition: Path, tmp_path: Path) -> Path:
    """Give a copy of the demonstration in which one hospital's knee score has sunk to tier C."""
    copy = tmp_path / "scored.sqlite"
    shutil.copy(demonstration_edition, copy)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute(
            "UPDATE score SET score = 61, tier = 'C' WHERE facility_id = 'ccn-90z001' AND profile = 'joint'"
        )
    return copy


def test_a_tier_that_moved_with_the_nation_is_told_so(demonstration_edition: Path, scored: Path) -> None:
    (said,) = told(compare_editions(demonstration_edition, scored, ON, "90Z001"), "tiers")
    assert "tier A -> 61, tier C, because none of its own figures changed" in said


def test_a_tier_names_the_figures_that_moved(demonstration_edition: Path, scored: Path) -> None:
    with closing(sqlite3.connect(scored)) as connection, connection:
        sql = (
            "UPDATE measure SET value = 5.5 WHERE facility_id = 'ccn-90z001' AND measure = 'COMP_HIP_KNEE' AND current"
        )
        connection.execute(sql)
    (said,) = told(compare_editions(demonstration_edition, scored, ON, "90Z001"), "tiers")
    assert said.endswith("-> 5.5")
