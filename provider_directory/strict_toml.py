"""TOML from outside, read within bounds: no file without end, no nesting without end (TRUST S10)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from provider_directory.strict_json import TOO_DEEP, refuse_depth

MOST_BYTES = 512 << 10
"""A file that a person writes is a tenth of this."""
# tomllib takes the square of a key's parts in time, and nests a table for each.
_LONG_KEY = re.compile(r"""(?<![\w.'"-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){40}""")


def read_toml(path: Path, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Read a TOML file in UTF-8, with a BOM or without; raises OSError, and ValueError that says what is wrong."""
    return parse_toml(read_bounded(path), parse_float)


def read_bounded(path: Path, most_bytes: int = MOST_BYTES) -> str:
    """Give the text of a file in UTF-8; raises OSError, and ValueError for a longer file, and for other bytes."""
    with path.open("rb") as file:
        data = file.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise ValueError(f"it has more than {most_bytes:,} bytes")
    return data.decode("utf-8-sig")


def parse_toml(text: str, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Give the tables of a TOML text; raises ValueError that says what is wrong, and where."""
    if len(text) > MOST_BYTES:
        raise ValueError(f"it has more than {MOST_BYTES:,} characters")
    if _LONG_KEY.search(text):
        raise ValueError(TOO_DEEP)
    try:
        found = tomllib.loads(text, parse_float=parse_float)
    except RecursionError:
        raise ValueError(TOO_DEEP) from None
    except ArithmeticError:
        raise ValueError("a number beyond all bounds") from None
    refuse_depth(found)
    return found
