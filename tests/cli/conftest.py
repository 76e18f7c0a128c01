"""A command line with a data folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import CommandLine


@pytest.fixture
def coe(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    demonstration_programs: Path,
) -> CommandLine:
    """Give a command line whose data folder holds nothing but the invented programs."""
    monkeypatch.setenv("COE_HOME", str(tmp_path))
    (tmp_path / "programs").symlink_to(demonstration_programs)
    return CommandLine(capsys)
