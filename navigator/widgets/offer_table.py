"""The offer: a head line and one line a center; the line in hand keeps its colors and has a mark beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click, Resize
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from navigator.actions import OFFER_ACTIONS, bindings
from navigator.text import line, safe
from navigator.widgets.offer_cells import Column, center_line, columns_for, heading
from navigator.widgets.offer_marks import MARK, to_compare, toggled

if TYPE_CHECKING:
    from provider_directory.models import Center

MARK_CELLS = 1


class CenterList(OptionList):
    """The lines of the offer, with the keys that act on the center in hand."""

    BINDINGS = bindings(OFFER_ACTIONS)

    @dataclass
    class Asked(Message):
        """A key asked for something: the word is the action's name, the center the one in hand when the key came."""

        wish: str
        center: Center | None = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ask the screen, which knows the mode."""
        return self.screen.check_action(action, parameters)

    def on_click(self, event: Click) -> None:
        """Take the line under the mouse in hand; only a click on the line in hand chooses it."""
        clicked = event.style.meta.get("option")
        if clicked is not None and clicked != self.highlighted:
            self.highlighted = clicked
            event.prevent_default()

    def action_refer(self) -> None:
        """Choose the center in hand."""
        self.action_select()

    def action_evidence(self) -> None:
        """Ask for the evidence."""
        self.post_message(self.Asked("evidence"))

    def action_price(self) -> None:
        """Ask for the price and all that was weighed for it."""
        self.post_message(self.Asked("price"))

    def action_rule(self) -> None:
        """Ask for the program's rule."""
        self.post_message(self.Asked("rule"))

    def action_gates(self) -> None:
        """Ask for what the rule wants to know of the member."""
        self.post_message(self.Asked("gates"))

    def action_next_card(self) -> None:
        """Ask for the next card."""
        self.post_message(self.Asked("next_card"))

    def action_previous_card(self) -> None:
        """Ask for the card before."""
        self.post_message(self.Asked("previous_card"))

    def action_cards_down(self) -> None:
        """Ask for the rest of the cards."""
        self.post_message(self.Asked("cards_down"))

    def action_cards_up(self) -> None:
        """Ask for the beginning of the cards."""
        self.post_message(self.Asked("cards_up"))

    def action_wider(self) -> None:
        """Ask for more miles."""
        self.post_message(self.Asked("wider"))

    def action_narrower(self) -> None:
        """Ask for fewer miles."""
        self.post_message(self.Asked("narrower"))

    def action_reach_contract(self) -> None:
        """Ask for a radius that reaches the nearest center under contract."""
        self.post_message(self.Asked("reach_contract"))

    def action_take_center(self) -> None:
        """Ask for a copy of the center in hand."""
        self.post_message(self.Asked("take_center"))

    def action_take_offer(self) -> None:
        """Ask for a copy of all centers."""
        self.post_message(self.Asked("take_offer"))

    def action_print_center(self) -> None:
        """Ask for the center in hand on paper."""
        self.post_message(self.Asked("print_center"))

    def action_mark(self) -> None:
        """Ask for a mark."""
        self.post_message(self.Asked("mark"))

    def action_compare(self) -> None:
        """Ask for the marked centers side by side."""
        self.post_message(self.Asked("compare"))

    def action_plot(self) -> None:
        """Ask for price against quality."""
        self.post_message(self.Asked("plot"))

    def action_offer_sheet(self) -> None:
        """Ask for the centers on one page."""
        self.post_message(self.Asked("offer_sheet"))

    def action_next_order(self) -> None:
        """Ask for another order."""
        self.post_message(self.Asked("next_order"))


class OfferTable(Vertical):
    """Shows centers in the order in which they come."""

    @dataclass
    class InHand(Message):
        """Another center is in hand."""

        center: Center

    @dataclass
    class Chosen(Message):
        """The center in hand is chosen."""

        center: Center

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._centers: tuple[Center, ...] = ()
        self._in_hand = 0
        self._paid = False
        self._marked: tuple[str, ...] = ()
        self._drawn_for = 0

    def compose(self) -> ComposeResult:
        """Give head and list."""
        yield Static(id="offer-head")
        yield CenterList(id="offer-list", compact=True)

    @property
    def in_hand(self) -> Center | None:
        """Give the center in hand."""
        return self._centers[self._in_hand] if self._centers else None

    def show(self, centers: Sequence[Center], paid: bool) -> None:
        """Show other centers; the one in hand stays in hand if it is still there.

        ``paid``: a column says what the member pays, for the program has rules and the caller may hear them.
        """
        before, self._paid = self.in_hand, paid
        self._centers = tuple(centers)
        ids = [center.facility.id for center in self._centers]
        self._marked = tuple(key for key in self._marked if key in ids)
        self._in_hand = ids.index(before.facility.id) if before and before.facility.id in ids else 0
        self._draw()
        if self.in_hand:
            self.post_message(self.InHand(self.in_hand))

    def mark(self, center: Center) -> bool:
        """Mark or unmark a center; False when three others are marked already."""
        marked = toggled(self._marked, center.facility.id)
        if marked is None:
            return False
        self._marked = marked
        self._draw()
        return True

    @property
    def marked(self) -> tuple[Center, ...]:
        """Give the marked centers, in the offer's order."""
        return tuple(center for center in self._centers if center.facility.id in self._marked)

    def to_compare(self, key: str) -> tuple[tuple[Center, ...], str]:
        """Give the centers to compare, and a sentence where the marks alone did not say which; ``key`` marks."""
        return to_compare(self._centers, self._marked, self.in_hand, key) if self.in_hand else ((), "")

    def take(self, facility: str) -> None:
        """Take a center in hand."""
        for index, center in enumerate(self._centers):
            if center.facility.id == facility:
                self.query_one(CenterList).highlighted = index

    def focus(self, scroll_visible: bool = True) -> OfferTable:
        """Put the keys on the lines."""
        self.query_one(CenterList).focus(scroll_visible)
        return self

    @on(Resize)
    def _fit_columns(self) -> None:
        if self._cells() != self._drawn_for:
            self._draw()

    @on(OptionList.OptionHighlighted)
    def _take_in_hand(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        before, self._in_hand = self._in_hand, event.option_index
        if before == self._in_hand:
            return
        lines = self.query_one(CenterList)
        columns = columns_for(self._cells(), self._centers, self._paid)
        for index in (before, self._in_hand):
            if index < len(self._centers):
                lines.replace_option_prompt_at_index(index, self._line(index, columns))
        if self.in_hand:
            self.post_message(self.InHand(self.in_hand))

    @on(CenterList.Asked)
    def _say_of_which(self, event: CenterList.Asked) -> None:
        # Whoever types fast is at the next line before the screen hears of the key.
        event.center = self.in_hand

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        for center in self._centers:  # by its id: the list may have changed since the key
            if center.facility.id == event.option_id:
                self.post_message(self.Chosen(center))

    def _draw(self) -> None:
        cells = self._cells()
        if not self.is_mounted or cells <= 0:
            return
        self._drawn_for = cells
        columns = columns_for(cells, self._centers, self._paid)
        head: Content = line(" " * self._mark_cells(), heading(columns, cells))
        self.query_one("#offer-head", Static).update(head)
        lines = self.query_one(CenterList)
        with self.prevent(OptionList.OptionHighlighted):
            options = [Option(self._line(at, columns), id=each.facility.id) for at, each in enumerate(self._centers)]
            lines.set_options(options)
            lines.highlighted = self._in_hand if self._centers else None

    def _cells(self) -> int:
        # Before the first layout the table has no width; lines that waited for it would come after the cards below.
        # One cell stays free for the list's scroll bar.
        return (self.size.width or self.app.size.width) - self._mark_cells() - 1

    def _mark_cells(self) -> int:
        return MARK_CELLS + 1 if self._marked else MARK_CELLS

    def _line(self, index: int, columns: Sequence[Column]) -> Content:
        mark = safe("▌" if index == self._in_hand else " ", "$accent")
        if self._centers[index].facility.id in self._marked:
            mark += safe(MARK, "bold $accent")
        gap = line(" " * (self._mark_cells() - mark.cell_length))
        return mark + gap + center_line(self._centers[index], columns, self._cells())
