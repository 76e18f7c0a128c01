"""What an alliance's roster rows mean for one question: whose contract counts, on which date, until when.

A change adds a row: the rows of one alliance for one facility and one set or procedure are its history. Rules:
CONTRACT 1 to 4. Everything is judged at the question's date; the edition stores dates only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar

from provider_directory.models import CredentialState

T = TypeVar("T")


class ContractTerms(NamedTuple):
    """One roster row as stored in an edition; None = not said."""

    id: int
    facility_id: str
    alliance: str
    criteria_set: str | None
    procedure: str | None
    status: str
    effective: date | None
    ends: date | None
    suspended_on: date | None
    reason: str | None
    bundle_cents: int | None
    price_effective: date | None
    included: str | None
    extra: str | None
    run_out: str | None
    warranty: str | None
    visibility: str
    routes: str | None
    intake_phone: str | None
    source_id: int
    row: int

    def is_of(self, alliances: Sequence[str]) -> bool:
        """Say whether the row's alliance is one of these, upper and lower case alike."""
        return self.alliance.casefold() in {alliance.casefold() for alliance in alliances}

    def suspended(self, on: date) -> bool:
        """Say whether the row is suspended on this date; a suspension without a date holds always."""
        return self.status == "suspended" and (self.suspended_on is None or self.suspended_on <= on)

    @property
    def stopped_from(self) -> date | None:
        """The first day of a suspension; None = not known: it was always there, and no later row can lift it."""
        return self.suspended_on or self.effective

    def begun(self, on: date) -> bool:
        """Say whether the row has taken effect on this date."""
        return self.effective is None or self.effective <= on

    def ended(self, on: date) -> bool:
        """Say whether the row's last day lies before this date."""
        return self.ends is not None and self.ends < on


class ContractStanding(NamedTuple):
    """What the rows come to: a contract state, or None when none counts, with the row that decides."""

    state: CredentialState | None
    terms: ContractTerms | None
    covers_care_day: bool
    """True when the contract reaches the likely day of care, or has run-out terms (CONTRACT 2, band 1 a and b)."""
    other_alliances: tuple[str, ...]
    """Alliances with a public contract that does not count for this program (CONTRACT 3)."""
    running: tuple[ContractTerms, ...] = ()
    """Every row that counts on the date, the one that decides first: their surgeons are under contract."""
    suspended_with: tuple[str, ...] = ()
    """Alliances of the program that have suspended it, where another one's contract still runs."""
    ends: date | None = None
    """The last day under contract, rows that follow without a gap included; None = no end stated, or no contract."""
    terms_change_on: date | None = None
    """The day before the likely day of care on which another row begins to decide, e.g. with another price."""
    suspended_from: date | None = None
    """The day, still to come, of a suspension that stops the contract before the likely day of care."""


_NOTHING = ContractStanding(None, None, False, ())


def bears_on(terms: ContractTerms, procedure: str, criteria_set: str) -> bool:
    """Say whether a row is about this procedure: it names it, or names its criteria set (never set "none")."""
    return terms.procedure == procedure or (criteria_set != "none" and terms.criteria_set == criteria_set)


class Holding(NamedTuple):
    """What the rows of one alliance come to on one date."""

    begun: tuple[ContractTerms, ...]
    """Rows that have taken effect, ended ones too."""
    running: tuple[ContractTerms, ...]
    """Rows in force; none while the alliance has suspended it."""
    suspensions: tuple[ContractTerms, ...]
    """Suspensions in force."""


def holding(rows: Iterable[ContractTerms], on: date) -> Holding:
    """Judge the rows of one alliance that bear on a procedure at one facility.

    A suspension stops the alliance's contract until an active row of the same alliance that names as much, or less,
    takes effect on a later day: a price agreed for the whole set lifts no suspension of one procedure in it.
    """
    begun = tuple([row for row in rows if row.effective is None or row.effective <= on])
    unended = [row for row in begun if row.ends is None or row.ends >= on]
    stopping = [row for row in unended if row.status == "suspended" and row.suspended(on)]
    if not stopping:  # nearly always, and this is asked for every facility of an offer
        return Holding(begun, tuple(unended), ())
    suspensions = tuple(row for row in stopping if not any(reinstates(other, row) for other in begun))
    running = tuple(row for row in unended if row not in stopping)
    # A suspension outlives no contract: where all that it could stop has ended, the contract has ended.
    only_stop = [row for row in suspensions if is_suspension_only(row)]
    contracts = [row for row in begun if not is_suspension_only(row)]
    if len(only_stop) == len(suspensions) and contracts and all(row.ended(on) for row in contracts):
        suspensions = ()
    return Holding(begun, () if suspensions else running, suspensions)


def reinstates(row: ContractTerms, suspension: ContractTerms) -> bool:
    """Say whether an active row of the same alliance lifts a suspension on the day on which it takes effect."""
    if row.effective is None or suspension.stopped_from is None or row.effective <= suspension.stopped_from:
        return False
    return not row.suspended(row.effective) and suspension.procedure in (None, row.procedure)


def is_suspension_only(row: ContractTerms) -> bool:
    """Say whether a row is a suspension alone, without a contract that ran before it."""
    return row.status == "suspended" and row.suspended(row.effective or date.min)


def standing(rows: Sequence[ContractTerms], alliances: Sequence[str], on: date, care_day: date) -> ContractStanding:
    """Judge the rows that bear on a procedure at one facility for one program; their order does not matter.

    Of the rows of one alliance for one set or procedure the one that took effect last decides. Among several such, the
    one that reaches the care day, then the one that names the procedure, then the one that reaches farthest. A
    suspension stops its alliance's contract only. Source: CONTRACT 2 band 1, 3.
    """
    if not rows:
        return _NOTHING
    ours: list[tuple[Holding, Sequence[ContractTerms]]] = []
    others = []
    counting = {alliance.casefold() for alliance in alliances}
    for members in by_alliance(rows):
        if members[0].alliance.casefold() in counting:
            ours.append((holding(members, on), members))
        elif any(row.visibility == "public" for row in holding(members, on).running):
            others.append(members[0].alliance)
    other_alliances = tuple(sorted(others))
    # An alliance suspends its own contract only; what another alliance of the program holds goes on, and is flagged.
    stopped = tuple(sorted(held.suspensions[0].alliance for held, _ in ours if held.suspensions))
    reaches = [reach for held, members in ours for reach in _reaches(held, members, on, care_day)]
    if reaches:
        best = _first(reaches, _farthest, lambda reach: _content(reach.terms))
        running = [row for held, _ in ours for row in held.running]
        running.sort(key=lambda row: row is not best.terms)
        return ContractStanding(
            "CONTRACT",
            best.terms,
            best.covers,
            other_alliances,
            tuple(running),
            stopped,
            ends=best.ends,
            terms_change_on=best.terms_change_on,
            suspended_from=best.suspended_from,
        )
    suspended = [min(held.suspensions, key=_stop_order) for held, _ in ours if held.suspensions]
    if suspended:
        # Until the last of the alliances suspended it, a contract of the program ran.
        return ContractStanding("SUSPENDED", max(suspended, key=_stop_order), False, other_alliances)
    begun = [row for held, _ in ours for row in held.begun]
    if begun:
        ended = [row for row in begun if not is_suspension_only(row)] or begun
        latest = max(ended, key=lambda row: (row.ends or date.max, _content(row)))
        return ContractStanding("EXPIRED", latest, False, other_alliances)
    return ContractStanding(None, None, False, other_alliances)


def by_alliance(rows: Iterable[ContractTerms]) -> list[list[ContractTerms]]:
    """Group rows by alliance, upper and lower case alike."""
    groups: dict[str, list[ContractTerms]] = {}
    for row in rows:
        groups.setdefault(row.alliance.casefold(), []).append(row)
    return list(groups.values())


class _Reach(NamedTuple):
    """How far the contract of one alliance for one set or procedure reaches, with the row that decides."""

    terms: ContractTerms
    covers: bool
    ends: date | None
    terms_change_on: date | None
    suspended_from: date | None


def _reaches(held: Holding, members: Sequence[ContractTerms], on: date, care_day: date) -> list[_Reach]:
    if not held.running:
        return []
    later = holding(members, care_day)
    found = []
    for subject in {_subject(row) for row in held.running}:
        now = decider([row for row in held.running if _subject(row) == subject])
        then = [row for row in later.running if _subject(row) == subject]
        deciding_then = decider(then) if then else None
        runs_out = now.run_out is not None and not later.suspensions
        found.append(
            _Reach(
                now,
                deciding_then is not None or runs_out,
                _last_day(now, [row for row in members if _subject(row) == subject and not is_suspension_only(row)]),
                _change_day(now, deciding_then, on),
                min((row.stopped_from for row in later.suspensions if row.stopped_from), default=None),
            )
        )
    return found


def _change_day(now: ContractTerms, then: ContractTerms | None, on: date) -> date | None:
    if then is None or then is now or _price_and_scope(now) == _price_and_scope(then):
        return None
    if then.effective is not None and then.effective > on:
        return then.effective
    return now.ends + timedelta(days=1) if now.ends else None


def _price_and_scope(row: ContractTerms) -> tuple[object, ...]:
    return (row.bundle_cents, row.included, row.extra, row.run_out, row.warranty)


def decider(rows: Sequence[ContractTerms]) -> ContractTerms:
    """Give the row that decides among running rows of one alliance for one set or procedure: the latest amendment.

    Of rows of the same day the one with a price, then the one that reaches farther.
    """
    return _first(
        rows, lambda row: (row.effective or date.min, row.bundle_cents is not None, row.ends or date.max), _content
    )


def _first(found: Sequence[T], key: Callable[[T], Any], content: Callable[[T], str]) -> T:
    """Give the one with the greatest key; among equals what they say decides, which is costly and seldom needed."""
    if len(found) == 1:
        return found[0]
    keys = [key(each) for each in found]
    greatest = max(keys)
    equals = [each for each, its in zip(found, keys, strict=True) if its == greatest]
    return equals[0] if len(equals) == 1 else max(equals, key=content)


def pricing_row(standing: ContractStanding, on: date) -> ContractTerms | None:
    """Give the running row whose price holds on a date; None where no contract runs or none names a price.

    A list of contract prices and a roster may both name one contract, so the price need not stand in the row that
    decides: it is the latest of the deciding alliance, of the deciding set or procedure where that has one.
    """
    decides = standing.terms
    if standing.state != "CONTRACT" or decides is None:
        return None
    priced = [
        row
        for row in standing.running
        if row.bundle_cents is not None and row.is_of((decides.alliance,)) and (row.price_effective or on) <= on
    ]
    return max(
        priced,
        key=lambda row: (
            _subject(row) == _subject(decides),
            row.procedure is not None,
            row.price_effective or row.effective or date.min,
            row.effective or date.min,
            _content(row),
        ),
        default=None,
    )


def intake_phone(standing: ContractStanding) -> str | None:
    """Give whom a navigator calls: the deciding row's telephone, else that of the alliance's latest running row."""
    decides = standing.terms
    if standing.state != "CONTRACT" or decides is None:
        return None
    ours = [row for row in standing.running if row.intake_phone and row.is_of((decides.alliance,))]
    latest = max(ours, key=lambda row: (row.effective or date.min, _content(row)), default=None)
    return decides.intake_phone or (latest.intake_phone if latest else None)


def _last_day(terms: ContractTerms, rows: Sequence[ContractTerms]) -> date | None:
    """Give the last day of a row, or of the rows that take over from it without a day between."""
    end = terms.ends
    if end is None or len(rows) == 1:
        return end
    for row in sorted(rows, key=lambda row: row.effective or date.min):
        if (row.ends is None or row.ends > end) and row.begun(end + timedelta(days=1)):
            if row.ends is None:
                return None
            end = row.ends
    return end


def _stop_order(row: ContractTerms) -> tuple[date, str]:
    return (row.stopped_from or date.min, _content(row))


def _subject(row: ContractTerms) -> tuple[str | None, str | None]:
    return (row.criteria_set, row.procedure)


def _farthest(reach: _Reach) -> tuple[bool, bool, date]:
    return (reach.covers, reach.terms.procedure is not None, reach.ends or date.max)


def _content(row: ContractTerms) -> str:
    """Give what a row says, without where it stands: the last resort of an order that rows of a file must not move."""
    return repr(row._replace(id=0, source_id=0, row=0))
