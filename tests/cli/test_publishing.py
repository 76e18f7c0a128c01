"""`coe build` and `coe edition`: publish, list, verify, roll back, write tables."""

from __future__ import annotations

import csv
import io
import shutil
from collections import Counter
from pathlib import Path

import pytest
from command_line import CommandLine

from navigator.cli.json_answers import build_answer
from provider_directory import tables
from provider_directory.edition.manifest import read_manifest
from provider_directory.edition.pointer import sidecar_of
from provider_directory.edition.publish import Shelf


@pytest.fixture
def shelved(coe: CommandLine, tmp_path: Path, demonstration_edition: Path) -> str:
    """Put the demonstration edition on the shelf of the command line; gives its name."""
    shelf = Shelf(tmp_path / "editions")
    part = shelf.part_file()
    shutil.copy(demonstration_edition, part)
    shutil.copy(sidecar_of(demonstration_edition), sidecar_of(part))
    return shelf.put(part).stem


def test_a_build_out_of_the_shelf_is_not_published(
    coe: CommandLine, tmp_path: Path, shelved: str, few_sources: Path, few_zips: None
) -> None:
    out = tmp_path / "elsewhere.sqlite"
    asked = ("build", "--from", str(few_sources), "--out", str(out), "--release", "2026-01", "--json")
    assert coe(*asked) == 0
    assert not coe.json["published"]
    assert coe.json["edition"] == read_manifest(out).name
    assert build_answer().model_validate_json(coe.out)
    for report in coe.json["files"]:
        assert report["read"] == report["kept"] + report["duplicates"] + sum(report["set_aside"].values())
    assert Shelf(tmp_path / "editions").current() == tmp_path / "editions" / f"{shelved}.sqlite"


def test_an_empty_folder_is_refused_and_nothing_changes(coe: CommandLine, tmp_path: Path, shelved: str) -> None:
    (tmp_path / "empty").mkdir()
    assert coe("build", "--from", str(tmp_path / "empty"), "--json") == 2
    assert coe.json["error"]["code"] == "source_problem"
    assert coe("edition", "list", "--json") == 0
    assert [(entry["name"], entry["in_use"]) for entry in coe.json] == [(shelved, True)]


def test_the_edition_in_use_is_shown_and_verifies(coe: CommandLine, shelved: str) -> None:
    assert coe("edition", "show", "--json") == 0
    assert coe.json["name"] == shelved
    assert coe("edition", "show", shelved[:8]) == 0
    assert "DEMONSTRATION" in coe.out
    assert coe("edition", "verify") == 0
    assert shelved in coe.out
    assert coe("edition", "use", shelved[:8]) == 0
    assert coe("edition", "list") == 0
    assert shelved[:12] in coe.out


def test_a_flipped_bit_is_told_with_what_to_do(coe: CommandLine, tmp_path: Path, shelved: str) -> None:
    path = tmp_path / "editions" / f"{shelved}.sqlite"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)
    assert coe("edition", "verify", "--json") == 2
    assert coe.json["error"]["code"] == "edition_problem"
    assert "coe edition list" in coe.json["error"]["message"]


def test_an_unknown_name_is_told_with_the_names_there_are(coe: CommandLine, shelved: str) -> None:
    assert coe("edition", "show", "ffff0000", "--json") == 2
    assert [choice["id"] for choice in coe.json["error"]["choices"]] == [shelved]


def test_the_score_table_has_a_row_for_every_score_gated_ones_too(coe: CommandLine, shelved: str) -> None:
    assert coe("edition", "table", "scores", "--csv") == 0
    rows = list(csv.DictReader(io.StringIO(coe.out)))
    assert list(rows[0]) == list(tables.SCORE_COLUMNS)
    assert {row["shown"] for row in rows} == {"true", "false"}
    for row in rows:
        assert float(row["low"]) <= float(row["score"]) <= float(row["high"])
        assert (row["shown"] == "true") == (row["reason"] == "")


def test_the_credential_table_names_every_state_and_criterion(coe: CommandLine, shelved: str) -> None:
    assert coe("edition", "table", "credentials", "--csv", "--on", "2026-11-22") == 0
    rows = list(csv.DictReader(io.StringIO(coe.out)))
    assert list(rows[0]) == ["ccn", "criteria_set", "state", "R1", "R2", "R3", "R4", "R5"]
    knee = Counter(row["state"] for row in rows if row["criteria_set"] == "hip-knee")
    assert set(knee) == {"MEETS_PUBLIC", "PROVISIONAL", "NOT_MET", "NO_EVIDENCE"}
    for row in rows:
        outcomes = {row[number] for number in ("R1", "R2", "R3", "R4", "R5")}
        if row["state"] == "MEETS_PUBLIC":
            assert outcomes <= {"pass", ""}
        if row["state"] == "NOT_MET":
            assert "fail" in outcomes


def test_figures_of_a_release_over_a_year_old_are_stale_and_prove_nothing(coe: CommandLine, shelved: str) -> None:
    assert coe("edition", "table", "credentials", "--on", "2027-02-01") == 0
    rows = [row for row in csv.DictReader(io.StringIO(coe.out)) if row["criteria_set"] == "hip-knee"]
    assert {row["state"] for row in rows} == {"NO_EVIDENCE"}
    assert {row[number] for row in rows for number in ("R1", "R2", "R3", "R4", "R5")} == {"unknown"}


def test_an_unknown_table_is_refused(coe: CommandLine, shelved: str) -> None:
    assert coe("edition", "table", "secrets", "--csv") == 2
    assert "scores, credentials" in coe.err
