"""The list of referrals, the newest first; a sensitive procedure is not named here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.events import Resize
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from navigator import lookups
from navigator.actions import LIST_ACTIONS, bindings
from navigator.messages import LookupFailed, ReferralsListed
from navigator.screens.desk_screen import DeskScreen
from navigator.screens.referral_page import ReferralPage
from navigator.text import fit, line, safe
from navigator.widgets.call_header import DEMONSTRATION
from navigator.widgets.key_line import KeyLine
from navigator.widgets.notice import Notice
from navigator.widgets.phrases import day_words

if TYPE_CHECKING:
    from navigator.referral.record import ReferralSummary

NUMBER_CELLS, STATE_CELLS, DAY_CELLS, GAPS = 14, 8, 13, 5


class ReferralsScreen(DeskScreen[None]):
    """Rows to open."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(LIST_ACTIONS)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[ReferralSummary, ...] = ()

    def compose(self) -> ComposeResult:
        """Give title, head, rows."""
        yield Static(id="list-title")
        yield Notice(id="list-notice")
        yield Static(id="list-head")
        yield OptionList(id="list-rows", compact=True)
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the newest rows."""
        self.query_one("#list-title", Static).update(self._title(""))
        self.query_one("#list-rows").focus()
        lookups.list_referrals(self, self.desk.ledger)

    @on(ReferralsListed)
    def _listed(self, event: ReferralsListed) -> None:
        self._rows = event.rows
        self.query_one("#list-title", Static).update(self._title(f"  {len(event.rows)}, the newest first"))
        if not event.rows:
            self.query_one(Notice).tell(f"No referral yet: one begins with {self.key('offer.refer')} on a center.")
        self._draw()

    def _title(self, beside: str) -> Content:
        edition = self.desk.edition
        marked = (f"{DEMONSTRATION}  ", "bold $warning") if edition and edition.demonstration else ""
        return line(marked, ("Referrals", "bold"), (beside, "$muted"))

    @on(LookupFailed)
    def _say_error(self, event: LookupFailed) -> None:
        event.stop()
        self.query_one(Notice).fail(event.error)

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        self.app.push_screen(ReferralPage(self._rows[event.option_index].number))

    @on(Resize)
    def _draw(self) -> None:
        head = self._line("number", "state", "begun", "member", "procedure", "center")
        self.query_one("#list-head", Static).update(head.stylize("$muted"))
        lines = self.query_one("#list-rows", OptionList)
        in_hand = lines.highlighted or 0
        lines.set_options([Option(self._row(row)) for row in self._rows])
        lines.highlighted = min(in_hand, len(self._rows) - 1) if self._rows else None

    def _row(self, row: ReferralSummary) -> Content:
        return self._line(
            row.number,
            row.state,
            day_words(row.created_at.astimezone().date()),
            row.member_name or "no name yet",
            row.procedure or "no procedure",
            row.facility_name or "no center",
        )

    def _line(self, number: str, state: str, day: str, member: str, procedure: str, center: str) -> Content:
        room = max(self.size.width - 3 - NUMBER_CELLS - STATE_CELLS - DAY_CELLS - GAPS, 24)
        member_cells, procedure_cells = room * 3 // 10, room * 3 // 10
        return line(
            fit(safe(number, "bold"), NUMBER_CELLS),
            " ",
            fit(safe(state), STATE_CELLS),
            " ",
            fit(safe(day), DAY_CELLS),
            " ",
            fit(safe(member), member_cells),
            " ",
            fit(safe(procedure), procedure_cells),
            " ",
            fit(safe(center), room - member_cells - procedure_cells),
        )

    def action_select(self) -> None:
        """Open the referral in hand, by whatever key that is."""
        self.query_one("#list-rows", OptionList).action_select()

    def action_back(self) -> None:
        """Go back to the call."""
        self.dismiss()
