"""One referral to read: its number big and spelled, what it holds, and what is missing before it may be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from navigator import lookups
from navigator.actions import NUMBER_ACTIONS, PAGE_ACTIONS, bindings
from navigator.messages import LookupFailed, ReferralSaved, TakenAway
from navigator.referral.number import spelled
from navigator.referral.record import missing
from navigator.referral.summary import text_lines
from navigator.screens.desk_screen import DeskScreen
from navigator.text import line, rows, safe
from navigator.widgets.call_header import DEMONSTRATION
from navigator.widgets.key_line import KeyLine
from navigator.widgets.notice import Notice

if TYPE_CHECKING:
    from navigator.referral.record import Referral


class ReferralPage(DeskScreen[None]):
    """Reads the referral from the ledger, so that what is shown is what was kept."""

    BINDINGS: ClassVar[list[BindingType]] = bindings((*PAGE_ACTIONS, *NUMBER_ACTIONS))

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number

    def compose(self) -> ComposeResult:
        """Give number, missing fields and the rest."""
        yield Static(id="page-number")
        yield Notice(id="page-notice")
        with VerticalScroll(id="page"):
            yield Static(id="page-lines")
        yield KeyLine()

    def on_mount(self) -> None:
        """Read it."""
        self.query_one("#page").focus()
        lookups.show_referral(self, self.desk.ledger, self._number)

    @on(ReferralSaved)
    def _show(self, event: ReferralSaved) -> None:
        referral = event.referral
        self.query_one("#page-number", Static).update(
            rows(
                [
                    line((" ".join(referral.number), "bold $accent")),
                    line(("say: ", "$muted"), spelled(referral.number)),
                    line(("state: ", "$muted"), referral.state, _demonstration(referral)),
                ]
            )
        )
        waiting = missing(referral)
        found = [safe(f"Missing before it may be sent: {len(waiting)}" if waiting else "Nothing is missing", "bold")]
        found += [line(("○ ", "$warning"), entry.partition(": ")[2]) for entry in waiting]
        found.append(line(""))
        for text in text_lines(referral):
            if text.startswith(("DEMONSTRATION", "Referral ", "State:", "Missing")):
                continue
            if text in (entry.partition(": ")[2] for entry in waiting):
                continue
            name, colon, rest = text.partition(": ")
            found.append(line((f"{name}{colon}", "$muted"), rest))
        self.query_one("#page-lines", Static).update(rows(found))

    @on(LookupFailed)
    def _say_error(self, event: LookupFailed) -> None:
        event.stop()
        self.query_one(Notice).fail(event.error)

    def action_take_number(self) -> None:
        """Copy the number; nothing else of a referral leaves the screen."""
        from navigator import take_away  # deferred: not needed to read

        spoken = f"{self._number}\nsay: {spelled(self._number)}\n"
        take_away.copy(self, take_away.file_name("referral", self._number), spoken)

    @on(TakenAway)
    def _say_where(self, event: TakenAway) -> None:
        self.query_one(Notice).done(event.words)

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()


def _demonstration(referral: Referral) -> tuple[str, str]:
    return (f"   {DEMONSTRATION}" if referral.demonstration else "", "bold $warning")
