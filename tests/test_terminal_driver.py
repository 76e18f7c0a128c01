"""Whatever bytes come from a keyboard, a mouse or a scanner, the next key is heard (TRUST S4)."""

from __future__ import annotations

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import events

if sys.platform == "win32":
    pytest.skip("the driver of POSIX", allow_module_level=True)

from navigator.terminal_driver import LOOKS_AFTER_WHICH_A_PASTE_ENDS, SECONDS_BETWEEN_LOOKS, Keys

PIECES = (
    *(b"\x1b", b"[", b"<", b"0;1;1M", b"65;9999;9999M", b"200~", b"201~", b"M", b"]52;c;", b"\x07", b"P", b"\\", b"_"),
    *(b"\x1b[48;24;80;0;0t", b"\x1b[48;0;0;0;0t", b"\x1b[48;100000;100000;9;9t", b"\x1b[?2048;2$y", b"\x1b[1;1R"),
    *(b"\x1b[99999999999u", b"\x1b[1:2:3;5u", b"\xff", b"\xc3", b"\x9b", b"\x00", b"a"),
)


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=8)), max_size=12))
@example([b"\x1b[48;24;80;0;0t", b"\x1b[<65;9;9M"])
@example([b"ni\xf1o"])
@example([b"\x1b[20", b"0~swallowed"])
def test_no_bytes_keep_the_next_key_from_being_heard(pieces: list[bytes]) -> None:
    now = 100.0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("textual._parser.get_time", lambda: now)
        keys = Keys()
        for piece in pieces:
            list(keys.read(piece))
        for _ in range(LOOKS_AFTER_WHICH_A_PASTE_ENDS + 5):
            now += SECONDS_BETWEEN_LOOKS
            list(keys.read(b""))
        heard = [each.key for each in keys.read(b"q") if isinstance(each, events.Key)]
    assert heard[-1:] == ["q"]


def test_keys_the_mouse_and_pasted_text_are_what_they_are() -> None:
    keys = Keys()
    found = list(keys.read("ñ\x1b[A".encode() + b"\x1b[48;24;80;480;1600t\x1b[<0;11;6M\x1b[200~two\nlines\x1b[201~"))
    typed = [each.key for each in found if isinstance(each, events.Key)]
    assert typed == ["ñ", "up"]
    (pressed,) = (each for each in found if isinstance(each, events.MouseDown))
    assert (pressed.x, pressed.y) == (10, 5), "by cells, whatever size of one was typed"
    (pasted,) = (each for each in found if isinstance(each, events.Paste))
    assert pasted.text == "two\nlines"
