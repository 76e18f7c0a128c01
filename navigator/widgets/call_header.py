"""The line that is always there: whose program, which member, which data, how old, and the call clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from navigator.text import Part, fit, line, spread

DEMONSTRATION = "DEMONSTRATION"


class CallHeader(Widget):
    """Draws as many facts as fit, the least needed leaving first; the clock and DEMONSTRATION never leave."""

    title: reactive[str] = reactive("")
    plan: reactive[str] = reactive("")
    member: reactive[str] = reactive("")
    you_pay: reactive[str] = reactive("")
    demonstration: reactive[bool] = reactive(False)
    edition: reactive[str] = reactive("")
    figures_to: reactive[date | None] = reactive(None)

    def __init__(self, seconds: Callable[[], float], id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._seconds = seconds

    def on_mount(self) -> None:
        """Let the clock run."""
        self.set_interval(1.0, self.refresh)

    def render(self) -> Content:
        """Draw the line."""
        clock = line((clock_words(self._seconds()), "bold $accent"))
        room = self.size.width - clock.cell_length - 3
        facts = self._facts()
        while len(facts) > 1 and _laid_out(facts).cell_length > room:
            facts.remove(min(facts, key=lambda fact: fact[0]))
        return spread(fit(_laid_out(facts), room), clock, self.size.width)

    def _facts(self) -> list[tuple[int, Part]]:
        """Give what there is to say, each with how much it is needed, in the order of the line."""
        facts: list[tuple[int, Part]] = [(9, (self.title, "bold"))]
        if self.plan:
            facts.append((4, (self.plan, "$muted")))
        if self.member:
            facts.append((7, self.member))
        if self.you_pay:
            facts.append((6, (self.you_pay, "$accent")))
        if self.demonstration:
            facts.append((8, (DEMONSTRATION, "bold $warning")))
        if self.figures_to:
            facts.append((5, (f"figures to {self.figures_to:%b %Y}", "$muted")))
        if self.edition:
            facts.append((3, (f"edition {self.edition[:8]}", "$muted")))
        return facts


def clock_words(seconds: float) -> str:
    """Write seconds as "04:12"."""
    whole = max(int(seconds), 0)
    return f"{whole // 60:02}:{whole % 60:02}"


def _laid_out(facts: list[tuple[int, Part]]) -> Content:
    parts: list[Part] = []
    for _need, fact in facts:
        parts += [fact] if not parts else [(" · ", "$muted"), fact]
    return line(*parts)
