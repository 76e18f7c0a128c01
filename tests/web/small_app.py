"""Stands for the app in a session: says what it was told, and does the worst that an app can, by its first argument."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

from navigator.web import packets

kind = sys.argv[1]


def draw(words: str) -> None:
    payload = words.encode()
    os.write(1, packets.DRAWN + len(payload).to_bytes(4, "big") + payload)


def packet() -> bytes:
    head = sys.stdin.buffer.read(5)
    return sys.stdin.buffer.read(int.from_bytes(head[1:], "big")) if len(head) == 5 else b""


os.write(1, packets.BEGINS)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) if kind == "parent" else None
draw(json.dumps({"size": sys.argv[2:4], "environment": dict(os.environ), "child": child and child.pid}))
if kind == "fails":
    sys.exit(3)
if kind == "escapes":  # what no app of ours draws: a title, a link, a question for the clipboard, another window's size
    link = "\x1b]8;;https://evil.example/\x07A LINK\x1b]8;;\x07"
    draw(f"\x1b[2J\x1b[H\x1b]0;EVIL\x07{link}\x1b]52;c;?\x07\x1b[8;9;9t\x1b[?2004h\r\nREADY\r\n")
    while told := packet():
        draw("\x1b]52;c;\x07WIPED" if told == b"w" else f"{told!a}")
if kind == "garbage":
    os.write(1, b"D\xff\xff\xff\xff")
    time.sleep(600)
while told := packet():
    draw(told.decode())
    if told == b"q":
        sys.exit(0)
if kind == "parent":
    time.sleep(600)  # an app that hears of its end and does not end
