"""The desk on invented centers and the real ledger, as a program of its own: ``desk_program.py FOLDER [crash]``.

With ``crash``, F2 on the form meets a fault while the member's data are in its local variables.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from navigator.app import CoeApp, run
from navigator.incidents import keep_values_out_of_reports
from navigator.ledger.ledger import Ledger
from navigator.mode import DESK
from navigator.screens.referral import ReferralScreen
from provider_directory.testing import FakeDirectory


def main(folder: Path, crash: bool) -> int:
    """Open the desk; gives its exit code."""
    keep_values_out_of_reports()
    if crash:
        setattr(ReferralScreen, "action_finish", crashing)  # noqa: B010 - a fault of ours, made to order
    return run(
        CoeApp(
            DESK,
            lambda _progress: FakeDirectory(),
            open_ledger=lambda: Ledger.open(folder / "referrals.db", folder / "ledger.key"),
            today=lambda: date(2026, 11, 22),
            taken_away=folder / "out",
        )
    )


def crashing(screen: ReferralScreen) -> None:
    """Fail as code of ours may, with all that was typed at hand."""
    typed = {each.field.id: each.text for each in screen.query("FormField")}  # type: ignore[attr-defined] # ours
    raise ValueError(f"cannot save {typed}")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:] == ["crash"]))
