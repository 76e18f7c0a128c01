"""Public state per criteria set: what it was, what it is, and which criterion with which figure stands behind it."""

from __future__ import annotations

from collections.abc import Sequence

from provider_directory.changes.sides import Side, Sides, edition_change
from provider_directory.changes.values import Change
from provider_directory.edition.assess import pool
from provider_directory.edition.reader import ScoreRow, StoredMeasure
from provider_directory.public_check import FacilityFigures, figures_of, judged, stale_measures, states_on
from provider_directory.quality.credentials import (
    STALE,
    CriteriaSet,
    Criterion,
    CriterionResult,
    compared_class,
    criteria_sets,
    public_state,
    state_label,
)
from provider_directory.quality.profiles import measures
from provider_directory.quality.scoring import shown_score

_PER = {"percent": " per 100", "per 1000": " per 1,000"}
_AGAINST_THE_NATION = {"worse": "worse than the nation", "better": "better than the nation", "no": "no different"}


def state_changes(sides: Sides) -> list[Change]:
    """Tell every facility whose public state for a criteria set differs, judged on the same date in both.

    A whole edition that has become stale by the date is told once, and its states are compared as if it had not: else
    every facility of the nation would differ for that alone. Of one facility all is told as it shows.
    """
    found = _stale_editions(sides)
    for criteria_set in criteria_sets().values():
        if not criteria_set.public:
            continue
        old, new = (_states(side, criteria_set) for side in (sides.before, sides.after))
        changed = [key for key in sorted(old.keys() & new.keys()) if old[key] != new[key]]
        if changed:
            found += _told(sides, criteria_set, changed)
    return found


def _stale_editions(sides: Sides) -> list[Change]:
    found = []
    for side, words in ((sides.before, "the edition before"), (sides.after, "the edition after")):
        stale = stale_measures(side.reader, side.on)
        if stale and side.only is None:
            releases = {source.release for source in side.reader.sources.values() if source.release}
            said = f"public data of release {', '.join(sorted(releases))} is stale on {side.on}"
            found.append(edition_change(words, None, f"{said}: criteria that rest on it show as unknown"))
    return found


def _stale(side: Side) -> frozenset[str]:
    return stale_measures(side.reader, side.on) if side.only else frozenset()


def _states(side: Side, criteria_set: CriteriaSet) -> dict[str, str]:
    members = [row.id for row in pool(side.listed.values(), criteria_set.name)]
    states = states_on(side.reader, criteria_set, members, _stale(side), side.on)
    return {key: state for key, (state, _) in states.items()}


class _Judged:
    """The facilities of one side with figures, scores and judged criteria."""

    def __init__(self, side: Side, criteria_set: CriteriaSet, ids: Sequence[str]) -> None:
        self.figures = figures_of(side.reader, criteria_set, criteria_set.profile, (), ids)
        self.scores = side.reader.scores(criteria_set.profile, ids)
        self.results = judged(side.reader, criteria_set, self.figures, self.scores, _stale(side), side.on)


def _told(sides: Sides, criteria_set: CriteriaSet, changed: list[str]) -> list[Change]:
    old, new = (_Judged(side, criteria_set, changed) for side in (sides.before, sides.after))
    found = []
    for key in changed:
        labels = [
            state_label(public_state(criteria_set, each.results[key]), criteria_set, each.results[key])
            for each in (old, new)
        ]
        why = _why(criteria_set, key, old, new)
        found.append(sides.change(key, criteria_set.title, labels[0], labels[1], why))
    return found


def _why(criteria_set: CriteriaSet, key: str, old: _Judged, new: _Judged) -> str | None:
    before = {result.id: result for result in old.results[key]}
    reasons: dict[str, None] = {}
    for later in new.results[key]:
        earlier = before.get(later.id)
        if earlier is None or (earlier.outcome, earlier.datum) == (later.outcome, later.datum):
            continue
        criterion = next(each for each in criteria_set.criteria if each.id == later.id)
        if STALE in (earlier.reason, later.reason):
            which = "before" if earlier.reason == STALE else "after"
            reasons[f"public data of the edition {which} is stale on this date"] = None
        elif criterion.kind == "tier":
            reasons[_score_words(old.scores.get(key), new.scores.get(key), earlier, later)] = None
        elif criterion.kind == "compared":
            reasons[_figure_words(criterion, old.figures[key], new.figures[key], earlier, later)] = None
        else:
            reasons[f"{criterion.name}: {earlier.reason} before, now {later.reason}"] = None
    return "; ".join(reasons) or None


def _figure_words(
    criterion: Criterion,
    old: FacilityFigures,
    new: FacilityFigures,
    earlier: CriterionResult,
    later: CriterionResult,
) -> str:
    before, after = old.measures.get(criterion.measure), new.measures.get(criterion.measure)
    unit = _PER.get(measures()[criterion.measure].unit, "")
    was, now = (_value(row) for row in (before, after))
    if now is None or after is None:
        return f"its {criterion.name} figure is not published now ({later.reason})"
    compared = _AGAINST_THE_NATION.get(compared_class(after.fact.compared) or "", later.reason)
    if was is None:
        return f"its {criterion.name} figure is now {now}{unit} ({compared}); before: {earlier.reason}"
    if was == now:
        return (
            f"its {criterion.name} figure of {now}{unit} is now judged otherwise: {earlier.reason}, now {later.reason}"
        )
    return f"its {criterion.name} figure went from {was} to {now}{unit} ({compared})"


def _value(row: StoredMeasure | None) -> str | None:
    return f"{row.fact.value:g}" if row and row.current and row.fact.value is not None else None


def _score_words(
    before: ScoreRow | None, after: ScoreRow | None, earlier: CriterionResult, later: CriterionResult
) -> str:
    if before is None or after is None or not before.shown or not after.shown:
        return f"its quality score: {earlier.reason} before, now {later.reason}"
    was, now = (
        f"{shown_score(score.score)} ({judged.reason})" for score, judged in ((before, earlier), (after, later))
    )
    return f"its quality score went from {was} to {now}"
