"""Keep keys and people's data, which are in memory while the ledger is open, out of files that a crash leaves."""

from __future__ import annotations

import sys

_SET_DUMPABLE = 4


def keep_out_of_core_dumps() -> None:
    """Let this program and its children leave no core dump, and on Linux no other program of this user look into it.

    The limit alone is not enough: a collector of dumps, which the kernel feeds by a pipe, does not ask for it. For a
    program that is not "dumpable" the kernel writes none at all, and hides /proc/PID/environ and /mem (prctl(2)).
    """
    if sys.platform == "win32":
        return
    import resource  # deferred: Windows has none

    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if sys.platform == "linux":
        import ctypes  # deferred: 6 ms, when the ledger is opened

        ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
