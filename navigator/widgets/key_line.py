"""The foot of a screen: the keys that work here, as many as fit; the ones for help, back and leaving always do."""

from __future__ import annotations

from typing import Any, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from navigator.text import joined, line, safe

_ALWAYS = frozenset({"help", "app.help", "leave", "back"})


class KeyHint(NamedTuple):
    """A key on the foot, how it is written there, and what it does in a word and in a sentence."""

    key: str
    action: str
    shown: str
    words: str
    help: str

    @property
    def cells(self) -> int:
        """Give how wide it is, with the gap behind it."""
        return cell_len(f"{self.shown} {self.words} ")

    def drawn(self, under_mouse: bool) -> Content:
        """Draw it without the gap."""
        look = " on $panel" if under_mouse else ""
        return line((self.shown, f"bold $accent{look}"), (f" {self.words}", f"$muted{look}"))


class KeyLine(Widget):
    """Draws the keys on one line, which is drawn anew only where they changed: they are asked for at every step.

    Leaves out the last keys where the line is too short, so that none is cut; the help has them all.
    """

    ALLOW_SELECT = False
    keys: reactive[tuple[KeyHint, ...]] = reactive(())
    under_mouse: reactive[KeyHint | None] = reactive(None)

    def on_mount(self) -> None:
        """Follow the keys of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._may_have_changed)

    def on_unmount(self) -> None:
        """Follow them no longer."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def on_resize(self, event: events.Resize) -> None:
        """Fit the keys to another width."""
        self._look()

    def _may_have_changed(self, screen: Screen[Any]) -> None:
        if self.app.app_focus:
            self.call_after_refresh(self._look)

    def _look(self) -> None:
        if not self.is_attached:
            return
        found: dict[str, KeyHint] = {}
        for _node, binding, _works, tooltip in self.screen.active_bindings.values():
            if binding.show and binding.action not in found:
                shown = self.app.get_key_display(binding)
                found[binding.action] = KeyHint(binding.key, binding.action, shown, binding.description, tooltip)
        if help_of_box := found.pop("app.help", None):  # behind the box's own keys, as elsewhere
            found["app.help"] = help_of_box
        self.keys = fitting(tuple(found.values()), self.size.width)

    def render(self) -> Content:
        """Draw the line."""
        return joined([key.drawn(key == self.under_mouse) for key in self.keys], " ")

    def _key_at(self, column: int) -> KeyHint | None:
        for key in self.keys:
            if column < key.cells - 1:
                return key if column >= 0 else None
            column -= key.cells
        return None

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Mark the key under the mouse, and say what it does."""
        self.under_mouse = self._key_at(event.x)

    def on_leave(self, event: events.Leave) -> None:
        """Mark none."""
        self.under_mouse = None

    def watch_keys(self, keys: tuple[KeyHint, ...]) -> None:
        """Mark no key that is gone."""
        if self.under_mouse not in keys:
            self.under_mouse = None

    def watch_under_mouse(self, key: KeyHint | None) -> None:
        """Say in a tip what the key does."""
        self.tooltip = safe(key.help) if key else None
        self.set_class(key is not None, "-over-key")

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key that is clicked."""
        if key := self._key_at(event.x):
            self.app.simulate_key(key.key)


def fitting(keys: tuple[KeyHint, ...], cells: int) -> tuple[KeyHint, ...]:
    """Give as many keys as have room in ``cells``; those that always stand go last."""
    kept = list(keys)
    while len(kept) > len(_ALWAYS) and sum(key.cells for key in kept) > cells + 1:
        kept.remove(next((key for key in reversed(kept) if key.action not in _ALWAYS), kept[-1]))
    return tuple(kept)
