"""Two or three centers side by side: who is clearly better, whose prices compare, what stands against a contract.

Pure functions. "Clearly better" is said only at 90 in 100 and only within one profile (CONTRACT 2).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple

from provider_directory.crediting import ENDS_EARLY
from provider_directory.errors import BadInput
from provider_directory.like_with_like import price_verdict
from provider_directory.models import (
    Center,
    ComparedCenter,
    ComparedMeasure,
    Comparison,
    CriterionEvidence,
    Evidence,
    QualityVerdict,
    Question,
)
from provider_directory.places import miles_words
from provider_directory.quality.credentials import BELOW_AVERAGE
from provider_directory.quality.criteria import Criterion, criteria_sets
from provider_directory.quality.scoring import normal_share
from provider_directory.spoken import month_and_year

CLEARLY = 0.90
"""From this chance on one center is said to be clearly better (CONTRACT 2)."""
MOST = 3
NO_RATING = "No public data rates hospitals for this procedure."
RELATED_CARE = "The measures are about related care, not about this procedure alone."


class Standing(NamedTuple):
    """A center's unrounded weighted sum in the procedure's profile and its noise, in standard deviations."""

    z: float
    sd: float


class Entry(NamedTuple):
    """One center with what is known of it; ``standing`` is None where no score is shown."""

    center: Center
    evidence: Evidence
    standing: Standing | None


def chance_better(one: Standing, two: Standing) -> float:
    """Give the chance that the first is better than the second, 0-1 (CONTRACT 2)."""
    noise = math.hypot(one.sd, two.sd)
    if noise == 0:
        return 0.5 if one.z == two.z else float(one.z > two.z)
    return normal_share((one.z - two.z) / noise)


def clearly_better(z1: float, sd1: float, z2: float, sd2: float) -> bool:
    """Say whether the first is clearly better than the second; both of one profile (CONTRACT 2)."""
    return chance_better(Standing(z1, sd1), Standing(z2, sd2)) >= CLEARLY


def check_count(facilities: Sequence[str]) -> None:
    """Refuse anything but two or three different facility ids; raises BadInput."""
    if not 2 <= len(facilities) <= MOST:
        raise BadInput(f"{len(facilities)} centers were named.", "Compare two or three.")
    if len(set(facilities)) < len(facilities):
        raise BadInput("The same center was named twice.", "Compare two or three different centers.")


def compare(question: Question, care_day: date, entries: Sequence[Entry]) -> Comparison:
    """Put centers side by side; all entries are of one edition, one procedure and one date."""
    first = entries[0].evidence
    verdicts = tuple(quality_verdict(one, two) for one, two in combinations(entries, 2))
    return Comparison(
        edition=first.edition,
        demonstration=first.demonstration,
        on=question.on,
        care_day=care_day,
        procedure=question.procedure,
        place=question.place,
        program=question.program,
        applies=_applies(entries),
        centers=tuple(ComparedCenter(center=entry.center, conflict=conflict(entry)) for entry in entries),
        quality=verdicts,
        prices=tuple(price_verdict(one.center, two.center, question.on) for one, two in combinations(entries, 2)),
        measures=_measures(entries),
        spoken=f"{_results_sentence(entries, verdicts)} {_reach_sentence(entries, question)}",
    )


def quality_verdict(one: Entry, two: Entry) -> QualityVerdict:
    """Say whether two centers can be told apart by their scores."""
    names = [_name(one), _name(two)]
    ids = {"first": one.center.facility.id, "second": two.center.facility.id}
    unscored = [entry for entry in (one, two) if entry.standing is None]
    if one.standing is None or two.standing is None:
        reasons = "; ".join(f"{_name(entry)}: {_reason(entry)}" for entry in unscored)
        return QualityVerdict(**ids, better=None, chance=None, words=f"Quality not compared. {reasons}.")
    about = "General hospital safety: " if _is_general(one) else ""
    chance = chance_better(one.standing, two.standing)
    surer = max(chance, 1 - chance)
    if surer < CLEARLY:
        words = f"{about}No clear difference between {names[0]} and {names[1]}: their ranges overlap."
        return QualityVerdict(**ids, better=None, chance=chance, words=words)
    at, other = (0, 1) if chance > 0.5 else (1, 0)
    better = (one, two)[at].center.facility.id
    words = f"{about}{names[at]} is clearly better than {names[other]} ({_in_hundred(surer)})."
    return QualityVerdict(**ids, better=better, chance=chance, words=words)


def _in_hundred(chance: float) -> str:
    # Rounded down: what is said is never surer than what is known.
    return "more than 99 in 100" if chance > 0.99 else f"{math.floor(chance * 100)} in 100"


def conflict(entry: Entry) -> str | None:
    """Put what public data says against a contract on one line: criteria that fail, cases below the minimum."""
    credential = entry.center.credential
    if credential.state != "CONTRACT":
        return None
    criteria_set = criteria_sets().get(credential.criteria_set)
    known: Mapping[str, Criterion] = {each.id: each for each in criteria_set.criteria} if criteria_set else {}
    judged = [(known[result.id], result) for result in entry.evidence.criteria if result.id in known]
    failed = [words for criterion, result in judged if (words := _failed(criterion, result))]
    doubts = [words for criterion, result in judged if (words := _doubted(criterion, result))]
    if not failed and not doubts:
        return None
    against = [f"below public check: {', '.join(failed)}"] if failed else []
    return f"{credential.label}, but {'; '.join([*against, *doubts])}"


def _failed(criterion: Criterion, result: CriterionEvidence) -> str:
    if result.outcome != "fail":
        return ""
    match criterion.kind:
        case "compared":
            return f"{criterion.name} worse than the nation"
        case "tier":
            return "quality score below average"
        case _:
            return f"{criterion.name} below the minimum of {criterion.least} ({result.reason})"


def _doubted(criterion: Criterion, result: CriterionEvidence) -> str:
    """Medicare's count below a minimum and a low tier that is not certain fail nothing, but they are said."""
    if result.outcome != "unknown":
        return ""
    if criterion.kind == "medicare" and result.measures:
        count, _, limit = result.reason.partition("; ")
        return f"{count} ({limit})" if limit else count
    return f"quality score {BELOW_AVERAGE}" if result.reason == BELOW_AVERAGE else ""


def _applies(entries: Sequence[Entry]) -> str:
    said = [measure.about for entry in entries for measure in entry.evidence.measures if measure.value is not None]
    if not said:
        return NO_RATING
    limits = [note for note in (NO_RATING, RELATED_CARE) if note in entries[0].evidence.notes]
    medicare = [about for about in said if about.startswith("Medicare")]
    rest = "; surveys and infections count patients of any payer" if len(medicare) < len(said) else ""
    whom = f"Medicare patients, mostly 65 and over{rest}" if medicare else "patients of any payer"
    return " ".join([*limits, f"About {whom}. Yours may differ."])


def _measures(entries: Sequence[Entry]) -> tuple[ComparedMeasure, ...]:
    """Give the measures in the ladder's order; all ladders of one procedure hold the same."""
    return tuple(
        ComparedMeasure(
            id=figures[0].id,
            name=figures[0].name,
            unit=figures[0].unit,
            lower_is_better=figures[0].lower_is_better,
            national=figures[0].national,
            about=figures[0].about,
            figures=figures,
        )
        for figures in zip(*(entry.evidence.measures for entry in entries), strict=True)
    )


def _results_sentence(entries: Sequence[Entry], verdicts: Sequence[QualityVerdict]) -> str:
    scored = [entry for entry in entries if entry.standing is not None]
    if len(scored) < 2:
        return "Public results do not tell these centers apart."
    names = {entry.center.facility.id: _name(entry) for entry in entries}
    about = "general hospital safety" if _is_general(scored[0]) else "results of Medicare patients, 65 and over"
    below: dict[str, list[str]] = {}
    for verdict in verdicts:
        if verdict.better:
            worse = verdict.second if verdict.better == verdict.first else verdict.first
            below.setdefault(names[verdict.better], []).append(names[worse])
    if not below:
        return f"In {about}, nothing clearly separates them."
    above: dict[str, list[str]] = {}
    for better, worse_ones in below.items():
        above.setdefault(" and ".join(worse_ones), []).append(better)
    parts = [
        f"{' and '.join(better)} {'is' if len(better) == 1 else 'are'} clearly better than {worse}"
        for worse, better in above.items()
    ]
    tied = any(verdict.chance is not None and verdict.better is None for verdict in verdicts)
    rest = "; otherwise nothing clearly separates them" if tied else ""
    return f"In {about}, {'; '.join(parts)}{rest}."


def _reach_sentence(entries: Sequence[Entry], question: Question) -> str:
    near = _nearest([entry.center for entry in entries])
    if question.program is None:
        return f"{near[0].upper()}{near[1:]}."
    contracts = [_contract_words(entry.center) for entry in entries if entry.center.credential.state == "CONTRACT"]
    if not contracts:
        return f"None of them is under contract with your plan; {near}."
    return f"Under contract with your plan: {', '.join(contracts)}; {near}."


def _nearest(centers: Sequence[Center]) -> str:
    """Name the nearest as far as the points tell: centers that are as far in words are as far."""
    miles = [miles_words(center.miles, center.miles_precision == "zip") for center in centers]
    least = miles[min(range(len(centers)), key=lambda at: centers[at].miles)]
    nearest = [center.facility.name for center, words in zip(centers, miles, strict=True) if words == least]
    if len(nearest) == len(centers):
        return f"{'both' if len(centers) == 2 else 'all'} are {least} miles away"
    return f"{' and '.join(nearest)} {'is' if len(nearest) == 1 else 'are'} the nearest, {least} miles"


def _contract_words(center: Center) -> str:
    credential = center.credential
    until = f" until {month_and_year(credential.expires)}" if credential.expires else ""
    early = ", which ends before the likely surgery date" if ENDS_EARLY in credential.flags else ""
    return f"{center.facility.name}{until}{early}"


def _is_general(entry: Entry) -> bool:
    return entry.center.score is not None and entry.center.score.evidence_class == "general"


def _name(entry: Entry) -> str:
    return entry.center.facility.name


def _reason(entry: Entry) -> str:
    return (entry.center.score_reason or "no score").rstrip(".")
