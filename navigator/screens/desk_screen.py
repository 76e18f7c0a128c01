"""What every screen of the app shares: the app by its own type, and actions that exist only where the mode has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.binding import BindingType
from textual.screen import ModalScreen

from navigator import actions
from navigator.keymap import key_in_force
from navigator.screens.left_once import LeftOnce
from navigator.widgets.notice import Notice
from navigator.widgets.text_box import TextBox

if TYPE_CHECKING:
    from datetime import date

    from navigator.app import CoeApp

Result = TypeVar("Result")


NARROW_BELOW = 100
LOW_BELOW = 34
HIGH_FROM = 50


class DeskScreen(LeftOnce[Result], Generic[Result]):
    """A screen of the app; the style sheet knows it as narrow or wide, low or tall."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW_BELOW, "-wide")]  # noqa: RUF012 - declared so by Textual
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LOW_BELOW, "-tall"), (HIGH_FROM, "-high")]  # noqa: RUF012

    @property
    def desk(self) -> CoeApp:
        """Give the app."""
        return cast("CoeApp", self.app)

    def on_unmount(self) -> None:
        """Let go of this screen, and of all that was typed on it.

        Textual keeps who watches the app until what is watched changes, and an edition seldom does.
        """
        for watchers in getattr(self.app, "__watchers", {}).values():
            watchers[:] = [each for each in watchers if each[0] is not self and not each[0]._closing]

    def key(self, action_id: str) -> str:
        """Write the key in force of an action, for a hint in a text."""
        return key_in_force(action_id, self.desk.keymap)

    def say_what_is_left_out(self) -> None:
        """Say again of a box that is full that no more fits, after the notice was cleared for an answer."""
        for full in filter(None, (box.full for box in self.query(TextBox))):
            self.query_one(Notice).tell(full.words)

    def ask_until_when_away(self) -> None:
        """Ask until when who works is away, and note it; posts WentAway to this screen."""
        from navigator import referral_lookups
        from navigator.referral import checks
        from navigator.screens.ask import AskScreen  # deferred: seldom asked

        def day_of(text: str) -> date | None:
            return checks.not_past(checks.calendar_day(text), self.desk.today()) if text else None

        def given(text: str | None) -> None:
            if text is not None:
                referral_lookups.be_away(self, self.desk.ledger, day_of(text))

        beside = "Everybody's list shows your referrals and cases to that day. Enter alone: you are back."
        self.app.push_screen(AskScreen("Until which day are you away?", beside, "12/1/2026", day_of), given)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse, and leave out of footer and help, what the mode does not have."""
        return action not in actions.refused(self.desk.mode)


class DeskModal(LeftOnce[Result], ModalScreen[Result], Generic[Result]):
    """A screen over another one: help opens here too, though no other key of the app does."""

    BINDINGS: ClassVar[list[BindingType]] = actions.bindings((actions.HELP._replace(action="app.help"),))
    keys_in_words: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Keys that stand in no registry, and what each does, for the help."""
