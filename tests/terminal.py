"""A program in a terminal of its own: what it writes, byte by byte, what is typed, and how it ends."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

LONGEST_SECONDS = 60.0
COLUMNS, LINES = 100, 40


class Terminal:
    """Runs one program in a pty; whatever is still running at the end is killed."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], columns: int = COLUMNS) -> None:
        self.written = b""
        self.child, self._master = pty.fork()
        if self.child == 0:
            for number in (signal.SIGINT, signal.SIGQUIT):
                signal.signal(number, signal.SIG_DFL)  # ignored where the tests run in a shell's background
            os.execvpe(command[0], list(command), dict(environment))  # noqa: S606 - a command of these tests
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, columns, 0, 0))
        self._status: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        if self._status is None:
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
        self.hang_up()

    def wait_for(self, words: bytes, since: int = 0) -> None:
        """Read until the words were written behind byte ``since``; raises TimeoutError with what was written."""
        end = time.monotonic() + LONGEST_SECONDS
        while words not in self.written[since:]:
            if time.monotonic() > end or not self._read(0.2):
                raise TimeoutError(f"{words!r} was not written; the end of what was: {self.written[-2000:]!r}")

    def type(self, keys: str) -> int:
        """Type as on a keyboard; gives how much was written before."""
        return self.type_bytes(keys.encode())

    def type_bytes(self, keys: bytes) -> int:
        """Send bytes as a keyboard, a mouse or a scanner may; gives how much was written before."""
        before = len(self.written)
        os.write(self._master, keys)
        return before

    def resize(self, columns: int, lines: int) -> None:
        """Take another size; the system tells the program by SIGWINCH."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def read_for(self, seconds: float) -> None:
        """Read on until nothing came for so long."""
        while select.select([self._master], [], [], seconds)[0] and self._read(0):
            pass

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        os.kill(self.child, number)

    def hang_up(self) -> None:
        """Close the terminal's window; the system tells the program by SIGHUP."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def local_modes(self) -> int:
        """Give the terminal's local modes: whether typed letters are shown and lines edited."""
        return int(termios.tcgetattr(self._master)[3])

    def end(self) -> int:
        """Wait for the program's own end; gives its exit code, negative for the signal that killed it."""
        end = time.monotonic() + LONGEST_SECONDS
        while True:
            if self._master >= 0:
                self._read(0.05)
            child, status = os.waitpid(self.child, os.WNOHANG)
            if child:
                self._status = status
                while self._master >= 0 and self._read(0.05):
                    pass
                return os.waitstatus_to_exitcode(status)
            if time.monotonic() > end:
                raise TimeoutError("the program does not end")

    def _read(self, seconds: float) -> bool:
        """Read what is there; False where the other side is closed, or nothing came from a program that ended."""
        if not select.select([self._master], [], [], seconds)[0]:
            return self._status is None
        try:
            found = os.read(self._master, 1 << 16)
        except OSError:  # the program closed its side
            return False
        self.written += found
        return bool(found)
