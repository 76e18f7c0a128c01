"""`coe build --prices`: what it publishes, what it says, and what stays after Ctrl+C."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from command_line import CommandLine
from posted_files import KNEE_STAY, tall, with_dollars, write_sources

from provider_directory.price_import import extracting
from provider_directory.price_import.extracting import ExtractTask, extract


@pytest.fixture(autouse=True)
def no_zips(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build without the table of ZIPs, which is nearly all of a small build's time."""
    monkeypatch.setattr("provider_directory.edition.gather.list_zips", list)


@pytest.fixture
def asked(coe: CommandLine, tmp_path: Path) -> tuple[str, ...]:
    """Give the arguments of a build of six hospitals with three price files."""
    sources = write_sources(tmp_path / "own")
    posted = tmp_path / "posted"
    posted.mkdir()
    for number in range(1, 4):
        rows = with_dollars(KNEE_STAY, ["33000", "0.01"])
        (posted / f"90Z70{number}_prices.csv").write_text(tall(f"Hospital {number}", "", rows))
    return ("build", "--from", str(sources), "--prices", str(posted))


def test_the_account_says_what_was_read_offered_and_refused(coe: CommandLine, asked: tuple[str, ...]) -> None:
    assert coe(*asked) == 0
    assert "90Z701_prices.csv: Price file of Hospital 1 (csv tall, 3.0.0), dated 2026-04-01" in coe.out
    assert "Posted prices: 6 rates at 3 facilities, 3 may be offered" in coe.out
    assert "3 rates refused: at most 1 dollar" in coe.out
    assert coe("edition", "show", "--json") == 0
    assert coe.json["prices"] == {
        "files": 3,
        "facilities": 3,
        "rates": 6,
        "offered": 3,
        "refused": {"at_most_1_dollar": 3},
    }


def test_a_file_that_is_no_price_file_is_named_with_what_was_found(
    coe: CommandLine, asked: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "list.txt").write_text("a,b\n1,2\n3,4\n")
    assert coe(*asked, "--prices", str(tmp_path / "list.txt")) == 0
    assert "list.txt: skipped" in coe.out
    assert coe(*asked, "--prices", str(tmp_path / "gone.csv"), "--json") == 2
    assert coe.json["error"]["code"] == "source_problem"


def test_after_ctrl_c_the_old_edition_serves_and_the_next_build_goes_on(
    coe: CommandLine, asked: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert coe(*asked[:3]) == 0
    before = (tmp_path / "editions" / "current").read_text()
    read: list[str] = []

    def noted(task: ExtractTask) -> str:
        read.append(task.source.name)
        return extract(task)

    def interrupted_at_second(task: ExtractTask) -> str:
        if len(read) == 1:
            raise KeyboardInterrupt
        return noted(task)

    monkeypatch.setattr(extracting, "extract", interrupted_at_second)
    assert coe(*asked) == 130
    assert (tmp_path / "editions" / "current").read_text() == before
    monkeypatch.setattr(extracting, "extract", noted)
    assert coe(*asked) == 0
    assert sorted(read) == ["90Z701_prices.csv", "90Z702_prices.csv", "90Z703_prices.csv"]
    assert (tmp_path / "editions" / "current").read_text() != before


def test_a_list_in_the_order_of_its_rows_or_another_gives_the_same_edition(
    coe: CommandLine, asked: tuple[str, ...], tmp_path: Path
) -> None:
    names = []
    rows = [f"90Z70{number},posted/90Z70{number}_prices.csv" for number in range(1, 4)]
    for ordered in (rows, rows[::-1]):
        (tmp_path / "list.csv").write_text("\n".join(["ccn,path", *ordered]))
        assert coe(*asked[:3], "--prices", str(tmp_path / "list.csv"), "--json") == 0
        names.append(coe.json["edition"])
    assert names[0] == names[1]


def test_the_review_list_filled_in_ties_the_file(coe: CommandLine, asked: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "own" / "unclear.csv").write_text(tall("Nobody's Hospital", "1 Road, Wausau, WI 54401"))
    review = tmp_path / "review.csv"
    assert coe(*asked[:3], "--review", str(review)) == 0
    assert "unclear.csv: Nobody's Hospital" in coe.out
    listed = list(csv.DictReader(review.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["file"] for row in listed] == ["unclear.csv"]
    for decided, offered in (("ccn-90z704", 1), ("none", None)):
        filled = io.StringIO()
        writer = csv.DictWriter(filled, listed[0].keys())
        writer.writeheader()
        writer.writerow({**listed[0], "facility_id": decided})
        (tmp_path / "own" / "decided.csv").write_text(filled.getvalue())
        assert coe(*asked[:3], "--json") == 0
        assert coe.json["review"] == []
        assert (coe.json["prices"] or {}).get("offered") == offered


def test_of_two_files_of_one_name_in_two_folders_the_newest_counts(
    coe: CommandLine, asked: tuple[str, ...], tmp_path: Path
) -> None:
    for folder, day, dollar in (("old", "2025-06-01", "20000"), ("new", "2026-06-01", "50000")):
        (tmp_path / folder).mkdir()
        text = tall("Alderwick", "1 Elm St, Milwaukee, WI 53202", with_dollars(KNEE_STAY, [dollar]), updated=day)
        (tmp_path / folder / "standardcharges.csv").write_text(text)
    (tmp_path / "list.csv").write_text("ccn,path\n90Z701,new/standardcharges.csv\n90Z701,old/standardcharges.csv\n")
    assert coe(*asked[:3], "--prices", str(tmp_path / "list.csv")) == 0
    assert "Posted prices: 1 rates at 1 facilities" in coe.out
    assert coe("price", "90Z701", "total-knee-replacement", "--payer", "Payer 1", "--on", "2026-07-01", "--json") == 0
    assert coe.json["price"]["amount_cents"] == 5_000_000
