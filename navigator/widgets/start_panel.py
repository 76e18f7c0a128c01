"""What an empty call shows: how to begin, and what the answers will stand on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from navigator.languages.demonstration import LONG as DEMONSTRATION
from navigator.text import hanging, line, rows
from navigator.widgets import phrases

if TYPE_CHECKING:
    from provider_directory.errors import BadInput
    from provider_directory.models import EditionInfo, SourceInfo

MOST_SOURCES = 8
SOURCE_CELLS = 4
"""By which a further line of a source hangs."""


class StartPanel(Static):
    """Three steps in words; under them the edition and its sources."""

    edition: reactive[EditionInfo | None] = reactive(None)
    may_refer: reactive[bool] = reactive(True)
    keys: reactive[tuple[str, str]] = reactive(("", ""))
    """Those that open the evidence and begin a referral."""
    problems: reactive[Sequence[BadInput]] = reactive(())
    """What is wrong in the settings; the first is told."""

    def render(self) -> Content:
        """Draw the panel."""
        evidence, refer = self.keys
        steps = [
            line(("1  ", "$accent"), "Type the caller's own words: ", ("“my doctor says I need a new knee”", "$muted")),
            line(("2  ", "$accent"), "Type the place: ", ("a ZIP, or a city and its state", "$muted")),
            line(("3  ", "$accent"), "The centers come by themselves; ", (evidence, "$accent"), " opens the evidence"),
        ]
        if self.may_refer:
            steps.append(line(("4  ", "$accent"), (refer, "$accent"), " on a center begins the referral"))
        return rows([line(""), *steps, line(""), *self._problem(), *self._standing()])

    def _problem(self) -> list[Content]:
        if not self.problems:
            return []
        first, more = self.problems[0], len(self.problems) - 1
        others = f" {more} more: `coe settings`." if more else ""
        said = line(("! ", "$warning"), first.message, " ", (f"{first.next_step}{others}", "$muted"))
        return [said, line("")]

    def _standing(self) -> list[Content]:
        edition, cells = self.edition, self.content_size.width
        if edition is None:
            return [line(("The directory is being opened; you can type already.", "$muted"))]
        first = f"{edition.facilities:,} facilities · edition {edition.name[:12]}"
        release = f" · release {edition.release}" if edition.release else ""
        found = [line((first + release, "$muted"))]
        if edition.demonstration:
            head, words = DEMONSTRATION.split(" ", 1)
            found.append(line((f"{head} ", "bold $warning"), words))
        found += hanging(
            [_of_source(each) for each in edition.sources[:MOST_SOURCES]], cells, SOURCE_CELLS, True
        ).split()
        if more := len(edition.sources) - MOST_SOURCES:
            found += [line((f"  and {more} more", "$muted"))] if more > 0 else []
        return found


def _of_source(source: SourceInfo) -> Content:
    ends = f"to {phrases.month(source.period_end)}" if source.period_end else "no period"
    return line((f"  {source.file} · {ends} · {source.kept:,} rows", "$muted"))
