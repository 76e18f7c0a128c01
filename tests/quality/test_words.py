"""CMS words and footnotes are read as they are written, in every spelling that the files hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provider_directory.quality.profiles import measures
from provider_directory.quality.words import compared_class, footnotes, spoken_figure


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Better Than the National Rate", "better"),
        ("Better than the National Benchmark", "better"),
        ("Better than expected", "better"),
        ("Fewer Days Than Average per 100 Discharges", "better"),
        ("No Different Than the National Value", "same"),
        ("No Different than National Benchmark", "same"),
        ("no different than expected", "same"),
        ("Average Days per 100 Discharges", "same"),
        ("WORSE THAN THE NATIONAL RATE", "worse"),
        ("Worse than the National Benchmark", "worse"),
        ("More Days Than Average per 100 Discharges", "worse"),
        ("Number of Cases Too Small", None),
        ("Number of cases too small", None),
        ("Not Available", None),
        ("Nothing", None),
        ("", None),
    ],
)
def test_the_comparison_is_read_by_its_first_word(text: str, verdict: str | None) -> None:
    assert compared_class(text) == verdict


def test_footnotes_are_explained_one_by_one() -> None:
    assert [code for code, _ in footnotes("3, 13, 29")] == ["3", "13", "29"]
    assert footnotes("8")[0][1].startswith("no infections occurred")
    assert footnotes("") == []


def test_an_older_files_footnote_text_is_read_by_its_number() -> None:
    assert [code for code, _ in footnotes("1 - The number of cases is too small.")] == ["1"]


def test_an_unknown_footnote_is_named_and_not_hidden() -> None:
    assert footnotes("77") == [("77", "CMS footnote 77, meaning not known")]


@given(st.text(max_size=60))
def test_no_footnote_text_is_ever_a_fault(text: str) -> None:
    assert all(words for _, words in footnotes(text))


def test_a_rate_is_said_with_whom_it_is_about_and_the_national_figure() -> None:
    assert spoken_figure(measures()["COMP_HIP_KNEE"], 2.4) == (
        "Of Medicare patients, 65 and over, who had a hip or knee replaced there, 2.4 in 100 had a complication; "
        "nationally 3.6."
    )


@pytest.mark.parametrize(
    ("measure", "value", "sentence"),
    [
        (
            "OP_32",
            12.1,
            "Of Medicare patients, 65 and over, who had a colonoscopy there, 12.1 in 1,000 had an unplanned hospital "
            "visit within 7 days; nationally 13.",
        ),
        (
            "HAI_6_SIR",
            0.2,
            "C. difficile infections: ratio 0.2, lower is better; all hospitals together 0.36.",
        ),
        (
            "H_RECMND_DY",
            88,
            "Of adult patients who stayed overnight, of any payer, who answered the survey, 88 in 100 would "
            "definitely recommend the hospital; nationally 71.",
        ),
        (
            "EDAC_30_AMI",
            -15.6,
            "Days back in a hospital after a heart attack: 15.6 fewer days than expected for every 100 patients.",
        ),
    ],
)
def test_each_kind_of_figure_has_its_own_sentence(measure: str, value: float, sentence: str) -> None:
    assert spoken_figure(measures()[measure], value) == sentence


def test_every_measure_can_be_said() -> None:
    for measure in measures().values():
        assert spoken_figure(measure, 1.0).endswith(".")
