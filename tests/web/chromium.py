"""A real browser without a window, driven by its own protocol (CDP) over one socket: opened, typed into, looked at."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

from websockets.sync.client import ClientConnection, connect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
LONGEST_SECONDS = 40.0
_QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    "--disable-background-networking",
    "--disable-component-update",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)


class Chromium:
    """One browser with one page of the size that is given; it ends with the block."""

    def __init__(self, folder: Path, width: int = 1280, height: int = 800) -> None:
        assert CHROMIUM is not None
        self._profile = folder / "profile"
        size = f"--window-size={width},{height}"
        self._process = subprocess.Popen(
            [CHROMIUM, *_QUIET, size, f"--user-data-dir={self._profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._socket: ClientConnection | None = None
        self._open = ExitStack()
        self._count = 0
        self.asked: list[str] = []
        """Every address that the page asked for."""

    def __enter__(self) -> Self:
        try:
            self._attach()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._open.close()
        self._end()

    def _end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _attach(self) -> None:
        port_file = self._profile / "DevToolsActivePort"
        end = time.monotonic() + LONGEST_SECONDS
        while not (port_file.exists() and len(lines := port_file.read_text().split("\n")) >= 2):
            assert time.monotonic() < end, "the browser did not start"
            time.sleep(0.05)
        browser = f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        with connect(browser, max_size=None) as socket:
            self._socket = socket
            targets = self._ask("Target.getTargets")["targetInfos"]
        page = next(target["targetId"] for target in targets if target["type"] == "page")
        self._socket = self._open.enter_context(
            connect(f"ws://127.0.0.1:{lines[0]}/devtools/page/{page}", max_size=None)
        )
        self._ask("Network.enable")
        self._ask("Page.enable")

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        assert self._socket is not None
        self._count += 1
        self._socket.send(json.dumps({"id": self._count, "method": method, "params": parameters}))
        while True:
            told = json.loads(self._socket.recv(timeout=LONGEST_SECONDS))
            if told.get("method") == "Network.requestWillBeSent":
                self.asked.append(told["params"]["request"]["url"])
            if told.get("id") == self._count:
                assert "error" not in told, told
                return cast(dict[str, Any], told["result"])

    def open(self, address: str) -> None:
        """Go to an address."""
        self._ask("Page.navigate", url=address)

    def run(self, script: str) -> Any:
        """Run a line of script in the page; gives its value."""
        found = self._ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        return found["result"].get("value")

    def type(self, text: str) -> None:
        """Type letters, one key after the other."""
        for letter in text:
            self._ask("Input.dispatchKeyEvent", type="char", text=letter)

    def press(self, key: str, code: int) -> None:
        """Press a key that is no letter, by its name and number in a browser."""
        for kind in ("rawKeyDown", "keyUp"):
            self._ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def click(self, x: float, y: float) -> None:
        """Press and let go the left button at a point of the page, after the pointer came there."""
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self._ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def words(self) -> str:
        """Give the words that stand on the page: of the terminal's rows, or of the notice over them."""
        script = (
            "[...document.querySelectorAll('#notice:not([hidden]) p'),"
            "...document.querySelectorAll('.xterm-rows > div')].map(each => each.textContent).join('\\n')"
        )
        return str(self.run(script)).replace("\xa0", " ")

    def wait_for(self, words: str) -> str:
        """Wait until words stand on the page; gives all that stands there."""
        end = time.monotonic() + LONGEST_SECONDS
        while words not in (found := self.words()):
            assert time.monotonic() < end, f"{words!r} did not come; what stands there:\n{found}"
            time.sleep(0.1)
        return found

    def picture(self, file: Path) -> None:
        """Write a picture of the page."""
        file.write_bytes(base64.b64decode(self._ask("Page.captureScreenshot", format="png")["data"]))
