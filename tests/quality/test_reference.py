"""National means and spreads are computed as METHOD says, from the rows of one period."""

from __future__ import annotations

import math

import pytest
from quality_rows import facility, row

from provider_directory.facts import MeasureFact
from provider_directory.quality.reference import (
    CurrentRows,
    choose_reference,
    current_rows,
    packaged_reference,
    reference_from,
)

SCORED_FILES = ("complications", "unplanned_visits", "hai", "hcahps")


def bypass_deaths(ccn: str, value: float | None, *, old: bool = False) -> MeasureFact:
    end = "2023-06-30" if old else "2024-06-30"
    return row("MORT_30_CABG", value, 1.0, 3.0, ccn=ccn, start="2020-07-01" if old else "2021-07-01", end=end)


def test_only_the_most_frequent_period_among_numeric_rows_is_current() -> None:
    rows = [
        bypass_deaths("990001", 2.0),
        bypass_deaths("990002", 2.0),
        bypass_deaths("990003", 2.0, old=True),
        *(bypass_deaths(f"99001{number}", None, old=True) for number in range(5)),
    ]
    current = current_rows(rows)
    assert current.periods == {"MORT_30_CABG": ("2021-07-01", "2024-06-30")}
    assert set(current.by_ccn) == {"990001", "990002"}


def test_between_equally_frequent_periods_the_later_end_is_current() -> None:
    rows = [bypass_deaths("990001", 2.0, old=True), bypass_deaths("990002", 2.0)]
    assert current_rows(rows).periods["MORT_30_CABG"] == ("2021-07-01", "2024-06-30")
    assert current_rows(reversed(rows)).periods["MORT_30_CABG"] == ("2021-07-01", "2024-06-30")


def test_a_measure_without_any_figure_keeps_its_rows_to_say_why() -> None:
    current = current_rows([row("MORT_30_CABG", None, compared="Number of Cases Too Small")])
    assert current.by_ccn["990001"]["MORT_30_CABG"].compared == "Number of Cases Too Small"


def test_facilities_are_counted_by_file_whatever_their_period() -> None:
    rows = [bypass_deaths("990001", 2.0), bypass_deaths("990001", 2.0, old=True), row("PSI_90", None, ccn="990002")]
    assert current_rows(rows).facilities == {"complications": 2}


def by_ccn(rows: list[MeasureFact]) -> dict[str, dict[str, MeasureFact]]:
    return {f"99{number:04}": facility(fact) for number, fact in enumerate(rows)}


def test_a_published_rate_has_the_spread_of_the_rates_and_of_their_noise() -> None:
    rows = [row("MORT_30_CABG", value, value - 1.96, value + 1.96) for value in (2.0, 3.0, 4.0)]
    item = reference_from(by_ccn(rows)).items["MORT_30_CABG"]
    assert (item.n, item.mu) == (3, 3.0)
    assert item.tau == pytest.approx(math.sqrt(1.0 + 1.0))


def test_a_rate_without_its_bounds_is_out_of_the_mean() -> None:
    rows = [row("MORT_30_CABG", value, value - 1.96, value + 1.96) for value in (2.0, 4.0)]
    assert reference_from(by_ccn([*rows, row("MORT_30_CABG", 90.0)])).items["MORT_30_CABG"].mu == 3.0


def test_survey_shares_lose_the_noise_of_their_sample() -> None:
    rows = [row("H_RECMND_DY", value, cases=100, months=12) for value in (50, 70, 90)]
    item = reference_from(by_ccn([*rows, row("H_RECMND_DY", 10, cases=0), row("H_RECMND_DY", 10)])).items["H_RECMND_DY"]
    noise = (0.25 + 0.21 + 0.09) / 100 / 3
    assert item.n == 3
    assert item.mu == pytest.approx(70)
    assert item.tau == pytest.approx(100 * math.sqrt(0.04 - noise))


def test_infections_are_weighed_by_how_many_were_predicted() -> None:
    rows = [
        row("HAI_5_SIR", 0.5, None, None, observed=5, predicted=10, months=12),
        row("HAI_5_SIR", 1.5, None, None, observed=30, predicted=20, months=12),
        row("HAI_5_SIR", 0.25, None, None, observed=10, predicted=40, months=12),
    ]
    item = reference_from(by_ccn(rows)).items["HAI_5_SIR"]
    mu = 45 / 70
    between = 10 * (0.5 - mu) ** 2 + 20 * (1.5 - mu) ** 2 + 40 * (0.25 - mu) ** 2
    variance = (between - mu * 2) / (70 - (100 + 400 + 1600) / 70)
    assert item.mu == pytest.approx(mu)
    assert item.tau == pytest.approx(math.sqrt(variance))
    assert item.a == pytest.approx(mu**2 / variance)
    assert item.b == pytest.approx(mu / variance)


def test_infections_that_hardly_differ_keep_a_least_variance() -> None:
    rows = [row("HAI_5_SIR", 1.0, None, None, observed=10, predicted=10) for _ in range(3)]
    assert reference_from(by_ccn(rows)).items["HAI_5_SIR"].tau == pytest.approx(0.01)


def test_the_volume_reference_is_in_doublings_of_cases_a_year() -> None:
    rows = [row("MORT_30_CABG", 2.0 + cases / 1e6, 1.0, 3.0, cases=3 * cases) for cases in (31, 63, 127)]
    item = reference_from(by_ccn(rows)).items["VOLUME:cabg"]
    assert item.n == 3
    assert item.mu == pytest.approx(6.0)
    assert item.tau == pytest.approx(1.0)


def test_federal_and_gated_facilities_belong_to_the_reference() -> None:
    rows = {"99001F": facility(row("OP_36", 0.8, 0.6, 1.0)), "990002": facility(row("OP_36", 1.2, 1.0, 1.4))}
    assert reference_from(rows).items["SIGMA:hysterectomy"].n == 2


def test_one_facility_has_no_spread_and_an_empty_release_no_reference() -> None:
    assert "OP_36" not in reference_from(by_ccn([row("OP_36", 0.8, 0.6, 1.0)])).items
    assert not reference_from({}).items


@pytest.mark.parametrize("measure", ["OP_36", "HAI_5_SIR"])
def test_figures_without_any_spread_give_no_reference_to_divide_by(measure: str) -> None:
    rows = [row(measure, 0.0, 0.0, 0.0, observed=0, predicted=5) for _ in range(3)]
    assert measure not in reference_from(by_ccn(rows)).items


def test_the_same_volume_everywhere_separates_nobody() -> None:
    rows = [row("MORT_30_CABG", value, 1.0, 5.0, cases=150) for value in (2.0, 3.0, 4.0)]
    reference = reference_from(by_ccn(rows))
    assert "VOLUME:cabg" not in reference.items
    assert reference.items["SIGMA:cabg"].n == 3


@pytest.mark.parametrize(
    ("facilities", "origin"),
    [
        (dict.fromkeys(SCORED_FILES, 4000), "computed"),
        (dict.fromkeys(SCORED_FILES, 4000) | {"mspb": 12}, "computed"),
        (dict.fromkeys(SCORED_FILES, 4000) | {"hai": 3999}, "packaged"),
        (dict.fromkeys(SCORED_FILES[1:], 4000), "packaged"),
        ({}, "packaged"),
    ],
)
def test_a_release_gives_its_own_reference_only_when_every_scored_file_is_national(
    facilities: dict[str, int], origin: str
) -> None:
    assert choose_reference(CurrentRows({}, {}, facilities)).origin.startswith(origin)


def test_the_packaged_reference_is_that_of_the_method() -> None:
    items = packaged_reference().items
    assert (items["COMP_HIP_KNEE"].n, items["COMP_HIP_KNEE"].mu) == (1656, 3.6160628)
    assert items["SIGMA:joint"].tau == 0.47844261
    assert items["HAI_1_SIR"].b == 4.3191777
    assert "VOLUME:valve" not in items  # until a whole inpatient file is loaded (METHOD 4.2)
