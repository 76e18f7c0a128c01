"""Who works at a desk, and the lock: by a key or after the mode's silence; a PIN opens it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.actions import parse

from navigator import actions
from navigator.key_door import KeyDoor
from navigator.lookups import one_at_a_time

if TYPE_CHECKING:
    from navigator.case.desk_user import DeskUsers, PinTries
    from navigator.mode import Mode

_WHILE_LOCKED = frozenset({"help", "submit", "focus_next", "focus_previous", "delete_left", "delete_right"})


class DeskLock(KeyDoor):
    """The lock's part of the app; in a mode without a lock it does nothing."""

    mode: Mode
    clock: Callable[[], float]
    tell: Callable[[str], None]
    desk_users: DeskUsers | None = None
    """Who has a PIN here; None = nobody is asked."""
    _last_sign_of_life: float
    _person: str | None = None
    _signs: str | None = None
    """Whose name the ledger's thread signs with: who was at work when it was asked to write, not when it does."""
    _tries: PinTries | None = None
    _behind_lock: tuple[Callable[[], object], ...] = ()
    """What goes on as soon as the lock is opened."""

    @property
    def who_works(self) -> str:
        """Name the person whose PIN was typed, else the user of the operating system."""
        from navigator.ledger.desk_user import os_user  # deferred: with the first case

        return self._person or os_user()

    @property
    def who_signs(self) -> str:
        """Name who is at work, in the ledger's thread."""
        from navigator.ledger.desk_user import os_user  # deferred: as above

        return self._signs or os_user()

    @property
    def has_call(self) -> bool:
        """Say whether a call has begun."""
        return False

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

    def when_unlocked(self, go_on: Callable[[], object]) -> None:
        """Go on at once, or where the lock lies over the screen as soon as it is opened: nothing takes it away."""
        if self.locked:
            self._behind_lock = (*self._behind_lock, go_on)
        else:
            go_on()

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

        self.keep_fields()
        self._tries = self._tries or PinTries(self.clock)
        self.push_screen(LockScreen(self.desk_users, self._tries, why, self.has_call), self._unlocked)

    def keep_fields(self) -> None:
        """Keep the fields in hand, whatever lies over their screens."""
        for screen in self.screen_stack:
            if leave_field := getattr(screen, "leave_field", None):
                leave_field()

    def _unlocked(self, name: str | None) -> None:
        if name and name != self._person:
            self._person = name
            self.call_after_refresh(self.tell, f"{name} works here now.")
            self.run_worker(one_at_a_time(lambda: setattr(self, "_signs", name)), group="signs", exit_on_error=False)
        waiting, self._behind_lock = self._behind_lock, ()
        for go_on in waiting:
            go_on()

    async def run_action(self, action: Any, *arguments: Any, **named: Any) -> bool:
        """Run an action; while the desk is locked only what a PIN needs."""
        if self.mode.lock_seconds and self.locked and actions.action_name(action, parse) not in _WHILE_LOCKED:
            return False
        return await super().run_action(action, *arguments, **named)
