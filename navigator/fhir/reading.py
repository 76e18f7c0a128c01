"""A message from outside as JSON whose parts may be of any shape: asked for gently, and each text made safe to keep."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from navigator.fhir.elements import Json
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput
from provider_directory.strict_json import parse_strictly

STANDARD_INPUT = "-"
MOST_CHARACTERS = 5_000_000
"""Of a message; one with its documents inside is smaller."""
LONGEST_NOTE = 2000
_FORM = "docs/fhir.md shows the messages that are understood."


class MessageRefused(BadInput):
    """A message of a center that is not taken; nothing of the referral was changed."""

    code = "message_refused"
    title = "This message was not taken"


def read_file(name: str) -> tuple[Json, str]:
    """Read a file, or standard input for "-", as a JSON object; gives it with its text, raises MessageRefused."""
    shown = "standard input" if name == STANDARD_INPUT else clean(Path(name).name, 80)
    try:
        text = _text(name)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or "it is no UTF-8 text"
        raise MessageRefused(f"{shown} cannot be read: {reason}.", "Give the file as the center sent it.") from None
    return read_json(text, shown), text


def _text(name: str) -> str:
    # One more than is allowed: a line of a gigabyte is refused after five megabytes.
    if name == STANDARD_INPUT:
        return sys.stdin.read(MOST_CHARACTERS + 1)
    with Path(name).open(encoding="utf-8-sig") as file:
        return file.read(MOST_CHARACTERS + 1)


def read_json(text: str, shown: str) -> Json:
    """Give the JSON object of a text; raises MessageRefused, which says where it is wrong and repeats nothing of it."""
    if len(text) > MOST_CHARACTERS:
        raise MessageRefused(f"{shown} has more than {MOST_CHARACTERS:,} characters.", _FORM)
    try:
        found = parse_strictly(text)
    except ValueError as fault:
        raise MessageRefused(f"{shown} is not JSON: {clean(str(fault), 120)}.", _FORM) from None
    if not isinstance(found, dict):
        raise MessageRefused(f"{shown} is no FHIR resource.", _FORM)
    return found


def table(value: Any) -> Json:
    """Give a part that is a table; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def tables(value: Any) -> list[Json]:
    """Give the tables of a list; none for anything else."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def words(value: Any, limit: int = 300) -> str | None:
    """Give a text made safe to keep; None for anything else, and for an empty one."""
    return clean(value, limit) or None if isinstance(value, str) else None


def code_of(concept: Any, system: str) -> str | None:
    """Give the first code of a system that a CodeableConcept has."""
    codings = tables(table(concept).get("coding"))
    return next((words(each.get("code")) for each in codings if each.get("system") == system), None)


def day(value: Any) -> date | None:
    """Give the day of a FHIR date or dateTime as it stands there; None for a year or a month alone, or for none."""
    text = words(value, 40) or ""
    try:
        return date.fromisoformat(text[:10]) if len(text) >= 10 else None
    except ValueError:
        return None


def moment(value: Any) -> datetime | None:
    """Give the aware moment of a FHIR instant or dateTime with its own offset; None where it has no time or zone."""
    text = words(value, 40) or ""
    try:
        found = datetime.fromisoformat(text) if "T" in text else None
        if found is None or found.tzinfo is None:
            return None
        found.astimezone(UTC)  # the first and the last hours of the calendar lie outside it in another zone
        return found
    except (ValueError, OverflowError):
        return None
