"""Who works at a desk, and the lock: by a key or after the mode's silence; a PIN opens it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.actions import parse

from navigator import actions
from navigator.key_door import KeyDoor

if TYPE_CHECKING:
    from navigator.case.desk_user import DeskUsers, PinTries
    from navigator.mode import Mode

_WHILE_LOCKED = frozenset({"help", "submit", "focus_next", "focus_previous", "delete_left", "delete_right"})


class DeskLock(KeyDoor):
    """The lock's part of the app; in a mode without a lock it does nothing."""

    mode: Mode
    clock: Callable[[], float]
    desk_users: DeskUsers | None = None
    """Who has a PIN here; None = nobody is asked."""
    _last_sign_of_life: float
    _person: str | None = None
    _tries: PinTries | None = None

    @property
    def who_works(self) -> str:
        """Name the person whose PIN was typed, else the user of the operating system."""
        from navigator.ledger.desk_user import os_user  # deferred: with the first case

        return self._person or os_user()

    def begin_working(self) -> None:
        """Watch for silence; where people have PINs, ask first who works."""
        if not self.mode.lock_seconds:
            return
        self.set_interval(1.0, self.look_for_lock)
        if self.desk_users and self.desk_users.has_any():
            self._lock("Who works here?")

    @property
    def locked(self) -> bool:
        """Say whether the lock lies over the screen."""
        from navigator.screens.lock import LockScreen  # deferred: not needed for the first frame

        return isinstance(self.screen, LockScreen)

    def look_for_lock(self) -> None:
        """Lock after the mode's silence; called every second."""
        limit = self.mode.lock_seconds
        if limit and self.clock() - self._last_sign_of_life >= limit and not self.locked:
            self._lock(f"after {limit // 60} minutes without a key")

    def action_lock(self) -> None:
        """Lock the desk."""
        if self.mode.lock_seconds and not self.locked:
            self._lock("by its user")

    def _lock(self, why: str) -> None:
        from navigator.case.desk_user import PinTries
        from navigator.screens.lock import LockScreen  # deferred: as above

        for screen in self.screen_stack:
            if leave_field := getattr(screen, "leave_field", None):
                leave_field()
        self._tries = self._tries or PinTries(self.clock)
        self.push_screen(LockScreen(self.desk_users, self._tries, why), self._unlocked)

    def _unlocked(self, name: str | None) -> None:
        self._person = name or self._person

    async def run_action(self, action: Any, *arguments: Any, **named: Any) -> bool:
        """Run an action; while the desk is locked only what a PIN needs."""
        if self.mode.lock_seconds and self.locked and actions.action_name(action, parse) not in _WHILE_LOCKED:
            return False
        return await super().run_action(action, *arguments, **named)
