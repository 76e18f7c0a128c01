"""Whatever is pressed, touched, pasted or resized: the kiosk is not left, and hears the next key (TRUST S4).

``COE_STORM=2000 COE_STORM_SEED=7`` makes it a long one (docs/kiosk.md).
"""

from __future__ import annotations

import os
import random
import signal
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("a terminal of POSIX", allow_module_level=True)

from terminal import Terminal

PROGRAM = str(Path(__file__).with_name("kiosk_program.py"))
MOST_BLOWS = int(os.environ.get("COE_STORM", "80"))
SEED = os.environ.get("COE_STORM_SEED", "2026")
START_OVER, STAFF, FIRST_PAGE = b"\x1b[20~", b"\x1b[24;5~", b"Find a good center"
LEFT = b"\x1b[?1049l"
BLOWS_A_GUST = 40
SIZES = ((1, 1), (500, 200), (0, 0), (2, 1000), (80, 24), (60, 20), (80, 1), (1, 24))
WAYS = (b"", b"1", b"19", b"119", b"1153202\r", b"19chest pain\r", b"1\x1bOP", STAFF, b"3211")
KEYS = (
    *(bytes([each]) for each in range(128)),
    *(b"\x1b" + bytes([each]) for each in range(32, 127)),
    *(b"\x1b[%d%s~" % (each, more) for each in (*range(1, 7), *range(11, 35)) for more in (b"", b";2", b";5", b";8")),
    *(b"\x1b[%d;%du" % (each, more) for each in (27, 92, 99, 113, 122, 57376, 1114112) for more in (1, 5, 13)),
)
JUNK = (
    *(b"\x1b[200~", b"\x1b[200~knee\x1b[A\x1b[201~", b"\x1b[I", b"\x1b[O", b"\x1b[48;0;0;0;0t", b"\x1b[8;9;9t"),
    *(
        b"\x1b]52;c;QQ==\x07",
        b"\x1bP+q",
        b"\x1b[1;1R",
        b"\x1b[M\xff\xff\xff",
        b"\x1b[" + b"9;" * 90,
        b"\xff\xc3\x00\x9b",
    ),
)


def blow(chance: random.Random) -> bytes | tuple[int, int]:
    """Give bytes that are typed, or a size that the terminal takes: columns and lines."""
    kind = chance.random()
    if kind < 0.1:
        return chance.choice(SIZES)
    if kind < 0.35:
        button, end = chance.choice((0, 0, 1, 2, 32, 35, 64, 65, 999)), chance.choice(b"Mm")
        return b"\x1b[<%d;%d;%d%c" % (button, chance.choice((1, 30, 70, 9999)), chance.randint(-1, 30), end)
    return chance.choice(JUNK) if kind < 0.5 else chance.choice(KEYS)


def calm(terminal: Terminal) -> None:
    """Come back to the first page as a person would; raises TimeoutError where no key is heard."""
    terminal.resize(80, 24)
    for _ in range(60):
        before = terminal.type_bytes(b"\x1b")
        terminal.read_for(0.3)
        terminal.type_bytes(START_OVER)
        terminal.read_for(0.5)
        terminal.resize(80, 23)
        terminal.read_for(0.2)
        terminal.resize(80, 24)
        terminal.read_for(0.5)
        if FIRST_PAGE in terminal.written[before:]:
            return
    raise TimeoutError("no key leads to the first page")


def test_no_storm_of_keys_touches_and_sizes_leaves_the_kiosk_or_makes_it_deaf(tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - the same storm again
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TEXTUAL")}
    with Terminal([sys.executable, PROGRAM, str(tmp_path)], kept | {"TERM": "xterm-256color"}) as terminal:
        terminal.wait_for(FIRST_PAGE)
        for at in range(0, MOST_BLOWS, BLOWS_A_GUST):
            terminal.type_bytes(WAYS[at // BLOWS_A_GUST % len(WAYS)])
            for _ in range(BLOWS_A_GUST):
                struck = blow(chance)
                if isinstance(struck, bytes):
                    terminal.type_bytes(struck)
                else:
                    terminal.resize(*struck)
                terminal.read_for(0)
            calm(terminal)
            assert LEFT not in terminal.written
        terminal.send(signal.SIGTERM)
        assert terminal.end() == 0
