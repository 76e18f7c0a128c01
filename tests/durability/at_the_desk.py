"""The way from an empty call to the referral form, typed in a terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from terminal import Terminal

_PROGRAM = str(Path(__file__).with_name("desk_program.py"))


def desk_in(home: Path, *more: str) -> Terminal:
    """Open the desk in a terminal, its data in ``home`` and temporary files in ``home``/tmp."""
    (home / "tmp").mkdir(exist_ok=True)
    environment = os.environ | {"TERM": "xterm-256color", "COE_HOME": str(home), "TMPDIR": str(home / "tmp")}
    return Terminal([sys.executable, _PROGRAM, *more], environment)


def to_form(terminal: Terminal) -> None:
    """Go to the form of the first center of an offer; the draft has its number then."""
    terminal.wait_for(b"planned")
    terminal.wait_for(b"Total knee", terminal.type("new knee\r"))
    terminal.wait_for(b"Marquette", terminal.type("53202\r"))
    terminal.wait_for(b"CR-", terminal.type("\r"))
