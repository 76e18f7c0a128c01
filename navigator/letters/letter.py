"""A letter: one page that can be printed, kept or read aloud."""

from __future__ import annotations

from dataclasses import dataclass

from navigator.letters.page import Page
from navigator.letters.plain_text import plain_text
from provider_directory.errors import BadInput


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


def to_print(letter: Letter, as_text: bool) -> tuple[str | bytes, str]:
    """Give what a printer gets, and why it is the text where a PDF was wished and cannot be made here."""
    if as_text:
        return letter.text(), ""
    try:
        return letter.pdf(), ""
    except BadInput as problem:
        return letter.text(), problem.message
