"""Where the terminal of the page lies on this machine, where .ci/web-terminal has put it."""

from __future__ import annotations

import os
from pathlib import Path

from navigator.web.terminal_files import installed
from provider_directory.errors import BadInput


def _found() -> Path | None:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = Path(os.environ.get("COE_WEB_TERMINAL") or cache / "coe-web-terminal") / "web-terminal"
    try:
        installed(folder)
    except BadInput:
        return None
    return folder


TERMINAL = _found()
NO_TERMINAL = "The terminal for the page is not installed: run .ci/web-terminal"
