"""Words of data that write to a terminal are read back as bytes from one: nothing that they ask for is there (S2)."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from evil_sources import build_evil_edition
from evil_words import ESCAPES, evil_program
from terminal import Terminal

from provider_directory.edition.pointer import sidecar_of

pytestmark = pytest.mark.costly_fixture
TESTS = Path(__file__).parents[1]
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What begins an escape, overwrites, rings, or turns the direction."""
OURS = re.compile(
    rb"\x1b\[[0-9;]*m|\x1b\[\d+;\d+H|\x1b\]22;default\x07"
    rb"|\x1b\[\?(?:7|25|1000|1003|1004|1006|1015|1049|2004|2026|2048)[hl]|\x1b\[\?(?:2026|2048)\$p|\x1b\[[<>]\d*u"
    rb"|\x1b\[H\x1b\[2J"
)
"""What Textual's driver writes: colors, places, the pointer, and the modes of mouse, paste, focus, screen and keys.

The last is ours, on leaving: it empties the screen.
"""


DOWN, ESCAPE, F1, F6, F10 = "\x1b[B", "\x1b", "\x1bOP", "\x1b[17~", "\x1b[21~"
KEYS = (
    ("", b"ZIP or city"),
    ("knee replacement\r", b"Heard"),
    ("53202\r", b"EVILOVER b"),
    (f"{DOWN}p", b"MS-DRG"),
    (ESCAPE, b"What is planned?"),
    ("e", b" Figure"),
    (ESCAPE, b"What is planned?"),
    (F1, b"Open the list of referrals"),
    (ESCAPE, b"What is planned?"),
    (F6, b"Work list"),
    (ESCAPE, b"What is planned?"),
)
"""What is typed at the desk, and words that are drawn then."""


class Written(NamedTuple):
    """All bytes of every screen, of the commands, and of a call that was typed."""

    drawn: bytes
    said: bytes
    typed: bytes


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, few_sources: Path, demonstration_edition: Path) -> Written:
    """Give all bytes of one program in a terminal."""
    home = tmp_path_factory.mktemp("escapes")
    (home / "screens").mkdir()
    evil_program(home, ESCAPES)
    prices = demonstration_edition.parent / "demonstration-sources" / "prices"
    build_evil_edition(few_sources, prices, home, ESCAPES)
    _tamper(home / "evil.sqlite", home / "tampered.sqlite")
    environment = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}
    environment |= {"HOME": str(home), "PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS / "pilot")))}
    environment |= {"TEXTUAL_FPS": "15", "TEXTUAL_ANIMATIONS": "none"}
    program = [sys.executable, str(TESTS / "hostile" / "evil_terminal.py"), str(home)]
    with pytest.MonkeyPatch.context() as patched, Terminal(program, environment, columns=80) as terminal:
        patched.setattr("terminal.LONGEST_SECONDS", 300.0)  # fifty screens
        terminal.wait_for(b"-- typed --")
        since = len(terminal.written.partition(b"-- typed --")[0])
        for keys, answer in KEYS:
            since = terminal.type(keys) if keys else since
            terminal.wait_for(answer, since)
        terminal.type(F10)
        assert terminal.end() == 0
    drawn, _, then = terminal.written.partition(b"-- next --")
    said, _, typed = then.partition(b"-- typed --")
    return Written(drawn, said, typed)


def _tamper(edition: Path, copy: Path) -> None:
    """Write past the importer: the same edition, with escapes in its names."""
    shutil.copy(edition, copy)
    shutil.copy(sidecar_of(edition), sidecar_of(copy))
    copy.chmod(0o600)
    with sqlite3.connect(copy) as connection:
        connection.execute("UPDATE facility SET name = ?", ("".join(ESCAPES),))


def test_every_screen_writes_only_what_its_driver_writes(written: Written) -> None:
    for drawn in (written.drawn, written.typed):
        words = OURS.sub(b"", drawn).decode("utf-8")
        assert {words[found.start() - 9 : found.start() + 20] for found in CONTROLS.finditer(words)} == set()
        assert words.count("EVILOVER b") > 5, "the words themselves are shown"


def test_no_answer_and_no_refusal_on_the_command_line_writes_an_escape(written: Written) -> None:
    words = written.said.decode("utf-8")
    assert {words[found.start() - 9 : found.start() + 20] for found in CONTROLS.finditer(words)} == set()
    assert words.count("-- next --") + 1 == words.count("exit ") == 22
    assert "Traceback" not in words
    assert "EVILOVER b" in words


def test_an_edition_that_was_written_past_the_importer_shows_its_escapes_as_dots(written: Written) -> None:
    assert "a·]52;c;UF" in written.said.decode("utf-8").split("-- next --")[1]
