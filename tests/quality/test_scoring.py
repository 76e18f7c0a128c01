"""The score follows METHOD 2.4 to the last digit and never hides what it does not know."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from quality_rows import facility, row, worked_example

from provider_directory.facts import MeasureFact
from provider_directory.quality.parts import Part, Reference, ReferenceItem
from provider_directory.quality.profiles import VOLUME, profiles
from provider_directory.quality.reference import packaged_reference
from provider_directory.quality.scoring import (
    FacilityScore,
    score_all,
    score_facility,
    score_from,
    score_parts,
    shown_score,
    tier_of,
)

JOINT = profiles()["joint"]


def parts_of(facts: Mapping[str, MeasureFact], volume: float | None = None) -> dict[str, Part]:
    return {part.measure: part for part in score_parts(JOINT, facts, volume, packaged_reference())}


def joint_score(facts: Mapping[str, MeasureFact], volume: float | None = None, ccn: str = "990001") -> FacilityScore:
    score = score_facility(ccn, JOINT, facts, volume, packaged_reference())
    assert score is not None
    return score


def test_the_worked_example_of_the_method_gives_its_score() -> None:
    score = joint_score(worked_example(), 2426 / 3)
    assert score.z == pytest.approx(0.984151, abs=1e-6)
    assert score.sd == pytest.approx(0.129214, abs=1e-6)
    assert score.sigma == pytest.approx(0.478443, abs=1e-6)
    assert score.score == pytest.approx(98.016, abs=1e-3)
    assert score.low == pytest.approx(94.66, abs=0.005)
    assert score.high == pytest.approx(99.38, abs=0.005)
    assert (shown_score(score.score), shown_score(score.low), shown_score(score.high)) == (98, 95, 99)
    assert (score.coverage, score.tier, score.shown, score.reason) == (0.95, "A", True, None)


@pytest.mark.parametrize(
    ("measure", "z", "sz"),
    [
        ("COMP_HIP_KNEE", 0.540, 0.250),
        ("READM_30_HIP_KNEE", 1.441, 0.244),
        ("PSI_90", -0.260, 0.665),
        ("HAI_5_SIR", 0.0, 1.0),
        ("HAI_6_SIR", 0.393, 0.780),
        ("H_COMP_1_A_P", 1.309, 0.190),
        ("H_COMP_6_Y_P", 1.730, 0.215),
        ("H_RECMND_DY", 1.768, 0.1015),
        (VOLUME, 2.0, 0.0),
    ],
)
def test_each_part_of_the_worked_example_stands_where_the_method_says(measure: str, z: float, sz: float) -> None:
    part = parts_of(worked_example(), 2426 / 3)[measure]
    assert part.z == pytest.approx(z, abs=5.1e-4)
    assert part.sz == pytest.approx(sz, abs=5.1e-4)


def test_a_missing_part_says_why_and_keeps_its_weight() -> None:
    parts = parts_of(
        facility(
            row("COMP_HIP_KNEE", None, compared="Number of Cases Too Small"),
            row("PSI_90", 1.0),
            row("H_RECMND_DY", None, compared=""),
            row("HAI_5_SIR", None, compared="", raw=""),
        )
    )
    assert parts["COMP_HIP_KNEE"].reason == "published as “Number of Cases Too Small”"
    assert parts["PSI_90"].reason == "published without the bounds of its interval"
    assert parts["H_RECMND_DY"].reason == "published as “Not Available”"
    assert parts["HAI_5_SIR"].reason == "published without a value"
    assert parts["READM_30_HIP_KNEE"].reason == "not in the files"
    assert parts[VOLUME].reason == "cases a year are not known"
    assert all((part.z, part.sz, part.reported) == (0.0, 1.0, False) for part in parts.values())
    assert sum(part.weight for part in parts.values()) == 100


def test_a_survey_share_without_surveys_is_not_reported() -> None:
    for cases in (None, 0):
        part = parts_of(facility(row("H_RECMND_DY", 88, cases=cases)))["H_RECMND_DY"]
        assert part.reason == "published without the number of surveys"


def test_published_counts_of_infections_win_over_recovered_ones() -> None:
    counted = row("HAI_5_SIR", 0.5, None, 1.0, observed=4, predicted=8, months=12)
    item = packaged_reference().items["HAI_5_SIR"]
    assert item.a is not None
    assert item.b is not None
    expected = -((4 + item.a) / (8 + item.b) - item.mu) / item.tau
    assert parts_of(facility(counted))["HAI_5_SIR"].z == pytest.approx(expected)


def test_a_facility_without_a_core_measure_has_no_score() -> None:
    rest = {name: fact for name, fact in worked_example().items() if name not in JOINT.core}
    assert score_facility("990001", JOINT, rest, 100, packaged_reference()) is None
    bare = facility(row("COMP_HIP_KNEE", 3.0))  # no interval: published, and still not usable
    assert score_facility("990001", JOINT, bare, 100, packaged_reference()) is None


def test_a_reference_without_sigma_gives_no_score() -> None:
    items = {name: item for name, item in packaged_reference().items.items() if name != "SIGMA:joint"}
    assert score_facility("990001", JOINT, worked_example(), 100, Reference("a release", items)) is None


def test_sixty_percent_of_the_weights_are_enough_and_less_is_not() -> None:
    facts = worked_example()
    exactly = {name: facts[name] for name in ("COMP_HIP_KNEE", "READM_30_HIP_KNEE", "PSI_90")}
    assert joint_score(exactly).coverage == 0.60
    assert joint_score(exactly).shown
    below = joint_score(exactly | {"PSI_90": row("PSI_90"), "HAI_6_SIR": facts["HAI_6_SIR"]})
    assert below.coverage == 0.55
    assert not below.shown
    assert below.reason == "not enough public data"


def test_a_federal_hospital_has_a_row_that_is_never_shown() -> None:
    score = joint_score(worked_example(), 100, ccn="99001F")
    assert not score.shown
    assert score.reason is not None
    assert "Veterans" in score.reason


def test_the_general_profile_never_reports_a_volume() -> None:
    facts = facility(row("PSI_90", 0.9, 0.7, 1.1, months=24))
    parts = score_parts(profiles()["general-surgical"], facts, 500.0, packaged_reference())
    assert not next(part for part in parts if part.measure == VOLUME).reported


def test_scores_come_in_the_order_of_ccns_and_leave_out_who_has_no_core_measure() -> None:
    facts = {"990002": worked_example(), "990001": worked_example(), "990003": facility(row("PSI_90", 1, 0.8, 1.2))}
    scores = score_all(JOINT, facts, {"990001": 100.0}, packaged_reference())
    assert [score.ccn for score in scores] == ["990001", "990002"]
    assert scores[0].coverage == 0.95
    assert scores[1].coverage == 0.80


@pytest.mark.parametrize(
    ("p", "score", "tier"),
    [
        (0.90, 75, "A"),
        (0.8999, 75, "B"),
        (0.90, 74.999, "B"),
        (0.80, 60, "B"),
        (0.7999, 60, "C"),
        (0.80, 59.999, "C"),
        (0.20, 40, "D"),
        (0.2001, 40, "C"),
        (0.20, 40.001, "C"),
        (0.10, 25, "E"),
        (0.1001, 25, "D"),
        (0.10, 25.001, "D"),
        (0.5, 50, "C"),
    ],
)
def test_tiers_stand_at_their_exact_limits(p: float, score: float, tier: str) -> None:
    assert tier_of(p, score) == tier


@pytest.mark.parametrize(("score", "shown"), [(0.5, 1), (2.5, 3), (97.49, 97), (99.5, 100), (0.49, 0)])
def test_halves_are_rounded_up_for_display(score: float, shown: int) -> None:
    assert shown_score(score) == shown


def sure_parts(z: float) -> tuple[Part, ...]:
    return (Part("COMP_HIP_KNEE", 100, True, z, 0.0, None, None, None, None, None, None, None),)


@pytest.mark.parametrize(("z", "p"), [(0.5, 1.0), (0.0, 0.5), (-0.5, 0.0)])
def test_a_score_without_any_noise_is_certain(z: float, p: float) -> None:
    reference = Reference("a test", {"SIGMA:joint": ReferenceItem("sigma", 9, 0.0, 0.5, None, None)})
    score = score_from("990001", JOINT, sure_parts(z), reference)
    assert score is not None
    assert score.p == p


rates = st.floats(0.5, 12).map(lambda rate: round(rate, 1))
half_widths = st.floats(0.1, 4).map(lambda half: round(half, 1))


@st.composite
def joint_facts(draw: st.DrawFn) -> dict[str, MeasureFact]:
    rows = [row("COMP_HIP_KNEE", rate := draw(rates), rate - (half := draw(half_widths)), rate + half)]
    if draw(st.booleans()):
        rows.append(row("READM_30_HIP_KNEE", rate := draw(rates), rate - (half := draw(half_widths)), rate + half))
    if draw(st.booleans()):
        rows.append(row("HAI_6_SIR", draw(st.floats(0, 2)), None, draw(st.floats(2.1, 5)), months=12))
    if draw(st.booleans()):
        rows.append(row("H_RECMND_DY", draw(st.integers(20, 99)), cases=draw(st.integers(1, 3000)), months=12))
    return facility(*rows)


@given(joint_facts(), st.none() | st.floats(1, 3000))
def test_the_score_lies_inside_its_range_and_the_range_inside_the_scale(
    facts: dict[str, MeasureFact], volume: float | None
) -> None:
    score = joint_score(facts, volume)
    assert 0 <= score.low <= score.score <= score.high <= 100
    assert 0 <= score.p <= 1
    assert 0 < score.coverage <= 1


@given(joint_facts(), st.floats(0.1, 3))
def test_fewer_complications_never_lower_the_score(facts: dict[str, MeasureFact], better: float) -> None:
    worse = facts["COMP_HIP_KNEE"]
    assert worse.value is not None
    assert worse.low is not None
    assert worse.high is not None
    improved = worse._replace(value=worse.value - better, low=worse.low - better, high=worse.high - better)
    assert joint_score(facts | {"COMP_HIP_KNEE": improved}).score >= joint_score(facts).score


@given(joint_facts(), st.floats(1, 3000), st.floats(1, 3000))
def test_more_cases_never_lower_the_score(facts: dict[str, MeasureFact], few: float, many: float) -> None:
    assume(few <= many)
    assert joint_score(facts, many).score >= joint_score(facts, few).score


@given(joint_facts())
def test_a_measure_that_goes_missing_pulls_to_the_average_and_widens_the_range(facts: dict[str, MeasureFact]) -> None:
    for name in set(facts) - {"COMP_HIP_KNEE"}:
        without = {other: fact for other, fact in facts.items() if other != name}
        whole, part = joint_score(facts), joint_score(without)
        its_share = 0.01 * JOINT.weights[name] * parts_of(facts)[name].z
        assert part.z == pytest.approx(whole.z - its_share)  # its weight stays: nothing is redistributed
        assert part.sd >= whole.sd - 1e-12
        assert part.coverage < whole.coverage


@given(joint_facts())
def test_a_wider_interval_means_less_certainty_and_the_same_score(facts: dict[str, MeasureFact]) -> None:
    told = facts["COMP_HIP_KNEE"]
    assert told.low is not None
    assert told.high is not None
    vague = facts | {"COMP_HIP_KNEE": told._replace(low=told.low - 0.5, high=told.high + 0.5)}
    assert joint_score(vague).score == pytest.approx(joint_score(facts).score)
    assert joint_score(vague).sd >= joint_score(facts).sd
    assert not math.isnan(joint_score(vague).p)
