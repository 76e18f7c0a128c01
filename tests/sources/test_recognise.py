"""Files are known by their header, however they are named, packed or encoded."""

from __future__ import annotations

import gzip
import json
import zipfile
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from source_files import GENERAL, HEADERS, INPATIENT, SPENDING, row, text_of, write

from provider_directory.errors import SourceProblem
from provider_directory.sources.care_compare import read_facilities
from provider_directory.sources.recognise import recognise


@pytest.mark.parametrize("dataset", sorted(HEADERS))
@pytest.mark.parametrize("name", ["a.csv", "b.gz", "c.zip", "no suffix"])
def test_every_file_is_known_by_its_header(tmp_path: Path, dataset: str, name: str) -> None:
    measure = {"Measure_ID": "MSPB-1"} if dataset == "mspb" else {}
    write(tmp_path / name, dataset, row(dataset, **measure))
    found, skipped = recognise(tmp_path)
    assert [(file.dataset, skipped) for file in found] == [(dataset, [])]


def test_the_full_inpatient_layout_is_known_too(tmp_path: Path) -> None:
    full = [*INPATIENT[:3], "Rndrng_Prvdr_St", "Rndrng_Prvdr_State_FIPS", *INPATIENT[3:]]
    write(tmp_path / "a.csv", "inpatient", header=[*full, "Rndrng_Prvdr_RUCA", "Rndrng_Prvdr_RUCA_Desc"])
    assert recognise(tmp_path)[0][0].dataset == "inpatient"


def test_the_columns_of_the_datastore_are_the_same_columns(tmp_path: Path) -> None:
    names = [name.lower().replace(" ", "_").replace("/", "") for name in GENERAL]
    write(tmp_path / "a.csv", "hospital_general", row("hospital_general"), header=names)
    assert recognise(tmp_path)[0][0].dataset == "hospital_general"


def test_a_byte_order_mark_and_windows_letters_are_read(tmp_path: Path) -> None:
    text = text_of([GENERAL, row("hospital_general", Facility_Name="CLÍNICA “ÑANDU”")])
    (tmp_path / "bom.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (tmp_path / "windows.csv").write_bytes(text.encode("cp1252"))
    found, _ = recognise(tmp_path)
    assert [read_facilities(file).facts[0].name for file in found] == ["CLÍNICA “ÑANDU”"] * 2


def test_an_archive_of_many_files_is_looked_through(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "hospitals_01_2026.zip", "w") as archive:
        archive.writestr("../../etc/general.csv", text_of([GENERAL, row("hospital_general")]))
        archive.writestr("readme.txt", "Hello")
    found, skipped = recognise(tmp_path)
    assert [file.dataset for file in found] == ["hospital_general"]
    assert [item.name for item in skipped] == ["hospitals_01_2026.zip/readme.txt"]
    assert read_facilities(found[0]).kept == 1
    assert [path.name for path in tmp_path.parent.rglob("general.csv")] == []


def test_the_order_is_that_of_the_names(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("z.csv", "a.csv", "deep/b.csv"):
        write(tmp_path / name, "points")
    assert [file.name for file in recognise(tmp_path)[0]] == ["a.csv", "z.csv", "deep/b.csv"]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Facility Name,Facility ID,State,Measure Name,Excess Readmission Ratio", "Hospital Readmissions Reduction"),
        (
            "Provider ID,Hospital Name,Address,City,State,ZIP Code,Type of Hospital",
            'Hospital General Information, but lacks columns "Telephone Number", "Hospital Type" (perhaps "Type of',
        ),
        ("Provider Number,Hospital Name,Hospital 30-Day Death (Mortality) Rates", 'file ("Provider Number", about'),
        (
            "Provider Number,Footnote - Hospital 30-Day Readmission Rates from Pneumonia",
            "Readmission Rates from Pneumonia, 1 column: READM_30_PN, in no score",
        ),
        ("Hospital Name,Excess Readmission Ratio", "Excess Readmission Ratio: a ratio for Medicare's penalty"),
        (
            "Provider Id,Provider Name,DRG Definition,Average Covered Charges",
            "Tot_Dschrgs: not there; without it no volume is known",
        ),
        ("Facility ID,Measure ID,Measure Name,Sample,Score,Footnote,Start Date,End Date", "process-of-care"),
        (",".join(name for name in GENERAL if name != "Hospital Type"), 'lacks column "Hospital Type"'),
        ("alliance,criteria_set,state", "none of the columns facility_id, ccn, npi, name"),
        ("a,b,c", "are of no file that is read here"),
        ("hello", "no CSV table"),
        ("", "no CSV table"),
    ],
)
def test_a_file_that_is_not_read_is_named_with_the_reason(tmp_path: Path, header: str, words: str) -> None:
    (tmp_path / "x.csv").write_text(header + "\n")
    found, skipped = recognise(tmp_path)
    assert found == []
    assert [item.name for item in skipped] == ["x.csv"]
    assert words in skipped[0].reason


def test_the_imaging_file_is_not_taken_for_the_spending_file(tmp_path: Path) -> None:
    write(tmp_path / "x.csv", "mspb", row("mspb", Measure_ID="OP-10"), header=SPENDING)
    found, skipped = recognise(tmp_path)
    assert found == []
    assert '"OP-10", not MSPB-1' in skipped[0].reason


@pytest.mark.parametrize(
    "data",
    [
        json.dumps({"rows": ["x" * 70_000]}).encode(),
        b"\0\1\2,\0",
        "a,b\n".encode("utf-16"),
        gzip.compress(b"Facility ID,b\n")[:-12],
        b"PK\x03\x04 broken",
        b'"' + b"x" * 200_000,
        b"\x1f\x8b",
    ],
    ids=["json", "binary", "utf-16", "cut gzip", "broken zip", "endless quote", "empty gzip"],
)
def test_a_file_that_is_no_table_is_skipped_and_no_failure(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x").write_bytes(data)
    found, skipped = recognise(tmp_path)
    assert (found, len(skipped)) == ([], 1)


def test_an_archive_without_files_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("folder/", "")
    assert [item.reason for item in recognise(tmp_path)[1]] == ["It is an archive without files."]


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, 10_000), byte=st.integers(0, 255), name=st.sampled_from(["x.zip", "x.gz"]))
def test_no_damaged_byte_of_an_archive_breaks_the_reading(at: int, byte: int, name: str) -> None:
    with TemporaryDirectory() as folder:
        path = write(Path(folder) / name, "hospital_general", row("hospital_general"))
        data = bytearray(path.read_bytes())
        data[at % len(data)] = byte
        path.write_bytes(data)
        found, skipped = recognise(Path(folder))
        assert len(found) + len(skipped) == 1
        for file in found:
            with suppress(SourceProblem):  # the damage may lie behind the header
                assert read_facilities(file).read >= 0


def test_a_release_is_taken_from_the_call_or_from_release_toml(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", "points")
    write(tmp_path / "b.zip", "points")
    (tmp_path / "release.toml").write_text('[files]\n"table.csv" = "2025-07"\n')
    assert [file.release for file in recognise(tmp_path, "2026-01")[0]] == ["2026-01", "2025-07"]
    assert [file.release for file in recognise(tmp_path)[0]] == [None, "2025-07"]


@pytest.mark.parametrize("text", ['[files]\n"a" = "May 2026"', "files = 3", "[files", '[files]\n"a" = "2026-13"'])
def test_a_release_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    write(tmp_path / "a.csv", "points")
    (tmp_path / "release.toml").write_text(text)
    with pytest.raises(SourceProblem, match=r"release\.toml"):
        recognise(tmp_path)
    with pytest.raises(SourceProblem, match="no release"):
        recognise(tmp_path, "winter")


def test_a_folder_that_is_missing_or_empty_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceProblem, match="no folder"):
        recognise(tmp_path / "nowhere")
    with pytest.raises(SourceProblem, match="is empty"):
        recognise(tmp_path)


def test_a_workbook_without_a_table_is_named(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "roster.xlsx")
    found, skipped = recognise(tmp_path)
    assert found == []
    assert [(one.name, one.reason) for one in skipped] == [
        ("roster.xlsx", "None of its sheets holds a table, or they are damaged: open it and save it again.")
    ]
