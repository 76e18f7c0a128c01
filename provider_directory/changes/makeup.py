"""What an edition is made of: its sources and their releases, its reference and its rules."""

from __future__ import annotations

from collections import Counter

from provider_directory.changes.sides import Side, Sides, edition_change
from provider_directory.changes.values import Change
from provider_directory.quality.profiles import measures

MOST_MEANS = 5


def source_changes(sides: Sides) -> list[Change]:
    """Tell which sources came, went, are of another release, another file or have other counts of rows."""
    old, new = (_sources(side) for side in (sides.before, sides.after))
    found = []
    for title in sorted(old.keys() | new.keys()):
        was, now = old.get(title), new.get(title)
        if was is None or now is None:
            gone = None if now else "no longer a source"
            found.append(edition_change(title, _all(was), _all(now) or gone))
        elif was != now:
            parts = [part for part in was if was[part] != now[part]]
            found.append(
                edition_change(title, ", ".join(was[part] for part in parts), ", ".join(now[part] for part in parts))
            )
    return found


def _all(source: dict[str, str] | None) -> str | None:
    return None if source is None else ", ".join(source.values())


def _sources(side: Side) -> dict[str, dict[str, str]]:
    """Say each source, by its title; several of one title are numbered."""
    seen: Counter[str] = Counter()
    found = {}
    for source in side.reader.sources.values():
        seen[source.title] += 1
        title = source.title if seen[source.title] == 1 else f"{source.title} ({seen[source.title]})"
        found[title] = {
            "file": source.file,
            "release": f"release {source.release or 'not known'}",
            "rows": f"{source.kept:,} of {source.rows_read:,} rows kept",
        }
    return found


def reference_changes(sides: Sides) -> list[Change]:
    """Tell another origin of the national means and spreads, the means that moved, and other rules."""
    old, new = sides.before.reader, sides.after.reader
    found = []
    if old.meta["reference"] != new.meta["reference"]:
        found.append(edition_change("national means and spreads", old.meta["reference"], new.meta["reference"]))
    means = [
        {
            item: mu
            for item, mu in reader.rows("SELECT item, mu FROM reference WHERE mu IS NOT NULL")
            if item in measures()
        }
        for reader in (old, new)
    ]
    moved = [item for item in means[1] if item in means[0] and f"{means[0][item]:.3f}" != f"{means[1][item]:.3f}"]
    found += [
        edition_change(f"national mean of {measures()[item].name}", f"{means[0][item]:.3f}", f"{means[1][item]:.3f}")
        for item in moved[:MOST_MEANS]
    ]
    if len(moved) > MOST_MEANS:
        found.append(edition_change("national means", None, f"{len(moved) - MOST_MEANS} more moved"))
    rules = [key for key in sorted(old.meta.keys() | new.meta.keys()) if key.startswith("rule:") or key == "zip_source"]
    found += [
        edition_change(key.replace("rule:", "rules of "), old.meta.get(key), new.meta.get(key) or "none")
        for key in rules
        if old.meta.get(key) != new.meta.get(key)
    ]
    return found
