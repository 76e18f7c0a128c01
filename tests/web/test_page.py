"""The page in a real browser: no link, no keys out of a paste, and a kiosk's page forgets with the kiosk (S4)."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from chromium import CHROMIUM, Chromium
from page_terminal import NO_TERMINAL, TERMINAL
from test_browser_server import served

from navigator.web.terminal_files import installed

BOX = "document.querySelector('.xterm-helper-textarea')"
WATCH = "window.left = []; window.confirm = window.open = (where) => left.push(where)"
LINK = """(() => {
    const row = document.querySelector('.xterm-rows > div').getBoundingClientRect();
    return [row.left + 20, row.top + row.height / 2];
})()"""
PASTE = f"""{{
    const kept = new DataTransfer();
    kept.setData('text/plain', 'one\\u001b[201~\\u009btwo');
    {BOX}.dispatchEvent(new ClipboardEvent('paste', {{clipboardData: kept, bubbles: true, cancelable: true}}));
}}"""


def _try(folder: Path, address: str) -> None:
    with Chromium(folder) as browser:
        browser.open(address)
        browser.wait_for("READY")
        assert browser.run("document.title") == "Center of Excellence Navigator"
        browser.run(WATCH)
        browser.click(*browser.run(LINK))
        browser.run(PASTE)
        browser.wait_for(r"\x1b[200~one[201~two\x1b[201~")
        assert browser.run("left.length") == 0, "a link that is drawn leads nowhere"
        browser.type("secret")
        browser.wait_for("b't'")
        browser.type("w")
        browser.wait_for("WIPED")
        assert browser.run(f"{BOX}.value") == ""


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (Debian: apt-get install chromium)")
@pytest.mark.skipif(TERMINAL is None, reason=NO_TERMINAL)
async def test_the_page_follows_no_link_takes_no_keys_from_a_paste_and_forgets_what_was_typed(tmp_path: Path) -> None:
    assert TERMINAL is not None
    async with served("escapes", terminal=installed(TERMINAL)) as here:
        await asyncio.to_thread(_try, tmp_path, f"{here.origin}/#{here.browsers.door.token}")
