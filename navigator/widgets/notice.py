"""The one place on a screen where waits, warnings and errors are said, in words; its first line is always kept free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from navigator.text import line
from provider_directory.saying import headed

if TYPE_CHECKING:
    from provider_directory.errors import DirectoryError

WAIT_SHOWS_AFTER = 0.2
PASSES_AFTER = 4.0
BAR_CELLS = 20


class Notice(Static):
    """Says one thing at a time; an error stays until the next answer."""

    def clear(self) -> None:
        """Say nothing."""
        self.set_classes("")
        self.update(line(""))

    def wait(self, words: str, fraction: float | None = None) -> None:
        """Say what is being waited for, with how much is done where that is known."""
        self.set_classes("-wait")
        if fraction is None:
            self.update(line(("… ", "$accent"), (words, "$muted")))
            return
        done = min(max(int(fraction * BAR_CELLS), 0), BAR_CELLS)
        percent = f" {min(max(fraction, 0.0), 1.0):.0%} "
        bar = (("━" * done, "$accent"), ("─" * (BAR_CELLS - done), "$rule"))
        self.update(line(*bar, percent, (words, "$muted")))

    def done(self, words: str) -> None:
        """Say what was done."""
        self.set_classes("-done")
        self.update(line(("✓ ", "$success"), words))

    def done_in_passing(self, words: str) -> None:
        """Say what was done for a moment; nothing hangs on its being read."""
        self.done(words)
        said = self.visual
        self.set_timer(PASSES_AFTER, lambda: self.clear() if self.visual is said else None)

    def tell(self, words: str) -> None:
        """Say something to know."""
        self.set_classes("-tell")
        self.update(line(("! ", "$warning"), words))

    def fail(self, error: DirectoryError) -> None:
        """Say what cannot be done, what was found and what to do."""
        self.set_classes("-error")
        heading = f"{headed(error.title, '.')} "
        self.update(line(("✕ ", "$error"), (heading, "bold"), f"{error.message} ", (error.next_step, "$accent")))
