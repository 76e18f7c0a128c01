"""Whatever ends the desk, the field in hand is in the ledger and the terminal is as it was before (TRUST B2, S6)."""

from __future__ import annotations

import signal
import termios
from pathlib import Path

import pytest
from at_the_desk import desk_in, to_form

from navigator.ledger.ledger import Ledger
from navigator.referral.record import Referral

ALTERNATE_SCREEN, LEFT = b"\x1b[?1049h", b"\x1b[?1049l"
GIVEN_BACK = (LEFT, b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?1006l", b"\x1b[?2004l", b"\x1b[?25h", b"\x1b[<u")
SECRET = "Canaria Quillfeather"


def kept(home: Path) -> Referral:
    with Ledger.open(home / "ledger" / "referrals.db", home / "ledger" / "ledger.key") as ledger:
        (row,) = ledger.list()
        return ledger.get(row.number)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGQUIT"])
def test_a_signal_saves_the_field_in_hand_and_gives_the_terminal_back(tmp_path: Path, name: str) -> None:
    with desk_in(tmp_path) as terminal:
        modes = terminal.local_modes()
        to_form(terminal)
        terminal.wait_for(SECRET.encode(), terminal.type(SECRET))
        assert not terminal.local_modes() & termios.ECHO
        terminal.send(signal.Signals[name])
        assert terminal.end() == 0
        assert terminal.local_modes() == modes
        at = terminal.written.rindex(ALTERNATE_SCREEN)
        assert all(terminal.written.rindex(each) > at for each in GIVEN_BACK)
        assert SECRET.encode() not in terminal.written[terminal.written.rindex(LEFT) :]
    assert kept(tmp_path).member.name == SECRET


def test_a_terminal_that_is_closed_loses_nothing_and_leaves_no_program_behind(tmp_path: Path) -> None:
    with desk_in(tmp_path) as terminal:
        to_form(terminal)
        terminal.wait_for(SECRET.encode(), terminal.type(SECRET))
        terminal.hang_up()
        assert terminal.end() == 0
    assert kept(tmp_path).member.name == SECRET


@pytest.mark.parametrize("name", ["SIGHUP", "SIGINT"])
def test_a_signal_before_the_first_frame_ends_the_desk_too(tmp_path: Path, name: str) -> None:
    with desk_in(tmp_path) as terminal:
        terminal.wait_for(ALTERNATE_SCREEN)
        terminal.send(signal.Signals[name])
        assert terminal.end() == 0
        assert terminal.written.rindex(LEFT) > terminal.written.rindex(ALTERNATE_SCREEN)


def test_a_fault_with_a_members_data_at_hand_is_told_without_any_of_it(tmp_path: Path) -> None:
    with desk_in(tmp_path, "crash") as terminal:
        modes = terminal.local_modes()
        to_form(terminal)
        terminal.wait_for(SECRET.encode(), terminal.type(SECRET))
        terminal.type("\x1bOQ")  # F2
        assert terminal.end() != 0
        assert terminal.local_modes() == modes
        left = terminal.written[terminal.written.rindex(LEFT) :]
    assert b"incident" in left
    assert b"ValueError" in left
    assert b"Canaria" not in left
    assert b"cannot save" not in left
    assert b"crashing" in left, "the places of the fault"
    assert b"--dev" not in left, "no hint of the library's own"
