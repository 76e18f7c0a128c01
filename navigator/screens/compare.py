"""Two or three centers of an offer side by side; from the column in hand to its referral, evidence and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.reactive import var
from textual.widgets import Static

from navigator import lookups
from navigator.actions import COMPARE_ACTIONS, bindings
from navigator.languages.demonstration import SHORT as DEMONSTRATION
from navigator.messages import ComparisonFound, EvidenceFound, LookupFailed
from navigator.screens.compare_rows import name_of, rows_of
from navigator.screens.desk_screen import DeskScreen
from navigator.text import line
from navigator.widgets.compare_table import CompareTable, names_line
from navigator.widgets.key_line import KeyLine
from navigator.widgets.notice import Notice

if TYPE_CHECKING:
    from navigator.screens.call import CallScreen
    from provider_directory.models import Center, Comparison, Question


class CompareScreen(DeskScreen[None]):
    """Columns to read across; the column in hand is the center that a key acts on."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMPARE_ACTIONS)
    in_hand: var[int] = var(0)

    def __init__(
        self, call: CallScreen, centers: tuple[Center, ...], question: Question, procedure_name: str, note: str = ""
    ) -> None:
        super().__init__()
        self._call = call
        self._centers = centers
        self._question = question
        self._procedure_name = procedure_name
        self._note = note
        self._wanted = ("", "")

    def compose(self) -> ComposeResult:
        """Give title, notice, names and the columns under them."""
        offer = self._call.state.offer
        demonstration = (f"{DEMONSTRATION}  ", "bold $warning") if offer and offer.demonstration else ""
        yield Static(
            line(demonstration, ("Compare", "bold"), (f" · {self._procedure_name}", "$muted")), id="compare-title"
        )
        yield Notice(id="compare-notice")
        yield Static(id="compare-names")
        with VerticalScroll(id="compare", can_focus=False):
            yield CompareTable(id="compare-table")
        yield KeyLine()

    def on_mount(self) -> None:
        """Ask for the comparison."""
        table = self.query_one(CompareTable)
        table.columns = len(self._centers)
        self._draw_names()
        if directory := self.desk.directory:
            self._tell("Comparing")
            ids = tuple(center.facility.id for center in self._centers)
            lookups.compare(self, directory, ids, self._question)

    def _tell(self, waiting: str) -> None:
        notice = self.query_one(Notice)
        notice.display = bool(waiting or self._note)
        if waiting:
            notice.wait(waiting)
        elif self._note:
            notice.tell(self._note)

    @on(ComparisonFound)
    def _show(self, event: ComparisonFound) -> None:
        self._tell("")
        self.query_one(CompareTable).table = tuple(rows_of(self._with_you_pay(event.comparison), self.key))

    def _with_you_pay(self, found: Comparison) -> Comparison:
        """Give the comparison with what the offer says is paid: the directory knows no rule of a program."""
        paid = {center.facility.id: center.you_pay for center in self._centers}
        centers = tuple(
            each.model_copy(
                update={"center": each.center.model_copy(update={"you_pay": paid.get(each.center.facility.id)})}
            )
            for each in found.centers
        )
        return found.model_copy(update={"centers": centers})

    @on(LookupFailed)
    def _say_error(self, event: LookupFailed) -> None:
        event.stop()
        notice = self.query_one(Notice)
        notice.display = True
        notice.fail(event.error)

    @on(Resize)
    def _fit_names(self) -> None:
        self._draw_names()

    @on(CompareTable.ColumnClicked)
    def _take_column(self, event: CompareTable.ColumnClicked) -> None:
        self.in_hand = event.column

    def watch_in_hand(self) -> None:
        """Draw the mark in another column."""
        if self.is_mounted:
            self.query_one(CompareTable).in_hand = self.in_hand
            self._draw_names()

    def _draw_names(self) -> None:
        names = [name_of(center) for center in self._centers]
        width = self.query_one(CompareTable).content_size.width or self.size.width - 3
        self.query_one("#compare-names", Static).update(names_line(names, width, self.in_hand))

    def action_column(self, step: int) -> None:
        """Take the center to the right or to the left in hand; stays at either end."""
        self.in_hand = min(max(self.in_hand + step, 0), len(self._centers) - 1)

    def action_read(self, lines: int) -> None:
        """Move the text."""
        self.query_one("#compare", VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_refer(self) -> None:
        """Refer to the center in hand."""
        if self.is_active:  # a second Enter while the form opens is no second referral
            self.desk.open_referral_form(self._call, self._centers[self.in_hand])

    def action_rung(self, rung: str) -> None:
        """Open the evidence of the center in hand at a rung."""
        facility = self._centers[self.in_hand].facility.id
        self._wanted = (facility, rung)
        if directory := self.desk.directory:
            lookups.find_evidence(self, directory, facility, self._question)

    @on(EvidenceFound)
    async def _open_evidence(self, event: EvidenceFound) -> None:
        facility, rung = self._wanted
        if facility != event.facility or not self.is_active:
            return
        self._wanted = ("", "")
        from navigator.screens.evidence import EvidenceScreen  # deferred: opened from here only when asked for

        center = next(center for center in self._centers if center.facility.id == facility)
        opened = EvidenceScreen(center, event.evidence, self._procedure_name, self.key)
        await self.app.push_screen(opened)
        opened.action_rung(rung)

    def action_back(self) -> None:
        """Go back to the call."""
        self.dismiss()
