"""JSON from outside, read strictly: each key once, no NaN or Infinity, no nesting without end (TRUST A2, S10)."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from provider_directory.bounded_files import read_bounded
from provider_directory.cleaning import clean

TOO_DEEP = "tables within tables without end"
TOO_LONG = "a number of thousands of digits"
"""Python makes no number of them, nor writes one."""
_DEEPEST = 64
"""Tables and lists within each other; a FHIR message has a dozen."""


MOST_BYTES = 64 << 20
"""Of a file that a program writes; the longest are the account of a national edition, and a price file's extract."""


def read_json(path: Path, most_bytes: int = MOST_BYTES) -> Any:
    """Give the value of a JSON file; raises OSError, and ValueError that says what is wrong."""
    return parse_strictly(read_bounded(path, most_bytes))


def parse_strictly(text: str | bytes, parse_float: Callable[[str], Any] | None = None) -> Any:
    """Give the value of a JSON text; raises ValueError that says in a few words what is wrong, and where.

    Python's own reader takes a key that stands twice and keeps the last, and takes numbers that JSON does not have.
    """
    try:
        found = json.loads(
            text, parse_float=parse_float or _finite, parse_constant=_no_number, object_pairs_hook=_each_key_once
        )
    except RecursionError:
        raise ValueError(TOO_DEEP) from None
    except ValueError as fault:
        raise (ValueError(TOO_LONG) if "integer string conversion" in str(fault) else fault) from None
    refuse_depth(found)
    return found


def refuse_depth(value: object) -> None:
    """Raise ValueError for a value of so many levels that whoever walks through it would run out of stack."""
    level = [value]
    for _ in range(_DEEPEST):
        held = [each.values() if isinstance(each, dict) else each for each in level if isinstance(each, dict | list)]
        level = [each for part in held for each in part if isinstance(each, dict | list)]
        if not level:
            return
    raise ValueError(TOO_DEEP)


def _finite(text: str) -> float:
    """Refuse 1e400, which Python reads as Infinity."""
    found = float(text)
    return found if math.isfinite(found) else _no_number(clean(text, 20))


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number of JSON")


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that stands twice: of two values neither is known to be the right one."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f'the key "{clean(twice, 40)}" twice in one table')
    return found
