"""Every row of a file is kept, collapsed into its twin or set aside, and counted once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from source_files import COMPLICATIONS, HEADERS, row, source_of, text_of, write, written

from provider_directory.errors import SourceProblem
from provider_directory.sources.care_compare import read_facilities, read_measures
from provider_directory.sources.inpatient import read_inpatient
from provider_directory.sources.points import read_points
from provider_directory.sources.reading import CONFLICTING_ROWS, MEASURE_NOT_USED, Reading
from provider_directory.sources.recognise import SourceFile
from provider_directory.sources.roster import read_roster
from provider_directory.sources.zips import read_zip_points

WANTED = frozenset({"COMP_HIP_KNEE", "HAI_1_SIR", "H_RECMND_DY", "MSPB-1"})


_READERS: dict[str, Callable[[SourceFile], Reading[Any]]] = {
    "hospital_general": read_facilities,
    "inpatient": read_inpatient,
    "points": read_points,
    "zip_points": read_zip_points,
    "roster": lambda file: read_roster(file, frozenset({"bypass"}), frozenset({"cabg"})),
}


def _read(source: SourceFile) -> Reading[Any]:
    reader = _READERS.get(source.dataset)
    return reader(source) if reader else read_measures(source, WANTED)


def _balances(reading: Reading[Any]) -> bool:
    return reading.read == reading.kept + reading.duplicates + sum(reading.set_aside.values())


_WORDS = ("", "990001", "990002", "bad", "470", "2.4", "Not Available", "04/01/2021", "03/31/2024", "13/13/2024")
_MEASURES = ("COMP_HIP_KNEE", "HAI_1_SIR", "HAI_1_CILOWER", "H_RECMND_DY", "MSPB-1", "43.05", "cabg", 'a"b', "x,y")
_CELL = st.sampled_from(_WORDS + _MEASURES)


@settings(max_examples=120, deadline=None)
@given(
    dataset=st.sampled_from(sorted(HEADERS)),
    cells=st.lists(st.lists(_CELL, min_size=0, max_size=33), max_size=8),
    repeats=st.integers(min_value=1, max_value=2),
)
def test_read_is_kept_and_duplicates_and_set_aside(dataset: str, cells: list[list[str]], repeats: int) -> None:
    plain = row(dataset)
    rows = [[*some[: len(plain)], *plain[len(some) :]] if number % 2 else some for number, some in enumerate(cells)]
    with TemporaryDirectory() as folder:
        path = write(Path(folder) / "x.csv", dataset, *(rows * repeats))
        reading = _read(SourceFile(path, None, "x.csv", dataset, dataset, None))
    assert _balances(reading)
    assert reading.read == sum(1 for one in rows if one) * repeats
    assert all(len([e for e in reading.examples if e.reason == r]) <= 3 for r in reading.set_aside)
    assert not (reading.conflict and reading.facts)


@settings(max_examples=120, deadline=None)
@given(dataset=st.sampled_from(sorted(HEADERS)), body=st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_no_bytes_break_a_reader(dataset: str, body: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = write(Path(folder) / "x.csv", dataset)
        path.write_bytes(path.read_bytes() + body)
        assert _balances(_read(SourceFile(path, None, "x.csv", dataset, dataset, None)))


def test_identical_rows_collapse(tmp_path: Path) -> None:
    same = row("complications")
    reading = read_measures(written(tmp_path, "complications", same, same, same), WANTED)
    assert (reading.read, reading.kept, reading.duplicates) == (3, 1, 2)
    assert reading.conflict is None


def test_a_lost_leading_zero_makes_no_other_row(tmp_path: Path) -> None:
    rows = row("complications", Facility_ID="010001"), row("complications", Facility_ID="10001")
    reading = read_measures(written(tmp_path, "complications", *rows), WANTED)
    assert (reading.kept, reading.duplicates) == (1, 1)


def test_two_rows_that_contradict_each_other_set_the_file_aside_whole(tmp_path: Path) -> None:
    rows = [row("complications", Facility_ID="990007"), row("complications"), row("complications", Score="9.9")]
    reading = read_measures(written(tmp_path, "complications", *rows), WANTED)
    assert reading.facts == []
    assert reading.set_aside == {CONFLICTING_ROWS: 3}
    assert reading.conflict is not None
    assert reading.conflict.startswith("Rows 3 and 4 of complications.csv differ for Facility ID 990001")
    assert "Measure ID COMP_HIP_KNEE" in reading.conflict
    assert [example.reason for example in reading.examples] == [CONFLICTING_ROWS]


def test_a_contradiction_of_a_measure_that_is_not_used_counts_too(tmp_path: Path) -> None:
    rows = [row("complications", Measure_ID="PSI_12"), row("complications", Measure_ID="PSI_12", Score="9.9")]
    assert read_measures(written(tmp_path, "complications", *rows), WANTED).conflict is not None


def test_rows_of_two_periods_do_not_contradict_each_other(tmp_path: Path) -> None:
    rows = [row("complications"), row("complications", Score="9.9", Start_Date="04/01/2018", End_Date="03/31/2021")]
    reading = read_measures(written(tmp_path, "complications", *rows), WANTED)
    assert [fact.end for fact in reading.facts] == ["2024-03-31", "2021-03-31"]


def test_broken_rows_are_set_aside_by_reason_with_their_place(tmp_path: Path) -> None:
    rows = [
        row("complications", Facility_ID="NONE"),
        row("complications")[:-2],
        [*row("complications"), "more"],
        row("complications", Start_Date="2021"),
        row("complications", Facility_Name="A\0B"),
        [*row("complications"), " ", ""],
    ]
    reading = read_measures(written(tmp_path, "complications", *rows), WANTED)
    found = {example.reason: (example.row, example.found) for example in reading.examples}
    assert found == {
        "bad_ccn": (2, "NONE"),
        "too_few_columns": (3, "16 columns"),
        "too_many_columns": (4, "19 columns"),
        "bad_date": (5, "2021 to 03/31/2024"),
        "nul_character": (6, "NUL character"),
    }
    assert reading.kept == 1
    assert all(example.expected and example.next_step for example in reading.examples)


def test_what_the_csv_module_refuses_is_one_row_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    huge = row("complications", Facility_Name="x" * 200_000)
    path.write_text(text_of([COMPLICATIONS, huge, row("complications")]))
    reading = read_measures(source_of(path), WANTED)
    assert reading.set_aside == {"not_csv": 1}
    assert (reading.kept, reading.facts[0].row) == (1, 3)


def test_blank_lines_are_no_rows_but_keep_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text_of([COMPLICATIONS, [], row("complications"), []]))
    reading = read_measures(source_of(path), WANTED)
    assert (reading.read, reading.facts[0].row) == (1, 3)


def test_only_the_first_three_rows_of_a_reason_are_shown(tmp_path: Path) -> None:
    rows = [row("complications", Facility_ID=f"X{number}") for number in range(5)]
    reading = read_measures(written(tmp_path, "complications", *rows), WANTED)
    assert reading.set_aside == {"bad_ccn": 5}
    assert [example.row for example in reading.examples] == [2, 3, 4]


def test_measures_that_are_not_used_are_counted_without_examples(tmp_path: Path) -> None:
    reading = read_measures(written(tmp_path, "complications", row("complications", Measure_ID="PSI_12")), WANTED)
    assert (reading.set_aside, reading.examples) == ({MEASURE_NOT_USED: 1}, [])


@pytest.mark.parametrize("name", ["x.csv", "x.gz", "x.zip"])
def test_the_checksum_is_that_of_the_bytes_on_disk(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, "points", row("points"))
    assert read_points(source_of(path)).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_column_that_went_missing_is_named_with_what_was_found(tmp_path: Path) -> None:
    path = write(tmp_path / "x.csv", "complications", header=[*COMPLICATIONS[:-1], "Finish"])
    with pytest.raises(SourceProblem, match='lacks the column "End Date"; found were Facility ID, ') as raised:
        read_measures(SourceFile(path, None, "x.csv", "complications", "", None), WANTED)
    assert raised.value.next_step
