"""A screen that is left once: a second click or answer does not take the screen away that is in front by then."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.await_complete import AwaitComplete

from navigator.screens.one_size import OneSize

Result = TypeVar("Result")


class LeftOnce(OneSize[Result], Generic[Result]):
    """Textual takes away whatever is in front; a double click on a choice would leave the call below it, too."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave, where this screen is the one in front."""
        return super().dismiss(result) if self.is_active else AwaitComplete()
