"""The packaged measures, profiles and criteria agree with each other."""

from __future__ import annotations

import pytest

from provider_directory.quality.criteria import criteria_sets
from provider_directory.quality.profiles import VOLUME, profiles, wanted_measures
from provider_directory.quality.profiles import measures as all_measures
from provider_directory.quality.reference import packaged_reference

SCORED = [name for name in profiles() if name != "none"]


@pytest.mark.parametrize("name", SCORED)
def test_the_weights_of_a_profile_are_a_whole_hundred_percent(name: str) -> None:
    assert sum(profiles()[name].weights.values()) == 100


@pytest.mark.parametrize("name", SCORED)
def test_every_weighed_measure_is_described_and_has_a_national_reference(name: str) -> None:
    profile = profiles()[name]
    weighed = set(profile.weights) - {VOLUME}
    assert set(profile.core) <= weighed <= set(all_measures())
    assert weighed | {f"SIGMA:{name}"} <= set(packaged_reference().items)


def test_only_profiles_that_weigh_volume_say_where_it_comes_from() -> None:
    sourced = {name for name, profile in profiles().items() if profile.volume_measure or profile.volume_drgs}
    assert sourced == {"joint", "cabg", "valve", "pci", "colorectal", "hysterectomy"}
    assert all(profiles()[name].weights[VOLUME] and profiles()[name].volume_label for name in sourced)
    assert VOLUME in profiles()["general-surgical"].weights  # weighed, and never reported (CONTRACT 2)


def test_a_build_reads_everything_that_is_scored_judged_or_shown() -> None:
    scored = {measure for profile in profiles().values() for measure in profile.weights} - {VOLUME}
    judged = {criterion.measure for found in criteria_sets().values() for criterion in found.criteria} - {""}
    assert wanted_measures() == scored | judged | {"MSPB-1"}


def test_the_national_figure_of_infections_is_the_mean_and_not_the_old_benchmark() -> None:
    for measure in all_measures().values():
        if measure.kind == "hai":
            assert measure.national == pytest.approx(packaged_reference().items[measure.id].mu, abs=0.006)


def test_every_criteria_set_of_the_catalogue_has_its_rules() -> None:
    public = {
        "hip-knee": "R1 R2 R3 R4 R5",
        "cabg": "R1 R2 R3 R5",
        "valve": "R3 R5",
        "pci": "R3 R5",
        "tavr": "R3 R4 R5",
        "mitral": "R3 R4 R5",
        "colorectal": "R1 R3 R5",
        "rectal": "R3 R4 R5",
        "hysterectomy": "R1 R2 R3 R5",
        "outpatient": "R1 R5",
        "colonoscopy": "R1 R5",
        "chemotherapy": "R1 R2 R5",
    }
    sets = criteria_sets()
    found = {name: " ".join(c.id for c in entry.criteria) for name, entry in sets.items() if entry.public}
    assert found == public
    organs = ("kidney", "liver", "heart", "lung", "pancreas", "intestine")
    unjudged = {"bariatric", "lung", "pancreas", "esophagus", "carotid", "open-aortic", "none"}
    assert set(sets) - set(public) == unjudged | {f"transplant-{organ}" for organ in organs}


def test_public_sets_stand_on_a_profile_of_class_specific_or_related() -> None:
    for entry in criteria_sets().values():
        evidence = profiles()[entry.profile].evidence
        assert (evidence in ("specific", "related")) is entry.public
