"""What stands on a terminal when the app is left (TRUST S5)."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from navigator.app import CoeApp
from navigator.mode import DESK, HR, KIOSK, Mode
from provider_directory.testing import FakeDirectory


@pytest.mark.parametrize("mode", [DESK, HR, KIOSK], ids=lambda mode: mode.name)
def test_an_empty_screen_is_left_and_by_a_kiosk_an_empty_clipboard_too(mode: Mode) -> None:
    app = CoeApp(mode, lambda _progress: FakeDirectory())
    written: list[str] = []
    app._driver = SimpleNamespace(write=written.append)  # type: ignore[assignment] # only what is written counts here
    app.on_unmount()
    assert "".join(written).startswith("\x1b[H\x1b[2J")
    assert ("\x1b]52;" in "".join(written)) == (not mode.may_quit)
