"""A screen that is gone is kept by nothing: with it goes all that a caller or a visitor said."""

from __future__ import annotations

import gc

from pilot_desk import desk, settle

from navigator.screens.call import CallScreen


async def test_of_the_calls_before_no_screen_is_kept() -> None:
    app = desk()
    async with app.run_test() as pilot:
        await settle(pilot)
        for _ in range(4):
            app.begin_call()
            await settle(pilot)
        gc.collect()
        kept = [each for each in gc.get_objects() if isinstance(each, CallScreen)]
        assert len(kept) <= 3, "the one that is shown, and what is just being closed"
