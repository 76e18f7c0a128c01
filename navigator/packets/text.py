"""A packet in plain lines, every field that it has and nothing else: what leaves can be read before it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from navigator.days import day_words, moment_words
from navigator.languages.demonstration import LONG as DEMONSTRATION
from navigator.languages.home_languages import language_name
from provider_directory.models import Value
from provider_directory.spoken import dollars

_LEFT_TO_THE_END = "not_known"
_ABBREVIATED = {"id": "ID", "ccn": "CCN", "npi": "NPI", "sha256": "SHA-256"}


def packet_lines(packet: Value) -> Iterator[str]:
    """Yield a packet line by line; indented lines belong to the line above, what is not known stands at the end."""
    if getattr(packet, "demonstration", False):
        yield DEMONSTRATION
    yield from _lines(packet, 0)
    for each in getattr(packet, _LEFT_TO_THE_END, ()):
        yield f"Not known: {_label(each.field.replace('.', ',_'))}: {each.reason}."


def _lines(value: Value, depth: int) -> Iterator[str]:
    indent = "  " * depth
    for name in type(value).model_fields:
        found = getattr(value, name)
        if found is None or found == () or name in (_LEFT_TO_THE_END, "demonstration"):
            continue
        label = f"{indent}{_label(name)}"
        if isinstance(found, Value):
            yield f"{label}:"
            yield from _lines(found, depth + 1)
        elif isinstance(found, tuple) and isinstance(found[0], Value):
            for count, each in enumerate(found, 1):
                yield f"{label}, {count} of {len(found)}:"
                yield from _lines(each, depth + 1)
        elif isinstance(found, tuple):
            yield f"{label}: {'; '.join(map(str, found))}"
        else:
            yield f"{label}: {_said(name, found)}"


def _label(name: str) -> str:
    words = " ".join(_ABBREVIATED.get(word, word) for word in name.removesuffix("_cents").split("_"))
    return words[:1].upper() + words[1:]


def _said(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and name.endswith("_cents"):
        return dollars(value)
    if isinstance(value, float):
        return f"{value:.1f}"
    if name == "language" and isinstance(value, str):
        return language_name(value)
    if isinstance(value, datetime):
        return moment_words(value)
    if isinstance(value, date):
        return day_words(value)
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)
