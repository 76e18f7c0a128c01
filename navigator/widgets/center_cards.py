"""Why, price, to say and contact of the center in hand: side by side where there is room, else one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.reactive import reactive
from textual.widgets import Static

from navigator.text import line, safe, spread
from navigator.widgets import card_words, rule_words
from navigator.widgets.hanging_lines import HangingLines

if TYPE_CHECKING:
    from navigator.languages.translating import Language
    from navigator.program.rule_answer import RuleAnswer
    from navigator.referral.waits import Wait
    from provider_directory.models import Center, Evidence, Offer

TITLES = {
    "reach": "No center under contract in reach",
    "rule": "Rule",
    "why": "Why this center",
    "price": "Price",
    "say": "To say",
    "contact": "Contact",
    "about": "About this answer",
}

SHORT_TITLES = {
    "reach": "In reach",
    "rule": "Rule",
    "why": "Why",
    "price": "Price",
    "say": "To say",
    "contact": "Contact",
    "about": "About",
}
INDENTS = {"reach": 2, "rule": rule_words.LABEL_CELLS, "why": 2, "price": 2}
"""Cards whose lines begin with a mark or a word, under which further lines are indented by so many cells."""


class Card(VerticalScroll, can_focus=False):
    """One card: a title and its lines."""

    def __init__(self, name: str) -> None:
        super().__init__(id=f"card-{name}", classes="card")
        self.border_title = safe(TITLES[name])
        self._body = HangingLines(INDENTS.get(name, 0), labels=name == "rule")

    def compose(self) -> ComposeResult:
        """Give the body."""
        yield self._body

    def show(self, lines: Sequence[Content]) -> None:
        """Show other lines."""
        self._body.show(lines)
        self.scroll_home(animate=False)


class CenterCards(Vertical):
    """The cards; ``open_card`` is the one that a narrow screen shows. The rule has one where the program has rules."""

    open_card: reactive[str] = reactive("why", init=False)

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._reach: tuple[Content, ...] = (safe(""),)
        self._has_gap = False
        self._has_rule = False

    def compose(self) -> ComposeResult:
        """Give the line of card names and the cards."""
        yield Static(id="card-names")
        yield Card("reach")
        with Horizontal(id="card-row"):
            with Vertical(id="card-first"):
                yield Card("rule")
                yield Card("why")
            with Vertical(id="card-middle"):
                yield Card("price")
                yield Card("contact")
            with Vertical(id="card-last"):
                yield Card("say")
                yield Card("about")

    def on_mount(self) -> None:
        """Open the first card."""
        self.watch_open_card()

    def show(
        self,
        center: Center,
        offer: Offer,
        evidence: Evidence | None,
        rule: RuleAnswer | None,
        price_key: str,
        unpaid: str,
        waits: Sequence[Wait] = (),
        language: Language = "en",
    ) -> None:
        """Show a center; its evidence and the rule for it may come a moment later.

        ``price_key`` opens the price ladder; ``unpaid`` is why nothing is known of what the member pays; ``waits`` are
        learned from own referrals; ``language`` is the caller's.
        """
        self._reach = card_words.reach(center, waits)
        self._draw_names()
        self.query_one("#card-why", Card).show(card_words.why_lines(center, evidence))
        self.query_one("#card-price", Card).show(card_words.price_card_lines(center, price_key, rule is None))
        self.query_one("#card-say", Card).show(card_words.say_lines(center, rule, language, offer.program is not None))
        self.query_one("#card-contact", Card).show(card_words.contact_lines(center, waits))
        self.query_one("#card-about", Card).show(card_words.about_lines(center, offer, evidence, unpaid))

    def tell_rule(self, lines: Sequence[Content]) -> None:
        """Show the card of the program's rule; no lines take it away."""
        had, self._has_rule = self._has_rule, bool(lines)
        self.set_class(self._has_rule, "-rule")
        self.query_one("#card-rule", Card).show(lines)
        if had != self._has_rule:
            if self.open_card == "rule":
                self.open_card = "why"
            self._draw_names()

    def tell_gap(self, lines: Sequence[Content]) -> None:
        """Show the card of a member without a center under contract in reach, opened; no lines take it away."""
        had, self._has_gap = self._has_gap, bool(lines)
        self.set_class(self._has_gap, "-gap")
        self.query_one("#card-reach", Card).show(lines)
        if had != self._has_gap:
            self.open_card = "reach" if self._has_gap else "why"

    def _names(self) -> list[str]:
        left_out = {name for name, there in (("reach", self._has_gap), ("rule", self._has_rule)) if not there}
        return [name for name in TITLES if name not in left_out]

    def scroll_cards(self, lines: int) -> None:
        """Move the text of the cards that are longer than their room."""
        for card in self.query(Card):
            card.scroll_relative(y=lines, animate=False)

    def turn(self, by: int) -> None:
        """Open the next card, or the one before."""
        names = self._names()
        self.open_card = names[(names.index(self.open_card) + by) % len(names)]

    def watch_open_card(self) -> None:
        """Mark the open card and its name."""
        for name in TITLES:
            self.query_one(f"#card-{name}").set_class(name == self.open_card, "-open")
        self.query_one("#card-first").set_class(self.open_card in ("rule", "why"), "-open")
        self.query_one("#card-middle").set_class(self.open_card in ("price", "contact"), "-open")
        self.query_one("#card-last").set_class(self.open_card in ("say", "about"), "-open")
        self._draw_names()

    @on(Resize)
    def _draw_names(self) -> None:
        shown = [(name, SHORT_TITLES[name]) for name in self._names()]
        names = [
            (f"{'▸' if name == self.open_card else ' '}{title} ", _style(name == self.open_card))
            for name, title in shown
        ]
        left = line(*names, (" ← →", "$muted"))
        room = self.size.width - 2
        fits = (each for each in self._reach if left.cell_length + 1 + each.cell_length <= room)
        self.query_one("#card-names", Static).update(spread(left, next(fits, self._reach[-1]), room))


def _style(is_open: bool) -> str:
    return "bold $accent" if is_open else "$muted"
