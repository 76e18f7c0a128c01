"""An end from outside - a kill, a terminal that is closed, a shutdown - is an end in good order (TRUST B2, S6)."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

ENDS = ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")
"""Windows has some of them only."""
SECONDS_TO_SAVE = 25.0
"""Longer than the ledger waits for another program that writes."""
SECONDS_TO_END = 30.0
"""After these the process ends as it stands: one that hangs keeps a person's data in memory."""


@contextmanager
def ends_from_outside(save: Callable[[], Awaitable[None]], leave: Callable[[], None]) -> Iterator[None]:
    """At the first signal, save and then leave; at the second, leave at once. To be used in a running loop."""
    loop = asyncio.get_running_loop()
    terminals = [descriptor for descriptor in (0, 1, 2) if os.isatty(descriptor)]
    saving: list[asyncio.Task[None]] = []

    async def save_and_leave() -> None:
        try:
            await asyncio.wait_for(save(), SECONDS_TO_SAVE)
        finally:
            leave()

    def asked() -> None:
        if saving:
            leave()
        else:
            _end_at_last()
            saving.append(loop.create_task(save_and_leave()))

    def told(*_: object) -> None:
        # The loop may sleep, or be in the middle of anything: it is woken, and goes on from there.
        _let_go_of_lost(terminals)
        loop.call_soon_threadsafe(asked)

    numbers = [getattr(signal, name) for name in ENDS if hasattr(signal, name)]
    before = {number: signal.signal(number, told) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _let_go_of_lost(terminals: list[int]) -> None:
    """Write into nothing where a terminal is gone: a driver that failed to write takes no more of what is drawn."""
    for descriptor in terminals:
        if not os.isatty(descriptor):  # one that was hung up answers no more
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.dup2(nowhere, descriptor)
            os.close(nowhere)
            # The system says "go on" behind "hung up", at which the driver would begin to draw on a terminal again.
            if hasattr(signal, "SIGCONT"):
                signal.signal(signal.SIGCONT, lambda *_: None)


def _end_at_last() -> None:
    timer = threading.Timer(SECONDS_TO_END, os._exit, (1,))
    timer.daemon = True
    timer.start()
