"""Public criteria are judged with a reason, and an absent figure is neither good nor bad."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quality_rows import facility, row

from provider_directory.facts import MeasureFact
from provider_directory.models import CredentialState, CriterionOutcome, Tier
from provider_directory.quality.credentials import (
    ATTESTED,
    BELOW_AVERAGE,
    INPATIENT,
    CriterionResult,
    apply_staleness,
    criteria_sets,
    judge,
    public_state,
    state_flags,
    state_label,
)
from provider_directory.quality.scoring import FacilityScore

HIP_KNEE = criteria_sets()["hip-knee"]
MITRAL = criteria_sets()["mitral"]
GOOD = facility(
    row("COMP_HIP_KNEE", 3.0, 2.0, 4.0, cases=300),
    row("READM_30_HIP_KNEE", 4.0, 3.0, 5.0, cases=300),
    row("PSI_90", 1.0, 0.8, 1.2, months=24, compared="No Different Than the National Value"),
)


def score(tier: Tier = "C", p: float = 0.5, *, shown: bool = True) -> FacilityScore:
    reason = None if shown else "not enough public data"
    return FacilityScore("990001", "joint", 0.0, 0.2, 0.5, 50.0, 30.0, 70.0, p, 0.9, tier, shown, reason)


def judged(
    facts: Mapping[str, MeasureFact] = GOOD,
    scored: FacilityScore | None = None,
    stays: Mapping[str, int] | None = None,
    attested: int | None = None,
    of: str = "hip-knee",
) -> dict[str, CriterionResult]:
    return {result.id: result for result in judge(criteria_sets()[of], facts, scored, stays, attested)}


def state(results: Mapping[str, CriterionResult], of: str = "hip-knee") -> CredentialState:
    return public_state(criteria_sets()[of], tuple(results.values()))


def test_a_facility_that_passes_all_five_passes_the_public_check() -> None:
    results = judged(scored=score("A"))
    assert [result.outcome for result in results.values()] == ["pass"] * 5
    assert state(results) == "MEETS_PUBLIC"
    assert [result.specific for result in results.values()] == [True, True, False, True, True]


@pytest.mark.parametrize(
    ("measure", "criterion"), [("COMP_HIP_KNEE", "R1"), ("READM_30_HIP_KNEE", "R2"), ("PSI_90", "R3")]
)
def test_worse_than_national_fails_and_is_named_on_the_label(measure: str, criterion: str) -> None:
    facts = GOOD | {measure: GOOD[measure]._replace(compared="Worse Than the National Rate")}
    results = judged(facts, score("A"))
    assert results[criterion].outcome == "fail"
    assert state(results) == "NOT_MET"
    names = {"R1": "complications", "R2": "readmissions", "R3": "patient safety"}
    assert state_label("NOT_MET", HIP_KNEE, tuple(results.values())) == f"below public check: {names[criterion]}"


def test_every_criterion_that_fails_is_on_the_label() -> None:
    facts = GOOD | {"COMP_HIP_KNEE": GOOD["COMP_HIP_KNEE"]._replace(compared="Worse Than the National Rate")}
    results = tuple(judged(facts, score("E", 0.01)).values())
    assert state_label("NOT_MET", HIP_KNEE, results) == "below public check: complications, overall quality score"


def test_too_few_cases_are_unknown_and_quoted() -> None:
    facts = GOOD | {"COMP_HIP_KNEE": row("COMP_HIP_KNEE", None, compared="Number of Cases Too Small")}
    result = judged(facts)["R1"]
    assert (result.outcome, result.datum) == ("unknown", False)
    assert result.reason == "published as “Number of Cases Too Small”"


def test_a_comparison_on_fewer_cases_than_the_method_asks_is_unknown() -> None:
    facts = GOOD | {"COMP_HIP_KNEE": GOOD["COMP_HIP_KNEE"]._replace(cases=24, compared="Worse Than the National Rate")}
    assert judged(facts)["R1"].outcome == "unknown"


def test_an_absent_row_is_unknown() -> None:
    assert judged({})["R1"].reason == "not in the files"
    assert {result.outcome for result in judged({}).values()} == {"unknown"}
    assert state(judged({})) == "NO_EVIDENCE"


@pytest.mark.parametrize(
    ("cases", "stays", "outcome"),
    [
        (150, None, "pass"),
        (149, None, "unknown"),
        (149, {"469": 11, "470": 39}, "pass"),
        (149, {"470": 49}, "unknown"),
        (None, {"470": 50}, "pass"),
        (None, {"001": 500}, "unknown"),
        (None, None, "unknown"),
    ],
)
def test_fifty_medicare_cases_a_year_pass_and_fewer_never_fail(
    cases: float | None, stays: Mapping[str, int] | None, outcome: CriterionOutcome
) -> None:
    facts = facility(row("COMP_HIP_KNEE", 3.0, 2.0, 4.0, cases=cases))
    assert judged(facts, stays=stays)["R4"].outcome == outcome


def test_a_count_just_below_the_threshold_is_not_said_as_the_threshold() -> None:
    facts = facility(row("COMP_HIP_KNEE", 3.0, 2.0, 4.0, cases=149))
    assert judged(facts)["R4"].reason.startswith("49.7 Medicare cases a year, fewer than 50")


def test_a_statement_of_hips_and_knees_together_is_shown_and_decides_nothing() -> None:
    result = judged({}, attested=400)["R4"]
    assert result.outcome == "unknown"
    assert "400 a year" in result.reason


def test_a_stay_row_alone_is_evidence_of_the_procedure() -> None:
    assert state(judged({}, stays={"470": 60})) == "PROVISIONAL"
    assert state(judged({}, stays={"470": 12})) == "NO_EVIDENCE"


@pytest.mark.parametrize(
    ("scored", "outcome"),
    [
        (score("A"), "pass"),
        (score("C", 0.01), "pass"),
        (score("D", 0.05), "fail"),
        (score("E", 0.01), "fail"),
        (score("D", 0.0501), "unknown"),
        (score("E", 0.09), "unknown"),
        (score("E", 0.01, shown=False), "unknown"),
        (None, "unknown"),
    ],
)
def test_a_low_tier_fails_only_when_it_is_certain(scored: FacilityScore | None, outcome: CriterionOutcome) -> None:
    assert judged(scored=scored)["R5"].outcome == outcome


def test_a_doubtful_low_tier_is_flagged_and_not_excluded() -> None:
    results = judged(scored=score("E", 0.09))
    assert state(results) == "PROVISIONAL"
    assert state_flags(tuple(results.values())) == ("below average, not certain",)
    assert state_label("PROVISIONAL", HIP_KNEE, tuple(results.values())) == "partly checked"


def test_a_hospital_wide_failure_without_any_figure_on_the_procedure_is_no_evidence() -> None:
    worse = row("PSI_90", 1.9, 1.5, 2.3, months=24, compared="Worse Than the National Value")
    results = judged(facility(worse))
    assert results["R3"].outcome == "fail"
    assert state(results) == "NO_EVIDENCE"


def test_a_set_without_volume_is_at_most_without_warning() -> None:
    facts = facility(row("OP_32", 13.0, 11.0, 15.0, cases=300))
    results = judged(facts, score("A"), of="colonoscopy")
    assert {result.outcome for result in results.values()} == {"pass"}
    assert state(results, "colonoscopy") == "PROVISIONAL"
    label = state_label("PROVISIONAL", criteria_sets()["colonoscopy"], tuple(results.values()))
    assert label == "no warning in public data"


def test_a_stated_volume_passes_fails_or_is_blank() -> None:
    assert judged({}, of="mitral", attested=40)["R4"].outcome == "pass"
    assert judged({}, of="mitral", attested=39)["R4"].outcome == "fail"
    assert judged({}, of="mitral")["R4"].outcome == "unknown"
    assert judged({}, of="mitral", attested=40)["R4"].measures == (ATTESTED,)


@pytest.mark.parametrize("name", [name for name, entry in criteria_sets().items() if not entry.public])
def test_a_set_that_no_public_data_judges_has_no_evidence_whatever_is_loaded(name: str) -> None:
    results = judged(GOOD, score("A"), {"470": 400}, 500, of=name)
    assert state(results, name) == "NO_EVIDENCE"
    words = "no public check for this procedure" if name == "none" else "no public data"
    assert state_label("NO_EVIDENCE", criteria_sets()[name], tuple(results.values())) == words


def test_the_words_of_a_contract_are_not_made_here() -> None:
    assert state_label("MEETS_PUBLIC", HIP_KNEE, ()) == "passes public check"
    with pytest.raises(ValueError, match="state of a contract"):
        state_label("CONTRACT", HIP_KNEE, ())


def test_a_stale_measure_makes_its_criterion_and_the_tier_unknown() -> None:
    results = apply_staleness(tuple(judged(scored=score("A")).values()), frozenset({"PSI_90"}))
    assert [result.outcome for result in results] == ["pass", "pass", "unknown", "pass", "unknown"]
    assert results[2].reason.startswith("stale")
    assert state_flags(results) == ("public data is stale",)
    assert public_state(HIP_KNEE, results) == "PROVISIONAL"


def test_a_case_count_stands_while_one_of_its_two_sources_is_fresh() -> None:
    results = tuple(judged(stays={"470": 60}).values())
    assert results[3].measures == ("COMP_HIP_KNEE", INPATIENT)
    assert apply_staleness(results, frozenset({"COMP_HIP_KNEE"}))[3].outcome == "pass"
    assert apply_staleness(results, frozenset({"COMP_HIP_KNEE", INPATIENT}))[3].outcome == "unknown"


def vector(outcomes: tuple[CriterionOutcome, ...], datum: bool) -> tuple[CriterionResult, ...]:
    names = ("R1", "R2", "R3", "R4", "R5")
    return tuple(
        CriterionResult(name, outcome, datum, name != "R3", "", (name,))
        for name, outcome in zip(names, outcomes, strict=True)
    )


def test_the_order_of_states_is_that_of_the_method_for_every_vector() -> None:
    for outcomes in product(get_args(CriterionOutcome), repeat=5):
        found = public_state(HIP_KNEE, vector(outcomes, datum=True))
        if "fail" in outcomes:
            assert found == "NOT_MET"
        elif "unknown" not in outcomes:
            assert found == "MEETS_PUBLIC"
        elif "pass" in (*outcomes[:2], *outcomes[3:]):
            assert found == "PROVISIONAL"
        else:
            assert found == "NO_EVIDENCE"
        assert public_state(HIP_KNEE, vector(outcomes, datum=False)) == "NO_EVIDENCE"


outcomes_of_five = st.tuples(*[st.sampled_from(get_args(CriterionOutcome))] * 5)


@given(outcomes_of_five, st.sets(st.sampled_from(["R1", "R2", "R3", "R4", "R5"])))
def test_staleness_only_ever_takes_knowledge_away(outcomes: tuple[CriterionOutcome, ...], stale: set[str]) -> None:
    before = vector(outcomes, datum=True)
    after = apply_staleness(before, frozenset(stale))
    for old, new in zip(before, after, strict=True):
        assert new.outcome == ("unknown" if old.id in stale else old.outcome)
    if public_state(HIP_KNEE, after) == "MEETS_PUBLIC":
        assert public_state(HIP_KNEE, before) == "MEETS_PUBLIC"
    assert apply_staleness(after, frozenset(stale)) == after


@given(st.sampled_from(sorted(criteria_sets())), st.none() | st.integers(0, 500), st.sampled_from(get_args(Tier)))
def test_every_set_judges_anything_with_a_reason(name: str, attested: int | None, tier: Tier) -> None:
    entry = criteria_sets()[name]
    for facts in ({}, GOOD):
        results = judge(entry, facts, score(tier, 0.01), {"470": 60}, attested)
        assert [result.id for result in results] == [criterion.id for criterion in entry.criteria]
        assert all(result.reason for result in results)
        assert BELOW_AVERAGE not in state_flags(results)
        assert state_label(public_state(entry, results), entry, results)
