"""Cases a year come from one source each, and absence is never zero."""

from __future__ import annotations

import pytest
from quality_rows import facility, row

from provider_directory.facts import InpatientFact
from provider_directory.quality.profiles import profiles
from provider_directory.quality.volume import (
    annual_volumes,
    is_full_file,
    stays_by_facility,
    yearly_cases,
    yearly_stays,
)

EVERY_FAMILY = {"216": 20, "321": 30, "329": 12, "742": 11}


def whole_file(facilities: int) -> dict[str, dict[str, int]]:
    return {f"99{number:04}": dict(EVERY_FAMILY) for number in range(facilities)}


def test_a_denominator_is_spread_over_the_months_of_its_window() -> None:
    assert yearly_cases(row("COMP_HIP_KNEE", 3.0, 2.0, 4.0, cases=150, months=36)) == 50
    assert yearly_cases(row("OP_36", 1.0, 0.9, 1.1, cases=150, months=12)) == 150


def test_no_denominator_and_no_row_are_not_zero_cases() -> None:
    assert yearly_cases(None) is None
    assert yearly_cases(row("COMP_HIP_KNEE", 3.0, 2.0, 4.0)) is None
    assert yearly_stays(frozenset({"470"}), None) is None
    assert yearly_stays(frozenset({"470"}), {"001": 40}) is None


def test_a_profile_counts_its_own_measure_and_no_stays() -> None:
    facts = {"990001": facility(row("COMP_HIP_KNEE", 3.0, 2.0, 4.0, cases=300)), "990002": facility()}
    assert annual_volumes(profiles()["joint"], facts, {"990002": {"470": 400}}) == {"990001": 100}


def test_the_stent_volume_adds_the_old_and_the_new_numbers_of_a_mixed_year() -> None:
    assert yearly_stays(profiles()["pci"].volume_drgs, {"246": 30, "321": 12, "470": 99}) == 42


def test_a_whole_inpatient_file_gives_volumes_and_a_cut_of_it_gives_none() -> None:
    valve = profiles()["valve"]
    assert annual_volumes(valve, {}, whole_file(2000))["990000"] == 20
    assert annual_volumes(valve, {}, whole_file(1999)) == {}
    assert annual_volumes(valve, {}, None) == {}


def test_a_national_file_of_joint_stays_alone_is_not_the_whole_file() -> None:
    assert not is_full_file({f"99{number:04}": {"469": 11, "470": 60} for number in range(3000)})


@pytest.mark.parametrize("profile", ["outpatient-surgery", "colonoscopy", "chemotherapy", "general-surgical", "none"])
def test_profiles_without_a_source_never_report_a_volume(profile: str) -> None:
    facts = {"990001": facility(row("OP_36", 1.0, 0.9, 1.1, cases=150, months=12))}
    assert annual_volumes(profiles()[profile], facts, whole_file(2000)) == {}


def test_stays_are_gathered_by_facility_and_drg() -> None:
    facts = [
        InpatientFact("990001", "470", 40, None, 1_500_000, None, 2),
        InpatientFact("990001", "469", 11, None, 2_500_000, None, 3),
        InpatientFact("990002", "470", 12, None, 1_400_000, None, 4),
    ]
    assert stays_by_facility(facts) == {"990001": {"470": 40, "469": 11}, "990002": {"470": 12}}
