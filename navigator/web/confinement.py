"""What the process of a session does to itself first: it outlives no server and takes no more than its due.

Nothing here needs more than the standard library, so that it is in force before the app is imported.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading

PR_SET_PDEATHSIG = 1
SECONDS_AFTER_THE_SERVER = 30.0
"""As long as an end in good order may take; then the whole group is killed."""


def confine(memory_bytes: int, server: int) -> None:
    """Bound the memory, and end when the process ``server`` has ended, however it ended.

    Windows has none of these; there the pipe that closes is what ends a session.
    """
    if sys.platform == "win32":
        return
    import resource  # deferred: POSIX has it

    _, allowed = resource.getrlimit(resource.RLIMIT_AS)
    bound = memory_bytes if allowed == resource.RLIM_INFINITY else min(memory_bytes, allowed)
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != server:  # it ended before the system was asked to tell
        os._exit(1)


def end_without_server() -> None:
    """End this process as if its terminal were closed, and at last, with all that it started, at once."""
    timer = threading.Timer(SECONDS_AFTER_THE_SERVER, _kill_group)
    timer.daemon = True
    timer.start()
    os.kill(os.getpid(), signal.SIGTERM)


def _kill_group() -> None:
    if sys.platform == "win32":
        os._exit(1)
    if os.getpgrp() == os.getpid():  # started by a server; else the group is the caller's shell
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
