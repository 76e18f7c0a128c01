"""A page as PDF/UA-1 by typst: the page goes in as JSON, which no template reads as anything but text (TRUST S13)."""

from __future__ import annotations

import dataclasses
import functools
import io
import json
import re
from datetime import UTC, datetime
from importlib import resources
from typing import TYPE_CHECKING, Any

from navigator.languages.translating import translator
from navigator.letters.page import Page
from provider_directory.errors import BadInput

if TYPE_CHECKING:
    from segno import QRCode

TEMPLATES = ("parts.typ", "main.typ")
NO_GLYPH = "▯"
"""Stands for a letter that no font here has."""
_AT_HAND = re.compile(
    "[ -~\u00a0-\u0377\u037a-\u0482\u048a-\u04ff\u1e00-\u1eff\u2010-\u2027\u2030-\u2040\u20a0-\u20bf\u200b\u2116\u2122"
    "\u2190-\u22ff\u25a0-\u25ff]"
)
"""Letters of the fonts that typst brings along: Latin with Vietnamese and Polish, Greek, Cyrillic, signs."""
_MISSING = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_LONG_WORD = re.compile(r"\S{20}(?=\S)")
_COPIED = frozenset({"number", "spelled", "proof"})
"""Fields that are copied from the page to compare them."""
_TRIES = 8
_INK = "#1d2733"


class PrintNotInstalled(BadInput):
    """The libraries that make a PDF are not installed on this machine."""

    code = "print_not_installed"
    title = "No PDF can be made here"


class _NoFontHas(Exception):
    """Typst names letters that no font has; PDF/UA-1 allows none of them."""

    def __init__(self, letters: str) -> None:
        super().__init__(letters)
        self.letters = letters


def pdf(page: Page) -> bytes:
    """Give one tagged page of US Letter with title and language; the same page gives the same bytes.

    Fonts are those that typst brings along; for other letters the machine's, and where those lack one too, "▯" stands
    for it, which the page says. Raises PrintNotInstalled.
    """
    try:
        import segno
    except ImportError:
        raise _not_installed() from None
    code = segno.make(page.number, error="m") if page.number else None
    strange = "".join(sorted({letter for letter in _as_json(page, code) if not _AT_HAND.match(letter)}))
    if strange:
        try:
            return _compiled(page, _as_json(page, code), fonts_of_machine=True)
        except _NoFontHas:
            pass
    for _ in range(_TRIES):
        try:
            return _compiled(page, _as_json(page, code, without=strange))
        except _NoFontHas as missing:
            strange += missing.letters
    raise BadInput("The page has letters that no font here has.", "Take the plain text, which has the same facts.")


def _compiled(page: Page, facts: str, fonts_of_machine: bool = False) -> bytes:
    try:
        import typst
    except ImportError:
        raise _not_installed() from None
    try:
        made = typst.compile(
            _template(),
            sys_inputs={"page": facts},
            pdf_standards=["ua-1"],
            ignore_system_fonts=not fonts_of_machine,
            timestamp=datetime(page.on.year, page.on.month, page.on.day, tzinfo=UTC),
        )
    except typst.TypstError as fault:
        if letters := _letters_missing(str(fault)):
            raise _NoFontHas(letters) from None
        raise
    assert isinstance(made, bytes)  # noqa: S101 - one page, and no file was named
    return made


def _not_installed() -> PrintNotInstalled:
    return PrintNotInstalled(
        "A PDF needs typst and segno, which are not installed here.",
        "Install the extra: pip install 'coe-navigator[print]'; or take the plain text, which has the same facts.",
    )


def _as_json(page: Page, code: QRCode | None, without: str = "") -> str:
    facts = _breakable(dataclasses.asdict(page))
    if without:
        say = translator(page.language)
        facts["foot"] = [*facts["foot"], say("Letters that cannot be printed here are shown as {sign}.", sign=NO_GLYPH)]
    facts["on"] = [page.on.year, page.on.month, page.on.day]
    facts["qr"] = _svg(code) if code else None
    return json.dumps(facts, ensure_ascii=False).translate(dict.fromkeys(map(ord, without), NO_GLYPH))


def _breakable(value: Any) -> Any:
    """Let a word longer than a line of a column break, by a mark without width that no reader reads aloud."""
    if isinstance(value, str):
        return _LONG_WORD.sub("\\g<0>\u200b", value)
    if isinstance(value, dict):
        return {name: each if name in _COPIED else _breakable(each) for name, each in value.items()}
    return [_breakable(each) for each in value] if isinstance(value, tuple) else value


def _svg(code: QRCode) -> str:
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", border=0, xmldecl=False, dark=_INK)
    return drawn.getvalue().decode()


def _letters_missing(fault: str) -> str:
    """Give the letters that an error of typst names, e.g. ``the text `"漢"` could not be displayed``."""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), "".join(_MISSING.findall(fault)))


@functools.cache
def _template() -> bytes:
    # One source, not files that import each other: nothing is then read from a disk while a page is made.
    folder = resources.files("navigator.letters")
    return b"\n".join((folder / name).read_bytes() for name in TEMPLATES)
