"""A whole session in a terminal of its own: no byte of what was typed is on the disk, and the scrollback is cleared."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from command_line import CommandLine
from terminal import Terminal

CANARY = "qzzxv"


def test_no_byte_of_what_was_typed_is_left_on_the_disk(
    tmp_path: Path, demonstration_edition: Path, demonstration_programs: Path
) -> None:
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    temporary.mkdir()
    (home / "programs").symlink_to(demonstration_programs)
    site = tmp_path / "site.toml"
    site.write_text('name = "Office"\nplace = "53202"\nprogram = "brewline-foods"\n', encoding="utf-8")
    started = [sys.executable, "-c", "from navigator.cli import main; main()", "kiosk", "--site", str(site)]
    environment = {"COE_HOME": str(home), "HOME": str(home), "TMPDIR": str(temporary), "TERM": "xterm-256color"}
    environment |= {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "COLORTERM": "truecolor"}
    with Terminal([*started, "--edition", str(demonstration_edition)], environment) as terminal:
        terminal.wait_for(b"Start in English")
        terminal.wait_for(b"DEMONSTRATION")
        since = 0
        for keys, said in (
            ("1", b"What is planned?"),
            ("9", b"Say in your own words"),
            (f"{CANARY}\r", b"I found nothing"),
            ("\x1b", b"Something else"),
            ("1", b"Which one is it?"),
            ("1", b"Near which ZIP?"),
            ("53202\r", b"Which plan do you have?"),
            ("3", b"press one to see why"),
            ("4", b"What will you take with you?"),
            ("1", b"It holds no name"),
        ):
            since = terminal.type(keys)
            terminal.wait_for(said, since)
        since = terminal.type("9")
        terminal.wait_for(b"\x1b]52;c;\x07\x1b[3J", since)
        terminal.wait_for(b"Start in English", since)
        terminal.type("\x11\x03\x1a\x10\x1c")  # Ctrl+Q, C, Z, P and \
        terminal.send(signal.SIGTERM)
        assert terminal.end() == 0
        behind_the_last_page = terminal.written.rpartition(b"\x1b[?1049l")[2]
        assert b"\x1b[H\x1b[2J\x1b]52;c;\x07\x1b[3J" in behind_the_last_page, "the Linux console has no second page"
    left = [path for path in tmp_path.rglob("*") if path.is_file() and not path.is_symlink()]
    assert site in left
    assert [path for path in left if CANARY.encode() in path.read_bytes()] == []
    assert not (home / "ledger").exists()
    assert not (home / "gaps.csv").exists()
    assert list(temporary.iterdir()) == []


def test_it_starts_only_in_a_terminal_and_with_a_plan_that_there_is(coe: CommandLine, tmp_path: Path) -> None:
    assert coe("kiosk") == 2
    assert "needs a terminal" in coe.err
    site = tmp_path / "site.toml"
    site.write_text('program = "brewline-foods"\nplan = "gold"\n', encoding="utf-8")
    assert coe("kiosk", "--site", str(site)) == 2
    assert 'no plan "gold"' in coe.err
    assert coe("kiosk", "--site", str(tmp_path / "none.toml")) == 2
