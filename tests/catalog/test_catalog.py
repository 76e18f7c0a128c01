"""The catalogue: procedures, rules, DRG sets by year, and every name leading to its procedure."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

import pytest

from provider_directory.catalog import load
from provider_directory.catalog.compiling import Compiler, compile_vocabulary
from provider_directory.catalog.procedures import package_text
from provider_directory.errors import UnknownProcedure
from provider_directory.models import Procedure


@cache
def rows() -> tuple[dict[str, str], ...]:
    text = (resources.files("provider_directory.catalog") / "procedures.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def test_the_catalogue_holds_146_procedures_by_their_frozen_numbers() -> None:
    assert [procedure.number for procedure in load().procedures] == list(range(1, 147))


def test_every_procedure_is_a_valid_value() -> None:
    for procedure in load().procedures:
        assert Procedure.model_validate(procedure.model_dump()) == procedure


def test_a_procedure_carries_its_rules() -> None:
    knee = load().get("total-knee-replacement")
    assert (knee.profile, knee.evidence_class, knee.criteria_set, knee.price_drg) == (
        "joint",
        "specific",
        "hip-knee",
        "470",
    )
    assert load().get("carpal-tunnel-release").price_drg is None
    assert load().get("nicu-care").pools == ("childrens",)
    assert load().get("inpatient-mental-health").pools == ("psychiatric",)
    assert load().get("vasectomy").sensitive
    assert not knee.sensitive


def test_an_unknown_id_names_the_nearest_procedures() -> None:
    with pytest.raises(UnknownProcedure) as caught:
        load().get("knee-replacment")
    assert caught.value.choices[0].id == "total-knee-replacement"
    assert caught.value.next_step


@pytest.mark.parametrize(
    ("procedure", "year", "inside", "outside"),
    [
        ("lumbar-fusion-single-level", 2024, {"459", "460", "453"}, {"450", "451", "402"}),
        ("lumbar-fusion-single-level", 2025, {"450", "451", "402"}, {"459", "460", "453"}),
        ("pci", 2023, {"246", "247", "250"}, {"321", "322", "318"}),
        ("pci", 2024, {"321", "322", "250"}, {"246", "247", "318"}),
        ("pci", 2026, {"321", "318"}, {"246"}),
        ("icd", 2022, {"222", "227"}, {"275"}),
        ("appendectomy", 2023, {"338", "343"}, {"397"}),
        ("total-hip-replacement", 2020, {"470"}, {"521", "522"}),
        ("total-hip-replacement", 2021, {"470", "521"}, set()),
        ("total-knee-replacement", 2015, {"469", "470"}, set()),
        ("cabg", 2027, {"231", "236"}, set()),
    ],
)
def test_drg_sets_follow_the_fiscal_year(procedure: str, year: int, inside: set[str], outside: set[str]) -> None:
    drgs = load().drgs(procedure, year)
    assert inside <= drgs
    assert not outside & drgs


def test_the_newest_year_holds_what_the_catalogue_lists() -> None:
    for procedure in load().procedures:
        assert load().drgs(procedure.id, 2026) == set(procedure.drgs)


def test_the_compiled_vocabulary_is_that_of_the_word_lists() -> None:
    assert package_text("vocabulary.json") == compile_vocabulary()


def test_the_same_phrase_never_settles_on_two_procedures() -> None:
    disputed = [(concepts, ids) for concepts, (ids, asks) in Compiler().patterns.items() if len(ids) > 1 and not asks]
    assert disputed == []


def test_phrases_name_procedures_of_the_catalogue() -> None:
    known = {procedure.id for procedure in load().procedures}
    assert {id_ for ids, _ in Compiler().patterns.values() for id_ in ids} <= known


MEANT_OTHERWISE = {"second opinon"}
"""Listed under the cancer opinion, but without the word cancer it is the general one that is meant."""


def spoken_words(column: str) -> list[tuple[str, str]]:
    return [(row["id"], words.strip()) for row in rows() for words in row[column].split(";") if words.strip()]


@pytest.mark.parametrize("column", ["name", "clinical_name", "synonyms", "abbreviations", "spanish", "misspellings"])
def test_every_word_of_the_catalogue_finds_its_procedure(column: str) -> None:
    lost, wrong = [], []
    for id_, words in spoken_words(column):
        answer = load().search(words)
        found = [match.id for match in answer.matches]
        if id_ not in found[:3]:
            lost.append((id_, words, found))
        elif answer.sure and found[0] != id_ and words not in MEANT_OTHERWISE:
            wrong.append((id_, words, found))
    assert lost == []
    assert wrong == []


@pytest.mark.parametrize("column", ["name", "clinical_name"])
def test_what_a_procedure_is_called_is_never_sure_of_another(column: str) -> None:
    for id_, words in spoken_words(column):
        answer = load().search(words)
        assert not answer.sure or answer.matches[0].id == id_, words
