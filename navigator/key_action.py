"""An action of a screen: its keys, its words for footer and help, and what it asks of the mode."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding


class KeyAction(NamedTuple):
    """An action of a screen; ``action`` is the method's name without ``action_``."""

    id: str
    keys: str
    action: str
    words: str
    """In the footer."""
    help: str
    """One sentence on the help screen."""
    in_footer: bool = True
    needs: str = ""
    """The capability of ``Mode`` without which the action does not exist; "" = none."""
    shown: str = ""
    """How the footer writes the key, or several of them together, e.g. "F10", "1-9"."""

    def binding(self) -> Binding:
        """Give the binding for a screen's or widget's BINDINGS."""
        return Binding(
            self.keys,
            self.action,
            self.words,
            show=self.in_footer,
            key_display=self.shown or None,
            tooltip=self.help,
            id=self.id,
        )


def numbered(
    id_stem: str, action: str, words: str, help_words: str, first: int, last: int, needs: str = ""
) -> tuple[KeyAction, ...]:
    """Give one action for each digit, which stands in ``action`` for "{number}"; footer and help show the first."""
    return tuple(
        KeyAction(
            f"{id_stem}{number}",
            str(number),
            action.format(number=number),
            words,
            help_words,
            number == first,
            needs,
            f"{first}-{last}" if number == first else str(number),
        )
        for number in range(first, last + 1)
    )


def away(screen: str) -> KeyAction:
    """Give the action by which somebody says on a list that they are away; ``screen`` begins its id."""
    return KeyAction(
        f"{screen}.away",
        "w",
        "away",
        "Away",
        "You are away, or back: until when everybody's list shows what is yours.",
        True,
        "may_refer",
        "w",
    )
