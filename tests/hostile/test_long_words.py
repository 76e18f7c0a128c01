"""Words of any length, and words that mean something to a database, are words: answered or refused (TRUST S12, S18)."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import CommandLine
from evil_words import MEANT_FOR_SQL

LONG = "knee [/] \x1b[2J" * 8_000


def said(coe: CommandLine, *arguments: str) -> int:
    """Run a command; gives its exit code, once it is known that it said little and no more than words."""
    code = coe(*arguments)
    assert code in (0, 1, 2), coe.err
    assert len(coe.out) + len(coe.err) < 20_000
    assert "\x1b" not in coe.out + coe.err
    assert "Traceback" not in coe.err
    return code


@pytest.mark.parametrize("words", [LONG, *MEANT_FOR_SQL[::6]], ids=lambda words: repr(words[:12]))
def test_every_look_up_takes_any_words(coe: CommandLine, demonstration_edition: Path, words: str) -> None:
    edition = ("--edition", str(demonstration_edition))
    said(coe, "procedures", words)
    assert said(coe, "find", "knee replacement", words, *edition) in (1, 2)
    assert said(coe, "find", "knee replacement", "53202", "--program", "brewline-foods", "--surgeon", words, *edition)
    assert said(coe, "credential", "show", words, "hip-knee") in (1, 2)
    assert said(coe, "referral", "show", words) in (1, 2)
