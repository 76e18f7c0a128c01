"""Tier per profile: score before and after, and the figures of its own that moved; else the nation moved."""

from __future__ import annotations

from provider_directory.changes.sides import Side, Sides
from provider_directory.changes.values import Change
from provider_directory.edition.reader import ScoreRow, StoredMeasure
from provider_directory.quality.profiles import VOLUME, Profile, measures, profiles
from provider_directory.quality.scoring import shown_score

MOST_FIGURES = 3
THE_NATION_MOVED = "none of its own figures changed: the nation's means and spreads did"


def tier_changes(sides: Sides) -> list[Change]:
    """Tell every facility whose tier in a profile differs, or whose score is shown in one edition only."""
    found = []
    for profile in profiles().values():
        ids = sides.in_both()
        old, new = (side.reader.scores(profile.name, ids) for side in (sides.before, sides.after))
        changed = [key for key in ids if _tier(old.get(key)) != _tier(new.get(key))]
        if changed:
            why = _reasons(sides, profile, changed)
            found += [
                sides.change(
                    key,
                    f"score of {profile.title}",
                    _words(old.get(key)),
                    _words(new.get(key)),
                    why[key] if old.get(key) and new.get(key) else None,
                )
                for key in changed
            ]
    return found


def _tier(score: ScoreRow | None) -> str | None:
    return score.tier if score is not None and score.shown else None


def _words(score: ScoreRow | None) -> str:
    if score is None:
        return "no score"
    if not score.shown:
        return f"no score ({score.reason})" if score.reason else "no score"
    return f"{shown_score(score.score)}, tier {score.tier}"


def _reasons(sides: Sides, profile: Profile, ids: list[str]) -> dict[str, str]:
    wanted = sorted(set(profile.weights) - {VOLUME})
    old, new = (_figures(side, ids, wanted) for side in (sides.before, sides.after))
    reasons = {}
    for key in ids:
        moved = [
            name
            for name in sorted(wanted, key=lambda name: (-profile.weights[name], name))
            if _value(old.get(key, {}).get(name)) != _value(new.get(key, {}).get(name))
        ]
        said = [
            f"{measures()[name].name} {_value(old.get(key, {}).get(name))} -> {_value(new.get(key, {}).get(name))}"
            for name in moved[:MOST_FIGURES]
        ]
        more = f" and {len(moved) - MOST_FIGURES} more" if len(moved) > MOST_FIGURES else ""
        reasons[key] = f"{'; '.join(said)}{more}" if moved else THE_NATION_MOVED
    return reasons


def _figures(side: Side, ids: list[str], wanted: list[str]) -> dict[str, dict[str, StoredMeasure]]:
    return side.reader.measures(ids, wanted)


def _value(row: StoredMeasure | None) -> str:
    return f"{row.fact.value:g}" if row and row.current and row.fact.value is not None else "not reported"
