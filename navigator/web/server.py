"""The server: gives the page to who asks by the right name, and a session to who has the cookie, within its limits."""

from __future__ import annotations

import asyncio
import logging
import re
import signal
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from enum import IntEnum
from http import HTTPStatus

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import Event

from navigator.web import packets
from navigator.web.door import Door, Refusal
from navigator.web.limits import Limits, Pace
from navigator.web.pages import Page, guards
from navigator.web.session import Command, Session, session

SECONDS_TO_KNOCK = 10.0
"""For a whole request, and then for the first message of a session."""
SECONDS_TO_TAKE = 20.0
"""For a browser to take one picture of the screen."""
WEIGHT_OF_A_SIZE = 20.0
"""A new size is a whole new picture: it counts as so many key strokes."""
_SIZE = re.compile(r"r(\d{1,9})x(\d{1,9})", re.ASCII)
_BESIDE = (Opcode.PING, Opcode.PONG)
_SESSION = "/session"
_ENTER = "/enter"


class End(IntEnum):
    """Why a session ended, as the code with which its socket is closed; the page has the words."""

    LEFT = 1000
    ENDED = 4000
    FULL = 4001
    IDLE = 4002
    LONGEST = 4003
    FAILED = 4004
    NOT_OURS = 4005
    """A message that our page does not send."""


class BrowserServer:
    """Serves one face of the product to browsers; ``given`` are the pages by their paths."""

    def __init__(self, given: Mapping[str, Page], command: Command, door: Door, limits: Limits) -> None:
        self.door = door
        self.limits = limits
        self.sessions = 0
        """Places that are taken; a place is free again when its processes are gone."""
        self._command = command
        self._pages = given
        self._guards = guards(door.origins)
        self._connections = 0

    # -- pages -----------------------------------------------------------------------------------------------------

    def answer(self, connection: ServerConnection, request: Request) -> Response | None:
        """Answer a request, or say None: a session may begin."""
        if request.method != "GET":
            words = "This server gives pages; it takes none."
            return self._refused(Refusal(HTTPStatus.METHOD_NOT_ALLOWED, words), ("Allow", "GET"))
        path = request.path.partition("?")[0]
        if path == _SESSION:
            refusal = self.door.refuse_session(request.headers)
            return self._refused(refusal) if refusal else None
        if path == _ENTER:
            if refusal := self.door.refuse_entry(request.headers):
                return self._refused(refusal)
            return self._response(HTTPStatus.NO_CONTENT, None, ("Set-Cookie", self.door.cookie_header))
        if refusal := self.door.refuse_page(request.headers):
            return self._refused(refusal)
        page = self._pages.get(path)
        if page is None:
            return self._refused(Refusal(HTTPStatus.NOT_FOUND, "There is no such page."))
        return self._response(HTTPStatus.OK, page)

    def _refused(self, refusal: Refusal, *more: tuple[str, str]) -> Response:
        return self._response(refusal.status, Page(refusal.words.encode() + b"\n", "text/plain; charset=utf-8"), *more)

    def _response(self, status: HTTPStatus, page: Page | None, *more: tuple[str, str]) -> Response:
        headers = Headers([*self._guards.items(), *more, ("Connection", "close")])
        if page is not None:
            headers["Content-Type"] = page.kind
            headers["Content-Length"] = str(len(page.body))
        return Response(status.value, status.phrase, headers, page.body if page else b"")

    # -- sessions --------------------------------------------------------------------------------------------------

    async def attend(self, browser: ServerConnection) -> None:
        """Give a session to one socket, if a place is free, until either side ends it."""
        if self.sessions >= self.limits.sessions:
            await browser.close(End.FULL)
            return
        self.sessions += 1
        try:
            end = await self._attended(browser)
        finally:
            self.sessions -= 1
        await browser.close(end)

    async def _attended(self, browser: ServerConnection) -> End:
        try:
            async with asyncio.timeout(SECONDS_TO_KNOCK):
                size = self._size_in(await browser.recv())
        except (TimeoutError, ConnectionClosed):
            return End.LEFT
        if size is None:
            return End.NOT_OURS
        async with session(self._command(*size), self.limits) as one:
            tasks = {
                asyncio.create_task(self._show(one, browser)),
                asyncio.create_task(self._listen(one, browser)),
                asyncio.create_task(self._left(browser)),
            }
            try:
                done, _ = await asyncio.wait(
                    tasks, timeout=self.limits.longest_seconds, return_when=asyncio.FIRST_COMPLETED
                )
                end = next((task.result() for task in done), End.LONGEST)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
            await self._blank(browser)
        return end

    async def _show(self, one: Session, browser: ServerConnection) -> End:
        """Send what the app draws; a browser that takes nothing is left."""
        try:
            async for drawn in one.drawings():
                async with asyncio.timeout(SECONDS_TO_TAKE):
                    await browser.send(drawn)
        except (TimeoutError, ConnectionClosed):
            return End.LEFT
        except packets.NotFromTheApp:
            return End.FAILED
        return End.ENDED if await one.ended_well() else End.FAILED

    async def _listen(self, one: Session, browser: ServerConnection) -> End:
        """Hand on what is typed, no faster than the pace, until nothing comes for too long."""
        pace = Pace(self.limits, asyncio.get_running_loop().time)
        while True:
            try:
                async with asyncio.timeout(self.limits.idle_seconds):
                    message = await browser.recv()
            except TimeoutError:
                return End.IDLE
            except ConnectionClosed:
                return End.LEFT
            size = self._size_in(message)
            if size is not None:
                packet, weight = packets.resized(*size), WEIGHT_OF_A_SIZE
            elif isinstance(message, str) and message.startswith("i"):
                packet, weight = packets.typed(message[1:]), 1.0
            else:
                return End.NOT_OURS
            await one.take(packet)
            await asyncio.sleep(pace.wait_after(len(packet), weight))

    async def _left(self, browser: ServerConnection) -> End:
        await browser.wait_closed()
        return End.LEFT

    async def _blank(self, browser: ServerConnection) -> None:
        """Clear the browser's screen before the app has saved: what it showed does not stand there meanwhile."""
        with suppress(TimeoutError, ConnectionClosed):
            async with asyncio.timeout(1.0):
                await browser.send(b"\x1bc")

    def _size_in(self, message: str | bytes) -> tuple[int, int] | None:
        found = _SIZE.fullmatch(message) if isinstance(message, str) else None
        return self.limits.clamped(int(found[1]), int(found[2])) if found else None

    # -- connections -----------------------------------------------------------------------------------------------

    def connection_kind(self) -> type[ServerConnection]:
        """Give the kind of connection of this server: counted, and closed unread where there are too many."""
        server = self

        class Counted(ServerConnection):
            """A connection that has a place among ours."""

            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                server._connections += 1
                self._pings = Pace(server.limits, self.loop.time)
                super().connection_made(transport)
                if server._connections > server.limits.connections:
                    self.transport.abort()

            def process_event(self, event: Event) -> None:
                # Each ping is answered before anything waits, read or not, and a pong is looked up; no browser sends
                # them so fast.
                if isinstance(event, Frame) and event.opcode in _BESIDE and self._pings.wait_after(len(event.data)):
                    self.transport.abort()
                super().process_event(event)

            def connection_lost(self, exc: Exception | None) -> None:
                server._connections -= 1
                super().connection_lost(exc)

        return Counted


@asynccontextmanager
async def serving(browsers: BrowserServer, listening: socket.socket) -> AsyncIterator[Server]:
    """Serve on a bound socket until the block is left; then every session has ended."""
    quiet = logging.Logger("navigator.web", logging.CRITICAL)  # it would log what strangers send
    async with serve(
        browsers.attend,
        sock=listening,
        process_request=browsers.answer,
        compression=None,  # on the same machine it costs more than it saves, and it takes memory before a check
        server_header=None,
        open_timeout=SECONDS_TO_KNOCK,
        max_size=browsers.limits.message_bytes,
        logger=quiet,
        create_connection=browsers.connection_kind(),
    ) as server:
        yield server


async def serve_until_told(browsers: BrowserServer, listening: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until a signal asks to end; ``ready`` is called when browsers are answered."""
    logging.getLogger("asyncio").setLevel(logging.ERROR)  # it warns of each write to a browser that has gone
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            with suppress(NotImplementedError):  # Windows: Ctrl+C ends the loop
                loop.add_signal_handler(getattr(signal, name), told.set)
    async with serving(browsers, listening):
        ready()
        await told.wait()
