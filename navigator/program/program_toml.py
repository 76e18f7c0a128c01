"""Writes a program's tables and values as the TOML that a person would write (docs/program.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from provider_directory.cleaning import clean

_IN_LINE = ("when", "or_when", "members")
_LONGEST = 5_000
_BARE = frozenset("abcdefghijklmnopqrstuvwxyz_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")


def toml_of(content: Mapping[str, object], made_of: str) -> str:
    """Give the TOML of a program's content; ``made_of`` names its source in the first line."""
    return (
        "\n".join([f"# Made of {clean(made_of, 120)}; docs/program.md explains every key.", *_table(content, ())])
        + "\n"
    )


def _table(content: Mapping[str, object], path: tuple[str, ...]) -> Iterator[str]:
    """Give the lines of a table: its values first, as TOML wants it, then the tables inside."""
    tables: dict[str, Any] = {key: value for key, value in content.items() if _is_tables(key, value)}
    for key, value in content.items():
        if key not in tables:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in tables.items():
        inner = (*path, key)
        name = ".".join(map(_key, inner))
        items: list[Mapping[str, object]] = value if isinstance(value, list) else [value]
        for item in items:
            yield ""
            yield f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
            yield from _table(item, inner)


def _is_tables(key: str, value: object) -> bool:
    """Say whether a value stands under headers of its own; conditions and lists of words stay in line."""
    if key in _IN_LINE:
        return False
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, Mapping) for item in value)
    return isinstance(value, Mapping)


def _key(key: str) -> str:
    return key if key and set(key) <= _BARE else json.dumps(key)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int | date):
        return str(value)
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(key)} = {_value(item)}' for key, item in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(clean(str(value), _LONGEST), ensure_ascii=False)
