"""`coe price-file check` answers in words and in JSON."""

from __future__ import annotations

from pathlib import Path

from command_line import CommandLine
from price_file_texts import Charge, Item, csv_text, tall_rows

ITEM = Item("Joint", (("470", "MS-DRG"),), "inpatient", (Charge("Lake Plan", "Gold", "100"),), "", "", "100", "100")


def write(folder: Path, item: Item) -> str:
    path = folder / "lakewood.csv"
    path.write_text(csv_text(tall_rows([item])), encoding="utf-8")
    return str(path)


def test_a_sound_file_is_said_to_be_valid(coe: CommandLine, tmp_path: Path) -> None:
    assert coe("price-file", "check", write(tmp_path, ITEM)) == 0
    assert "Lakewood Invented Hospital: csv tall, updated 2026-04-01" in coe.out
    assert "Valid as version 3.0.0: 0 errors, 0 alerts, 1 row checked, 1 payer." in coe.out


def test_faults_come_with_place_and_next_step_within_80_columns(coe: CommandLine, tmp_path: Path) -> None:
    path = write(tmp_path, ITEM._replace(setting="ward", gross="$5"))
    assert coe("price-file", "check", path, "--max-errors", "1") == 0
    assert "Not valid as version 3.0.0: 2 errors" in coe.out
    assert "the first 1 of 2" in coe.out
    assert max(map(len, coe.out.splitlines())) <= 80


def test_json_holds_what_its_schema_names(coe: CommandLine, tmp_path: Path) -> None:
    path = write(tmp_path, ITEM._replace(setting="ward"))
    assert coe("price-file", "check", path, "--as", "3.0", "--json") == 0
    answer = coe.json
    assert (answer["valid"], answer["rows"], answer["payers"]) == (False, 1, 1)
    assert [(found["row"], found["column"], found["code"]) for found in answer["errors"]] == [
        (4, "setting", "value_not_allowed")
    ]
    assert coe("schema", "price-file-check") == 0
    assert set(coe.json["properties"]) == set(answer)


def test_what_cannot_be_checked_is_bad_input(coe: CommandLine, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("hello")
    assert coe("price-file", "check", str(notes), "--json") == 2
    assert coe.json["error"]["code"] == "bad_input"
    assert coe("price-file", "check", str(tmp_path / "none.csv")) == 2
    assert coe("price-file", "check", write(tmp_path, ITEM), "--as", "9") == 2
    assert coe("price-file", "check", write(tmp_path, ITEM), "--max-errors", "0") == 2
