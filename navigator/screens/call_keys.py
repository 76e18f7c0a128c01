"""The keys of a call that go to a box, turn a stepper, or leave for another call."""

from __future__ import annotations

from textual import on
from textual.widgets import Input

from navigator.messages import OrderAsked, RadiusAsked
from navigator.screens.case_screen import CaseScreen
from navigator.settings import RADII
from navigator.widgets.stepper import Stepper


class CallKeys(CaseScreen):
    """A call with its boxes for words and place, and its steppers for miles and order."""

    @on(RadiusAsked)
    def _radius_asked(self, event: RadiusAsked) -> None:
        miles = self.query_one("#miles", Stepper)
        if event.reach is None:
            miles.step(event.steps, around=False)
        else:
            miles.take(str(next(far for far in RADII if far >= event.reach)))

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
