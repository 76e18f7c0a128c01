"""How keys are written: as Textual names them, and as they stand on a keyboard."""

from __future__ import annotations

from textual.binding import Binding
from textual.keys import format_key

_WORDS = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "backspace": "Backspace",
    "delete": "Del",
    "insert": "Ins",
    "home": "Home",
    "end": "End",
}
_SENT_AS = {"ctrl+underscore": "ctrl+slash"}
"""What a terminal sends for another key: Ctrl+/ comes as Ctrl+_ from most."""
_AS_TYPED = {"esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "del": "delete", "ins": "insert"}


def key_words(key: str) -> str:
    """Write one key as it stands on a keyboard: "F9", "Ctrl+Q", "Esc", "/", "y"."""
    *modifiers, base = _SENT_AS.get(key, key).split("+")
    if len(base) > 1:
        base = _WORDS.get(base) or (format_key(base) if is_typed(base) else base.upper())
    elif modifiers:
        base = base.upper()
    return "+".join([*(modifier.capitalize() for modifier in modifiers), base])


def is_typed(key: str) -> bool:
    """Say whether a key types a character into a box."""
    return key == "space" or ("+" not in key and len(format_key(key)) == 1 and key not in _WORDS)


def key_named(text: str) -> str:
    """Give the name by which Textual knows a key that a person wrote: "Esc" is "escape", "/" is "slash"."""
    key = text.strip()
    if len(key) > 1:
        *modifiers, base = key.lower().split("+")
        key = "+".join([*modifiers, _AS_TYPED.get(base, base)])
    return next(iter(Binding.make_bindings([Binding(key, "any")]))).key if key and "," not in key else key
