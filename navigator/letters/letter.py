"""A letter: one page that can be printed, kept or read aloud."""

from __future__ import annotations

from dataclasses import dataclass

from navigator.letters.page import Page
from navigator.letters.plain_text import plain_text


@dataclass(frozen=True)
class Letter:
    """One page with what becomes of it."""

    page: Page
    file_stem: str
    """Name of a file without its ending: no name of a person, no procedure."""
    handling: tuple[str, ...] = ()
    """For who hands it out, in English; it does not stand on the page."""

    def text(self) -> str:
        """Give the page as plain text of at most 76 columns."""
        return plain_text(self.page)

    def pdf(self) -> bytes:
        """Give the page as PDF/UA-1; raises BadInput (print_not_installed) where the extra "print" is not installed."""
        from navigator.letters.printing import pdf  # deferred: typst and segno, 40 ms and 85 MB of disk

        return pdf(self.page)
