"""People's data is never in clear, never lost once it was acknowledged, and damage is told (TRUST B3, B4)."""

from __future__ import annotations

import builtins
import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from navigator.ledger.errors import LedgerProblem
from navigator.ledger.ledger import Ledger

CANARIES = {
    "member_name": "Canaria Quillfeather",
    "member_id": "CANARY-77-ID",
    "member_phone": "414-555-0177",
    "reason": "canary of a reason",
    "contact_address": "canary lane 77",
    "contact_best_times": "canary hours",
    "notes": "canary in the notes",
}


def opened(folder: Path) -> Ledger:
    return Ledger.open(folder / "r.db", folder / "key")


def filled(folder: Path) -> str:
    with opened(folder) as ledger:
        number = ledger.start(edition="e1", demonstration=True).number
        for field_id, value in CANARIES.items():
            ledger.save_field(number, field_id, value)
        ledger.attach_offer(number, '{"place": "canary square"}')
    return number


def test_no_word_of_a_referral_stands_in_any_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = [*CANARIES.values(), "canary square", "CREATE TABLE"]
    folder = tmp_path / "ledger"
    filled(folder)
    with opened(folder) as ledger:
        number = ledger.list()[0].number
        ledger.save_field(number, "notes", CANARIES["notes"] + " again")
        held = {entry.name: entry.read_bytes() for entry in folder.iterdir()}
    assert set(held) == {"r.db", "r.db-wal", "r.db-shm", "key"}
    closed = {entry.name: entry.read_bytes() for entry in folder.iterdir()}
    for content in (*held.values(), *closed.values()):
        assert not [word for word in words if word.encode() in content or word.encode("utf-16-le") in content]
    assert not any(content.startswith(b"SQLite format 3") for content in closed.values())
    output = capfd.readouterr()
    assert output.out + output.err == ""


def test_a_wrong_key_is_told_in_words_and_quietly(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    filled(tmp_path)
    (tmp_path / "key").write_text("0" * 64 + "\n")
    with pytest.raises(LedgerProblem, match="the key file is not its own") as caught:
        opened(tmp_path)
    assert "backup" in caught.value.next_step
    assert "0" * 64 not in str(caught.value)
    assert capfd.readouterr().err == ""


def test_a_flipped_bit_is_told_or_does_not_touch_the_answer(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    number = filled(tmp_path)
    whole = (tmp_path / "r.db").read_bytes()
    with opened(tmp_path) as ledger:
        right = (ledger.get(number), ledger.list(), ledger.shown_offer(number))
    told = 0
    for position in range(50, len(whole), 4096):
        flipped = bytearray(whole)
        flipped[position] ^= 1
        (tmp_path / "r.db").write_bytes(flipped)
        try:
            with opened(tmp_path) as ledger:
                assert (ledger.get(number), ledger.list(), ledger.shown_offer(number)) == right
        except LedgerProblem as problem:
            told += "damaged" in problem.message and "backup" in problem.next_step
    pages_read = 6  # schema, version, referral and its index, offer, number of the first page
    assert told >= pages_read
    assert capfd.readouterr().err == ""


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "key").chmod(0o640)
    with pytest.raises(LedgerProblem, match="mode 0640") as caught:
        opened(tmp_path)
    assert caught.value.next_step == f"Close it with: chmod 600 {tmp_path / 'key'}"


def test_a_lost_key_is_never_replaced_by_a_new_one(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "key").unlink()
    with pytest.raises(LedgerProblem, match="is missing"):
        opened(tmp_path)
    assert not (tmp_path / "key").exists()


def test_a_file_that_holds_no_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").touch(0o600)
    with pytest.raises(LedgerProblem, match="does not hold a key"):
        opened(tmp_path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LedgerProblem, match="cannot be used"):
        opened(tmp_path / "file" / "ledger")


def test_two_ledgers_have_two_keys_of_32_bytes(tmp_path: Path) -> None:
    keys = []
    for name in ("one", "two"):
        opened(tmp_path / name).close()
        keys.append(bytes.fromhex((tmp_path / name / "key").read_text()))
    assert [len(key) for key in keys] == [32, 32]
    assert keys[0] != keys[1]


def test_without_the_encrypted_store_no_word_of_a_person_stands_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_import = builtins.__import__

    def without(name: str, *rest: Any) -> ModuleType:
        if name.startswith("sqlcipher3"):
            raise ImportError(name)
        module: ModuleType = real_import(name, *rest)
        return module

    monkeypatch.setattr(builtins, "__import__", without)
    filled(tmp_path / "ledger")
    content = b"".join(entry.read_bytes() for entry in (tmp_path / "ledger").iterdir())
    assert content.startswith(b"SQLite format 3") or b"SQLite format 3" in content
    assert not [word for word in (*CANARIES.values(), "canary square") if word.encode() in content]


def test_a_store_that_does_not_encrypt_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    monkeypatch.setattr("navigator.ledger.storage._sqlcipher", lambda: sqlite3)
    with pytest.raises(LedgerProblem, match="does not encrypt"):
        opened(tmp_path)
    assert (tmp_path / "r.db").read_bytes() == b""


def test_a_copied_ledger_opens_with_its_key_alone(tmp_path: Path) -> None:
    number = filled(tmp_path / "desk")
    shutil.copytree(tmp_path / "desk", tmp_path / "spare")
    with opened(tmp_path / "spare") as ledger:
        assert ledger.get(number).member.name == CANARIES["member_name"]
