"""A page as PDF/UA-1 by typst: the page goes in as JSON, which no template reads as anything but text (TRUST S13)."""

from __future__ import annotations

import dataclasses
import functools
import io
import json
import re
from datetime import UTC, datetime
from importlib import resources
from typing import TYPE_CHECKING

from navigator.languages.translating import translator
from navigator.letters.page import Page
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from segno import QRCode

TEMPLATES = ("parts.typ", "main.typ")
NO_GLYPH = "▯"
"""Stands for a letter that no font here has; DejaVu Sans Mono, which typst brings along, has it."""
_MISSING = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_TRIES = 40
_INK = "#1d2733"


class PrintNotInstalled(BadInput):
    """The libraries that make a PDF are not installed on this machine."""

    code = "print_not_installed"
    title = "No PDF can be made here"


def pdf(page: Page) -> bytes:
    """Give one tagged page of US Letter with title and language; the same page gives the same bytes.

    Only the fonts that typst brings along are used, then the machine's; a letter that none of them has stands as "▯".
    Raises PrintNotInstalled.
    """
    try:
        import segno
        import typst
    except ImportError:
        raise PrintNotInstalled(
            "The PDF needs typst and segno, which are not installed.",
            "Install the extra: pip install 'coe-navigator[print]'; or take the plain text, which has the same facts.",
        ) from None
    # The library's error names each letter that no font has; without them it is asked again.
    fonts_of_machine, missing = False, ""
    for _ in range(_TRIES):
        try:
            made = typst.compile(
                _template(),
                sys_inputs={
                    "page": _as_json(page, segno.make(page.number, error="m") if page.number else None, missing)
                },
                pdf_standards=["ua-1"],
                ignore_system_fonts=not fonts_of_machine,
                timestamp=datetime(page.on.year, page.on.month, page.on.day, tzinfo=UTC),
            )
        except typst.TypstError as fault:
            found = _letters_missing(str(fault))
            if not found:
                raise
            missing += found if fonts_of_machine else ""
            fonts_of_machine = True
        else:
            assert isinstance(made, bytes)  # noqa: S101 - one page, and no file was named
            return made
    raise BadInput("The page has too many letters that no font here has.", "Take the plain text.")


def _as_json(page: Page, code: QRCode | None, missing: str) -> str:
    facts = dataclasses.asdict(page)
    if missing:
        say = translator(page.language)
        facts["foot"] = [*facts["foot"], say("Letters that cannot be printed here stand as {sign}.", sign=NO_GLYPH)]
    facts["on"] = [page.on.year, page.on.month, page.on.day]
    facts["qr"] = _svg(code) if code else None
    return json.dumps(facts, ensure_ascii=False).translate(dict.fromkeys(map(ord, missing), NO_GLYPH))


def _svg(code: QRCode) -> str:
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", border=0, xmldecl=False, dark=_INK)
    return drawn.getvalue().decode()


def _letters_missing(fault: str) -> str:
    """Give the letters that an error of typst names, e.g. ``the text `"漢"` could not be displayed``."""
    named = "".join(_MISSING.findall(fault))
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), named)


@functools.cache
def _template() -> bytes:
    # One source, not files that import each other: nothing is then read from a disk while a page is made.
    folder = resources.files("navigator.letters")
    return b"\n".join((folder / name).read_bytes() for name in TEMPLATES)
