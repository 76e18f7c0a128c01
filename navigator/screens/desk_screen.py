"""What every screen of the app shares: the app by its own type, and actions that exist only where the mode has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar, cast

from textual.screen import Screen

from navigator import actions
from navigator.keymap import key_in_force

if TYPE_CHECKING:
    from navigator.app import CoeApp

Result = TypeVar("Result")


NARROW_BELOW = 100
LOW_BELOW = 34
HIGH_FROM = 50


class DeskScreen(Screen[Result], Generic[Result]):
    """A screen of the app; the style sheet knows it as narrow or wide, low or tall."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW_BELOW, "-wide")]  # noqa: RUF012 - declared so by Textual
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LOW_BELOW, "-tall"), (HIGH_FROM, "-high")]  # noqa: RUF012

    @property
    def desk(self) -> CoeApp:
        """Give the app."""
        return cast("CoeApp", self.app)

    def key(self, action_id: str) -> str:
        """Write the key in force of an action, for a hint in a text."""
        return key_in_force(action_id, self.desk.keymap)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse, and leave out of footer and help, what the mode does not have."""
        return action not in actions.refused(self.desk.mode)
