"""The readers and the check on CMS's own examples, and the verdicts of CMS's validator."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from provider_directory.sources.price_file import WantedCodes, is_price_file, open_price_file
from provider_directory.sources.price_file.checking import check_price_file
from provider_directory.sources.reading import Reading
from provider_directory.sources.recognise import SourceFile

FILES = Path(__file__).parents[3] / "shared" / "data" / "hpt_mrf"
V3 = FILES / "cms_official_v3"

pytestmark = [pytest.mark.real, pytest.mark.skipif(not FILES.is_dir(), reason="the public files are not here")]


@cache
def verdicts() -> Mapping[str, Any]:
    text = (FILES / "hpt_validator_2.4.0_verdicts.json").read_text(encoding="utf-8")
    said: dict[str, Any] = json.loads(text)
    return said


def test_the_check_agrees_with_cms_validator_on_all_its_verdicts() -> None:
    assert len(verdicts()) == 87
    differing = []
    for pair, verdict in verdicts().items():
        name, version = pair.split("@v")
        outcome = check_price_file(FILES / name, None, version)
        if (outcome.findings.error_count == 0) != verdict["valid"]:
            differing.append(pair)
    assert differing == []


def read(path: Path) -> tuple[list[tuple[str, str, str, str, str]], Reading[Any]]:
    account: Reading[Any] = Reading(SourceFile(path, None, path.name, "price_file", "Price file", None))
    wanted = WantedCodes(frozenset({"470", "786"}), frozenset({"49505", "70551"}))
    with open_price_file(path) as file:
        assert (file.head.license_number, file.head.license_state) == ("50056", "CA")
        rates = [(rate.code, rate.payer, rate.plan, rate.dollar, rate.median) for rate in file.rates(wanted, account)]
    assert account.read == account.kept + sum(account.set_aside.values())
    return rates, account


def test_the_three_examples_of_version_3_say_the_same() -> None:
    tall, _ = read(V3 / "V3.0.0_Tall_CSV_Format_Example.csv")
    wide, _ = read(V3 / "V3.0.0_Wide_CSV_Format_Example.csv")
    listed, _ = read(V3 / "v3_json_format_example.json")
    assert sorted(tall) == sorted(wide) == sorted(listed)
    stays = sorted(rate[3] for rate in tall if rate[0] == "470")
    assert stays == ["14000", "49000"]  # METHOD 3.1


def test_the_examples_are_known_by_their_content_and_a_free_layout_is_not() -> None:
    kinds = {path.name: is_price_file(path) for path in (FILES / "mrfkit_fixtures").iterdir() if path.is_file()}
    assert kinds["south-texas-format_standardcharges.csv"] is None
    assert kinds["flat-tall_standardcharges.json"] is None
    assert kinds["multi-npi_standardcharges.csv"] == "csv wide"
    assert kinds["cms-v3_standardcharges.json"] == "json"
