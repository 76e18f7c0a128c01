"""The command line as a test calls it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from navigator.cli import main


class CommandLine:
    """Runs `coe` in this process; gives the exit code and keeps what was said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.out = self.err = ""

    def __call__(self, *arguments: str) -> int:
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
        self.out, self.err = self._capsys.readouterr()
        return int(left.value.code or 0)

    @property
    def json(self) -> Any:
        """Give what was printed, as JSON."""
        return json.loads(self.out)
