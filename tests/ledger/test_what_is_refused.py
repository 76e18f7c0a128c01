"""What the ledger does not take, a false backup or a text without end, leaves nothing behind (TRUST S10, S18)."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from filling import fill
from store_desk import Desk, SteppingClock

from navigator.ledger import restoring
from navigator.ledger.backup import back_up
from navigator.ledger.errors import LedgerProblem
from navigator.ledger.verifying import verify
from navigator.referral.record import FIELDS, as_text, field_values
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput

pytest_plugins = ("ledger_kinds",)


@pytest.fixture
def ciphered(new_ledgers: dict[str, Path], tmp_path: Path) -> Desk:
    """Give a new ledger that is encrypted as a whole."""
    shutil.copytree(new_ledgers["sqlcipher"], tmp_path / "desk")
    return Desk("sqlcipher", tmp_path / "desk")


LONG = "knee e\u0301 [/] \x1b[2J\n" * 7_500


def test_a_field_of_any_length_is_kept_whole_and_read_back_so_or_refused_and_not_kept(
    ciphered: Desk,
) -> None:
    typed = [field.id for field in FIELDS if field.kind not in ("choice", "yes_no")]
    with ciphered.open() as ledger:
        number = ledger.start(edition="e1", demonstration=True).number
        kept, before = {}, ledger.audit_head().seq
        for field in typed:
            for length in (len(LONG), 2_001, 1_000, 200, 90, 30, 10):
                try:
                    kept[field] = as_text(field_values(ledger.save_field(number, field, LONG[:length]))[field])
                except BadInput:
                    continue
                assert kept[field] == clean(LONG[:length], length)
                break
        writings = ledger.audit_head().seq - before
    assert set(typed) - kept.keys() == {"member_birth_date", "member_phone", "member_zip"}
    assert writings == len(kept)
    with ciphered.open() as ledger:
        found = field_values(ledger.get(number))
        assert {field: as_text(found[field]) for field in typed if found[field] is not None} == kept
        assert verify(ledger.store).problems == ()


@pytest.mark.parametrize("kind", ["sqlcipher", "plain"])
def test_a_false_backup_is_refused_by_its_first_page_before_it_takes_any_space(
    new_ledgers: dict[str, Path], tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(new_ledgers[kind], tmp_path / "desk")
    desk, false = Desk(kind, tmp_path / "desk"), tmp_path / "false.db"
    before = sorted(desk.folder.iterdir())
    head = desk.path.read_bytes()[:4096]
    claims_the_end_of_the_disk = head[:28] + (2**31).to_bytes(4, "big") + head[32:]
    monkeypatch.setattr(restoring, "_copy_beginning", lambda *_: pytest.fail("copied before it was judged"))
    for first in (b"", b"SQLite format 3\0", b"x" * 4096, claims_the_end_of_the_disk, head):
        false.write_bytes(first)
        os.truncate(false, 2**40 if first != head else len(head))
        with pytest.raises(LedgerProblem, match=r"does not open|does not verify|was cut off|bytes, and the disk under"):
            restoring.restore_file(false, desk.path, desk.key_file, SteppingClock(), replace=True)
        assert sorted(desk.folder.iterdir()) == before
        assert sorted(tmp_path.iterdir()) == [tmp_path / "desk", false]


def test_what_hangs_on_behind_a_backup_is_left_out(ciphered: Desk, tmp_path: Path) -> None:
    with ciphered.open() as ledger:
        number, _ = fill(ledger)
        backup = back_up(ledger.store, tmp_path / "monday.db").file
    size = backup.stat().st_size
    os.truncate(backup, 2**40)
    restoring.restore_file(backup, ciphered.path, ciphered.key_file, SteppingClock(), replace=True)
    with ciphered.open() as ledger:
        assert ledger.get(number).number == number
    assert ciphered.path.stat().st_size < 2 * size
