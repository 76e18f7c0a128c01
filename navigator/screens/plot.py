"""Price against quality for the centers of an offer: near, cheap and good at one look, with every doubt drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.geometry import Region
from textual.widgets import Static

from navigator.actions import PLOT_ACTIONS, bindings
from navigator.languages.demonstration import SHORT as DEMONSTRATION
from navigator.screens.desk_screen import NARROW_BELOW, DeskScreen
from navigator.text import joined, line, rows, safe
from navigator.widgets import phrases
from navigator.widgets.key_line import KeyLine
from navigator.widgets.plot import Entry, Plot, PlotList, PointTaken
from navigator.widgets.plot_panels import NOT_DRAWN, NotPlaced, Panel, groups_of, panel_of, panels_of
from navigator.widgets.rank_reasons import why_here

if TYPE_CHECKING:
    from provider_directory.models import Offer


class PlotScreen(DeskScreen[str | None]):
    """One panel a kind of price; walking goes on from panel to panel and to those that are not drawn.

    Gives the id of the facility that is taken in hand, None when none is.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(PLOT_ACTIONS)

    def __init__(self, offer: Offer, procedure_name: str, facility: str) -> None:
        super().__init__()
        self._offer = offer
        self._procedure_name = procedure_name
        self._panels, self._rest = panels_of(offer.centers)
        self._walk: list[Entry] = [*(point for panel in self._panels for point in panel.points), *self._rest]
        ids = [entry.center.facility.id for entry in self._walk]
        self._at = ids.index(facility) if facility in ids else 0

    def compose(self) -> ComposeResult:
        """Give title, kinds of price, plot and list, and the line of the center in hand."""
        demonstration = (f"{DEMONSTRATION}  ", "bold $warning") if self._offer.demonstration else ""
        yield Static(
            line(demonstration, ("Price against quality", "bold"), (f" · {self._procedure_name}", "$muted")),
            id="plot-title",
        )
        yield Static(id="plot-kinds")
        with Container(id="plot-body"):
            yield Plot(id="plot")
            with VerticalScroll(id="plot-side", can_focus=False):
                yield PlotList(id="plot-list")
        yield Static(id="plot-line")
        yield KeyLine()

    def on_mount(self) -> None:
        """Show the center that was in hand."""
        self.query_one(PlotList).groups = groups_of(self._panels, self._rest)
        self._draw()

    @property
    def in_hand(self) -> Entry:
        """Give the entry in hand."""
        return self._walk[self._at]

    @property
    def panel(self) -> Panel | None:
        """Give the panel that is drawn: the one of the center in hand, else the first."""
        return panel_of(self._panels, self.in_hand.letter)

    def _draw(self) -> None:
        plot, names = self.query_one(Plot), self.query_one(PlotList)
        plot.panel = self.panel
        plot.in_hand = names.in_hand = self.in_hand.letter
        side = self.query_one("#plot-side", VerticalScroll)
        side.scroll_to_region(Region(0, names.line_of(self.in_hand.letter), 1, 1), animate=False)
        self.query_one("#plot-kinds", Static).update(rows([self._kinds(), self._axes()]))
        self.query_one("#plot-line", Static).update(rows(self._line()))

    def _kinds(self) -> Content:
        """Name the panels, the one that is drawn in brackets."""
        counts = [(panel.short, len(panel.points), panel is self.panel) for panel in self._panels]
        named = [
            line((f"[{title} · {count}]", "bold $accent")) if drawn else line((f" {title} · {count} ", "$muted"))
            for title, count, drawn in counts
        ]
        if self._rest:
            named.append(line((f" {NOT_DRAWN} · {len(self._rest)}", "$muted")))
        return joined(named, " ")

    def _axes(self) -> Content:
        if self.panel is None:
            return line("")
        general = self.panel.points[0].score.evidence_class == "general"
        scopes = {point.center.price.included for point in self.panel.points}
        differ = " (what is in differs)" if len(scopes) > 1 else ""
        score = "general hospital safety" if general else "score"
        bars = "; bar: likely range, line: price range" if self.size.width >= NARROW_BELOW else ""
        up, right = f"↑ {score} 0–100, 50 is average{bars}", f"→ {self.panel.title}{differ}, $"
        return line((f"{up}   {right}", "$muted"))

    def _line(self) -> list[Content]:
        entry, center = self.in_hand, self.in_hand.center
        glyph, color = phrases.credential_mark(center.credential)
        name = (center.facility.name, "bold")
        first = line((f"{entry.letter} ", "bold $accent"), name, f"  {phrases.miles_of(center)} mi  ", (glyph, color))
        first += line(" ", phrases.credential_label(center.credential))
        if isinstance(entry, NotPlaced):
            second = line(("not drawn: ", "$warning"), f"{entry.reason}.")
        else:
            spread = entry.span
            between = f" ({phrases.dollars(spread[0])}–{phrases.dollars(spread[1])})" if spread[0] < spread[1] else ""
            second = line(
                (phrases.dollars(entry.cents), "bold"),
                f"{between} {phrases.price_kind_words(center.price)}",
                (f", {phrases.month(center.price.as_of)}", "$muted"),
                f" · {entry.score.value} of 100, likely {entry.score.low} to {entry.score.high}",
            )
        return [first, second, safe(why_here(center, self._offer.centers), "$muted")]

    @on(Resize)
    def _fit(self) -> None:
        self._draw()

    @on(PointTaken)
    def _take_letter(self, event: PointTaken) -> None:
        self._at = [entry.letter for entry in self._walk].index(event.letter)
        self._draw()

    def action_point(self, step: int) -> None:
        """Walk to another center, round the end."""
        self._at = (self._at + step) % len(self._walk)
        self._draw()

    def action_take(self) -> None:
        """Go back to the offer with this center in hand."""
        self.dismiss(self.in_hand.center.facility.id)

    def action_back(self) -> None:
        """Go back to the offer as it was."""
        self.dismiss(None)
