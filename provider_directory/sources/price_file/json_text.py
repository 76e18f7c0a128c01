"""Walks through a JSON document of any size, holding one value of its top level, or one item of its list, at a time.

The standard library's decoder, item by item: twice the speed of ijson, which was measured beside it, with numbers as
they are written; NaN and doubled keys do not stop it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import IO, Any

from provider_directory.errors import SourceProblem

ITEMS = "standard_charge_information"
MOST_CHARACTERS = 8 << 20
"""Of one item of the list, or of one other value of the top level."""
_BLOCK = 1 << 18
_BLANKS = re.compile(r"[ \t\n\r]*")

_EXPECTED = {
    "Expecting value": "a value",
    "Expecting ',' delimiter": '","',
    "Expecting ':' delimiter": '":"',
    "Expecting property name enclosed in double quotes": "a key in quotation marks",
    "Unterminated string starting at": "a text that is closed by a quotation mark",
    "Invalid control character at": "no line end inside a text",
    "Illegal trailing comma before end of object": "no comma before the closing brace",
    "Illegal trailing comma before end of array": "no comma before the closing bracket",
}
"""What the decoder says -> what it expected."""


class JsonSyntax(SourceProblem):
    """The text is no JSON from some character on."""


class JsonWalk:
    """One pass over ``{"key": value, ...}``; the values of a list under ITEMS come one by one."""

    def __init__(self, text: IO[str], name: str, decoder: json.JSONDecoder) -> None:
        self._text = text
        self.name = name
        self._decode: Callable[[str, int], tuple[Any, int]] = decoder.raw_decode
        self._buffer = ""
        self._at = 0
        self._passed = 0
        """Characters before the buffer."""
        self._lines = 1
        self.is_object = True
        """False where the document is a list or a bare value; then nothing is given."""

    def values(self) -> Iterator[tuple[str, int, Any]]:
        """Give (key, 0, value) of the top level, and (ITEMS, place, item) with places from 1.

        ``(ITEMS, 0, value)`` is given for a value under ITEMS that is no list. Raises JsonSyntax, and SourceProblem for
        a value that is too long or too deep.
        """
        self.is_object = self._take("{")
        if not self.is_object:
            return
        if not self._take("}"):
            while True:
                key = self._value() if self._peek() == '"' else self._fail("a key in quotation marks")
                if not self._take(":"):
                    self._fail('":"')
                if key == ITEMS and self._take("["):
                    yield from ((ITEMS, place, item) for place, item in enumerate(self._items(), 1))
                else:
                    yield key, 0, self._value()
                if self._take("}"):
                    break
                if not self._take(","):
                    self._fail('"," or "}"')
        if self._peek():
            self._fail("the end of the file")

    def _items(self) -> Iterator[Any]:
        if self._take("]"):
            return
        while True:
            yield self._value()
            if self._take("]"):
                return
            if not self._take(","):
                self._fail('"," or "]"')

    def _peek(self) -> str:
        """Give the next character that is no blank; "" at the end."""
        while True:
            found = _BLANKS.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more(_BLOCK):
                return ""

    def _take(self, mark: str) -> bool:
        if self._peek() != mark:
            return False
        self._at += 1
        return True

    def _value(self) -> Any:
        if not self._peek():
            self._fail("a value")
        size = _BLOCK
        while True:
            try:
                value, end = self._decode(self._buffer, self._at)
            except json.JSONDecodeError as problem:
                if self._more(size):
                    size *= 2
                    continue
                self._at = problem.pos
                self._fail(_EXPECTED.get(problem.msg.split(":")[0], "JSON"))
            except RecursionError as problem:
                raise SourceProblem(f"{self.name} is nested too deep.", "Check where the file came from.") from problem
            if end == len(self._buffer) and self._more(size):  # a number may go on
                continue
            self._at = end
            return value

    def _more(self, size: int) -> bool:
        """Read on, dropping what is behind; False at the end of the file."""
        if len(self._buffer) - self._at > MOST_CHARACTERS:
            raise SourceProblem(
                f"{self.name} has a value of more than {MOST_CHARACTERS:,} characters.",
                "Check where the file came from.",
            )
        more = self._text.read(size)
        if more:
            self._lines += self._buffer.count("\n", 0, self._at)
            self._passed += self._at
            self._buffer = self._buffer[self._at :] + more
            self._at = 0
        return bool(more)

    def _fail(self, expected: str) -> Any:
        line = self._lines + self._buffer.count("\n", 0, self._at)
        character = self._passed + self._at + 1
        found = self._buffer[self._at : self._at + 20]
        raise JsonSyntax(
            f"{self.name} is no JSON at line {line}, character {character:,} of the file: "
            + (f"found {found!r}" if found else "it ends there")
            + f", expected {expected}.",
            "Get the file anew, or have the hospital correct it.",
        )
