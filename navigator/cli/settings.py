"""`coe settings`: every setting with its value, where it comes from, and its words; and the keys of every action."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Mapping
from dataclasses import fields
from itertools import pairwise
from typing import TYPE_CHECKING

import typer

from navigator import locations
from navigator.cli.asking import AsJson
from navigator.cli.output import print_json, print_table
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from navigator.settings import Settings, SettingsRead

COLUMNS = 78
settings_app = typer.Typer(help="What is set on this machine.", rich_markup_mode=None)


@settings_app.callback(invoke_without_command=True)
def settings(context: typer.Context, as_json: AsJson = False) -> None:
    """Show every setting: its value, its default, where it comes from, and what it does."""
    if context.invoked_subcommand is not None:
        return
    read = _read()
    if as_json:
        print_json(_as_document(read))
    else:
        _print(read)
        for problem in read.problems:
            print(f"{problem.title}: {problem}", file=sys.stderr)
    if read.problems:
        raise typer.Exit(BadInput.exit_code)


@settings_app.command("path")
def settings_path() -> None:
    """Print where the settings file is, or would be."""
    print(locations.settings_file())


@settings_app.command("keys")
def settings_keys() -> None:
    """List the actions with their ids, their keys in force and their words."""
    from navigator import actions
    from navigator.keymap import keys_in_force

    keymap = _read().settings.keys
    rows = [(action.id, keys_in_force(action, keymap), action.help) for action in actions.every_action()]
    print_table(("action", "keys", "does"), rows)


def words_of(model: type[Settings]) -> Mapping[str, str]:
    """Give the docstring under each field of a model, on one line: Python itself does not keep them."""
    body = [
        line
        for each in ast.parse(inspect.getsource(model)).body
        if isinstance(each, ast.ClassDef)
        for line in each.body
    ]
    words = {}
    for line, below in pairwise(body):
        if isinstance(line, ast.AnnAssign) and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            words[ast.unparse(line.target)] = " ".join(str(below.value.value).split())
    return words


def _read() -> SettingsRead:
    from navigator.keymap import settings_in_force  # deferred: textual, 150 ms that no other command pays

    return settings_in_force(locations.settings_file())


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return f"{len(value)} given" if value else "none given"
    return "not set" if value is None else str(value)


def _print(read: SettingsRead) -> None:
    import textwrap

    from navigator.settings import Settings

    path = locations.settings_file()
    print(f"{path}{'' if path.is_file() else ' is not there: everything has its default'}\n")
    words, defaults = words_of(Settings), Settings()
    for each in fields(Settings):
        value, default = getattr(read.settings, each.name), getattr(defaults, each.name)
        origin = "the default" if value == default else f"from {path.name}; default: {_shown(default)}"
        print(f"{each.name} = {_shown(value)}  ({origin})")
        print(textwrap.fill(words[each.name], COLUMNS, initial_indent="    ", subsequent_indent="    "))
        if isinstance(value, Mapping):
            for key, said in value.items():
                print(f'    "{key}" = "{said}"')
    print("\n`coe settings keys` lists the actions and their keys.")


def _as_document(read: SettingsRead) -> dict[str, object]:
    from navigator.settings import Settings

    path, words, defaults = locations.settings_file(), words_of(Settings), Settings()

    def entry(name: str) -> dict[str, object]:
        value, default = getattr(read.settings, name), getattr(defaults, name)
        plain = [dict(each) if isinstance(each, Mapping) else each for each in (value, default)]
        origin = "default" if value == default else "file"
        return {"name": name, "value": plain[0], "default": plain[1], "from": origin, "words": words[name]}

    return {
        "path": str(path),
        "settings": [entry(each.name) for each in fields(Settings)],
        "problems": [str(problem) for problem in read.problems],
    }
