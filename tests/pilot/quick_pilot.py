"""What makes a pilot quick: waiting until nothing is left to do, and style sheets parsed once for all apps of a run.

All of it reaches into Textual, whose version is pinned; nothing of it changes what a screen shows.
"""

from __future__ import annotations

import asyncio

from textual import _wait, app, pilot
from textual._context import active_app
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.pilot import Pilot
from textual.screen import Screen

MOST_ROUNDS = 1000
"""A screen that never comes to rest is left to the test after so many."""
_parse = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}
_sleep_until_idle = _wait.wait_for_idle


def _parse_once(
    sheet: Stylesheet,
    css: str,
    read_from: CSSLocation,
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    what = (css, read_from, is_default_rules, tie_breaker, scope)
    key = (*what, *sheet._variables.items())
    if key not in _parsed:
        _parsed[key] = _parse(sheet, *what)
    return _parsed[key]


class _DrawnByHand:
    """Stands for the timer of a screen: what many messages change is drawn once, when none of them is left.

    A timer draws as often as the machine is slow between two keys, and nobody looks.
    """

    def resume(self) -> None:
        """Leave it to who waits for the rest."""

    def pause(self) -> None:
        """Nothing runs."""


_BY_HAND = _DrawnByHand()


def _is_to_draw(screen: Screen[object]) -> bool:
    return screen.is_current and bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


async def _until_at_rest() -> None:
    """Wait until every message is handled and what it changed is drawn; no clock is asked, so no machine is too slow.

    An event loop in which nothing is ready, twice in a row, waits for a timer or a thread: none of its tasks can go on.
    """
    loop = asyncio.get_running_loop()
    front = active_app.get()
    at_rest = 0
    for _ in range(MOST_ROUNDS):
        await asyncio.sleep(0)
        at_rest = 0 if loop._ready else at_rest + 1  # type: ignore[attr-defined]
        if at_rest < 2:
            continue
        if front._resize_timer:
            front._check_resize()
        elif front._screen_stack and _is_to_draw(front.screen):
            front.screen._on_timer_update()
        else:
            return
        at_rest = 0


async def _wait_for_rest(min_sleep: float = 0, max_sleep: float = 1) -> None:
    await _until_at_rest()
    if len(active_app.get().workers):  # threads are at work, or wait for what the test will do: time has to go by
        await _sleep_until_idle(min_sleep, max_sleep)
        await _until_at_rest()


async def _wait_for_screen(_pilot: Pilot[object], timeout: float = 30.0) -> bool:
    await _until_at_rest()
    return True


def make_pilots_quick() -> None:
    """Let every app of this process start and be waited for quickly."""
    # Where threads are waited for, a pilot sleeps twice so long for each key; a frame of ours is drawn in half of it.
    _wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = 0.01, 0.0005
    pilot.wait_for_idle = app.wait_for_idle = _wait_for_rest  # type: ignore[attr-defined]
    Screen._update_timer = property(lambda _screen: _BY_HAND)  # type: ignore[assignment]
    Pilot._wait_for_screen = _wait_for_screen  # type: ignore[method-assign, assignment]
    Stylesheet._parse_rules = _parse_once  # type: ignore[assignment]
    RuleSet.__hash__ = object.__hash__  # type: ignore[method-assign]  # by identity too, but in C: asked millions of times
