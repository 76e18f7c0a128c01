"""Draws every screen with words that write to a terminal, says them by commands, then takes what is typed.

``evil_terminal.py FOLDER`` runs in a terminal of its own, whose bytes are read back (TRUST S2); FOLDER holds an evil
and a tampered edition.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

from evil_screens import every_screen, evil_app
from evil_words import ALL_ESCAPES, ESCAPES
from textual.pilot import Pilot

from navigator.cli import main

BETWEEN = "-- next --"
TYPED = "-- typed --"


def draw(folder: Path) -> None:
    """Walk through all screens with the driver of a real terminal."""
    app = evil_app(folder, ESCAPES)

    async def walk(pilot: Pilot[Any]) -> None:
        async for _name in every_screen(pilot, ESCAPES):
            await pilot.pause()
        app.exit(0)

    asyncio.run(app.run_async(auto_pilot=walk))


def say(folder: Path) -> None:
    """Run the commands whose answers and refusals hold words of data."""
    evil, tampered = str(folder / "evil.sqlite"), str(folder / "tampered.sqlite")
    place, known, words = ("53202", "--edition"), "knee replacement", ALL_ESCAPES
    commands = (
        ("find", known, *place, evil),
        ("find", known, *place, tampered),
        ("ask", known, *place, evil, "--plain"),
        ("ask", known, *place, evil, "--lang", "es"),
        ("evidence", "90Z001", "total-knee-replacement", "--edition", evil),
        ("price", "90Z001", "total-knee-replacement", "--edition", evil),
        ("compare", "90Z001", "90Z002", "total-knee-replacement", "--near", *place, evil),
        ("find", words, *place, evil),
        ("find", known, words, "--edition", evil),
        ("find", known, "53202", "--surgeon", words, "--edition", evil),
        ("find", known, *place, f"{folder}/{words[:40]}.sqlite"),
        ("procedures", words),
        ("ticket", words),
        ("hr", words),
        ("hr", "cost", "--program", str(folder / "brewline-foods.toml"), "--edition", evil),
        ("program", "show", str(folder / "brewline-foods.toml")),
        ("program", "check", str(folder / "brewline-foods.toml")),
        ("referral", "list"),
        ("referral", "show", words),
        ("edition", "verify", words),
        (words,),
        ("find", f"--{words}"),
    )
    for command in commands:
        print(BETWEEN, flush=True)
        try:
            sys.argv = ["coe", *command]
            main()
        except SystemExit as left:
            print(f"exit {left.code}", flush=True)


def take_keys(folder: Path) -> None:
    """Open the desk over the evil edition and program, for keys that come over the terminal.

    It takes the place of this program, in which a pilot draws by hand.
    """
    print(TYPED, flush=True)
    edition, program = str(folder / "evil.sqlite"), str(folder / "brewline-foods.toml")
    desk = [sys.executable, "-c", "from navigator.cli import main; main()", "--edition", edition, "--program", program]
    os.execv(desk[0], desk)  # noqa: S606 - the desk itself


if __name__ == "__main__":
    home = Path(sys.argv[1])
    os.environ["COE_HOME"] = str(home)
    draw(home / "screens")
    (home / "ledger").mkdir(exist_ok=True)
    say(home)
    take_keys(home)
