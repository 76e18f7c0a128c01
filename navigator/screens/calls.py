"""The calls that wait: parked ones, and callers to be called back, with the tries that were made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Resize
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from navigator import case_lookups
from navigator.actions import bindings
from navigator.case import call_backs, transitions, wrap
from navigator.case.scripts import VOICEMAIL
from navigator.case.value import Case, Try, TryOutcome
from navigator.case_actions import CALLS_ACTIONS
from navigator.messages import CallsListed, LookupFailed
from navigator.referral_lookups import WentAway
from navigator.screens.case_screen import now
from navigator.screens.desk_screen import DeskScreen
from navigator.text import line, rows
from navigator.widgets.key_line import KeyLine
from navigator.widgets.marked_list import still_listed
from navigator.widgets.notice import Notice
from navigator.widgets.read_aloud import read_aloud
from navigator.widgets.row_list import RowList, row_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from navigator.keeping import Kept, StatusRow


class CallsScreen(DeskScreen[str | None]):
    """Gives the number of the case to take in hand, or None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(CALLS_ACTIONS)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[StatusRow, ...] = ()

    def compose(self) -> ComposeResult:
        """Give title and rows."""
        yield Static(line(("Parked calls, call backs, and calls that were left open", "bold")), id="list-title")
        yield Notice(id="calls-notice")
        yield RowList(id="list-rows", compact=True)
        spoken = (*read_aloud("On a voicemail say:", VOICEMAIL, "en"), *read_aloud("In Spanish:", VOICEMAIL, "es")[:1])
        yield Static(rows(spoken), id="calls-script")
        yield KeyLine()

    @property
    def _in_hand(self) -> case_lookups.InHand:
        return self.desk.call.number_kept if self.desk.call else lambda: None

    def on_mount(self) -> None:
        """Read the list."""
        self.query_one(OptionList).focus()
        case_lookups.list_calls(self, self.desk.ledger, self.desk.today(), self._in_hand)

    @on(CallsListed)
    def _listed(self, event: CallsListed) -> None:
        event.stop()
        listed = self.query_one(OptionList)
        in_hand = self._rows[listed.highlighted].subject if listed.highlighted is not None else None
        subjects = [row.subject for row in event.rows]
        self._rows = event.rows
        self._draw()
        if in_hand in subjects:  # the same call stays in hand, wherever it stands now
            listed.highlighted = subjects.index(in_hand)
        if not event.rows:
            self.query_one(Notice).tell("Nobody waits: no call is parked, and nobody is to be called back.")

    @on(LookupFailed)
    def _say_error(self, event: LookupFailed) -> None:
        event.stop()
        self.query_one(Notice).fail(event.error)

    @on(Resize)
    def _draw(self) -> None:
        listed = self.query_one(OptionList)
        in_hand, cells = listed.highlighted or 0, max(self.size.width - 4, 20)
        listed.set_options([Option(row_lines(row, cells)) for row in self._rows])
        listed.highlighted = min(in_hand, len(self._rows) - 1) if self._rows else None

    @on(OptionList.OptionSelected)
    def _taken(self, event: OptionList.OptionSelected) -> None:
        if still_listed(event):
            self.dismiss(self._rows[event.option_index].subject)

    def action_select(self) -> None:
        """Take the call in hand, by whatever key that is."""
        self.query_one(OptionList).action_select()

    def action_tried(self, outcome: TryOutcome) -> None:
        """Note a try to call back."""
        attempt = Try(now(), self.desk.who_works, outcome)
        self._change(lambda case: call_backs.tried(case, attempt))

    def action_letter(self) -> None:
        """Note that the letter was sent, and close without contact."""
        ended = wrap.disposed("no_contact", "letter sent", now(), self.desk.who_works)
        self._change(lambda case: transitions.close(case, ended))

    def action_away(self) -> None:
        """Say until when you are away, or that you are back."""
        self.ask_until_when_away()

    @on(WentAway)
    def _went_away(self, event: WentAway) -> None:
        self.query_one(Notice).done(event.said)
        case_lookups.list_calls(self, self.desk.ledger, self.desk.today(), self._in_hand)

    def _change(self, step: Callable[[Case], Case]) -> None:
        at = self.query_one(OptionList).highlighted
        if at is None or not self._rows:
            return

        def changed(kept: Kept) -> Kept:
            return replace(kept, case=step(kept.case))

        case_lookups.change_case(
            self, self.desk.ledger, self._rows[at].subject, changed, self.desk.today(), self._in_hand
        )

    def action_back(self) -> None:
        """Go back to the call."""
        self.dismiss(None)
