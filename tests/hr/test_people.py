"""A file of people by ZIP is read to the last row: kept or set aside with a reason."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from navigator.hr.desk import Facts, HrDesk
from navigator.hr.people import MOST_PEOPLE, read_people
from navigator.hr.reach_cards import people_of
from provider_directory.errors import BadInput
from provider_directory.testing import TODAY, FakeDirectory, an_edition

CELL = st.one_of(
    st.sampled_from(["53202", "2119", "53202-1234", "1,200", "0", "-3", "1e9", "NaN", ""]), st.text(max_size=8)
)


@given(rows=st.lists(st.tuples(CELL, CELL), max_size=12))
def test_every_row_is_kept_or_set_aside(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    path = tmp_path_factory.getbasetemp() / "any-people.csv"
    buffer = io.StringIO()
    csv.writer(buffer).writerows([("zip", "count"), *rows])
    path.write_text(buffer.getvalue(), encoding="utf-8", errors="replace", newline="")
    try:
        read = read_people(path)
    except BadInput:
        return
    assert read.read == read.kept + len(read.set_aside)
    assert all(len(zip_code) == 5 and 0 <= count <= MOST_PEOPLE * 12 for zip_code, count in read.counts.items())
    assert read.people == sum(read.counts.values())


def test_a_workbook_gives_what_the_same_table_as_csv_gives(tmp_path: Path) -> None:
    rows = [("Zip", "Count", "note"), (2119, 17, ""), ("53202", 120, ""), ("53202-0001", "1,000", ""), ("abc", 3, "")]
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "people.xlsx")
    with (tmp_path / "people.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    first, second = (read_people(tmp_path / name) for name in ("people.xlsx", "people.csv"))
    assert first == second
    assert first.counts == {"02119": 17, "53202": 1120}
    assert first.set_aside == ('row 5: "abc" is no ZIP code',)


def test_more_people_than_there_are_rows_and_bytes_beyond_the_bounds_are_not_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"zip,count\n53202,{'9' * 5000}\n53202,{MOST_PEOPLE + 1}\n53202,12\n", encoding="utf-8")
    assert (read_people(path).counts, len(read_people(path).set_aside)) == ({"53202": 12}, 2)
    for bound in ("MOST_ROWS", "MOST_BYTES"):
        with monkeypatch.context() as less:
            less.setattr(f"navigator.hr.people.{bound}", 2)
            with pytest.raises(BadInput, match=r"more than 2 rows|larger than"):
                read_people(path)


@pytest.mark.parametrize(
    "content", [b"", b"place,people\n1,2\n", b"\xff\xfe\x00", b"PK\x03\x04rubbish", b'zip,count\n"53']
)
def test_what_is_no_such_file_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"people\.csv"):
        read_people(path)
    with pytest.raises(BadInput, match="cannot be read"):
        read_people(tmp_path / "none.csv")


async def test_at_a_browser_no_file_outside_the_folder_can_be_named_or_told_from_one_that_is_not_there(
    tmp_path: Path,
) -> None:
    folder, text = tmp_path / "people", "zip,count\n53202,20\n"
    folder.mkdir()
    for file in (folder / "ours.csv", tmp_path / "other.csv"):
        file.write_text(text, encoding="utf-8")
    (folder / "link.csv").symlink_to(tmp_path / "other.csv")
    desk = HrDesk(FakeDirectory(), an_edition(), None, None, TODAY, people_folder=folder)
    read = await people_of(desk, Facts({"people": "ours.csv"}))
    assert read is not None
    assert read.counts == {"53202": 20}
    said = set()
    for name in (str(tmp_path / "other.csv"), "../other.csv", "../none.csv", "..", "link.csv", "/etc/passwd", "~/x"):
        with pytest.raises(BadInput) as refused:
            await people_of(desk, Facts({"people": name}))
        said.add(str(refused.value))
    assert len(said) == 1
