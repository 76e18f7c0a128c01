"""Facilities that opened, closed, or bear another name (CONTRACT 1: closed = absent from the newest hospital file)."""

from __future__ import annotations

from provider_directory.changes.sides import Sides
from provider_directory.changes.values import Change


def facility_changes(sides: Sides) -> list[Change]:
    """Tell which facilities are new, gone, renamed, of another kind or elsewhere."""
    before, after = sides.before.listed, sides.after.listed
    found = [sides.change(key, "opened", None, "new in the data") for key in sorted(after.keys() - before.keys())]
    for key in sorted(before.keys() - after.keys()):
        kept = key in sides.after.facilities
        words = "no longer in the hospital file" if kept else "no longer in the data"
        found.append(sides.change(key, "closed", words, None))
    for key in sides.in_both():
        old, new = before[key], after[key]
        if old.name != new.name:
            found.append(sides.change(key, "name", old.name, new.name))
        if old.kind != new.kind:
            found.append(sides.change(key, "kind", old.kind.replace("_", " "), new.kind.replace("_", " ")))
        if _address(old) != _address(new):
            found.append(sides.change(key, "address", _address(old), _address(new)))
    return found


def _address(row: object) -> str:
    parts = (getattr(row, name) for name in ("address", "city", "state", "zip"))
    return ", ".join(part for part in parts if part) or "not known"
