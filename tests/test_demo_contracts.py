"""The contracts and programs of the demonstration: all can be read, and every kind is among them."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from provider_directory.catalog import load
from provider_directory.demo import demonstration_members, write_programs
from provider_directory.demo.hospitals import hospitals
from provider_directory.demo.roster import write_roster_file
from provider_directory.facts import RosterFact
from provider_directory.quality.criteria import criteria_sets
from provider_directory.sources.recognise import recognise
from provider_directory.sources.roster import match_roster, read_roster
from provider_directory.sources.roster_matching import FacilityKey

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> list[RosterFact]:
    folder = tmp_path_factory.mktemp("roster")
    write_roster_file(folder / "roster.csv")
    source = next(each for each in recognise(folder, "2026-01")[0] if each.dataset == "roster")
    procedures = frozenset(procedure.id for procedure in load().procedures)
    reading = read_roster(source, procedures, frozenset(criteria_sets()))
    assert not reading.set_aside
    return reading.facts


def test_every_roster_row_finds_its_facility_or_makes_one(roster: list[RosterFact]) -> None:
    assert 110 <= len(roster) <= 160
    assert len({row.alliance for row in roster}) == 3
    known = [FacilityKey(hospital.ccn, hospital.ccn, None, hospital.name, hospital.zip) for hospital in hospitals()]
    matched, review = match_roster("roster.csv", roster, known)
    assert not review
    made = {row.kind for facility, row in matched if not facility}
    assert made == {"surgery_center", "cancer"}


def test_the_roster_holds_every_kind_of_contract_a_navigator_meets(roster: list[RosterFact]) -> None:
    today = TODAY.isoformat()
    soon = [row for row in roster if row.ends == "2026-12-31"]
    suspended = [row for row in roster if row.status == "suspended" and row.suspended_on <= today and row.reason]
    expired = [row for row in roster if row.ends < today]
    run_out = [row for row in roster if row.run_out and row.ends > today]
    single = [row for row in roster if row.procedure == "partial-knee-replacement"]
    members_only = [row for row in roster if row.visibility == "members"]
    assert all((soon, suspended, expired, run_out, single, members_only))
    assert {row.ends[:4] for row in roster} == {"2025", "2026", "2027", "2028"}


def test_milwaukee_has_two_centers_under_contract_at_the_prices_of_the_showpiece(roster: list[RosterFact]) -> None:
    prices = {
        row.ccn: row.bundle_cents
        for row in roster
        if row.ccn in ("90Z001", "90Z002") and row.criteria_set == "hip-knee"
    }
    assert prices == {"90Z001": 24_100_00, "90Z002": 26_850_00}


def test_program_files_name_alliances_of_the_roster(tmp_path: Path, roster: list[RosterFact]) -> None:
    write_programs(tmp_path)
    programs = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(tmp_path.glob("*.toml"))]
    assert [program["id"] for program in programs] == ["brewline-foods", "copperline-rail", "harborlight-schools"]
    for program in programs:
        assert set(program["alliances"]) <= {row.alliance for row in roster}
        assert program["plan_year"] == 2026
    members = (tmp_path / "members.csv").read_text(encoding="utf-8").splitlines()
    assert len(members) == 1 + len(demonstration_members())
