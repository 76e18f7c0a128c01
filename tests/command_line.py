"""The command line as a test calls it: what it prints as JSON is held to its schema, whoever calls it for whatever."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jsonschema_rs
import pytest

from navigator.cli import main
from navigator.cli.commands import COMMANDS, loaded
from navigator.cli.schema import answer_model, answers_of


class CommandLine:
    """Runs `coe` in this process; gives the exit code and keeps what was said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.out = self.err = ""

    def __call__(self, *arguments: str) -> int:
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
        self.out, self.err = self._capsys.readouterr()
        if "--json" in arguments:
            for printed in documents(self.out):
                hold_to_schema(command_of(arguments), printed)
        return int(left.value.code or 0)

    @property
    def json(self) -> Any:
        """Give what was printed, as JSON."""
        return json.loads(self.out)


def command_of(arguments: tuple[str, ...]) -> str:
    """Give the words of the command that was called, joined as the names of schemas are; "" = the app."""
    names = {command.name for command in COMMANDS}
    path: list[str] = []
    below: Any = None
    for word in arguments:
        if not path and word in names:
            path, below = [word], loaded(word)
        elif path and word in getattr(below, "commands", {}):
            path, below = [*path, word], below.commands[word]
        elif path:
            break
    return "hr-list" if path == ["hr"] and arguments[arguments.index("hr") + 1] == "list" else "-".join(path)


def documents(printed: str) -> list[Any]:
    """Give what was printed as JSON: one document, or one on each line."""
    try:
        return [json.loads(printed)]
    except ValueError:
        return [json.loads(line) for line in printed.splitlines()]


def hold_to_schema(command: str, printed: Any) -> None:
    """Fail where an answer is none of those that the command's schemas allow, or an error of ours."""
    names = ("error",) if isinstance(printed, dict) and set(printed) == {"error"} else answers_of(command)
    assert names, f"`coe {command.replace('-', ' ')} --json` has no schema"
    assert any(_check(name).is_valid(printed) for name in names), [
        f"{name} {fault.instance_path}: {fault.message}"
        for name in names
        for fault in _check(name).iter_errors(printed)
    ]


@cache
def _check(name: str) -> Any:
    return jsonschema_rs.validator_for(answer_model(name).model_json_schema(mode="serialization"))
