"""Why, price, to say and contact of the center in hand: side by side where there is room, else one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from navigator.text import line, rows, safe
from navigator.widgets import card_words

if TYPE_CHECKING:
    from provider_directory.models import Center, Evidence

TITLES = {"why": "Why this center", "price": "Price", "say": "To say", "contact": "Contact"}


class Card(VerticalScroll, can_focus=False):
    """One card: a title and its lines."""

    def __init__(self, name: str) -> None:
        super().__init__(id=f"card-{name}", classes="card")
        self.border_title = safe(TITLES[name])
        self._body = Static()

    def compose(self) -> ComposeResult:
        """Give the body."""
        yield self._body

    def show(self, content: Content) -> None:
        """Show other lines."""
        self._body.update(content)
        self.scroll_home(animate=False)


class CenterCards(Vertical):
    """The four cards; ``open_card`` is the one that a narrow screen shows."""

    open_card: reactive[str] = reactive("why", init=False)

    def compose(self) -> ComposeResult:
        """Give the line of card names and the cards."""
        yield Static(id="card-names")
        with Horizontal(id="card-row"):
            yield Card("why")
            with Vertical(id="card-middle"):
                yield Card("price")
                yield Card("contact")
            yield Card("say")

    def on_mount(self) -> None:
        """Open the first card."""
        self.watch_open_card()

    def show(self, center: Center, evidence: Evidence | None) -> None:
        """Show a center; its evidence may come a moment later."""
        self.query_one("#card-why", Card).show(rows(card_words.why_lines(center, evidence)))
        self.query_one("#card-price", Card).show(rows(card_words.price_lines(center)))
        self.query_one("#card-say", Card).show(rows(card_words.say_lines(center)))
        self.query_one("#card-contact", Card).show(rows(card_words.contact_lines(center)))

    def turn(self, by: int) -> None:
        """Open the next card, or the one before."""
        names = list(TITLES)
        self.open_card = names[(names.index(self.open_card) + by) % len(names)]

    def watch_open_card(self) -> None:
        """Mark the open card and its name."""
        for name in TITLES:
            self.query_one(f"#card-{name}").set_class(name == self.open_card, "-open")
        self.query_one("#card-middle").set_class(self.open_card in ("price", "contact"), "-open")
        names = [
            (f" {title} ", "bold $accent" if name == self.open_card else "$muted") for name, title in TITLES.items()
        ]
        self.query_one("#card-names", Static).update(line(*names, ("  ← →", "$muted")))
