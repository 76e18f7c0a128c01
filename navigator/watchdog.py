"""Nobody stands beside a public screen to end it: one that hangs ends itself, and the system starts it anew.

What a visitor typed would stand on it until then (TRUST S5); docs/kiosk.md has the unit that starts it again.
"""

from __future__ import annotations

import faulthandler
import os
import socket
from contextlib import suppress
from functools import cache

SECONDS_WITHOUT_A_BEAT = 60.0
SECONDS_TO_END = 10.0
"""Behind the app's word that it ends."""


def beat(seconds: float) -> None:
    """Say that the app lives, and end the process at the end of so many seconds without another beat.

    It is ended from outside of Python: neither its loop nor its lock need to be free.
    """
    faulthandler.dump_traceback_later(seconds, exit=True, file=_nowhere())
    _tell_system(b"WATCHDOG=1")


@cache
def _nowhere() -> int:
    """Give where the places of all threads are written before the end: they are for no visitor."""
    return os.open(os.devnull, os.O_WRONLY)


def _tell_system(words: bytes) -> None:
    """Tell systemd, where it asks: it ends what was stopped as a whole, too."""
    address = os.environ.get("NOTIFY_SOCKET")
    if address and hasattr(socket, "AF_UNIX"):
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
            told.setblocking(False)
            told.sendto(words, "\0" + address[1:] if address.startswith("@") else address)
