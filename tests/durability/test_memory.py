"""What is in memory while the ledger is open goes into no core dump and to no child (TRUST S16)."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from navigator.files_out import print_out

ABORTING = """
import os, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
if sys.argv[1] == "open":
    from navigator.ledger.ledger import Ledger
    ledger = Ledger.open(Path("r.db"), Path("ledger.key"))
os.abort()
"""


def dumped(folder: Path, what: str) -> bool:
    """Run a program that aborts, with cores allowed, and say whether the system wrote what was in its memory."""
    process = subprocess.Popen([sys.executable, "-c", ABORTING, what], cwd=folder, stdout=subprocess.DEVNULL)
    _, status, _ = os.wait4(process.pid, 0)
    process.returncode = status
    for core in folder.glob("core*"):
        core.unlink()
    return os.WCOREDUMP(status)


@pytest.mark.skipif(
    resource.getrlimit(resource.RLIMIT_CORE)[1] != resource.RLIM_INFINITY, reason="cores are forbidden here anyway"
)
def test_a_crash_with_the_ledger_open_leaves_no_core_dump(tmp_path: Path) -> None:
    if not dumped(tmp_path, "nothing"):
        pytest.skip("this system writes no core dumps")
    assert dumped(tmp_path, "open") is False


def test_the_program_that_prints_gets_neither_key_nor_address_of_the_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COE_LEDGER_PASSPHRASE", "canary of a passphrase")
    monkeypatch.setenv("COE_LEDGER_URL", "postgresql://desk:canary@127.0.0.1/ledger")
    printer = tmp_path / "printer"
    printer.write_text(f"#!/bin/sh\nenv > {tmp_path}/environment\ncat > {tmp_path}/printed\n")
    printer.chmod(0o700)
    print_out(str(printer), "a sheet")
    assert (tmp_path / "printed").read_text() == "a sheet"
    assert "canary" not in (tmp_path / "environment").read_text()
    assert "PATH=" in (tmp_path / "environment").read_text()
