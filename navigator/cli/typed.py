"""What is typed about a person: asked in a terminal, read from a pipe, never a word of the command line.

The words of a command line stand in the list of processes, and stay in the shell's history.
"""

from __future__ import annotations

import sys

from provider_directory.errors import BadInput

LONGEST_LINE = 4096
ASKED = "-"
"""Given for a text, it has the text asked for, or read from standard input."""


def typed(question: str) -> str:
    """Give one line: asked in a terminal on stderr, else the next line of standard input; "" where there is none."""
    if sys.stdin.isatty():
        print(f"{question}: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline(LONGEST_LINE).strip()


def words_of(option: str, given: str | None) -> str | None:
    """Give the text of an option, typed where "-" was given; raises BadInput where nothing is typed."""
    if given != ASKED:
        return given
    if not (said := typed(option.lstrip("-").replace("-", " ").capitalize())):
        raise BadInput(f"{option} - has its words typed, and there are none.", "Type them, or pipe them in.")
    return said
