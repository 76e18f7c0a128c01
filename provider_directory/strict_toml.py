"""TOML from outside, read within bounds: no file without end, no nesting without end (TRUST S10)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from provider_directory.bounded_files import WRITTEN_BY_HAND, read_bounded
from provider_directory.strict_json import TOO_DEEP, TOO_LONG, refuse_depth

# tomllib takes the square of a key's parts in time, and nests a table for each.
_LONG_KEY = re.compile(r"""(?<![\w.'"-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){40}""")
_MOST_BITS = 14_000
"""4,214 digits; Python writes no number of more than 4,300 in tens."""


def read_toml(path: Path, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Read a TOML file in UTF-8, with a BOM or without; raises OSError, and ValueError that says what is wrong."""
    return parse_toml(read_bounded(path), parse_float)


def parse_toml(text: str, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Give the tables of a TOML text; raises ValueError that says what is wrong, and where."""
    if len(text) > WRITTEN_BY_HAND:
        raise ValueError(f"it has more than {WRITTEN_BY_HAND:,} characters")
    if _LONG_KEY.search(text):
        raise ValueError(TOO_DEEP)
    try:
        found = tomllib.loads(text, parse_float=parse_float)
    except RecursionError:
        raise ValueError(TOO_DEEP) from None
    except ArithmeticError:
        raise ValueError("a number beyond all bounds") from None
    except ValueError as fault:
        raise (ValueError(TOO_LONG) if "integer string conversion" in str(fault) else fault) from None
    refuse_depth(found)
    _refuse_long_numbers(found)
    return found


def _refuse_long_numbers(found: object) -> None:
    """Raise ValueError for a number that Python does not write: as 0xFFF... it reads one of any length."""
    if isinstance(found, dict | list):
        for each in found.values() if isinstance(found, dict) else found:
            _refuse_long_numbers(each)
    elif isinstance(found, int) and found.bit_length() > _MOST_BITS:
        raise ValueError(TOO_LONG)
