"""Which keys are in force: the defaults of the registry, changed by the settings where a change can work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from textual.binding import Binding
from textual.keys import KEY_ALIASES, Keys
from textual.widgets import Input

from navigator import actions
from navigator.key_action import KeyAction
from navigator.key_names import is_typed, key_named, key_words
from navigator.settings import SettingsRead, read_settings
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput

_FILE = "settings.toml"
_NEXT_STEP = "Give another key; `coe settings keys` lists the actions with theirs."
_MODIFIERS = frozenset({"ctrl", "alt", "shift", "super"})
_NAMES = frozenset(key.value for key in Keys if not key.value.startswith("<"))
_MOVING = frozenset({"tab", "shift+tab", "up", "down", "pageup", "pagedown", "home", "end"})
_EDITING = frozenset(binding.key for binding in Binding.make_bindings(Input.BINDINGS))
_WITH_BOXES = frozenset({"app", "work", "call", "case", "form", "gates", "hr", "hrform"})
"""Groups whose keys are pressed while a box has the cursor, too."""
_SAME_SCREEN = {"offer": "call", "case": "call", "work": "app", "number": "page"}
_SAME_KEY = {alias: key for key, aliases in KEY_ALIASES.items() for alias in aliases} | {
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
    "ctrl+[": "escape",
}


_KEYS = {action.id: action.keys for action in actions.every_action()}


class KeysChecked(NamedTuple):
    """The changes that can work, as Textual writes keys, and a sentence for each that cannot."""

    keymap: Mapping[str, str]
    problems: tuple[BadInput, ...]


def settings_in_force(path: Path) -> SettingsRead:
    """Read a settings file with its keys checked; what cannot be used has its default and is told. Raises nothing."""
    read = read_settings(path)
    checked = checked_keys(read.settings.keys)
    return SettingsRead(replace(read.settings, keys=checked.keymap), (*read.problems, *checked.problems))


def checked_keys(wanted: Mapping[str, str]) -> KeysChecked:
    """Check the `[keys]` of the settings: known actions, known keys, none that a box keeps, none for two at once."""
    known = {action.id: action for action in actions.every_action()}
    keymap: dict[str, str] = {}
    problems: list[BadInput] = []
    for action_id, text in wanted.items():
        action = known.get(action_id)
        if action is None:
            found = f'there is no action "{clean(action_id, 40)}"'
            problems.append(BadInput(f"{_FILE} [keys]: {found}.", "`coe settings keys` lists the actions."))
            continue
        keys = tuple(key_named(key) for key in text.split(","))
        if reasons := [*_reasons_against(action, keys)]:
            problems.append(BadInput(f'{_FILE} [keys] "{action_id}": {reasons[0]}.', _NEXT_STEP))
        else:
            keymap[action_id] = ",".join(keys)
    while clash := _first_clash(known, keymap):
        refused, other, key = clash
        said = f'{key_words(key)} is the key of "{other}" ({known[other].words}) on the same screen'
        problems.append(BadInput(f'{_FILE} [keys] "{refused}": {said}.', _NEXT_STEP))
        del keymap[refused]
    return KeysChecked(keymap, tuple(problems))


def keys_in_force(action: KeyAction, keymap: Mapping[str, str]) -> str:
    """Write the keys of an action as people read them, "F9 or y"."""
    if action.id not in keymap and "-" in action.shown[1:]:
        return action.shown
    keys = keymap.get(action.id, action.keys).split(",")
    return " or ".join(dict.fromkeys(map(key_words, keys)))


def key_in_force(action_id: str, keymap: Mapping[str, str]) -> str:
    """Write the first key of an action of the registry, for a hint in a text: "F9", "x"."""
    return key_words(keymap.get(action_id, _KEYS[action_id]).partition(",")[0])


def _reasons_against(action: KeyAction, keys: tuple[str, ...]) -> Iterator[str]:
    group = action.id.partition(".")[0]
    usual = action.keys.split(",")
    for key in keys:
        if key in usual:
            continue
        if not _is_key(key):
            yield f'"{clean(key, 30)}" is no key; expected e.g. "e", "f9", "ctrl+n" or "slash", with commas between'
        elif key == "ctrl+c":
            yield "Ctrl+C copies what is marked in the terminal and stays with that"
        elif _SAME_KEY.get(key, key) in _MOVING:
            yield f"{key_words(key)} moves between boxes and lines and stays with that"
        elif key in _SAME_KEY:
            yield f"{key_words(key)} is {key_words(_SAME_KEY[key])} for a terminal; expected another key"
        elif group in _WITH_BOXES and key in _EDITING:
            yield f"a box keeps {key_words(key)} for typing"
    if group in _WITH_BOXES and all(is_typed(key) for key in keys):
        yield f"a box keeps {' and '.join(map(key_words, keys))} for typing; expected a function key as well"


def _is_key(key: str) -> bool:
    *modifiers, base = key.split("+")
    if not base or not set(modifiers) <= _MODIFIERS:
        return False
    if modifiers == ["shift"] and len(base) == 1:  # a terminal sends the capital letter instead
        return False
    return len(base) == 1 or base in _NAMES or is_typed(base)


def _first_clash(known: Mapping[str, KeyAction], keymap: Mapping[str, str]) -> tuple[str, str, str] | None:
    """Give a changed action, the other one with the same key at the same time, and the key; the later change yields."""
    taken: dict[tuple[str, str], str] = {}
    screens = {_screen(action_id) for action_id in known}
    in_order = [*(action_id for action_id in known if action_id not in keymap), *keymap]
    for action_id in in_order:
        for key in keymap.get(action_id, known[action_id].keys).split(","):
            everywhere = _screen(action_id) == "app"
            for screen in screens if everywhere else (_screen(action_id),):
                other = taken.setdefault((screen, key), action_id)
                if other != action_id and action_id in keymap:
                    return action_id, other, key
    return None


def _screen(action_id: str) -> str:
    group = action_id.partition(".")[0]
    return _SAME_SCREEN.get(group, group)
