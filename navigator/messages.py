"""What workers say when they are done; handlers on the screens change the state, workers never touch a widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from navigator.keeping import Kept, LookedUp, StatusRow
    from navigator.program.gathering import Surroundings
    from navigator.program.member import MemberFacts
    from navigator.program.rule_answer import RuleAnswer
    from navigator.referral.record import Referral
    from provider_directory.directory import Directory
    from provider_directory.errors import DirectoryError
    from provider_directory.models import (
        Comparison,
        EditionInfo,
        Evidence,
        Offer,
        Place,
        PriceLadder,
        Procedure,
        ProcedureAnswer,
        Question,
    )


@dataclass
class OpeningProgressed(Message):
    """The directory is being opened or made; ``fraction`` is 0 to 1."""

    words: str
    fraction: float


@dataclass
class DirectoryOpened(Message):
    """The directory answers from now on."""

    directory: Directory
    edition: EditionInfo


@dataclass
class EditionSeen(Message):
    """The shelf names this edition as the one in use; None = none."""

    name: str | None


@dataclass
class ProceduresFound(Message):
    """The answer to the words in the box, and the procedures of its matches in the same order."""

    answer: ProcedureAnswer
    procedures: tuple[Procedure, ...]


@dataclass
class PlaceFound(Message):
    """The text in the place box is a point."""

    text: str
    place: Place
    recover_at: Place | None = None
    """The second place of "53202 + Phoenix, AZ": where the member will recover."""


@dataclass
class OfferFound(Message):
    """The centers for a question."""

    question: Question
    offer: Offer
    around: Surroundings | None = None
    """What lies around the place; None where the program has no rules."""
    facts: MemberFacts | None = None
    """By which it says what the member pays."""


@dataclass
class OfferPaid(Message):
    """The same centers, with what the member pays by other facts."""

    question: Question
    offer: Offer
    facts: MemberFacts | None


@dataclass
class RuleFound(Message):
    """The program's rules answered for a center, or for any ("") before one is in hand; or why they cannot."""

    facility: str
    answer: RuleAnswer | None
    problem: DirectoryError | None = None
    asked: object = None
    """What was asked, to compare with what is asked now; None = it is the answer whatever is asked."""


@dataclass
class RulesRead(Message):
    """The program's file was read: the modes of its rules, "" where it has none or they cannot be read."""

    modes: str
    problem: DirectoryError | None = None


@dataclass
class RadiusAsked(Message):
    """Another radius is wished: ``steps`` further or nearer, or the first that reaches ``reach`` miles."""

    steps: int = 0
    reach: float | None = None


class OrderAsked(Message):
    """Another order of the centers is wished."""


@dataclass
class EvidenceFound(Message):
    """The ladder for a center in hand."""

    facility: str
    evidence: Evidence
    question: Question


@dataclass
class PriceFound(Message):
    """The ladder under the price of a center."""

    facility: str
    ladder: PriceLadder
    question: Question


@dataclass
class ComparisonFound(Message):
    """Two or three centers side by side."""

    comparison: Comparison


@dataclass
class TakenAway(Message):
    """A text was copied, saved or printed; ``words`` say how and where."""

    words: str


@dataclass
class ReferralSaved(Message):
    """The ledger holds the referral in this state; ``field`` is the form field that was saved, if one was."""

    referral: Referral
    field: str | None = None


@dataclass
class AnswerTook(Message):
    """A question that somebody waited for is answered; ``group`` is the worker's."""

    group: str
    milliseconds: int


@dataclass
class CaseSaved(Message):
    """The ledger holds the case of the call."""

    kept: Kept


@dataclass
class CaseOpened(Message):
    """A case that was put aside is to be taken in hand, with a draft that is to be finished in it."""

    kept: Kept
    draft: Referral | None = None


@dataclass
class CallerLookedUp(Message):
    """What the ledger and the eligibility file say of what was typed."""

    found: LookedUp


@dataclass
class OthersOpen(Message):
    """The member has these other open referrals for the same criteria set; empty = none."""

    numbers: tuple[str, ...]


@dataclass
class CallsListed(Message):
    """The parked calls and the call backs."""

    rows: tuple[StatusRow, ...]


@dataclass
class NoteKept(Message):
    """A note is in the ledger."""


@dataclass
class LookupFailed(Message):
    """A worker met an error that a person can act on; ``about`` is the worker's group."""

    about: str
    error: DirectoryError
    subject: str = ""
    """What was asked: the field of a form, the text in a box."""


class OpeningFailed(LookupFailed, bubble=False):
    """No edition could be opened: told to each screen, of which one that takes no note does not hand it back."""
