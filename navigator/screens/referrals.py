"""The work list: what is to be done, by due date, in sections that a digit chooses; no sensitive procedure is named."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.events import Resize, ScreenResume
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from navigator import referral_lookups
from navigator.actions import bindings
from navigator.days import day_words, short_day
from navigator.languages.demonstration import SHORT as DEMONSTRATION
from navigator.messages import LookupFailed
from navigator.referral.worklist import SECTIONS, Section
from navigator.referral_actions import LIST_ACTIONS
from navigator.referral_lookups import EditionChecked, WorkListed
from navigator.screens.desk_screen import NARROW_BELOW, DeskScreen
from navigator.screens.referral_page import ReferralPage
from navigator.text import Part, fit, joined, line, rows, safe
from navigator.widgets.key_line import KeyLine
from navigator.widgets.marked_list import still_listed
from navigator.widgets.notice import Notice
from navigator.widgets.row_list import RowList

if TYPE_CHECKING:
    from navigator.referral.worklist import WorkList, WorkRow

DUE_CELLS, RISK_CELLS, NUMBER_CELLS = 10, 1, 14
SHORT = {"waiting": "waiting"}
"""Of sections whose words are too long for one line of 80 cells."""


class ReferralsScreen(DeskScreen[None]):
    """Rows to open."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(LIST_ACTIONS)

    def __init__(self) -> None:
        super().__init__()
        self._section: Section = "mine"
        self._work: WorkList | None = None
        self._said = ""

    def compose(self) -> ComposeResult:
        """Give title, sections, head, rows, and what else is known of the row in hand."""
        yield Static(id="list-title")
        yield Static(id="list-sections")
        yield Notice(id="list-notice")
        yield Static(id="list-head")
        yield RowList(id="list-rows", compact=True)
        yield Static(id="list-detail")
        yield KeyLine()

    def on_mount(self) -> None:
        """Take the keys, and see once for each edition whose center stands worse in it."""
        self.query_one("#list-rows").focus()
        referral_lookups.check_edition(self.desk)

    @on(EditionChecked)
    def _edition_checked(self, event: EditionChecked) -> None:
        if event.tasks_made:
            self._read()

    @on(ScreenResume)
    def _come_back(self) -> None:
        """Read the list anew, also after a referral was opened from it."""
        self._said = ""
        self._read()

    def _read(self) -> None:
        referral_lookups.list_work(self, self.desk.ledger, self._section)

    @on(WorkListed)
    def _listed(self, event: WorkListed) -> None:
        self._work = event.work
        notice = self.query_one(Notice)
        if self._said:
            notice.done(self._said)
        elif event.work.rows:
            notice.clear()
        elif event.work.counts["all"]:
            notice.tell("Nothing to do in this section.")
        else:
            notice.tell(f"Nothing is to be done: a referral begins with {self.key('offer.refer')} on a center.")
        self._draw()

    @on(LookupFailed)
    def _say_error(self, event: LookupFailed) -> None:
        event.stop()
        self.query_one(Notice).fail(event.error)

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        if self._work is None or not (still_listed(event) and self.is_active):
            return
        row = self._work.rows[event.option_index]
        if row.id.startswith("CS"):
            self.desk.take_case(row.id)
        else:
            self.app.push_screen(ReferralPage(row.id))

    @on(OptionList.OptionHighlighted)
    def _draw_detail(self) -> None:
        row = self._in_hand()
        self.query_one("#list-detail", Static).update(rows(_detail(row)) if row else line(""))

    def _in_hand(self) -> WorkRow | None:
        at = self.query_one("#list-rows", OptionList).highlighted
        found = self._work.rows if self._work else ()
        return found[at] if at is not None and at < len(found) else None

    @on(Resize)
    def _draw(self) -> None:
        if self._work is None:
            return
        marked = (f"{DEMONSTRATION}  ", "bold $warning") if any(row.demonstration for row in self._work.rows) else ""
        day = f"  by due date, {self._work.on:%a} {short_day(self._work.on)}"
        self.query_one("#list-title", Static).update(line(marked, ("Work list", "bold"), (day, "$muted")))
        self.query_one("#list-sections", Static).update(self._sections(self._work))
        head = self._line("due", "", "to do", "member", "procedure", "center", "number")
        self.query_one("#list-head", Static).update(head.stylize("$muted"))
        listed = self.query_one("#list-rows", OptionList)
        before = listed.highlighted or 0
        listed.set_options([Option(self._row(row, self._work.on)) for row in self._work.rows])
        listed.highlighted = min(before, len(self._work.rows) - 1) if self._work.rows else None
        self._draw_detail()

    def _sections(self, work: WorkList) -> Content:
        parts = []
        for digit, (section, words) in enumerate(SECTIONS, 1):
            here = section == work.section
            said = f"{SHORT.get(section, words)} {work.counts[section]}"
            sign = "▸" if here else " "
            parts.append(line((f"{sign}{digit} ", "$accent"), (said, "bold reverse" if here else "$muted")))
        return joined(parts, " ")

    def _row(self, row: WorkRow, today: date) -> Content:
        due: Part = (_day(row.due_on, today), "")
        if row.due_on < today:
            due = (f"▲ {_day(row.due_on, today)}", "bold $error")
        return self._line(
            due,
            ("$" if "bill_risk" in row.sections else "", "bold $warning"),
            row.what,
            row.member_name or "no name yet",
            row.procedure or "",
            row.center or (row.state if row.id.startswith("CS") else "no center"),
            (row.id, "bold"),
        )

    def _line(
        self, due: Part, risk: Part, what: Part, member: Part, procedure: Part, center: Part, number: Part
    ) -> Content:
        wide = self.size.width >= NARROW_BELOW
        gaps = 6 if wide else 5
        room = max(self.size.width - 3 - DUE_CELLS - RISK_CELLS - NUMBER_CELLS - gaps, 24)
        shares = (38, 18, 22, 22) if wide else (54, 24, 0, 22)
        cells = [room * share // 100 for share in shares]
        cells[0] += room - sum(cells)
        middle = [(what, cells[0]), (member, cells[1]), (procedure, cells[2]), (center, cells[3])]
        parts = [(due, DUE_CELLS), (risk, RISK_CELLS), *(each for each in middle if each[1]), (number, NUMBER_CELLS)]
        return joined([fit(line(part), cells) for part, cells in parts], " ")

    def action_away(self) -> None:
        """Say until when you are away, or that you are back."""
        self.ask_until_when_away()

    @on(referral_lookups.WentAway)
    def _went_away(self, event: referral_lookups.WentAway) -> None:
        self._said = event.said
        self._read()

    def action_section(self, at: int) -> None:
        """Take another section."""
        self._section, self._said = SECTIONS[at - 1][0], ""
        self._read()

    def action_select(self) -> None:
        """Open what is in hand, by whatever key that is."""
        self.query_one("#list-rows", OptionList).action_select()

    def action_back(self) -> None:
        """Go back to the call."""
        self.dismiss()


def _day(day: date, today: date) -> str:
    if day == today:
        return "today"
    return short_day(day) if day.year == today.year else f"{day:%b %Y}"


def _detail(row: WorkRow) -> list[Content]:
    """Say in two lines what else is known of the row in hand."""
    more = f"{row.more} more to do" if row.more else ""
    late = f"{row.overdue_days} working days late" if row.overdue_days else ""
    first = [row.procedure or "", row.center or ""]
    away = f" (away until {day_words(row.away_until)})" if row.away_until else ""
    risk = "$ bill risk: no authorization number yet" if "bill_risk" in row.sections else ""
    second = [row.state, more, f"with {row.owner or 'nobody'}{away}", late, risk]
    return [safe(" · ".join(part for part in parts if part), "$muted") for parts in (first, second)]
