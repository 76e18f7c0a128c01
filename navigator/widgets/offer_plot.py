"""Price against quality under the cards of a tall screen: the panel of the center in hand, and every center's line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll

from navigator.text import safe
from navigator.widgets.plot import Entry, Plot, PlotList
from navigator.widgets.plot_panels import NotPlaced, Panel, groups_of, panel_of, panels_of

if TYPE_CHECKING:
    from provider_directory.models import Center


class OfferPlot(Horizontal):
    """Follows the table; a click on a point posts ``PointTaken`` with its letter."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._panels: tuple[Panel, ...] = ()
        self._rest: tuple[NotPlaced, ...] = ()
        self.border_title = safe("Price against quality")

    def compose(self) -> ComposeResult:
        """Give the plot and the list beside it."""
        yield Plot()
        with VerticalScroll(can_focus=False):
            yield PlotList()

    @property
    def _entries(self) -> list[Entry]:
        return [*(point for panel in self._panels for point in panel.points), *self._rest]

    def show(self, centers: Sequence[Center]) -> None:
        """Show other centers."""
        self._panels, self._rest = panels_of(centers)
        self.query_one(PlotList).groups = groups_of(self._panels, self._rest)

    def take(self, facility: str) -> None:
        """Draw the panel of this facility, its point marked."""
        letter = next((entry.letter for entry in self._entries if entry.center.facility.id == facility), "")
        plot = self.query_one(Plot)
        plot.panel = panel_of(self._panels, letter)
        plot.in_hand = self.query_one(PlotList).in_hand = letter

    def facility_of(self, letter: str) -> str | None:
        """Give the facility that a letter stands for."""
        return next((entry.center.facility.id for entry in self._entries if entry.letter == letter), None)
