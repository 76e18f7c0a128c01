"""Price files come from folders, one by one, and from lists by CCN."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from posted_files import HOSPITALS, tall

from provider_directory.errors import FetchProblem, SourceProblem
from provider_directory.price_import.inputs import price_sources

FILE = tall("Alderwick", "1 Elm St, Milwaukee, WI 53202")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.csv").write_text(FILE)
    (tmp_path / "notes.txt").write_text("nothing")
    (tmp_path / "hospitals.csv").write_text(HOSPITALS)
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("inside.csv", FILE)
    return tmp_path


def test_a_folder_gives_its_price_files_by_content_and_names_the_others(folder: Path) -> None:
    found = price_sources([], [folder], None)
    assert [one.source.name for one in found.files] == ["a.csv", "b.zip/inside.csv"]
    assert sorted(one.name for one in found.skipped) == ["hospitals.csv", "notes.txt"]
    assert "--from" in next(one.reason for one in found.skipped if one.name == "hospitals.csv")


def test_a_list_gives_ccns_and_one_file_may_be_of_several(folder: Path) -> None:
    listing = folder / "list.csv"
    listing.write_text("ccn,path\n90Z701,a.csv\n90z702,a.csv\nclosed,a.csv\n90Z703,gone.csv\n90Z704,\n")
    found = price_sources([], [listing], None)
    assert [(one.source.name, one.ccns) for one in found.files] == [("a.csv", ("90Z701", "90Z702"))]
    assert [one.reason for one in found.skipped] == [
        '"closed" is no CCN.',
        "There is no such file.",
        "It names no file.",
    ]


def test_a_file_given_twice_is_read_once(folder: Path) -> None:
    found = price_sources([], [folder / "a.csv", folder / "a.csv", folder], None)
    assert [one.source.name for one in found.files] == ["a.csv", "b.zip/inside.csv"]


def test_addresses_are_fetched_and_their_keys_are_shown_to_nobody(folder: Path) -> None:
    listing = folder / "list.csv"
    listing.write_text(
        "ccn,hospital_name,mrf_url\n90Z701,A,https://prices.example/a.csv?sig=SECRET\n"
        "90Z702,B,https://prices.example/b.csv?sig=SECRET\n"
    )

    def fetch(url: str) -> Path:
        if "/a.csv" in url:
            return folder / "a.csv"
        raise FetchProblem("The server does not answer.", "Try later.")

    found = price_sources([], [listing], fetch)
    assert [(one.source.name, one.ccns) for one in found.files] == [("a.csv", ("90Z701",))]
    assert [(one.name, one.reason) for one in found.skipped] == [
        ("list.csv row 3, https://prices.example/b.csv", "The server does not answer."),
    ]
    assert "SECRET" not in repr(price_sources([], [listing], None).skipped)


def test_one_row_that_no_system_can_open_stops_nothing(folder: Path) -> None:
    listing = folder / "list.csv"
    listing.write_text(f"ccn,path\n90Z701,{'x' * 5000}.csv\n90Z702,a.csv\n")
    found = price_sources([], [listing], None)
    assert [one.ccns for one in found.files] == [("90Z702",)]
    assert [one.reason for one in found.skipped] == ["It cannot be read: File name too long."]


def test_an_address_of_several_hospitals_is_asked_once_and_it_is_told_how_far_it_is(folder: Path) -> None:
    listing = folder / "list.csv"
    listing.write_text("ccn,url\n90Z701,https://prices.example/a\n90Z702,https://prices.example/a\n90Z703,a.csv\n")
    asked: list[str] = []
    told: list[tuple[str, float]] = []

    def fetch(url: str) -> Path:
        asked.append(url)
        return folder / "a.csv"

    price_sources([], [listing], fetch, lambda words, share: told.append((words, share)))
    assert asked == ["https://prices.example/a"]
    assert [share for _, share in told] == [0.0, 1 / 3]
    assert told[0][0] == "fetching the price files of list.csv, 0 of 3"
    assert told[1][0].startswith("fetching the price files of list.csv, 1 of 3, about 0 s left")


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceProblem, match="There is no file"):
        price_sources([], [tmp_path / "gone.csv"], None)
