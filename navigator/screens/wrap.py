"""The end of a call: how it ended, filled in; why no center fits, if none does; what will be done next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, Static

from navigator.actions import bindings
from navigator.case import steps, transitions, wrap
from navigator.case.reasons import NONE_FITS, reason_label
from navigator.case.scripts import GOODBYE
from navigator.case.value import Case, DispositionKind, NoneFits, NoneFitsReason
from navigator.case_actions import WRAP_ACTIONS
from navigator.referral.number import spelled
from navigator.screens.case_screen import CaseScreen, now
from navigator.screens.desk_screen import DeskScreen
from navigator.text import line, rows
from navigator.widgets.form_fields import ChoiceLine
from navigator.widgets.key_line import KeyLine
from navigator.widgets.notice import Notice
from navigator.widgets.read_aloud import read_aloud
from navigator.widgets.text_box import TextBox

if TYPE_CHECKING:
    from typing import Any


class WrapScreen(DeskScreen[bool]):
    """Gives True where the call was ended; F2 keeps what stands here."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(WRAP_ACTIONS)

    def __init__(self, call: CaseScreen, case: Case, seconds_waited: float) -> None:
        super().__init__()
        self._call = call
        self._case = case
        self._seconds_waited = seconds_waited

    def compose(self) -> ComposeResult:
        """Give the choices and what follows from them."""
        yield Static(
            line(("How did the call end?", "bold"), ("  the likely answer is marked", "$muted")), id="wrap-title"
        )
        with VerticalScroll(id="wrap", can_focus=False):
            if self._asks_why:
                yield Static(line(("Why does no center fit?", "$muted")))
                yield ChoiceLine(NONE_FITS, self._case.none_fits.reason if self._case.none_fits else "")
            yield Static(line(("The call ended as", "$muted")))
            yield ChoiceLine(wrap.possible(self._case), wrap.proposed(self._case))
            yield Static(line(("In your words, if anything is to be added", "$muted")))
            yield TextBox(compact=True, max_length=500, id="wrap-words")
            yield Static(id="wrap-lines")
        yield Notice(id="wrap-notice")
        yield KeyLine()

    @property
    def _asks_why(self) -> bool:
        urgent = self._case.safety is not None and self._case.safety.outcome != "none"
        return self._case.offer is not None and self._case.chosen is None and not self._case.created and not urgent

    def on_mount(self) -> None:
        """Take the keys to the first line."""
        self.query(ChoiceLine).first().focus()
        self._draw()

    @on(ChoiceLine.Changed)
    def _chose(self, event: ChoiceLine.Changed) -> None:
        event.stop()
        lines = list(self.query(ChoiceLine))
        if self._asks_why and event.value in dict(NONE_FITS) and lines[0].value == event.value:
            lines[1].set_reactive(ChoiceLine.value, "offer_sheet" if event.value == "wants_to_think" else "none_fits")
            lines[1].refresh()

    def _draw(self) -> None:
        case = self._case
        told = [line(""), line(("Reason: ", "$muted"), reason_label(case.reason))]
        told += [
            line(("Referral: ", "$muted"), (number, "bold"), ("  say: ", "$muted"), spelled(number))
            for number in case.created
        ]
        if case.draft:
            told.append(line(("Draft: ", "$muted"), (case.draft, "bold"), " stays in the work list"))
        if case.created or case.draft:
            told += [line(("○ ", "$warning"), owed.words) for owed in steps.missing_to_send(case)]
        told.append(
            line(
                ("The tool kept the caller waiting ", "$muted"), f"{self._seconds_waited:.1f} s", (" in all.", "$muted")
            )
        )
        told += [line(""), *read_aloud("Say:", GOODBYE, case.language)]
        self.query_one("#wrap-lines", Static).update(rows(told))

    def leave_for_good(self) -> None:
        """Keep half-typed words as a note, once; called before the app is ended from outside."""
        box = self.query_one(Input)
        if text := box.value.strip():
            self._call.take_note(f"{text} (not finished)")
            box.value = ""

    def action_close(self) -> None:
        """Keep how it ended."""
        lines, words = [each.value for each in self.query(ChoiceLine)], self.query_one(Input).value.strip() or None
        kind: Any = lines[-1]
        if not kind:
            self.query_one(Notice).tell("Choose how the call ended.")
            return
        if self._asks_why and lines[0]:
            why: Any = lines[0]
            self._call.change(transitions.choose_none, _none_fits(why, words))
        if self._call.change(transitions.close, _disposed(kind, words, self.desk.who_works)):
            self.dismiss(True)

    def action_back(self) -> None:
        """Go back to the call."""
        self.dismiss(False)


def _none_fits(why: NoneFitsReason, words: str | None) -> NoneFits:
    return NoneFits(why, words, now())


def _disposed(kind: DispositionKind, words: str | None, who: str) -> object:
    return wrap.disposed(kind, words, now(), who)
