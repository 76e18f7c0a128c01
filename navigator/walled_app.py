"""What an app keeps to itself: no link, copy or picture of a public screen, no values in a fault; silence wipes it."""

from __future__ import annotations

import functools
import gc
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import SystemCommand
from textual.filter import LineFilter
from textual.screen import Screen

from navigator import lookups
from navigator.case_desk import CaseDesk
from navigator.incidents import report_of
from navigator.languages.translating import Language
from navigator.mode import COUNTDOWN_SECONDS
from navigator.roles import may_show
from navigator.screens.idle import IdleCountdown
from navigator.screens.not_here import NotHere
from navigator.text import ControlFilter, printed
from navigator.watchdog import SECONDS_TO_END, SECONDS_WITHOUT_A_BEAT

if TYPE_CHECKING:
    from provider_directory.errors import DirectoryError

_EMPTY_CLIPBOARD_AND_SCROLLBACK = "\x1b]52;c;\x07\x1b[3J"
TIMES_TO_FORGET = 3
"""Once a second behind a wipe: on a slow machine the screen that goes takes a while to be gone."""
_EMPTY_SCREEN = "\x1b[H\x1b[2J"


class WalledApp(CaseDesk):
    """The walls around the screens, by what the mode lets its user do (TRUST B2)."""

    beat: Callable[[float], None] | None = None
    """Told once a second, where silence is watched, within how many seconds it is told again; None = nobody listens."""

    opening_fault: DirectoryError | None = None
    """Why no edition could be opened; a public screen tells it to staff alone."""

    def __init__(self) -> None:
        super().__init__()
        self._control_filter = ControlFilter()
        self._to_forget = 0
        """How often what was drawn is still to be forgotten since the last wipe."""

    def get_screen(self, screen: Any, screen_class: Any = None) -> Any:
        """Give the screen that is asked for, where the mode may show it: every way to a screen comes by here."""
        found = super().get_screen(screen, screen_class)
        return found if may_show(type(found).__name__, self.mode) else NotHere()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Give none of Textual's own: the palette has ours."""
        return ()

    def copy_to_clipboard(self, text: str) -> None:
        """Copy, where the mode may export."""
        if self.mode.may_export:
            super().copy_to_clipboard(text)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open nothing: no screen of ours has a link, so whatever asks is not ours."""

    def deliver_screenshot(
        self, filename: str | None = None, path: str | None = None, time_format: str | None = None
    ) -> str | None:
        """Write a picture of the screen, where the mode may export."""
        return super().deliver_screenshot(filename, path, time_format) if self.mode.may_export else None

    def action_suspend_process(self) -> None:
        """Hand the terminal to the shell, where the mode may quit."""
        if self.mode.may_quit:
            super().action_suspend_process()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Give Textual's filters and the second wall against control characters."""
        return [*super().get_line_filters(), self._control_filter]

    # -- silence ---------------------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Note every sign of life."""
        if isinstance(
            event, (events.Key, events.Paste, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)
        ):
            self._last_sign_of_life = self.clock()
        await super().on_event(event)

    def look_for_silence(self) -> None:
        """Count down near the end of the allowed silence, and wipe at its end; called every second."""
        self._live()
        limit = self.mode.idle_seconds
        if limit is None:
            return
        if getattr(self.screen, "holds_nothing", False):  # nobody has begun, so there is nothing to clear
            if self._to_forget:
                self._to_forget -= 1
                _forget_what_was_drawn()
            return
        left = limit - (self.clock() - self._last_sign_of_life)
        if left <= 0:
            self.wipe()
        elif left <= COUNTDOWN_SECONDS and not isinstance(self.screen, IdleCountdown):
            language: Language = getattr(self.screen, "language", "en")
            self.push_screen(IdleCountdown(lambda: limit - (self.clock() - self._last_sign_of_life), language))

    def wipe(self) -> None:
        """Clear all that was typed or shown, the clipboard and the scrollback, and begin an empty call (TRUST S5)."""
        self._last_sign_of_life = self.clock()
        self.drop_keys()
        self.begin_call()
        self._to_forget = TIMES_TO_FORGET
        if self._driver is not None:
            self._driver.write(_EMPTY_CLIPBOARD_AND_SCROLLBACK)

    # -- the end ---------------------------------------------------------------------------------------------------

    def _live(self) -> None:
        if self.beat is not None:
            self.beat(SECONDS_WITHOUT_A_BEAT if self.return_code is None else SECONDS_TO_END)

    def exit(self, *arguments: Any, **named: Any) -> None:
        """End the app; a public screen ends within ``SECONDS_TO_END``, whatever hangs."""
        super().exit(*arguments, **named)
        self._live()

    def action_staff_leave(self) -> None:
        """Leave the app by the staff key; where people have PINs, one of them is asked for."""
        if self.desk_users is None or not self.desk_users.has_any():
            self._let_go("")
            return
        from navigator.case.desk_user import PinTries
        from navigator.screens.staff import StaffScreen  # deferred: seldom

        self._tries = self._tries or PinTries(self.clock)
        if not isinstance(self.screen, StaffScreen):
            self.push_screen(StaffScreen(self.desk_users, self._tries), self._let_go)

    def _let_go(self, name: str | None) -> None:
        """Leave; where no edition could be opened, staff is told why first."""
        if name is None:
            return
        if self.opening_fault is None:
            self.exit(0)
            return
        from navigator.screens.staff import OutOfOrderScreen  # deferred: seldom

        if not isinstance(self.screen, OutOfOrderScreen):
            self.push_screen(OutOfOrderScreen(self.opening_fault), lambda leaves: self.exit(0) if leaves else None)

    def on_unmount(self) -> None:
        """Empty the screen: a terminal without a second page, or tmux after a resize, keeps what stands.

        A public terminal is cleared for good.
        """
        if self._driver is not None:
            self._driver.write(_EMPTY_SCREEN + ("" if self.mode.may_quit else _EMPTY_CLIPBOARD_AND_SCROLLBACK))

    def _fatal_error(self) -> None:
        """End after a fault of ours: an incident id and no values, where Textual prints all locals (TRUST 0.4)."""
        fault = self._exception or RuntimeError("unknown")
        words = lookups.as_words(fault)
        self.bell()
        lines = [f"{words.title}: {words.message} {words.next_step}", *report_of(fault).splitlines()]
        # One text: of several Textual shows the first, and names a way of its own to see the others.
        self._exit_renderables[:] = [printed(lines)]
        self._close_messages_no_wait()
        self._live()


def _forget_what_was_drawn() -> None:
    """Empty the caches of what draws, in which a thousand pieces of former screens would stay, and free it all."""
    for each in gc.get_objects():
        # By its type: a proxy of what is gone answers no question about itself.
        if type(each) is functools._lru_cache_wrapper and each.__module__.startswith(("rich.", "textual.")):
            each.cache_clear()
    gc.collect()
