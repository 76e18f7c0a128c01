"""The desk on invented centers and this machine's real ledger, as a program of its own: ``desk_program.py [crash]``.

With ``crash``, F2 on the form meets a fault while the member's data are in its local variables.
"""

from __future__ import annotations

import sys
from datetime import date

from navigator import locations
from navigator.app import CoeApp, run
from navigator.gaps import record_gap
from navigator.incidents import keep_values_out_of_reports
from navigator.ledger.here import open_here
from navigator.mode import DESK
from navigator.screens.referral import ReferralScreen
from provider_directory.testing import FakeDirectory


def main(crash: bool) -> int:
    """Open the desk; gives its exit code."""
    keep_values_out_of_reports()
    if crash:
        setattr(ReferralScreen, "action_finish", crashing)  # noqa: B010 - a fault of ours, made to order
    return run(
        CoeApp(
            DESK,
            lambda _progress: FakeDirectory(),
            open_ledger=open_here,
            today=lambda: date(2026, 11, 22),
            record_gap=lambda gap: record_gap(locations.gaps_file(), gap),
            taken_away=locations.taken_away(),
        )
    )


def crashing(screen: ReferralScreen) -> None:
    """Fail as code of ours may, with all that was typed at hand."""
    typed = {each.field.id: each.text for each in screen.query("FormField")}  # type: ignore[attr-defined] # ours
    raise ValueError(f"cannot save {typed}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] == ["crash"]))
