"""The door for keys: one is through before the next is let in, so each finds the screen that the one before opened.

Textual forwards a key to the widget in hand at once. On a busy machine the next key is then forwarded to the same
widget, though the key before it was about to open another screen: a letter meant for a box becomes a key of the call.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import Worker

HELD_AT_MOST = 3.0
"""Seconds; an answer that takes longer is no longer waited for."""
MOST_ROUNDS = 12
"""How often word is sent behind one key; a screen that never comes to rest holds no keys."""
CALM_ROUNDS = 2
OPENS_A_SCREEN = frozenset(
    {
        *("calls", "change", "compare", "evidence", "hr", "hr employers", "hr sites", "letters", "list", "open_case"),
        *("pin", "price", "printers", "sheet", "show", "transfer"),
    }
)
"""Groups of questions whose answer opens a screen, or fills the list that the next key is for."""
TAKES_ON = frozenset({"offer", "place"})
"""Groups that Enter asks, whose answer takes the keys from the place to the centers.

No screen hangs on it, so a key that says by itself where it goes (``GOES_ANYWHERE``) waits for none of them.
"""
LETS_GO = frozenset({"hand out", "look_up", "start", "take away"})
"""Groups that hold back Esc: the screen is left when who calls is looked up, a draft has its number, paper is out."""
_EDITING = frozenset(each.key for each in Binding.make_bindings(Input.BINDINGS)) - {"enter"}
GOES_ANYWHERE = re.compile(r"ctrl\+.+|f\d+")
MOVING = frozenset({"up", "down", "pageup", "pagedown", "home", "end"})
"""They ask too, for what stands beside a line; whoever runs through a list does not wait for that."""


@dataclass(eq=False)
class _OnItsWay:
    """A key that was let in: what it met, and how often word was sent behind it."""

    event: events.Key | events.Paste
    screen: Screen[Any]
    focused: Widget | None
    edits: bool
    """It only changes what stands in a box: whoever types waits for no answer to what was typed."""
    rounds: int = 0
    calm: int = 0
    """Rounds without a change, one after the other; a pump that peeks at its next message hides one from the count."""
    opens: bool = True
    """What is waited for opens a screen; False = it only takes the keys on."""

    @property
    def key(self) -> str:
        """Give the key's name; "" for pasted text."""
        return self.event.key if isinstance(self.event, events.Key) else ""

    @property
    def is_taken(self) -> bool:
        """Say whether the box has taken it, so that nothing above the box hears of it."""
        return self.edits and self.event._stop_propagation

    def waits_for(self, worker: Worker[Any]) -> bool:
        """Say whether what this key began ends with the answer of this worker."""
        if worker.is_finished or self.edits or self.key in MOVING:
            return False
        by_key = {"enter": TAKES_ON, "escape": LETS_GO}.get(self.key, frozenset())
        return worker.group in OPENS_A_SCREEN or worker.group in by_key


class KeyDoor(App[int]):
    """The door's part of the app: keys and pasted text wait here, in their order, until the one before is through."""

    def __init__(self) -> None:
        super().__init__()
        self._at_the_door: deque[events.Key | events.Paste] = deque()
        self._on_its_way: _OnItsWay | None = None
        self._patience: asyncio.TimerHandle | None = None
        self._answering: asyncio.Task[None] | None = None
        self._given_up: set[Worker[Any]] = set()

    async def on_event(self, event: events.Event) -> None:
        """Let a key in, or have it wait for the one before; everything else goes its way."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._on_its_way is None or (not self._at_the_door and self._goes_along(event, self._on_its_way)):
            await self._let_in(event)
        else:
            self._at_the_door.append(event)
            self._be_patient(self._on_its_way)

    def hear_the_last(self, most: int) -> None:
        """Have no more keys wait than the last so many: behind a flood the next person would not be heard."""
        self._at_the_door = deque(self._at_the_door, most)

    def drop_keys(self) -> None:
        """Forget the keys that wait: they were typed by somebody who has gone."""
        self._at_the_door.clear()

    def _goes_along(self, event: events.Key | events.Paste, way: _OnItsWay) -> bool:
        """Say whether a key need not wait: it goes into the box that has the one before, or says where it goes.

        A box takes its letters in their order by itself; a round behind each letter would be a drawing for each.
        """
        into_same_box = way.edits and self.focused is way.focused and _edits(event, self.focused)
        return into_same_box or _passes(event, way)

    async def _let_in(self, event: events.Key | events.Paste) -> None:
        if self.screen.focused is not None and not self.screen.focused.is_attached:
            self.screen.set_focus(None)  # a page that was changed under it left it in hand: it would hear the key alone
        way = _OnItsWay(event, self.screen, self.focused, _edits(event, self.focused))
        self._on_its_way = way
        if self._at_the_door:
            self._be_patient(way)
        met = self.focused or self.screen
        await super().on_event(event)
        await self._follow(way, met.ancestors_with_self)

    async def _follow(self, way: _OnItsWay, pumps: Sequence[MessagePump]) -> None:
        """Send word behind the key through every queue that it goes through, the app's own at last."""
        if way is not self._on_its_way:
            return
        if way.is_taken:
            pumps = pumps[-1:]
        for at, pump in enumerate(pumps, 1):
            if pump.call_later(self._follow, way, pumps[at:]):
                return
        if pumps:
            # What was in hand has gone, and with it the way up to the app. Straight on from here, each key that waits
            # would lie upon the one before it: a hundred are more than Python stacks.
            self.call_later(self._follow, way, ())
        elif self.is_running:
            await self._arrived(way)

    async def _arrived(self, way: _OnItsWay) -> None:
        """Let the next key in if all is at rest; else wait for what this one began."""
        asked = [worker for worker in self.workers if way.waits_for(worker) and worker not in self._given_up]
        pumps = (self.focused or self.screen).ancestors_with_self
        opened, way.screen = way.screen is not self.screen, self.screen
        moved, way.focused = way.focused is not self.focused, self.focused
        busy = any(pump.message_queue_size for pump in pumps)
        way.rounds, way.calm = way.rounds + 1, 0 if opened or moved or busy else way.calm + 1
        way.opens = not asked or any(worker.group not in TAKES_ON for worker in asked)
        if asked and not (self._at_the_door and _passes(self._at_the_door[0], way)):
            self._answering = asyncio.create_task(self._send_word_after(way, asked))
        elif asked or way.edits or way.rounds >= MOST_ROUNDS or way.calm >= CALM_ROUNDS:
            await self._next()
        elif not (opened and self.screen.call_after_refresh(self._follow, way, pumps)):
            await self._follow(way, pumps)

    async def _send_word_after(self, way: _OnItsWay, asked: Sequence[Worker[Any]]) -> None:
        await asyncio.gather(*(worker.wait() for worker in asked), return_exceptions=True)
        pumps = (self.focused or self.screen).ancestors_with_self
        await self._follow(way, pumps)

    async def _next(self) -> None:
        self._on_its_way = None
        if self._patience:
            self._patience.cancel()
            self._patience = None
        if self._at_the_door:
            await self._let_in(self._at_the_door.popleft())
        else:
            self._given_up.clear()

    def _be_patient(self, way: _OnItsWay) -> None:
        if self._patience is None:
            loop = asyncio.get_running_loop()
            self._patience = loop.call_later(HELD_AT_MOST, self.call_later, self._lose_patience, way)

    async def _lose_patience(self, way: _OnItsWay) -> None:
        """Let the next key in although an answer is still out; it is not waited for again while keys wait."""
        if way is self._on_its_way:
            self._given_up.update(self.workers)
            await self._next()


def _edits(event: events.Key | events.Paste, focused: Widget | None) -> bool:
    is_text = isinstance(event, events.Paste) or event.is_printable or event.key in _EDITING
    return is_text and isinstance(focused, Input)


def _passes(event: events.Key | events.Paste, way: _OnItsWay) -> bool:
    return isinstance(event, events.Key) and not way.opens and GOES_ANYWHERE.fullmatch(event.key) is not None
