"""Ties the rows of rosters and paid-claims summaries to facilities: by rule, or as a person decided (CONTRACT 1)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from provider_directory.edition.manifest import Rejected, Review
from provider_directory.facts import PaidClaims, ReviewDecision, ReviewItem, RosterFact
from provider_directory.sources.review import NONE_FITS, mark_of
from provider_directory.sources.roster_matching import FacilityKey, NamesFacility, match_roster, words_of

if TYPE_CHECKING:
    from provider_directory.edition.gather import Gathered

TO_BE_REVIEWED = "to_be_reviewed"
DECIDED_AGAINST = "no_facility_as_decided"
_MOST_NAMED = 5
_Fact = TypeVar("_Fact", bound=NamesFacility)
_Waiting = list[tuple[_Fact, int]]
_Open = list[tuple[int, ReviewItem]]


def tie_rows(gathered: Gathered, make: Callable[[RosterFact, int], str]) -> None:
    """Tie every row that may be tied; the others go to review, and count as set aside in the account of their file.

    ``make`` makes a facility of a roster row and gives its id. Rows of one contract, or of one paid-claims figure, that
    name different amounts go to review both.
    """
    decisions = Decisions(gathered.decisions)
    review = _tie_rosters(gathered, decisions, make)
    review += _tie_claims(gathered, decisions)
    review += _rival_prices(gathered)
    review += _rival_claims(gathered)
    _note_closed(gathered)
    for source_id, item in review:
        gathered.review.append(Review(**item._asdict()))
        _set_aside(gathered, source_id, TO_BE_REVIEWED)
    decisions.report(gathered)


class Decisions:
    """What people decided, by the mark of the words that they decided about."""

    def __init__(self, decided: Sequence[tuple[ReviewDecision, int]]) -> None:
        self._by_mark: dict[str, list[tuple[ReviewDecision, int]]] = defaultdict(list)
        for decision, source_id in decided:
            self._by_mark[decision.found_mark].append((decision, source_id))
        self._met: dict[str, str] = {}

    def of(self, fact: NamesFacility, known: Iterable[str]) -> str | None:
        """Give what was decided for a row, see ``of_mark``."""
        return self.of_mark(mark_of(words_of(fact)), known) if self._by_mark else None

    def of_mark(self, mark: str, known: Iterable[str]) -> str | None:
        """Give the facility decided for a mark, NONE_FITS, or None where nothing that can be done was decided."""
        if mark not in self._by_mark:
            return None
        targets = {decision.facility_id for decision, _ in self._by_mark[mark]}
        target = targets.pop()
        if target != NONE_FITS and target not in known:
            target = f"ccn-{target}"  # a person may write the CCN
        if targets:
            self._met[mark] = "decided_twice"
        elif target == NONE_FITS or target in known:
            self._met[mark] = ""
            return target
        else:
            self._met[mark] = "facility_not_known"
        return None

    def report(self, gathered: Gathered) -> None:
        """Set aside, and name, the decisions that no longer fit."""
        expected = {
            "no_such_row": ("a row with the words that were decided about", "Decide the row anew as it is now."),
            "facility_not_known": ("the id of a facility of this edition", "Take one of the candidates."),
            "decided_twice": ("one decision for one row", "Leave one of the decisions in the review list."),
        }
        for mark, decided in self._by_mark.items():
            reason = self._met.get(mark, "no_such_row")
            for decision, source_id in decided if reason else ():
                form, step = expected[reason]
                found = f"{decision.about}: {decision.facility_id}"
                _set_aside(
                    gathered,
                    source_id,
                    reason,
                    Rejected(
                        row=decision.row,
                        column="found_mark" if reason == "no_such_row" else "facility_id",
                        found=found,
                        expected=form,
                        reason=reason,
                        next_step=step,
                    ),
                )


def _tie_rosters(gathered: Gathered, decisions: Decisions, make: Callable[[RosterFact, int], str]) -> _Open:
    """Twice over: a row may name a facility that another row, in whatever file, has just made."""
    waiting: _Waiting[RosterFact] = [(fact, source_id) for _, fact, source_id in gathered.roster]
    gathered.roster = []
    review: _Open = []
    for _ in range(2):
        tied, review, waiting = _round(gathered, decisions, waiting)
        for target, fact, source_id in tied:
            key = target or make(fact, source_id)
            if fact.npi and gathered.facilities[key].npi is None:
                gathered.facilities[key] = gathered.facilities[key]._replace(npi=fact.npi)
            gathered.roster.append((key, fact, source_id))
    gathered.roster = _once(gathered, sorted(gathered.roster, key=lambda tied: (tied[2], tied[1].row)))
    return review


def _tie_claims(gathered: Gathered, decisions: Decisions) -> _Open:
    waiting: _Waiting[PaidClaims] = [(fact, source_id) for _, fact, source_id in gathered.claims]
    tied, review, _ = _round(gathered, decisions, waiting)
    gathered.claims = _once(gathered, tied)
    return review


def _round(
    gathered: Gathered, decisions: Decisions, waiting: _Waiting[_Fact]
) -> tuple[list[tuple[str, _Fact, int]], _Open, _Waiting[_Fact]]:
    """Give the rows with their facility ("" = one to be made), the questions, and the rows that they are about."""
    known = [
        FacilityKey(row.id, row.ccn, row.npi, row.name, row.zip or "", row.city or "")
        for row in gathered.facilities.values()
    ]
    tied: list[tuple[str, _Fact, int]] = []
    review: _Open = []
    left: _Waiting[_Fact] = []
    for at in sorted({source_id for _, source_id in waiting}):
        undecided = []
        for fact in (fact for fact, source_id in waiting if source_id == at):
            target = decisions.of(fact, gathered.facilities)
            if target is None:
                undecided.append(fact)
            elif target == NONE_FITS:
                _set_aside(gathered, at, DECIDED_AGAINST)
            else:
                tied.append((target, fact, at))
        matched, questions = match_roster(gathered.reports[at - 1].file, undecided, known)
        tied += [(key, fact, at) for key, fact in matched]
        review += [(at, item) for item in questions]
        rows = {item.row for item in questions}
        left += [(fact, at) for fact in undecided if fact.row in rows]
    return tied, review, left


def _once(gathered: Gathered, tied: list[tuple[str, Any, int]]) -> list[tuple[str, Any, int]]:
    """Collapse rows that say the same in two files."""
    kept: dict[tuple[Any, ...], tuple[str, Any, int]] = {}
    for key, fact, source_id in tied:
        if kept.setdefault((key, *fact[:-1]), (key, fact, source_id))[1] is not fact:
            report = gathered.reports[source_id - 1]
            update = {"kept": report.kept - 1, "duplicates": report.duplicates + 1}
            gathered.reports[source_id - 1] = report.model_copy(update=update)
    return list(kept.values())


def _note_closed(gathered: Gathered) -> None:
    """Name the contracts with facilities that no hospital file lists: closed, they are in no answer (CONTRACT 1)."""
    closed = [
        f"{_where(gathered, fact, source_id)} ({words_of(fact)})"
        for key, fact, source_id in gathered.roster
        if not gathered.facilities[key].listed
    ]
    if closed:
        more = f" and {len(closed) - _MOST_NAMED:,} more" if len(closed) > _MOST_NAMED else ""
        gathered.notes.append(
            f"The hospital file does not list the facility of {', '.join(closed[:_MOST_NAMED])}{more}:"
            " it may have closed, and no answer offers it."
        )


def _rival_prices(gathered: Gathered) -> _Open:
    """Take out the rows that price one contract differently from one day on: a person says which is right."""
    contracts: dict[tuple[str, ...], list[tuple[str, RosterFact, int]]] = defaultdict(list)
    for key, fact, source_id in gathered.roster:
        if fact.status == "active" and fact.bundle_cents is not None:
            since = (fact.effective, fact.price_effective or fact.effective)
            contract = (key, fact.alliance.casefold(), fact.criteria_set, fact.procedure, *since)
            contracts[contract].append((key, fact, source_id))
    rivals = [rows for rows in contracts.values() if len({fact.bundle_cents for _, fact, _ in rows}) > 1]
    review: _Open = []
    for rows in rivals:
        key, fact, _ = rows[0]
        about = f"{fact.alliance}, {fact.criteria_set or fact.procedure} at {gathered.facilities[key].name}"
        amounts = [(_where(gathered, row, at), row.bundle_cents or 0) for _, row, at in rows]
        review += _rivals(gathered, [(row, at) for _, row, at in rows], amounts, f"one contract ({about})")
    gathered.roster = _without(gathered.roster, rivals)
    return review


def _rival_claims(gathered: Gathered) -> _Open:
    """Take out the rows that give one figure differently."""
    figures: dict[tuple[str, ...], list[tuple[str, PaidClaims, int]]] = defaultdict(list)
    for key, fact, source_id in gathered.claims:
        figure = (key, fact.program, fact.procedure, fact.setting, fact.period_start, fact.period_end)
        figures[figure].append((key, fact, source_id))
    rivals = [rows for rows in figures.values() if len(rows) > 1]
    review: _Open = []
    for rows in rivals:
        key, fact, _ = rows[0]
        about = f"what {fact.program} paid ({fact.procedure}, {fact.setting} at {gathered.facilities[key].name})"
        amounts = [(_where(gathered, row, at), row.median_cents) for _, row, at in rows]
        review += _rivals(gathered, [(row, at) for _, row, at in rows], amounts, about)
    gathered.claims = _without(gathered.claims, rivals)
    return review


def _rivals(
    gathered: Gathered,
    rows: Sequence[tuple[RosterFact | PaidClaims, int]],
    amounts: Sequence[tuple[str, int]],
    about: str,
) -> _Open:
    said = " and ".join(f"{where} (${cents / 100:,.2f})" for where, cents in amounts)
    gathered.notes.append(f"Different amounts for {about} in {said}: none of them is used.")
    step = "Correct the one that is wrong, or say since when the newer price holds."
    return [(at, ReviewItem(gathered.reports[at - 1].file, row.row, said, (), step)) for row, at in rows]


def _without(tied: list[Any], rivals: Sequence[Sequence[Any]]) -> list[Any]:
    out = {(source_id, fact.row) for rows in rivals for _, fact, source_id in rows}
    return [one for one in tied if (one[2], one[1].row) not in out]


def _where(gathered: Gathered, fact: RosterFact | PaidClaims, source_id: int) -> str:
    return f"{gathered.reports[source_id - 1].file} row {fact.row}"


def _set_aside(gathered: Gathered, source_id: int, reason: str, example: Rejected | None = None) -> None:
    """Count one row that was read as set aside after all."""
    report = gathered.reports[source_id - 1]
    aside = Counter(report.set_aside)
    aside[reason] += 1
    examples = (*report.examples, example) if example else report.examples
    gathered.reports[source_id - 1] = report.model_copy(
        update={"kept": report.kept - 1, "set_aside": dict(sorted(aside.items())), "examples": examples}
    )
