"""`coe web` as people start it: what it refuses to open, and a real session in a real browser."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from chromium import CHROMIUM, Chromium
from command_line import CommandLine
from page_terminal import NO_TERMINAL, TERMINAL
from processes import children_of, is_alive
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from navigator.web.door import is_loopback, origin_of, own_origins
from navigator.web.limits import Limits
from provider_directory.errors import BadInput

LONGEST_SECONDS = 60.0


@contextmanager
def served(home: Path, programs: Path, edition: Path, mode: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run `coe web` on a data folder of its own; gives the process and the address that it printed."""
    (home / "programs").symlink_to(programs)
    assert TERMINAL is not None
    (home / "web-terminal").symlink_to(TERMINAL)
    asked = ("web", "--mode", mode, "--edition", str(edition), "--program", "brewline-foods")
    command = [sys.executable, "-c", "from navigator.cli import main; main()", *asked]
    environment = {**os.environ, "COE_HOME": str(home), "SECRET_OF_THE_SERVER": "canary"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        try:
            assert process.stdout is not None
            address = next(line for line in process.stdout if line.startswith("http")).strip()
            yield process, address
        finally:
            process.kill()


@contextmanager
def visit(address: str) -> Iterator[ClientConnection]:
    """Open a session of an ordinary size without a browser."""
    origin, _, token = address.partition("/#")
    cookie = httpx.get(f"{origin}/enter", headers={"Authorization": f"Bearer {token}"}).cookies["coe"]
    shown = {"Cookie": f"coe={cookie}"}
    with connect(
        f"ws://{origin[7:]}/session", origin=Origin(origin), additional_headers=shown, max_size=None
    ) as socket:
        socket.send("r100x30")
        yield socket


def draws(socket: ClientConnection, words: str) -> None:
    """Wait until the app has drawn words."""
    seen = b""
    while words.encode() not in seen:
        drawn = socket.recv(timeout=LONGEST_SECONDS)
        assert isinstance(drawn, bytes)
        seen += drawn


def test_where_persons_are_shown_or_nobody_says_how_it_is_reached_nothing_is_served(
    coe: CommandLine, demonstration_edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = ("--edition", str(demonstration_edition))
    for arguments, words in (
        (("--mode", "desk", "--origin", "https://coe.example.org"), "on this machine alone"),
        (("--mode", "desk", "--host", "0.0.0.0"), "on this machine alone"),  # noqa: S104 - what is refused
        (("--mode", "hr", "--host", "0.0.0.0"), "can be reached from other machines"),  # noqa: S104
        (("--mode", "hr", "--origin", "coe.example.org"), "is not an address people can open"),
        (("--mode", "hr", "--site", "site.toml"), "A site file is of a kiosk"),
        (("--mode", "hr", "--program", "no-such"), "no-such"),
        (("--mode", "board"), 'There is no mode "board"'),
    ):
        assert coe("web", *arguments, *edition) == 2, arguments
        assert words in " ".join(coe.err.split()), arguments
    assert coe("web", "--mode", "hr", *edition) == 2
    assert "coe web --install-terminal" in " ".join(coe.err.split())
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / "ledger.key").write_text(json.dumps({"kind": "passphrase"}))
    assert coe("web", "--mode", "desk", *edition) == 2
    assert "A passphrase keeps the key" in coe.err
    monkeypatch.setenv("TEXTUAL_DRIVER", "os:system")
    assert coe("web", "--mode", "kiosk", *edition) == 2
    (tmp_path / "settings.toml").write_text('role = "hr"\n', encoding="utf-8")
    assert coe("web", "--mode", "desk", *edition) == 2
    assert "Not at the HR desk" in coe.err


def test_addresses_are_compared_as_browsers_write_them() -> None:
    assert origin_of(" https://COE.example.org:443/ ") == "https://coe.example.org"
    assert origin_of("http://[::1]:80") == "http://[::1]"
    assert own_origins("127.0.0.1", 8901) == {"http://127.0.0.1:8901", "http://localhost:8901"}
    assert own_origins("::1", 80) == {"http://[::1]", "http://localhost"}
    assert [is_loopback(host) for host in ("127.9.9.9", "::1", "localhost", "0.0.0.0", "10.0.0.1", "evil.example")] == [  # noqa: S104
        *[True] * 3,
        *[False] * 3,
    ]
    for wrong in ("", "coe", "ftp://x", "https://", "https://x/path", "https://u@x", "http://x:99999", "http://[x"):
        with pytest.raises(BadInput):
            origin_of(wrong)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.skipif(TERMINAL is None, reason=NO_TERMINAL)
def test_a_real_session_is_bounded_and_ends_with_a_server_that_is_killed(
    tmp_path: Path, demonstration_edition: Path, demonstration_programs: Path
) -> None:
    with (
        served(tmp_path, demonstration_programs, demonstration_edition, "hr") as (server, address),
        visit(address) as socket,
    ):
        draws(socket, "HR desk")
        (session,) = children_of(server.pid)
        assert f"Max address space {Limits(1).memory_bytes}" in " ".join(
            Path(f"/proc/{session}/limits").read_text().split()
        )
        assert b"canary" not in Path(f"/proc/{session}/environ").read_bytes()
        socket.send("r100000x100000")
        socket.send("itaxed")
        draws(socket, "taxed")
        # A size that is typed: a terminal's way to tell it, and so a way around the bound of the server.
        socket.send("i\x1b[48;100000;100000;0;0t")
        for word in ("does", "her", "husband", "pay", "himself"):  # it would be taken between two of them
            socket.send(f"i {word}")
            draws(socket, word)
        used = next(
            line for line in Path(f"/proc/{session}/status").read_text().split("\n") if line.startswith("VmHWM")
        )
        assert int(used.split()[1]) < 400 * 1024
        server.send_signal(signal.SIGKILL)
        end = time.monotonic() + LONGEST_SECONDS
        while is_alive(session):
            assert time.monotonic() < end, "the session outlives its server"
            time.sleep(0.05)


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian: apt-get install chromium)")
@pytest.mark.skipif(TERMINAL is None, reason=NO_TERMINAL)
def test_in_a_browser_the_address_opens_the_desk_and_words_bring_the_centers(
    tmp_path: Path, demonstration_edition: Path, demonstration_programs: Path
) -> None:
    with (
        served(tmp_path, demonstration_programs, demonstration_edition, "hr") as (_, address),
        Chromium(tmp_path) as browser,
    ):
        browser.open(address)
        browser.wait_for("Ask in your own words")
        assert browser.run("location.href") == address.partition("#")[0], "the token stays in no history"
        assert browser.run("document.cookie") == ""
        assert browser.run("document.fonts.check('16px \"COE Mono\"')") is True
        assert {each.split("/")[2] for each in browser.asked} == {address.split("/")[2]}, "nothing comes from elsewhere"
        browser.press("Escape", 27)
        browser.wait_for("What is planned?")
        browser.type("knee replacement")
        browser.wait_for("Total knee")
        browser.press("Tab", 9)
        browser.type("53202")
        browser.press("Enter", 13)
        browser.wait_for("miles")
        if pictures := os.environ.get("COE_PICTURES"):
            browser.picture(Path(pictures) / "hr.png")
        browser.press("F10", 121)
        browser.wait_for("The program has ended.")
        assert "miles" not in browser.words()
        browser.open("about:blank")
        browser.open(address.partition("#")[0] + "#wrong")
        browser.wait_for("Ask in your own words")
