"""The line that is always there: whose program, which member, what they pay, how old the data is, and the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from navigator.languages.demonstration import SHORT as DEMONSTRATION
from navigator.text import fit, line, shortened, spread

if TYPE_CHECKING:
    from provider_directory.models import EditionInfo

SMALLEST_TITLE = 8
SHORT_NAME, SHORTEST_NAME = 14, 8
_MONTHS_UNTIL_OLD = 24
"""Figures whose period ended longer ago are greyed on the cards (PRODUCT 15); the line says "old"."""


_QUALITY = frozenset({"complications", "unplanned_visits", "hai", "hcahps", "mspb"})
"""Data sets of results; the date of a price file says nothing about them."""


class Fact(NamedTuple):
    """One thing that the line says: its style, and its words from the longest to the shortest; "" leaves it out."""

    style: str
    words: tuple[str, ...]


GIVES_WAY = (
    *("edition", "plan", "release", "plan", "figures", "member", "pay", "pay"),
    *("rule", "newer", "figures", "release", "newer", "figures", "pay"),
)
"""Which fact takes its next shorter words, in this order, until the line fits; then the title is cut, as far as
SMALLEST_TITLE."""
LEAVES = ("rule", "figures", "release")
"""What leaves, in this order, where the shortest words and the shortest title are still too long."""


class CallHeader(Widget):
    """Draws every fact in the longest words that fit. The clock, DEMONSTRATION and what is paid never leave."""

    title: reactive[str] = reactive("")
    plan: reactive[int | None] = reactive(None)
    """The plan year."""
    rule: reactive[str] = reactive("")
    """The program's rule in a word, e.g. "voluntary"; "" while no rule is known."""
    shows_member: reactive[bool] = reactive(True)
    member: reactive[str] = reactive("")
    eligibility: reactive[str] = reactive("")
    """E.g. "eligible, file of Nov 1"; "" = not checked."""
    you_pay: reactive[tuple[str, ...]] = reactive(())
    """What the member pays, longest words first, e.g. "$0 here, $3,000 elsewhere", "$0 here", "$0"; () = not known."""
    withheld: reactive[str] = reactive("")
    """Why nothing is said of what the member pays, e.g. "not for this caller"; "" = it may be said."""
    demonstration: reactive[bool] = reactive(False)
    edition: reactive[str] = reactive("")
    release: reactive[str] = reactive("")
    figures_to: reactive[date | None] = reactive(None)
    newer: reactive[str] = reactive("")
    """The key that takes an edition published since; "" while there is none."""

    def __init__(self, seconds: Callable[[], float], today: Callable[[], date], id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._seconds = seconds
        self._today = today

    def on_mount(self) -> None:
        """Let the clock run."""
        self.set_interval(1.0, self.refresh)

    def render(self) -> Content:
        """Draw the line."""
        clock = line((clock_words(self._seconds()), "bold $accent"))
        room = self.size.width - clock.cell_length - 3
        return spread(fit(self.facts_in(room), room), clock, self.size.width)

    def facts_in(self, cells: int) -> Content:
        """Give the facts in at most ``cells``, shortened in the order of ``GIVES_WAY``."""
        facts = self._facts()
        steps = iter(GIVES_WAY)
        while _laid_out(facts).cell_length > cells and (step := next(steps, None)):
            fact = facts.get(step)
            if fact and len(fact.words) > 1:
                facts[step] = Fact(fact.style, fact.words[1:])
        for leaves in LEAVES:
            if _least(facts) > cells:
                facts.pop(leaves, None)
        if "member" in facts and _least(facts) > cells:
            self._shorten_member(facts, cells)
        over = _laid_out(facts).cell_length - cells
        if over > 0 and facts["title"].words[0]:
            kept = max(line(self.title).cell_length - over, SMALLEST_TITLE)
            facts["title"] = Fact("bold", (shortened(line(self.title), kept).plain,))
        return _laid_out(facts)

    def _shorten_member(self, facts: dict[str, Fact], cells: int) -> None:
        """Let the employer leave before the file of the eligibility does, and the name be cut before DEMONSTRATION."""
        title = facts["title"]
        if self.eligibility:
            facts["title"] = Fact(title.style, ("",))
        member = facts["member"]
        for at in range(len(member.words)):
            facts["member"] = Fact(member.style, member.words[at:])
            if _least(facts) <= cells:
                break
        if _least({**facts, "title": title}) <= cells:
            facts["title"] = title

    def _facts(self) -> dict[str, Fact]:
        """Give what there is to say, in the order of the line."""
        facts = {"title": Fact("bold", (self.title,))}
        if self.plan:
            facts["plan"] = Fact("$muted", (f"plan year {self.plan}", str(self.plan), ""))
        if self.rule:
            facts["rule"] = Fact("", (self.rule, self.rule.partition(",")[0]))
        if self.shows_member:
            facts["member"] = self._member()
        facts["pay"] = self._pay()
        if self.demonstration:
            facts["demonstration"] = Fact("bold $warning", (DEMONSTRATION,))
        if self.newer:
            facts["newer"] = Fact("bold $warning", _newer_words(self.newer))
        if self.figures_to:
            facts["figures"] = self._freshness(self.figures_to)
        if self.release:
            facts["release"] = Fact("$muted", (f"release {self.release}", "" if self.figures_to else self.release))
        if self.edition and not self.newer:
            facts["edition"] = Fact("$muted", (f"edition {self.edition[:8]}", ""))
        return facts

    def _pay(self) -> Fact:
        if self.withheld:
            return Fact("$warning", (f"you pay: {self.withheld}", "you pay –"))
        if self.you_pay:
            return Fact("$accent", tuple(f"you pay {words}" for words in self.you_pay))
        return Fact("$warning", ("you pay: not known, ask the plan", "you pay: ask the plan", "you pay ?"))

    def _member(self) -> Fact:
        if not self.member:
            return Fact("$muted", ("no member yet", "no member"))
        name = shortened(line(self.member), SHORT_NAME).plain
        if not self.eligibility:
            return Fact("", (f"{self.member}, eligibility not checked", f"{self.member}, not checked", name))
        first = self.eligibility.partition(",")[0]
        shortest = shortened(line(self.member), SHORTEST_NAME).plain
        words = (f"{self.member}, {self.eligibility}", f"{name}, {self.eligibility}", f"{shortest}, {self.eligibility}")
        return Fact("", (*words, f"{name}, {first}", f"{shortest}, {first}"))

    def _freshness(self, ended: date) -> Fact:
        today = self._today()
        months = (today.year - ended.year) * 12 + today.month - ended.month
        old, style = (", old", "$warning") if months > _MONTHS_UNTIL_OLD else ("", "$muted")
        shortest = f"{ended:%m/%y} old" if old else f"to {ended:%m/%y}"
        last = ("",) if self.newer else ()
        return Fact(style, (f"data to {ended:%b %Y}{old}", f"to {ended:%b %Y}{old}", shortest, *last))


def _newer_words(key: str) -> tuple[str, ...]:
    return f"new edition: {key} takes it", f"new edition: {key}", f"new data: {key}"


def quality_figures_to(edition: EditionInfo) -> date | None:
    """Give the end of the newest period of an edition's quality figures; None where no file names one."""
    return max(
        (each.period_end for each in edition.sources if each.period_end and each.dataset in _QUALITY), default=None
    )


def clock_words(seconds: float) -> str:
    """Write seconds as "04:12"."""
    whole = max(int(seconds), 0)
    return f"{whole // 60:02}:{whole % 60:02}"


def _least(facts: dict[str, Fact]) -> int:
    """Give the cells of the line with its title cut as far as it may be."""
    title = facts["title"].words[0]
    cut = max(line(title).cell_length - SMALLEST_TITLE, 0)
    return _laid_out(facts).cell_length - cut


def _laid_out(facts: dict[str, Fact]) -> Content:
    parts = [(fact.words[0], fact.style) for fact in facts.values() if fact.words[0]]
    between = [(" · ", "$muted")] * len(parts)
    return line(*[piece for pair in zip(between, parts, strict=True) for piece in pair][1:])
