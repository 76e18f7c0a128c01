"""The terminal's end of the app: whatever bytes a keyboard, a mouse or a scanner sends, keys go on being heard.

Textual's own thread for keys ends at a letter that is not UTF-8, and at sequences in which a terminal would tell its
size; a sequence that begins a pasted text and does not end it swallows every key behind it (TRUST S4).
"""

from __future__ import annotations

import codecs
import os
import selectors
import sys
from collections.abc import Iterator
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.messages import InBandWindowResize

SECONDS_BETWEEN_LOOKS = 0.1
LOOKS_AFTER_WHICH_A_PASTE_ENDS = 10
_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
_MOST_BYTES = 4096


class _Parser(XTermParser):
    """Reads keys and the mouse; the mouse by cells alone, whatever a sequence says of the size of a cell."""

    @property
    def mouse_pixels(self) -> bool:
        """Say that positions are those of cells."""
        return False

    @mouse_pixels.setter
    def mouse_pixels(self, _told: bool) -> None: ...


class Keys:
    """Makes events of bytes, and never fails: what cannot be read is left out."""

    def __init__(self) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._parser = _Parser()
        self._end_of_text = ""
        """As much as a mark may lie over two readings."""
        self._is_pasting = False
        self._quiet_looks = 0

    def read(self, found: bytes) -> Iterator[Message]:
        """Give the events of the bytes that came; b"" = none came."""
        text = self._decode(found)
        if text:
            self._quiet_looks = 0
            self._note_paste(text)
        elif self._is_pasting:
            self._quiet_looks += 1
            if self._quiet_looks >= LOOKS_AFTER_WHICH_A_PASTE_ENDS:
                self._is_pasting, text = False, _PASTE_ENDS
        try:
            if text:
                yield from self._parser.feed(text)
            yield from self._parser.tick()
        except Exception:  # whatever it is, it is of these bytes: without a thread for keys nobody is heard any more
            self._parser = _Parser()

    def _note_paste(self, text: str) -> None:
        seen = self._end_of_text + text
        began, ended = seen.rfind(_PASTE_BEGINS), seen.rfind(_PASTE_ENDS)
        if began != ended:
            self._is_pasting = began > ended
        self._end_of_text = seen[-len(_PASTE_BEGINS) :]


class TerminalDriver(LinuxDriver):
    """Textual's driver with an ear that nothing closes; the size is asked of the system, never of what is typed."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if sys.__stderr__ is not None:
            # What the program says on this stream is harmless to a terminal; what it draws by has to act on it.
            self._file = open(  # noqa: SIM115 - as long as the app
                sys.__stderr__.fileno(), "w", encoding="utf-8", errors="replace", closefd=False
            )

    def process_message(self, message: Message) -> None:
        """Take a key or the mouse; a size that is typed as an escape sequence is none."""
        if not isinstance(message, events.Resize | InBandWindowResize):
            super().process_message(message)

    def run_input_thread(self) -> None:
        """Hand on what is typed until the app ends; raises OSError where the terminal has gone."""
        keys = Keys()
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                ready = selector.select(SECONDS_BETWEEN_LOOKS)
                found = os.read(self.fileno, _MOST_BYTES) if ready else b""
                if ready and not found:  # the other side is closed; the system tells the app so by a signal
                    self.exit_event.wait(SECONDS_BETWEEN_LOOKS)
                for message in keys.read(found):
                    self.process_message(message)
