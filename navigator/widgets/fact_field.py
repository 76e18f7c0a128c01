"""One field of the form of member facts: beside its value stands how the gate stands that asks for it."""

from __future__ import annotations

from textual.widgets import Static

from navigator.text import line
from navigator.widgets.form_fields import FormField


class FactField(FormField):
    """A form field whose mark is the gate's, where a gate hangs on it."""

    _gate: tuple[tuple[str, str], str] | None = None

    def tell(self, mark: tuple[str, str] | None, words: str | None) -> None:
        """Show how the gate stands, sign and words; None = no gate hangs on this fact."""
        self._gate = (mark, words or "") if mark else None
        self.draw_mark()

    def draw_mark(self) -> None:
        """Say what is wrong with the value, else how the gate stands, else that the value is kept."""
        if self.problem or self._gate is None:
            super().draw_mark()
            return
        self.remove_class("-wrong")
        mark, words = self._gate
        self.query_one(".form-mark", Static).update(line(mark, " ", words))
