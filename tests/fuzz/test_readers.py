"""Whatever a file holds, its reader gives a full account or refuses it in words (TRUST B5; docs/fuzzing.md)."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

import pytest
from fuzz_seeds import seeds
from fuzz_targets import TARGETS, read_table, workbook_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from source_files import HEADERS, row, write

from provider_directory.sources.recognise import SourceFile

EXAMPLES = {"workbook": 25}
CHUNKS = (
    *(
        b"\r",
        b"\0",
        b'"',
        b"\xff",
        b"\n",
        b",",
        b"|",
        b";",
        b'""',
        b"{",
        b"[",
        b"]",
        b"}",
        b":",
        b"\\ud800",
        b"\xef\xbb\xbf",
    ),
    *(b"NaN", b"Infinity", b"-1", b"1e999", b"9" * 400, b"0", b"true", b"null", b"=1+1", b"A1:XFD1048576"),
    *(b"\x1b[2J", b"\x1b]52;c;UFdORUQ=\x07", b"\xe2\x80\xae", b"\xe2\x80\x8b", b"\xc2\x9b2J", b"[@click=app.quit]X[/]"),
    *(b"9999-12-31", b"0001-01-01", b"99:99", b"2026-02-30", b"-91", b"EXAMPLE", b"&#0;", b"<x>"),
)
"""What breaks readers: ends of things where none are expected, figures out of bounds, and what acts on a terminal."""
EDIT = st.tuples(
    st.sampled_from(("put", "put", "over", "cut", "twice", "flip", "columns")),
    st.floats(0, 1),
    st.integers(1, 40),
    st.sampled_from(CHUNKS),
)


def mutated(data: bytes, edits: list[tuple[str, float, int, bytes]]) -> bytes:
    for kind, place, size, chunk in edits:
        at = int(place * len(data))
        before, here, after = data[:at], data[at : at + size], data[at + size :]
        match kind:
            case "put":
                data = before + chunk + here + after
            case "over":
                data = before + chunk + after
            case "cut":
                data = before + after
            case "twice":
                data = before + here + here + after
            case "columns":
                data = with_other_columns(data, size, chunk)
            case _:
                data = before + bytes(byte ^ 1 << size % 8 for byte in here[:1]) + here[1:] + after
    return data


def with_other_columns(data: bytes, turn: int, name: bytes) -> bytes:
    """Give a table with a column twice, gone, renamed or far too often, or in another encoding of ends and letters."""
    rows = [line.split(b",") for line in data.split(b"\n")]
    at = turn % len(rows[0])
    match turn % 7:
        case 0:
            rows = [[*row, *row[at : at + 1]] for row in rows]
        case 1:
            rows = [row[:at] + row[at + 1 :] for row in rows]
        case 2:
            rows[0][at] = name
        case 3:
            rows[0] += [b"x"] * 3_000
        case 4:
            rows = rows[:1] + rows[1:2] * 3 + rows[2:]
        case 5:
            return data.decode("utf-8", "replace").encode("utf-16")
        case _:
            return data.replace(b"\n", b"\r", turn).replace(b"\n", b"\r\n", turn)
    return b"\n".join(map(b",".join, rows))


@pytest.mark.parametrize("target", TARGETS)
def test_a_reader_answers_to_any_file_in_its_own_words(target: str) -> None:
    begun = seeds(target)

    @settings(max_examples=EXAMPLES.get(target, 50), suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(begun), st.lists(EDIT, max_size=6), st.binary(max_size=40))
    def tried(seed: bytes, edits: list[tuple[str, float, int, bytes]], end: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            TARGETS[target](mutated(seed, edits) + end, Path(folder))

    with tempfile.TemporaryDirectory() as folder:
        for seed in begun:
            TARGETS[target](seed, Path(folder))
    tried()


@pytest.mark.parametrize("dataset", ["hospital_general", "complications", "inpatient", "points"])
def test_a_table_in_a_workbook_says_what_it_says_as_csv(tmp_path: Path, dataset: str) -> None:
    path = write(tmp_path / "table.csv", dataset, row(dataset), row(dataset))
    plain = read_table(SourceFile(path, None, "table", dataset, "", None))
    cells = [HEADERS[dataset], row(dataset), row(dataset)]
    lines = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in line) + "</row>" for line in cells
    )
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    book = tmp_path / "table.xlsx"
    book.write_bytes(workbook_of(f'<worksheet xmlns="{name}"><sheetData>{lines}</sheetData></worksheet>'.encode()))
    packed = read_table(SourceFile(book, "Rows", "table", dataset, "", None))
    assert (packed.facts, packed.kept, packed.duplicates) == (plain.facts, 1, 1)


@pytest.mark.skipif(os.environ.get("COE_FUZZ") != "atheris", reason="by option: COE_FUZZ=atheris, see docs/fuzzing.md")
@pytest.mark.parametrize("target", TARGETS)
def test_fuzzing_that_is_led_by_coverage_finds_nothing(target: str, tmp_path: Path) -> None:
    python = os.environ.get("COE_FUZZ_PYTHON", "python")
    script = Path(__file__).with_name("with_atheris.py")
    subprocess.run([python, script, target, os.environ.get("COE_FUZZ_SECONDS", "300"), tmp_path], check=True)
    assert [path.read_text() for path in (tmp_path / "found").glob("*.txt")] == []
