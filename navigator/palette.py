"""The commands of the palette: every action that works here, in words with its key; colors; procedures by their words.

Textual's own commands are not among them: one writes a picture of the screen into a file (TRUST B2).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, cast

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import OptionList

from navigator import actions
from navigator.key_action import KeyAction
from navigator.keymap import keys_in_force
from navigator.screens.call import CallScreen
from navigator.text import line
from navigator.themes import THEMES

if TYPE_CHECKING:
    from navigator.app import CoeApp

LEAST_LETTERS = 3
"""Of words that are looked up as a procedure."""
THEME_WORDS = {"coe-dark": "dark", "coe-light": "light", "coe-contrast": "high contrast"}
_NEVER = frozenset({"app.palette"})
_PROCEDURE_SCORE = 0.5
"""Procedures stand below the commands."""


class Command(NamedTuple):
    """One line of the palette."""

    words: str
    keys: str
    run: Callable[[], Awaitable[object] | None]

    def shown(self) -> Content:
        """Give words and key."""
        return line(self.words, (f"  {self.keys}" if self.keys else "", "$accent"))


class CoeCommands(Provider):
    """Offers what the screen under the palette can do."""

    async def discover(self) -> Hits:
        """Give every command, as long as nothing is typed."""
        for command in self._commands():
            yield DiscoveryHit(command.shown(), command.run, command.words)

    async def search(self, query: str) -> Hits:
        """Give the commands whose words fit, and the procedures that the words mean."""
        for command in self._commands():
            if _fit(query, command.words):
                yield Hit(1.0, command.shown(), command.run, command.words)
        if len(query) >= LEAST_LETTERS:
            for command in await self._procedures(query):
                yield Hit(_PROCEDURE_SCORE, command.shown(), command.run, command.words)

    @property
    def _desk(self) -> CoeApp:
        return cast("CoeApp", self.app)

    def _commands(self) -> Iterator[Command]:
        known = {action.id: action for action in actions.every_action()}
        for node in self._nodes():
            for binding in type(node).BINDINGS:
                action = known.get(binding.id or "") if isinstance(binding, Binding) else None
                if action and self._offers(action):
                    words = action.help.rstrip(".")
                    run = partial(self._run, node, action.action)
                    yield Command(words, keys_in_force(action, self._desk.keymap), run)
        for theme in THEMES:
            if theme.name != self._desk.theme:
                yield Command(f"Colors: {THEME_WORDS[theme.name]}", "", partial(self._take_theme, theme.name))

    def _offers(self, action: KeyAction) -> bool:
        # A digit goes to the figure of its number: one command for all of them would go to the first.
        return actions.available(action, self._desk.mode) and action.id not in _NEVER and ".figure" not in action.id

    def _nodes(self) -> Iterator[DOMNode]:
        """Give the widgets of the screen that have actions of ours and something to act on, the screen, the app."""
        for widget in self.screen.query(OptionList):
            if widget.option_count and all(above.display for above in _widgets_above(widget)):
                yield widget
        yield self.screen
        yield self.app

    async def _run(self, node: DOMNode, action: str) -> None:
        if isinstance(node, Widget) and node.focusable:
            node.focus()
        await self.app.run_action(action, node)

    async def _take_theme(self, name: str) -> None:
        self.app.theme = name

    async def _procedures(self, query: str) -> list[Command]:
        call, directory = self.screen, self._desk.directory
        if not isinstance(call, CallScreen) or directory is None:
            return []
        answer = await directory.search_procedures(query)
        return [
            Command(f"Go to procedure: {match.name}", "", partial(self._take_words, call, match.name))
            for match in answer.matches
        ]

    async def _take_words(self, call: CallScreen, words: str) -> None:
        call.take_words(words)


def _widgets_above(widget: Widget) -> list[Widget]:
    return [above for above in widget.ancestors_with_self if isinstance(above, Widget)]


def _fit(query: str, words: str) -> bool:
    """Say whether every word that was typed begins a word of the command."""
    begun = words.casefold().split()
    return all(any(word.startswith(typed) for word in begun) for typed in query.casefold().split())
