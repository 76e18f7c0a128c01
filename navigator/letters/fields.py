"""Fields of a page: each kept to a length at which one page holds them all, and what is cut is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

CUT = "…"


class Fields:
    """Cuts what is too long for its place, and remembers that something was cut."""

    def __init__(self) -> None:
        self.cut_any = False

    def __call__(self, text: str, most: int) -> str:
        """Give a text of at most ``most`` characters, with "…" as the last where it was longer."""
        if len(text) <= most:
            return text
        self.cut_any = True
        return text[: most - 1].rstrip() + CUT

    def some(self, texts: Iterable[str], most: int, each: int, more: str) -> tuple[str, ...]:
        """Give the first ``most`` texts, each of at most ``each`` characters; ``more`` stands for the rest."""
        every: Sequence[str] = tuple(texts)
        kept = tuple(self(text, each) for text in every[:most])
        if len(every) <= most:
            return kept
        self.cut_any = True
        return (*kept, more)
