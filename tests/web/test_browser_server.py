"""Who is let in, what a visitor may cost, and that nothing is left behind: on real sockets and processes (S17)."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from processes import children_of, is_alive
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.typing import Origin

from navigator.web.door import Door, own_origins
from navigator.web.limits import Limits, Pace
from navigator.web.pages import pages
from navigator.web.server import BrowserServer, End, serving

SMALL_APP = str(Path(__file__).with_name("small_app.py"))
TERMINAL = {"xterm.js": b"invented", "dejavu-sans-mono.woff2": b"invented", "LICENSE-xterm.txt": b"invented"}
FEW = Limits(sessions=3, idle_seconds=60, seconds_to_save=0.3, connections=40)


@dataclass
class Served:
    """A server of small apps on a free port."""

    browsers: BrowserServer
    origin: str
    address: tuple[str, int]

    async def ask(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Ask for a page with headers of one's own; ``_`` in a name stands for ``-``."""
        sent = {
            "Host": self.origin.partition("//")[2],
            **{name.replace("_", "-"): text for name, text in headers.items()},
        }
        reader, writer = await asyncio.open_connection(*self.address)
        lines = [f"GET {path} HTTP/1.1", *(f"{name}: {text}" for name, text in sent.items()), "", ""]
        writer.write("\r\n".join(lines).encode())
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        writer.close()
        status, *rest = head.decode().split("\r\n")
        return int(status.split()[1]), dict(line.split(": ", 1) for line in rest), body

    async def cookie(self) -> str:
        """Show the token; gives the cookie."""
        status, headers, _ = await self.ask("/enter", Authorization=f"Bearer {self.browsers.door.token}")
        assert status == 204
        return headers["Set-Cookie"].partition(";")[0]

    async def visit(self, size: str = "r80x24") -> ClientConnection:
        """Open a session as our page does."""
        headers = {"Cookie": await self.cookie()}
        socket = await connect(
            f"ws://{self.origin[7:]}/session", origin=Origin(self.origin), additional_headers=headers
        )
        with contextlib.suppress(ConnectionClosed):  # no place is free
            await socket.send(size)
        return socket

    async def emptied(self) -> None:
        """Wait until no place is taken."""
        async with asyncio.timeout(30):
            while self.browsers.sessions:
                await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def served(
    kind: str = "echoes", limits: Limits = FEW, terminal: Mapping[str, bytes] = TERMINAL
) -> AsyncIterator[Served]:
    listening = socket.create_server(("127.0.0.1", 0))
    door = Door(own_origins("127.0.0.1", listening.getsockname()[1]))

    def command(columns: int, rows: int) -> list[str]:
        return [sys.executable, SMALL_APP, kind, str(columns), str(rows)]

    browsers = BrowserServer(pages("kiosk", terminal), command, door, limits)
    async with serving(browsers, listening):
        yield Served(browsers, door.address, listening.getsockname())


async def told(socket: ClientConnection) -> Any:
    return json.loads(await socket.recv())


async def ended(socket: ClientConnection) -> int | None:
    with contextlib.suppress(ConnectionClosed):
        while True:
            await socket.recv()
    return socket.close_code


async def test_pages_come_from_here_alone_and_the_token_buys_a_cookie_that_no_script_reads() -> None:
    async with served() as here:
        status, headers, body = await here.ask("/")
        assert (status, b'data-mode="kiosk"' in body) == (200, True)
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "script-src" not in policy, "scripts fall under default-src: none in the page, none from elsewhere"
        assert f"connect-src 'self' ws://{here.origin[7:]}" in policy
        assert (headers["Referrer-Policy"], headers["X-Content-Type-Options"]) == ("no-referrer", "nosniff")
        assert (headers["Cache-Control"], "Server" in headers) == ("no-store", False)
        for path in ("/static/page.js", "/static/xterm.js", "/static/page.css", "/static/dejavu-sans-mono.woff2"):
            status, headers, body = await here.ask(path)
            assert (status, len(body)) == (200, int(headers["Content-Length"]))
            assert b"googleapis" not in body
        for path in (
            "/static/",
            "/static/../server.py",
            "/static/index.html",
            "/static/LICENSE-xterm.txt",
            "/static/%2e%2e/x",
            "//",
            "/x",
        ):
            assert (await here.ask(path))[0] == 404, path
        assert (await here.ask("/enter"))[0] == 401
        assert (await here.ask("/enter", Authorization="Bearer x"))[0] == 401
        _, headers, body = await here.ask("/enter", Authorization=f"Bearer {here.browsers.door.token}")
        assert headers["Set-Cookie"].endswith("; Path=/; HttpOnly; SameSite=Strict")
        assert here.browsers.door.token not in repr(here.browsers.door) + headers["Set-Cookie"]
        assert (await here.ask("/enter", Cookie=headers["Set-Cookie"].partition(";")[0]))[0] == 204
        for host in ("evil.example", "127.0.0.1", f"evil.example:{here.address[1]}"):
            for path in ("/", "/enter", "/session"):
                assert (await here.ask(path, Host=host))[0] == 421, (host, path)


def test_a_header_that_is_missing_or_sent_twice_opens_no_session() -> None:
    door = Door(own_origins("127.0.0.1", 8901))
    sent = {"Host": "127.0.0.1:8901", "Origin": "http://127.0.0.1:8901", "Cookie": door.cookie_header.partition(";")[0]}

    class Sent(dict[str, list[str]]):
        def get_all(self, key: str) -> list[str]:
            return self.get(key, [])

    whole = {name: [value] for name, value in sent.items()}
    assert door.refuse_session(Sent(whole)) is None
    for name in sent:
        assert door.refuse_session(Sent({**whole, name: []})), name
        assert door.refuse_session(Sent({**whole, name: [sent[name]] * 2})), name
        assert door.refuse_session(Sent({**whole, name: [sent[name][:-1]]})), name
    shown = {"Host": whole["Host"], "Authorization": [f"Bearer {door.token}"]}
    assert door.refuse_entry(Sent(shown)) is None
    assert door.refuse_entry(Sent({**shown, "Authorization": [f"Bearer {door.token[:-1]}"]}))
    cookie = sent["Cookie"]
    for header, lets_in in (
        (f"theme=dark; {cookie}; coe=x", True),
        (f'{cookie[:4]}"{cookie[4:]}"', False),
        ('coe="' + "\\" * 500_000 + '"; x', False),  # a reader of quoted values takes minutes for it
    ):
        assert (door.refuse_session(Sent({**whole, "Cookie": [header]})) is None) == lets_in, header[:60]
    assert "Secure" not in door.cookie_header
    assert Door(frozenset({"https://coe.example.org"})).cookie_header.endswith("; Secure")


async def test_a_session_needs_the_origin_and_the_cookie_and_1000_bad_sockets_start_nothing() -> None:
    async with served() as here:
        cookie = await here.cookie()
        refused = (
            ("https://evil.example", cookie, 403),
            ("null", cookie, 403),
            (here.origin.replace("http:", "https:"), cookie, 403),
            (here.origin, "coe=guessed", 401),
            (here.origin, "", 401),
            (here.origin, f"{cookie}x", 401),
        )

        async def knock(origin: str, shown: str, status: int) -> None:
            with pytest.raises((InvalidHandshake, OSError)) as refusal:
                await connect(
                    f"ws://{here.origin[7:]}/session",
                    origin=Origin(origin),
                    additional_headers={"Cookie": shown},
                    proxy=None,
                )
            if isinstance(refusal.value, InvalidStatus):
                assert refusal.value.response.status_code == status

        for each in refused:
            await knock(*each)
        for _ in range(20):  # more at one time than there are connections: those beyond are closed unread
            await asyncio.gather(*(knock(*refused[number % len(refused)]) for number in range(50)))
        assert here.browsers.sessions == 0
        visitor = await here.visit()
        assert (await told(visitor))["size"] == ["80", "24"]
        await visitor.close()
        await here.emptied()


async def test_a_screen_of_any_size_is_bounded_and_what_no_page_of_ours_sends_ends_the_session() -> None:
    async with served() as here:
        visitor = await here.visit("r100000x100000")
        assert (await told(visitor))["size"] == ["300", "100"]
        await visitor.send("r999999999x0")
        assert await told(visitor) == {"type": "resize", "width": 300, "height": 1}
        await visitor.send("i" + "é" * 3000)
        assert await visitor.recv() == ("é" * 3000).encode()
        await visitor.send("iq")
        assert await ended(visitor) == End.ENDED
        for message in (b"bytes", "x", "", "r-1x5", "r80"):
            visitor = await here.visit()
            await told(visitor)
            await visitor.send(message)
            assert await ended(visitor) == End.NOT_OURS, message
            await here.emptied()
        visitor = await here.visit()
        await visitor.send("i" + "x" * 20_000)
        assert await ended(visitor) == 1009
        await here.emptied()


async def test_what_is_no_get_is_refused_and_what_no_browser_sends_ends_the_socket() -> None:
    async with served() as here:
        for method in ("HEAD", "POST", "TRACE"):
            reader, writer = await asyncio.open_connection(*here.address)
            writer.write(f"{method} / HTTP/1.1\r\nHost: {here.origin[7:]}\r\n\r\n".encode())
            assert (await reader.read()).startswith(b"HTTP/1.1 405 "), method
            writer.close()
        empty = b"\x80\0\0\0\0"
        for frames, end in (
            ((b"\x89" + empty) * 5000, 1006),  # pings: each is answered, read or not, and many would fill the memory
            ((b"\x8a" + empty) * 5000, 1006),  # pongs that nobody asked for
            (b"\x81\x83\0\0\0\0i\xff\xfe", 1007),
            (b"\xc1" + empty, 1002),  # compressed, though it is off
            (b"\x81\xff" + (2**40).to_bytes(8, "big") + b"\0\0\0\0", 1009),
            (b"\x01" + empty + (b"\x00" + empty) * 5000, 1009),  # one message in pieces
        ):
            visitor = await here.visit()
            await told(visitor)
            visitor.transport.write(frames)
            assert await ended(visitor) == end, frames[:1]
            await here.emptied()


async def test_a_session_knows_no_secret_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", "canary")
    monkeypatch.setenv("TEXTUAL_DRIVER", "os:system")
    async with served() as here:
        visitor = await here.visit()
        known = (await told(visitor))["environment"]
        assert known["COLORTERM"] == "truecolor"
        assert not [name for name in known if name.startswith(("TEXTUAL", "DATABASE", "PYTHON"))]
        assert here.browsers.door.token not in str(known)
        await visitor.close()
        await here.emptied()


async def test_more_visitors_than_places_are_told_so_and_a_place_is_free_when_its_processes_are_gone() -> None:
    async with served("parent", replace(FEW, sessions=2)) as here:
        first, second = await here.visit(), await here.visit()
        groups = [await told(first), await told(second)]
        assert await ended(await here.visit()) == End.FULL
        first.transport.abort()  # a cable that is pulled
        await second.close()
        await here.emptied()
        async with asyncio.timeout(10):
            while any(is_alive(group["child"]) for group in groups):  # what the app had started goes with it
                await asyncio.sleep(0.02)
        third = await here.visit()
        assert (await told(third))["size"] == ["80", "24"]
    assert await ended(third) == 1001, "the server has ended, and its sessions with it"


async def test_100_browsers_that_vanish_leave_no_process_and_no_place_taken() -> None:
    async with served(limits=replace(FEW, sessions=4)) as here:
        cookie = {"Cookie": await here.cookie()}

        async def vanish(number: int) -> None:
            visitor = await connect(
                f"ws://{here.origin[7:]}/session", origin=Origin(here.origin), additional_headers=cookie
            )
            if number % 4:  # at any moment: before the first word, at the start of the app, in the middle
                with contextlib.suppress(ConnectionClosed):
                    await visitor.send("r80x24")
                    if number % 4 > 1:
                        await visitor.recv()
            visitor.transport.abort()

        for at in range(0, 100, 10):
            await asyncio.gather(*map(vanish, range(at, at + 10)))
        await here.emptied()
        commands = [Path(f"/proc/{child}/cmdline").read_bytes() for child in children_of(os.getpid())]
        assert not [command for command in commands if SMALL_APP.encode() in command]


async def test_silence_the_longest_time_and_an_app_that_fails_end_with_their_own_words() -> None:
    for kind, limits, end in (
        ("echoes", replace(FEW, idle_seconds=0.2), End.IDLE),
        ("echoes", replace(FEW, longest_seconds=0.3), End.LONGEST),
        ("fails", FEW, End.FAILED),
        ("garbage", FEW, End.FAILED),
    ):
        async with served(kind, limits) as here:
            assert await ended(await here.visit()) == end
            await here.emptied()
    page = (Path(__file__).parents[2] / "navigator/web/static/page.js").read_text(encoding="utf-8")
    assert all(f"{end.value}: [" in page for end in End if End.LEFT < end < End.NOT_OURS)


def test_typing_faster_than_any_hand_is_slowed_after_a_burst_of_two_seconds() -> None:
    now = 100.0
    pace = Pace(replace(FEW, messages_a_second=100.0, bytes_a_second=1000.0), lambda: now)
    assert [pace.wait_after(1) for _ in range(200)][-1] == pytest.approx(0.0, abs=1e-9)
    assert pace.wait_after(1) == pytest.approx(0.01)
    assert pace.wait_after(500) == pytest.approx(0.51), "what is long costs by its length"
    assert pace.wait_after(1, weight=20.0) == pytest.approx(0.71), "a new size is a whole new picture"
    now += 10.0
    assert pace.wait_after(1) == 0.0, "what was not used is not saved up"
