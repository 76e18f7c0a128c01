"""The kiosk on invented centers, its staff with a PIN, as a program of its own: ``kiosk_program.py FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from navigator.app import CoeApp, run
from navigator.case.desk_user import DeskUsers
from navigator.kiosk.site import KioskSite
from navigator.mode import KIOSK
from navigator.terminal_driver import TerminalDriver
from provider_directory.testing import FakeDirectory


def main(folder: Path) -> int:
    """Open the kiosk; gives its exit code."""
    app = CoeApp(KIOSK, lambda _progress: FakeDirectory())
    app.kiosk_site = KioskSite("Milwaukee brewery", "53202")
    app.desk_users = DeskUsers(folder / "people.json")
    app.desk_users.set_pin("Dana Invented", "482915")
    app.driver_class = TerminalDriver
    return run(app)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
