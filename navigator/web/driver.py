"""The app's end of the pipes: Textual's driver for the web, without what a stranger's browser could do by it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Mapping
from functools import partial
from typing import Any

from textual import events
from textual.drivers.web_driver import WebDriver
from textual.message import Message
from textual.messages import InBandWindowResize

from navigator.web.confinement import end_without_server


class BrowserDriver(WebDriver):
    """Draws into the server's pipe and takes keys and the size from it; ends with the server."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        # The pipe is ours alone: a stray line on stdout would be read as the head of a packet.
        self.fileno = os.dup(self.fileno)
        os.dup2(2, 1)
        self._write = partial(self._write_unless_gone)

    def _write_unless_gone(self, packet: bytes) -> int:
        written = 0
        try:
            while written < len(packet):
                written += os.write(self.fileno, packet[written:])
        except BrokenPipeError:
            return len(packet)  # nobody reads: the end of the other pipe says so too
        return written

    def start_application_mode(self) -> None:
        """Begin, and leave the signals to who saves before an end (``navigator.signals``)."""
        numbers = (signal.SIGINT, signal.SIGTERM)
        before: Mapping[signal.Signals, Any] = {number: signal.getsignal(number) for number in numbers}
        super().start_application_mode()
        loop = asyncio.get_running_loop()
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, handler)

    def process_message(self, message: Message) -> None:
        """Take a key or a click; a size that is typed as an escape sequence is none: the server bounds the size."""
        if not isinstance(message, events.Resize | InBandWindowResize):
            super().process_message(message)

    def run_input_thread(self) -> None:
        """Take input until the app ends, or the server does."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            end_without_server()

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Open nothing: the browser is its user's."""

    def _deliver_file(self, *arguments: Any, **named: Any) -> None:
        """Send no file: what is taken away lies in a folder of this machine."""
