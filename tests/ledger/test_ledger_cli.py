"""`coe ledger` and `coe member`, as who runs a desk types them."""

from __future__ import annotations

import stat
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine
from filling import WORDS, fill

from navigator import locations
from navigator.ledger import passphrase
from navigator.ledger.here import open_here


def said(coe: CommandLine, *words: str) -> str:
    """Run a command that answers, and give what it printed."""
    assert coe(*words) == 0, coe.err
    return coe.out


def answered(coe: CommandLine, *words: str) -> Any:
    """Run a command that answers in JSON."""
    said(coe, *words, "--json")
    return coe.json


@pytest.fixture
def filled(coe: CommandLine) -> tuple[str, str]:
    with open_here() as ledger:
        return fill(ledger)


def test_a_machine_is_backed_up_wiped_and_restored(coe: CommandLine, filled: tuple[str, str], tmp_path: Path) -> None:
    saved = tmp_path / "monday.db"
    written = answered(coe, "ledger", "backup", str(saved))
    assert written["rows"]["referral"] == 1
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    key = tmp_path / "kept.key"
    locations.ledger_key_file().rename(key)
    locations.ledger_file().unlink()
    assert answered(coe, "ledger", "restore", str(saved), "--key", str(key))["aside"] is None
    whole = answered(coe, "ledger", "verify", "--head", written["audit_head"])
    assert (whole["problems"], whole["content_sha256"]) == ([], written["content_sha256"])
    assert filled[0] in said(coe, "referral", "show", filled[0])
    assert "kept aside" in said(coe, "ledger", "restore", str(saved), "--replace")


def test_a_backup_of_an_earlier_key_says_how_it_is_opened(
    coe: CommandLine, filled: tuple[str, str], tmp_path: Path
) -> None:
    saved, key = tmp_path / "monday.db", tmp_path / "kept.key"
    coe("ledger", "backup", str(saved))
    key.write_bytes(locations.ledger_key_file().read_bytes())
    key.chmod(0o600)
    assert "Make a backup now" in said(coe, "ledger", "rotate-key")
    assert coe("ledger", "restore", str(saved), "--replace") == 3
    assert "--key" in coe.err
    assert coe("ledger", "restore", str(saved), "--key", str(key), "--replace") == 0
    assert coe("ledger", "verify") == 0
    assert locations.ledger_key_file().read_bytes() == key.read_bytes()


def test_damage_is_told_with_exit_code_3(coe: CommandLine, filled: tuple[str, str]) -> None:
    with open_here() as ledger, ledger.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE referral SET state = 'completed'")
    assert coe("ledger", "verify") == 3
    assert "was changed by another program" in " ".join(coe.out.split())
    assert coe("ledger", "verify", "--head", "99:0123456789abcdef", "--json") == 3
    assert coe("ledger", "verify", "--head", "yesterday") == 2


def test_status_and_audit_say_how_much_and_who_and_never_about_whom(coe: CommandLine, filled: tuple[str, str]) -> None:
    status = said(coe, "ledger", "status")
    assert "SQLCipher file" in status
    assert "1  referrals" in status
    audit = said(coe, "ledger", "audit", "--of", filled[0])
    assert "save field" in audit
    everything = status + audit + said(coe, "ledger", "audit", "--json") + said(coe, "ledger", "status", "--json")
    assert not [word for word in WORDS if word in everything]
    assert max(len(line) for line in audit.splitlines()) <= 80
    assert coe("ledger", "audit", "--limit", "0") == 2


def test_a_key_is_moved_under_a_passphrase_only_by_who_types_it(
    coe: CommandLine, filled: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passphrase, "_given", {})
    monkeypatch.setitem(passphrase._COST, "memory_kib", 64)
    assert coe("ledger", "key", "--passphrase") == 2
    assert coe("ledger", "key", "--file", "--keyring") == 2
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    typed = iter(["five words are a key", "five words are another"])
    monkeypatch.setattr("getpass.getpass", lambda *_, **__: next(typed))
    assert coe("ledger", "key", "--passphrase") == 2
    assert "not the same" in coe.err
    typed = iter(["five words are a key"] * 2)
    moved = said(coe, "ledger", "key", "--passphrase")
    assert "under a passphrase" in moved
    assert "rotate-key" in moved
    assert coe("referral", "list") == 0
    assert "in the key file." in said(coe, "ledger", "key", "--file")


def test_nothing_is_purged_before_its_time(coe: CommandLine, filled: tuple[str, str]) -> None:
    assert "Nothing is past its time" in said(coe, "ledger", "purge", "--before", "2026-01-01")
    assert coe("ledger", "purge", "--before", "2090-01-01") == 2


def test_a_member_gets_a_copy_in_a_file_that_only_its_owner_reads(
    coe: CommandLine, filled: tuple[str, str], tmp_path: Path
) -> None:
    said(coe, "member", "export", "--member-id", "canary 77")
    copied = coe.json
    assert copied["referrals"][0]["number"] == filled[0]
    out = tmp_path / "copy.json"
    asked = ("member", "export", "--name", "Canaria Quillfeather", "--birth-date", "3/9/1961", "--out", str(out))
    assert "1 referrals and 1 cases" in said(coe, *asked)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert coe(*asked) == 2
    assert coe("member", "export", "--name", "Canaria Quillfeather") == 2
    assert coe("member", "export", "--member-id", "nobody") == 1


@pytest.mark.parametrize("lines", ["canary 77\n", "\nCanaria Quillfeather\n3/9/1961\n"])
def test_who_is_meant_may_be_piped_so_that_no_shell_keeps_it(
    coe: CommandLine, filled: tuple[str, str], monkeypatch: pytest.MonkeyPatch, lines: str
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(lines))
    said(coe, "member", "export")
    assert coe.json["referrals"][0]["number"] == filled[0]
    assert coe("member", "export") == 2  # nothing more comes
    assert "Nobody was named" in coe.err
