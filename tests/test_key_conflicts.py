"""No action depends on a key that a terminal, a multiplexer or a browser keeps for itself (issue 8 "Access")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widget import Widget

from navigator import actions, screens, widgets
from navigator.app import CoeApp
from navigator.key_names import is_typed, key_named, key_words
from navigator.keymap import keys_in_force

PAGE = (Path(__file__).parents[1] / "docs" / "keys.md").read_text(encoding="utf-8")
TAKEN = {
    place: frozenset(key_named(key) for key in keys.split(","))
    for place, keys in re.findall(r"^\| ((?!where|-).+?) \| (.+?) \|$", PAGE, flags=re.MULTILINE)
}
IN_A_BOX = frozenset({"form", "gates", "hr", "hrform", "step", "wrap"})
"""Groups of screens on which the cursor is always in a box, so that a letter is no way to them."""
ACTIONS = {action.id: action for action in actions.every_action()}
PALETTE = frozenset(ACTIONS["app.palette"].keys.split(","))


def below(holder: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for each in holder.__subclasses__():
        yield each
        yield from below(each)


def ways(action_id: str) -> frozenset[str]:
    """Give the keys that lead to an action wherever its screen has the cursor."""
    keys = frozenset(ACTIONS[action_id].keys.split(","))
    return frozenset(key for key in keys if not is_typed(key)) if action_id.partition(".")[0] in IN_A_BOX else keys


def test_the_page_has_a_row_for_each_place_with_keys_that_exist() -> None:
    assert len(TAKEN) == 9
    assert "ctrl+b" in TAKEN["tmux"]
    assert all(
        re.fullmatch(r"(ctrl\+|shift\+)*(f\d\d?|[a-z]|tab|space|left|right|up|down|page(up|down))", key)
        for keys in TAKEN.values()
        for key in keys
    )


@pytest.mark.parametrize("place", TAKEN)
def test_every_action_has_a_key_that_is_not_taken_or_stands_among_the_commands(place: str) -> None:
    assert PALETTE - TAKEN[place]
    lost = {each for each in ACTIONS if not ways(each) - TAKEN[place]}
    assert lost <= {"call.new", "call.radius"}  # both stand in the list of commands, on the one screen that has them


def test_no_screen_or_widget_has_a_key_beside_the_registry_that_is_taken_somewhere() -> None:
    for room in (screens, widgets):
        for module in iter_modules(room.__path__):
            import_module(f"{room.__name__}.{module.name}")
    every: tuple[type[DOMNode], ...] = (*below(Widget), CoeApp)
    holders = [each for each in every if each.__module__.startswith("navigator.")]
    assert len(holders) > 60
    own = {
        (holder.__name__, binding.key)
        for holder in holders
        for binding in Binding.make_bindings(vars(holder).get("BINDINGS", ()))
        if binding.id not in ACTIONS
    }
    assert ("Stepper", "plus") in own
    assert {(holder, key) for holder, key in own if any(key in keys for keys in TAKEN.values())} == set()


def test_keys_are_written_as_they_are_pressed_each_once() -> None:
    assert keys_in_force(ACTIONS["app.help"], {}) == "F1 or Ctrl+/ or ?"
    assert keys_in_force(ACTIONS["app.palette"], {}) == "Ctrl+P or Ctrl+]"
    assert key_words("ctrl+underscore") == key_words("ctrl+slash") == "Ctrl+/"
