"""The site file of a kiosk: whose program, which office, which plan, which printer, which desk (docs/kiosk.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from navigator.languages.translating import LANGUAGES, Language
from provider_directory.bounded_files import why_unread
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput
from provider_directory.strict_toml import read_toml

if TYPE_CHECKING:
    from navigator.kiosk.hours import Hours

_STEP = "docs/kiosk.md shows a site file."
_NAMES = frozenset({"name", "name_es", "place", "program", "plan", "printer", "language", "touch", "desk"})
_OF_DESK = frozenset({"phone", "where", "where_es", "time_zone", "hours"})
_PRINTER = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_.@-]*")


@dataclass(frozen=True)
class Desk:
    """Where a person finds the people who go on with a ticket; None = not said."""

    phone: str | None = None
    where: str | None = None
    hours: Hours | None = None
    where_es: str | None = None

    def where_in(self, language: Language) -> str | None:
        """Give where it is in a language; what has no Spanish stands as it was written."""
        return (self.where_es if language == "es" else None) or self.where


@dataclass(frozen=True)
class KioskSite:
    """What one kiosk knows of the place where it stands; it holds nothing about a person."""

    name: str | None = None
    """What "this office" is called."""
    place: str | None = None
    """ZIP of this office, or its name in the program's list of sites; None = the ZIP is always asked."""
    program: str | None = None
    """Id or file of the program whose rules count here."""
    plan: str | None = None
    """Id of the plan option that everybody here has; None = it is asked."""
    printer: str | None = None
    """The one printer, as the print system names it."""
    language: Language = "en"
    """Of the first choice on the first screen."""
    touch: bool = True
    """Letters and digits are also on the screen, to be touched."""
    desk: Desk = Desk()
    name_es: str | None = None

    def name_in(self, language: Language) -> str | None:
        """Give the name in a language, likewise."""
        return (self.name_es if language == "es" else None) or self.name


NO_SITE = KioskSite()


def read_site(file: Path) -> KioskSite:
    """Read a site file; raises BadInput that names what was found and what was expected."""
    try:
        content = read_toml(file)
    except (OSError, ValueError) as fault:
        raise BadInput(f"{file.name} cannot be read: {clean(why_unread(fault), 120)}.", _STEP) from None
    _only(content, _NAMES)
    language = content.get("language", "en")
    touch = content.get("touch", True)
    desk = content.get("desk", {})
    if language not in LANGUAGES:
        raise _wrong("language", language, "en or es")
    if not isinstance(touch, bool):
        raise _wrong("touch", touch, "true or false")
    if not isinstance(desk, dict):
        raise _wrong("desk", desk, "a table [desk]")
    printer = _text(content, "printer")
    if printer is not None and not _PRINTER.fullmatch(printer):
        raise _wrong("printer", printer, "the name of a printer as `lpstat -e` lists it")
    return KioskSite(
        name=_text(content, "name"),
        place=_text(content, "place"),
        program=_text(content, "program"),
        plan=_text(content, "plan"),
        printer=printer,
        language=language,
        touch=touch,
        desk=_desk(desk),
        name_es=_text(content, "name_es"),
    )


def _desk(table: Mapping[str, object]) -> Desk:
    _only(table, _OF_DESK)
    lines, zone = table.get("hours"), _text(table, "time_zone")
    if lines is None:
        return Desk(_text(table, "phone"), _text(table, "where"), None, _text(table, "where_es"))
    if not (isinstance(lines, list) and all(isinstance(line, str) for line in lines)):
        raise _wrong("hours", lines, 'a list of texts, e.g. ["mon-fri 8:00-17:00"]')
    if zone is None:
        raise BadInput("The desk has hours but no time_zone.", 'Add e.g. time_zone = "America/Chicago".')
    from navigator.kiosk.hours import read_hours  # deferred: zoneinfo, only where hours are given

    return Desk(_text(table, "phone"), _text(table, "where"), read_hours(lines, zone), _text(table, "where_es"))


def _text(table: Mapping[str, object], name: str) -> str | None:
    found = table.get(name)
    if found is None:
        return None
    if isinstance(found, str) and (text := clean(found, 120)):
        return text
    raise _wrong(name, found, "a text")


def _only(table: Mapping[str, object], known: frozenset[str]) -> None:
    for name in table:
        if name not in known:
            raise BadInput(f'A site file has no "{clean(name, 40)}".', f"It may have {', '.join(sorted(known))}.")


def _wrong(name: str, found: object, expected: str) -> BadInput:
    return BadInput(f"{name} is {clean(repr(found), 60)}; expected {expected}.", _STEP)
