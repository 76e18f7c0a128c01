"""The streams of this process: whatever is said can be written in their encoding, and a closed one is an empty one."""

from __future__ import annotations

import codecs
import io
import os
import sys
import unicodedata
from collections.abc import Callable

from provider_directory.cleaning import harmless
from provider_directory.errors import BadInput

LEGIBLY = "legibly"
"""Name of the way to write what an encoding does not have."""
LINE_ANEW = "\r\x1b[2K"
"""Begins a line of progress that is written over the one before."""
_SIGNS = str.maketrans(
    {"→": "->", "←": "<-", "≥": ">=", "≤": "<=", "ñ": "ni", "Ñ": "NI"}
    | dict(zip("–—‑−·’‘“”", "-----''\"\"", strict=True))
)
"""As they are written where there are no others; "anos" for "años" is another word."""


def make_streams_safe() -> None:
    """Let no letter and no closed stream end an answer; once for a process, before anything is written."""
    codecs.register_error(LEGIBLY, _legibly)
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115 - kept as long as the process
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=LEGIBLY)
            stream.write = _walled(stream.write)  # type: ignore[method-assign]


def check_terminal(what: str, instead: str) -> None:
    """Raise BadInput where a screen cannot be drawn: in a pipe, and in a terminal that knows no cursor (TERM=dumb)."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise BadInput(f"{what} needs a terminal.", instead)
    if os.environ.get("TERM") == "dumb":
        raise BadInput(f"{what} cannot be drawn in this terminal (TERM=dumb).", "Use `coe ask`, which speaks in lines.")


def _walled(write: Callable[[str], int]) -> Callable[[str], int]:
    """Let no word of data act on the terminal: an edition may have been written past the importer (TRUST S2)."""

    def write_harmlessly(text: str) -> int:
        ours = LINE_ANEW if text.startswith(LINE_ANEW) else ""
        return write(ours + harmless(text[len(ours) :]))

    return write_harmlessly


def writes_unicode() -> bool:
    """Say whether every letter can be written to standard output."""
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower().startswith("utf")


def _legibly(fault: UnicodeError) -> tuple[str, int]:
    """Write a letter without its accent and a typographic sign as a plain one; what is left is a question mark."""
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    lost = fault.object[fault.start : fault.end].translate(_SIGNS)
    plain = (sign for sign in unicodedata.normalize("NFKD", lost) if not unicodedata.combining(sign))
    return "".join(sign if sign.isascii() else "?" for sign in plain), fault.end
