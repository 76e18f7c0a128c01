"""The keys of a call that go to a box, turn a stepper, or leave for another call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.widgets import Input, OptionList

from navigator.messages import OrderAsked, RadiusAsked, TakenAway
from navigator.screens.case_screen import CaseScreen
from navigator.settings import RADII
from navigator.widgets.choice_list import ChoiceList
from navigator.widgets.notice import Notice
from navigator.widgets.stepper import Stepper
from navigator.widgets.text_box import TextBox

if TYPE_CHECKING:
    from navigator.case.value import OfferShown


class CallKeys(CaseScreen):
    """A call with its boxes for words and place, and its steppers for miles and order."""

    @on(RadiusAsked)
    def _radius_asked(self, event: RadiusAsked) -> None:
        if event.reach is None:
            self.query_one("#miles", Stepper).step(event.steps, around=False)
        else:
            self._look_within(event.reach)

    def _look_within(self, miles: float) -> None:
        far = next((far for far in RADII if far >= miles), RADII[-1])
        self.query_one("#miles", Stepper).take(str(far))

    def look_again(self, shown: OfferShown) -> None:
        """Look as far, and in the order, as the centers were shown when the call was put aside."""
        self._look_within(shown.miles)
        self.query_one("#order", Stepper).take(shown.sort)

    def on_key(self, event: events.Key) -> None:
        """Take what is typed while the procedures are asked about for the place, where none stands yet.

        Who types the words, Enter and the place in one go has the choices in hand where the words may mean several
        things; the letters of the place would open other screens one after the other.
        """
        place, choices = self.query_one("#place", TextBox), self.query_one(ChoiceList)
        asks = choices.kind == "procedure" and self.focused is choices.query_one(OptionList)
        if asks and not place.value and event.character and event.character.isalnum():
            event.stop()
            place.begin_with(event.character)

    @property
    def place_is_done(self) -> bool:
        """Say whether the keys wait at the place, or at what was asked beside it, for the centers."""
        return self.focused is not None and self.focused.id in ("place", "choice-list")

    @on(TakenAway)
    def _say_where(self, event: TakenAway) -> None:
        self.query_one(Notice).done(event.words)

    def action_answer_cards(self) -> None:
        """Open the answer cards of the HR desk."""
        self.desk.open_cards()

    def action_words(self) -> None:
        """Go back to the words, all of them selected so that typing replaces them."""
        words = self.query_one("#words", Input)
        words.focus()
        words.select_all()

    def action_place(self) -> None:
        """Go to the place."""
        place = self.query_one("#place", Input)
        place.focus()
        place.select_all()

    def action_new_call(self) -> None:
        """Begin again on a fresh screen: nothing typed is left in any widget."""
        self.desk.begin_call()

    def action_next_radius(self) -> None:
        """Look within more miles."""
        self.query_one("#miles", Stepper).step(1)

    @on(OrderAsked)
    def action_next_order(self) -> None:
        """Take the next order."""
        self.query_one("#order", Stepper).step(1)

    def action_referrals(self) -> None:
        """Open the list of referrals."""
        self.desk.open_referrals()
