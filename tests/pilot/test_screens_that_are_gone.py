"""A screen that is gone is kept by nothing: with it goes all that a caller or a visitor said."""

from __future__ import annotations

import asyncio
import gc
import time

from pilot_desk import desk, settle

from navigator.screens.call import CallScreen

LONGEST_WAIT = 10.0
"""Seconds; the event loop holds a stopped timer, and with it the screen that set it, until its time would have come."""


def calls_kept() -> int:
    """Count the call screens in memory."""
    gc.collect()
    return sum(isinstance(each, CallScreen) for each in gc.get_objects())


async def test_of_the_calls_before_no_screen_is_kept() -> None:
    app = desk()
    async with app.run_test() as pilot:
        await settle(pilot)
        for _ in range(4):
            app.begin_call()
            await settle(pilot)
        over = time.monotonic() + LONGEST_WAIT
        while (kept := calls_kept()) > 1 and time.monotonic() < over:
            await asyncio.sleep(0.1)
        assert kept == 1, "the one that is shown"
