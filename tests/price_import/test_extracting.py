"""Price files are read once, several at a time, and a bad one costs nothing but itself."""

from __future__ import annotations

import errno
import gzip
import json
import os
import signal
from pathlib import Path

import pytest
from posted_files import KNEE_STAY, NOT_WANTED, SCOPE, tall, with_dollars

from provider_directory.errors import SourceProblem
from provider_directory.price_import import extracting
from provider_directory.price_import.extracting import extract_all
from provider_directory.price_import.inputs import price_sources
from provider_directory.price_import.store import Extract, ExtractStore, stored_rates
from provider_directory.price_import.workers import work_through

ADDRESS = "1 Elm St, Milwaukee, WI 53202"


def read(tmp_path: Path, *paths: Path, jobs: int = 1, check_all: bool = False) -> list[Extract | str]:
    sources = price_sources([], paths, None).files
    store = ExtractStore(tmp_path / "cache")
    return extract_all([one.source for one in sources], store, jobs, check_all, lambda words, done: None)


def test_only_wanted_rows_are_kept_and_every_row_is_in_the_account(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(tall("Alderwick", ADDRESS, [KNEE_STAY, NOT_WANTED, SCOPE]))
    (found,) = read(tmp_path, file)
    assert isinstance(found, Extract)
    assert [(rate.row, rate.code, rate.payer, rate.dollar) for rate in stored_rates(found)] == [
        (4, "470", "Lakeland Health", "33000"),
        (6, "45378", "Lakeland Health", "1500"),
    ]
    assert (found.account.read, found.account.kept, dict(found.account.set_aside)) == (3, 2, {"not_a_wanted_code": 1})
    assert found.head.hospital == "Alderwick"


def test_what_was_read_is_read_again_only_when_the_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(tall("Alderwick", ADDRESS))
    read(tmp_path, file)
    monkeypatch.setattr(extracting, "extract", lambda task: pytest.fail("it was read again"))
    (found,) = read(tmp_path, file)
    assert isinstance(found, Extract)
    assert [rate.dollar for rate in stored_rates(found)] == ["33000"]
    monkeypatch.undo()
    file.write_text(tall("Alderwick", ADDRESS, with_dollars(KNEE_STAY, ["30000", "31000"])))
    (again,) = read(tmp_path, file)
    assert isinstance(again, Extract)
    assert len(list(stored_rates(again))) == 2


def test_a_half_written_entry_is_made_again(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(tall("Alderwick", ADDRESS))
    read(tmp_path, file)
    (said,) = (tmp_path / "cache").glob("*.json")
    for damaged in ("", "{", json.dumps({"head": []})):
        said.write_text(damaged)
        (found,) = read(tmp_path, file)
        assert isinstance(found, Extract)
        assert len(list(stored_rates(found))) == 1


def test_a_bad_file_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    good, broken = tmp_path / "good.csv", tmp_path / "broken.csv.gz"
    good.write_text(tall("Alderwick", ADDRESS))
    packed = gzip.compress(tall("Birchmere", ADDRESS, with_dollars(KNEE_STAY, ["30000"] * 4000)).encode())
    broken.write_bytes(packed[: len(packed) // 2])
    found = read(tmp_path, broken, good)
    assert isinstance(found[0], str)
    assert "cannot be read" in found[0]
    assert isinstance(found[1], Extract)


def test_a_full_disk_stops_the_build_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = tmp_path / "a.csv"
    file.write_text(tall("Alderwick", ADDRESS))
    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(SourceProblem, match="Make room"):
        read(tmp_path, file)
    assert list((tmp_path / "cache").iterdir()) == []


def test_the_verdict_of_the_check_is_kept_with_the_file(tmp_path: Path) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text(tall("Alderwick", ADDRESS, updated="no date"))
    (found,) = read(tmp_path, file)
    assert isinstance(found, Extract)
    assert found.valid is False


def test_a_process_that_dies_costs_its_file_only() -> None:
    done = dict(work_through(["well", "die", "well too"], _dies_on_request, 2))
    assert done["die"] != ""
    assert done["well"] == done["well too"] == ""


def test_processes_give_what_one_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracting, "_WORTH_A_PROCESS", 0)
    files = []
    for number in range(4):
        files.append(tmp_path / f"{number}.csv")
        files[-1].write_text(tall(f"Hospital {number}", ADDRESS, with_dollars(KNEE_STAY, [str(30000 + number)])))
    beside = read(tmp_path, *files, jobs=2)
    alone = read(tmp_path / "other", *files)
    assert [list(stored_rates(found)) for found in beside if isinstance(found, Extract)] == [
        list(stored_rates(found)) for found in alone if isinstance(found, Extract)
    ]


def test_the_same_dollar_in_many_stays_survives_the_store(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    drgs = [{**KNEE_STAY, "code|1": str(number)} for number in range(100, 125)]
    file.write_text(tall("Alderwick", ADDRESS, [*drgs, KNEE_STAY]))
    for _ in range(2):
        (found,) = read(tmp_path, file)
        assert isinstance(found, Extract)
        assert len(found.repeated["Lakeland Health", "PPO", "33000.00"]) == 26


def test_entries_that_nothing_uses_are_swept(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(tall("Alderwick", ADDRESS))
    read(tmp_path, file)
    store = ExtractStore(tmp_path / "cache")
    store.sweep()
    assert len(list(store.folder.iterdir())) == 2
    for path in store.folder.iterdir():
        os.utime(path, (0, 0))
    store.sweep()
    assert list(store.folder.iterdir()) == []


def _dies_on_request(task: str) -> str:
    if task == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    return ""
