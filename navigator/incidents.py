"""How a fault of ours is reported: its kind, its places in the code and an incident id; no value, which may be private.

An id stands for a kind and its places, so that the same fault has the same id on every machine.
"""

from __future__ import annotations

import hashlib
import logging
import sys
import threading
import traceback
from types import TracebackType

MOST_PLACES = 6


def incident_of(fault: BaseException) -> str:
    """Give the id of a fault: 8 hexadecimal digits."""
    return hashlib.sha256("\n".join([type(fault).__name__, *_places(fault)]).encode()).hexdigest()[:8]


def report_of(fault: BaseException) -> str:
    """Give what may be written down about a fault: neither its message nor a local variable."""
    return "\n".join([f"incident {incident_of(fault)}: {type(fault).__name__}", *_places(fault)[-MOST_PLACES:]])


def keep_values_out_of_reports() -> None:
    """Report by ``report_of`` whatever Python itself would report: uncaught faults, in any thread, and log records.

    A core file, which would hold the memory as it is, is not written.
    """
    if sys.platform != "win32":
        import resource  # deferred: POSIX has it

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.excepthook = _uncaught
    threading.excepthook = lambda told: _say(told.exc_value)
    sys.unraisablehook = lambda told: _say(told.exc_value)
    logging.lastResort = _WithoutValues(logging.WARNING)


def _places(fault: BaseException) -> list[str]:
    frames = traceback.extract_tb(fault.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


def _uncaught(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    _say(fault)


def _say(fault: BaseException | None) -> None:
    if fault is not None and sys.stderr is not None:
        print(report_of(fault), file=sys.stderr)


class _WithoutValues(logging.Handler):
    """Stands in for the handler that prints whatever nobody else takes, exception texts included."""

    def emit(self, record: logging.LogRecord) -> None:
        """Name the library that complained, and the fault it met."""
        if record.exc_info and record.exc_info[1]:
            _say(record.exc_info[1])
        elif sys.stderr is not None:
            print(f"{record.levelname.lower()} of {record.name}", file=sys.stderr)
