"""A hostile file costs neither memory nor time: limits hold while it is unpacked."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
from source_files import GENERAL, text_of

from provider_directory.errors import SourceProblem
from provider_directory.sources import opening
from provider_directory.sources.care_compare import read_facilities
from provider_directory.sources.recognise import SourceFile, recognise


def _read_all(path: Path, member: str | None = None) -> int:
    with opening.open_text(path, member, path.name) as source:
        return sum(len(line) for line in source.text)


def test_a_file_that_unpacks_beyond_its_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "RATIO_FREE_BYTES", 1 << 16)
    monkeypatch.setattr(opening, "MAX_RATIO", 100)
    bomb = tmp_path / "bomb.gz"
    bomb.write_bytes(gzip.compress(b"a,b\n" * (1 << 20)))
    with pytest.raises(SourceProblem, match=r"bomb\.gz unpacks to more than"):
        _read_all(bomb)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x", b"a,b\n" * (1 << 20))
    with pytest.raises(SourceProblem, match=r"bomb\.zip unpacks to more than"):
        _read_all(tmp_path / "bomb.zip", "x")


def test_a_file_of_any_ratio_may_be_as_large_as_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_BYTES", 1 << 16)
    plain = tmp_path / "plain.csv"
    plain.write_bytes(b"a,b\n" * (1 << 14))
    assert _read_all(plain) == 1 << 16
    plain.write_bytes(b"a,b\n" * (1 << 14) + b"c")
    with pytest.raises(SourceProblem, match="unpacks to more than"):
        _read_all(plain)


def test_an_endless_line_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_LINE_BYTES", 1 << 18)
    endless = tmp_path / "endless.csv"
    endless.write_bytes(b"a,b\n" + b"x" * (1 << 20))
    with pytest.raises(SourceProblem, match="a line of more than"):
        _read_all(endless)


def test_lines_may_end_as_on_any_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAX_LINE_BYTES", 1 << 18)
    for ending in (b"\n", b"\r\n", b"\r"):
        path = tmp_path / "lines.csv"
        path.write_bytes((b"a,b" + ending) * (1 << 18))
        assert _read_all(path) == (3 + len(ending)) << 18


def test_a_file_that_breaks_off_while_it_is_read_is_a_problem_of_the_file(tmp_path: Path) -> None:
    rows = [GENERAL, *([f"99{number:04d}", "X"] for number in range(20_000))]
    path = tmp_path / "cut.csv.gz"
    path.write_bytes(gzip.compress(text_of(rows).encode())[:-100])
    found, _ = recognise(tmp_path)
    with pytest.raises(SourceProblem, match=r"cut\.csv\.gz cannot be read") as raised:
        read_facilities(found[0])
    assert raised.value.next_step


def test_a_file_that_went_away_is_a_problem_of_the_file(tmp_path: Path) -> None:
    gone = SourceFile(tmp_path / "gone.csv", None, "gone.csv", "hospital_general", "Hospital General Information", None)
    with pytest.raises(SourceProblem, match=r"gone\.csv cannot be read"):
        read_facilities(gone)
    zipped = tmp_path / "a.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("x", "y")
    with pytest.raises(SourceProblem, match="holds no member"):
        _read_all(zipped, "member")


def test_an_encrypted_archive_is_skipped_with_its_reason(tmp_path: Path) -> None:
    zipped = tmp_path / "secret.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("x.csv", "a,b")
    data = bytearray(zipped.read_bytes())
    data[6] |= 1  # the flag of the member's own header
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and that of the directory
    zipped.write_bytes(data)
    assert "encrypted" in recognise(tmp_path)[1][0].reason


def test_an_archive_packed_in_a_rare_way_is_skipped_with_its_reason(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "rare.zip", "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("x.csv", "a,b")
    assert "not read" in recognise(tmp_path)[1][0].reason
