"""Who stands before the screen, as data: one app, three modes, no other code path (DESIGN, STYLE 0.5)."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Mode:
    """What a face of the product may do; read at app construction, in ``check_action`` and by screen factories."""

    name: str
    title: str
    may_refer: bool
    """The referral form and the ledger are reachable."""
    shows_member_data: bool
    shows_contract_price: bool
    may_export: bool
    """Screenshots, files and the clipboard."""
    has_palette: bool
    may_quit: bool
    """False: only the staff key ends the app."""
    staff_key: str | None
    idle_seconds: int | None
    """Silence after which everything typed is wiped; None = never."""
    theme: str


DESK = Mode(
    name="desk",
    title="Navigator desk",
    may_refer=True,
    shows_member_data=True,
    shows_contract_price=True,
    may_export=True,
    has_palette=True,
    may_quit=True,
    staff_key=None,
    idle_seconds=None,
    theme="coe-dark",
)
HR = replace(DESK, name="hr", title="HR desk", may_refer=False, shows_member_data=False)
KIOSK = Mode(
    name="kiosk",
    title="Kiosk",
    may_refer=False,
    shows_member_data=False,
    shows_contract_price=False,
    may_export=False,
    has_palette=False,
    may_quit=False,
    staff_key="ctrl+f12",
    idle_seconds=60,
    theme="coe-light",
)
MODES = {mode.name: mode for mode in (DESK, HR, KIOSK)}
