"""One session: a process group of its own, talked to through two pipes, that is gone when its browser is."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress

from navigator.web import packets
from navigator.web.limits import Limits

Command = Callable[[int, int], Sequence[str]]
"""Gives the command of a session for a screen of so many columns and rows."""
PASSED_ON = (
    *("COE_HOME", "HOME", "LANG", "LC_ALL", "NO_COLOR", "PATH", "TMPDIR", "TZ"),
    *("XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA", "SYSTEMROOT", "USERPROFILE"),
)
"""All that a session needs to know of this machine; passwords and keys of others stand in the rest (TRUST B2)."""
_LARGEST_READ = 256 * 1024


def environment_of_a_session(environment: Mapping[str, str]) -> dict[str, str]:
    """Give the environment of a session: what is named here, and a terminal of full color."""
    kept = {name: environment[name] for name in PASSED_ON if name in environment}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor"}


class Session:
    """A running app; ``end`` is how it ended, once it has."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None  # noqa: S101 - both pipes are asked for below
        assert process.stdout is not None  # noqa: S101
        self._process = process
        self._keys = process.stdin
        self._drawn = process.stdout

    def drawings(self) -> AsyncIterator[bytes]:
        """Give what the app draws, until it ends; raises NotFromTheApp."""
        return packets.drawings(self._drawn)

    async def take(self, packet: bytes) -> None:
        """Hand a packet to the app, and wait while it has more than it can read."""
        with suppress(ConnectionError):  # it has ended; its drawings tell so
            self._keys.write(packet)
            await self._keys.drain()

    async def ended_well(self) -> bool:
        """Wait for the end of the app; says whether it was one in good order."""
        return await self._process.wait() == 0

    async def finish(self, seconds_to_save: float) -> None:
        """Close the app's input, which it takes as the end of its terminal, wait, and kill all that is left of it."""
        self._keys.close()
        try:
            async with asyncio.timeout(seconds_to_save):
                while await self._drawn.read(_LARGEST_READ):  # an app that cannot write cannot end either
                    pass
                await self._process.wait()
        except TimeoutError:
            pass
        finally:
            _kill_group(self._process.pid)
        await self._process.wait()


@asynccontextmanager
async def session(command: Sequence[str], limits: Limits) -> AsyncIterator[Session]:
    """Start an app without a shell, in a process group of its own; nothing of it is left afterwards."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=_LARGEST_READ,
        env=environment_of_a_session(os.environ),
        start_new_session=True,
    )
    one = Session(process)
    try:
        yield one
    finally:
        await asyncio.shield(one.finish(limits.seconds_to_save))


def _kill_group(leader: int) -> None:
    if sys.platform == "win32":
        return
    with suppress(ProcessLookupError, PermissionError):  # nobody is left in it
        os.killpg(leader, signal.SIGKILL)
