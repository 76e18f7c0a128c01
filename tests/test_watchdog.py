"""A public screen that hangs is ended, and says nothing about what stood on it."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from navigator import watchdog
from navigator.app import CoeApp
from navigator.mode import KIOSK
from navigator.watchdog import SECONDS_TO_END, SECONDS_WITHOUT_A_BEAT
from provider_directory.testing import FakeDirectory

HANGS = """
import threading
from navigator.watchdog import beat
beat(60.0)
beat(0.2)
threading.Thread(target=threading.Event().wait).start()
name_of_a_visitor = max(range(10**15))
"""


def test_what_hangs_is_ended_while_python_itself_is_busy_and_a_thread_never_ends() -> None:
    ended = subprocess.run([sys.executable, "-c", HANGS], capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, b"", b"")


def test_a_screen_lives_for_a_while_and_once_it_ends_for_seconds_only() -> None:
    app = CoeApp(KIOSK, lambda _progress: FakeDirectory())
    told: list[float] = []
    app.beat = told.append
    app._live()
    app.post_message = lambda message: True  # type: ignore[method-assign] # nothing runs that could take it
    app.exit(0)
    app._live()
    assert told == [SECONDS_WITHOUT_A_BEAT, SECONDS_TO_END, SECONDS_TO_END]


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="sockets of POSIX")
def test_the_system_is_told_where_it_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faulthandler.dump_traceback_later", lambda *_arguments, **_named: None)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as system:
        system.bind(str(tmp_path / "s"))
        system.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "s"))
        watchdog.beat(60.0)
        assert system.recv(100) == b"WATCHDOG=1"
    watchdog.beat(60.0)  # nobody listens any more
