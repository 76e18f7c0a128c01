"""Who stands before the screen, as data: one app, three modes, no other code path (DESIGN, STYLE 0.5)."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

from provider_directory.errors import BadInput

COUNTDOWN_SECONDS = 20
"""Before everything typed is wiped it is asked, for so long, whether anybody is there."""


@dataclass(frozen=True)
class Mode:
    """What a face of the product may do; read at app construction, in ``check_action`` and by screen factories."""

    name: str
    title: str
    may_refer: bool
    """The referral form and the ledger are reachable."""
    shows_member_data: bool
    shows_contract_price: bool
    shows_gates: bool
    """What a program asks of the body may stand on the screen."""
    may_export: bool
    """Screenshots, files and the clipboard."""
    has_palette: bool
    may_quit: bool
    """False: only the staff key ends the app."""
    staff_key: str | None
    idle_seconds: int | None
    """Silence after which everything typed is wiped, the countdown counted in; None = never."""
    theme: str
    keeps_cases: bool = False
    """A call is a case: who speaks, for whom, what was asked and answered is kept in the ledger."""
    answers_hr: bool = False
    """Opens on the answer cards of the HR desk."""
    guides: bool = False
    """Opens on big tiles and leads through them page by page; there is no other screen."""
    lock_seconds: int | None = None
    """Silence after which the desk locks while the call's clock runs on; None = never."""


DESK = Mode(
    name="desk",
    title="Navigator desk",
    may_refer=True,
    shows_member_data=True,
    shows_contract_price=True,
    shows_gates=True,
    may_export=True,
    has_palette=True,
    may_quit=True,
    staff_key=None,
    idle_seconds=None,
    theme="coe-dark",
    keeps_cases=True,
    lock_seconds=600,
)
HR = replace(
    DESK,
    name="hr",
    title="HR desk",
    answers_hr=True,
    may_refer=False,
    shows_member_data=False,
    keeps_cases=False,
    lock_seconds=None,
)
KIOSK = Mode(
    name="kiosk",
    title="Kiosk",
    may_refer=False,
    shows_member_data=False,
    shows_contract_price=False,
    shows_gates=False,
    may_export=False,
    has_palette=False,
    may_quit=False,
    staff_key="ctrl+f12",
    idle_seconds=60,
    theme="coe-light",
    guides=True,
)
MODES = {mode.name: mode for mode in (DESK, HR, KIOSK)}


def refuse_debug_settings(mode: Mode) -> None:
    """Refuse a start in which TEXTUAL_* could import code, log keys or press them, where nobody may leave (S7)."""
    found = sorted(name for name in os.environ if name.startswith("TEXTUAL"))
    if found and not mode.may_quit:
        raise BadInput(f"{mode.title}: {', '.join(found)} is set.", "Remove it from the environment and start again.")
