"""The foot of a screen: the keys that work here, as many as fit; the ones for help, back and leaving always do."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.widgets import Footer
from textual.widgets._footer import FooterKey  # Textual keeps it private and documents no other way to its keys

_ALWAYS = frozenset({"help", "leave", "back"})


class KeyLine(Footer):
    """Leaves out the last keys where the line is too short, so that none is cut; the help has them all."""

    def __init__(self) -> None:
        super().__init__(compact=True, show_command_palette=False)

    def compose(self) -> ComposeResult:
        """Give the keys that fit."""
        keys = [key for key in super().compose() if isinstance(key, FooterKey)]
        while len(keys) > len(_ALWAYS) and sum(map(_cells, keys)) > self.app.size.width + 1:
            keys.remove(next((key for key in reversed(keys) if key.action not in _ALWAYS), keys[-1]))
        yield from keys

    def on_resize(self, event: events.Resize) -> None:
        """Fit the keys to another width."""
        self.call_after_refresh(self.recompose)


def _cells(key: FooterKey) -> int:
    return cell_len(f"{key.key_display} {key.description} ")
