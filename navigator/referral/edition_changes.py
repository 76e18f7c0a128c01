"""What another edition says of the centers of open referrals: a worse standing makes one task, never a cancelation."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, NamedTuple

from navigator.referral.lifecycle import ENDED
from navigator.referral.record import Referral
from navigator.referral.snapshot import Shown, center_shown
from navigator.referral.tasks import NewTask
from navigator.referral.working_days import working_day_from
from provider_directory.errors import UnknownFacility
from provider_directory.models import Center, CredentialState, Place, Question, Value

_GOOD: tuple[CredentialState, ...] = ("CONTRACT", "MEETS_PUBLIC", "PROVISIONAL", "NO_EVIDENCE")
"""From the best to the least; the states that are not here are warnings (CONTRACT 3)."""
_WARNINGS: frozenset[CredentialState] = frozenset({"NOT_MET", "SUSPENDED", "EXPIRED"})
LEFT = "no longer in the directory"

AskCenter = Callable[[str, Question], Awaitable[Center]]


class Standing(NamedTuple):
    """What an edition says of a center for a procedure."""

    state: CredentialState | None
    """None: the center is not in the edition."""
    label: str


class ChangedStanding(Value):
    """A referral whose center stands worse than when it was shown."""

    number: str
    facility: str
    edition: str
    then: str
    now: str

    def task(self, today: date) -> NewTask:
        """Give the task due today; its marker makes it once for a referral and an edition."""
        return NewTask(
            kind="edition_change",
            due_on=working_day_from(today),
            what=f"{self.facility}: then {self.then}; now {self.now} (edition {self.edition[:12]})",
            marker=f"edition {self.edition[:64]}",
        )


def is_worse(then: Standing, now: Standing) -> bool:
    """Say whether a standing got worse: suspended, expired, contract gone, below public check, gone altogether.

    A warning that was already shown when the center was chosen is no news.
    """
    if now.state is None:
        return then.state is not None
    if now.state in _WARNINGS:
        return now.state != then.state
    return then.state == "CONTRACT" and now.state != "CONTRACT"


def standing_shown(shown: Shown, facility: str | None) -> Standing | None:
    """Give the standing in a snapshot; None where the center was not among those shown."""
    center = center_shown(shown, facility)
    credential: dict[str, Any] = (center or {}).get("credential") or {}
    state = credential.get("state")
    return Standing(state, str(credential.get("label"))) if state in {*_GOOD, *_WARNINGS} else None


def question_of(shown: Shown, today: date, alliances: tuple[str, ...]) -> Question | None:
    """Give the question to ask again on a day; None where the snapshot does not hold what it needs."""
    place, procedure = shown.offer.get("place"), shown.offer.get("procedure")
    if not isinstance(place, dict) or not isinstance(procedure, str):
        return None
    care = shown.offer.get("care_day")
    care_day = date.fromisoformat(care) if isinstance(care, str) else None
    return Question(
        procedure=procedure,
        place=Place.model_validate(place),
        on=today,
        care_day=care_day if care_day and care_day > today else None,
        program=shown.offer.get("program"),
        alliances=alliances,
    )


async def changed_standing(
    referral: Referral, shown: Shown, edition: str, today: date, alliances: tuple[str, ...], ask: AskCenter
) -> ChangedStanding | None:
    """Compare the standing in the snapshot with the one in another edition; None where it did not get worse.

    Ended referrals and snapshots that do not name the center are not compared.
    """
    then, question = standing_shown(shown, referral.facility_id), question_of(shown, today, alliances)
    if referral.state in ENDED or referral.facility_id is None or then is None or question is None:
        return None
    if shown.offer.get("edition") == edition:
        return None
    try:
        credential = (await ask(referral.facility_id, question)).credential
        now = Standing(credential.state, credential.label)
    except UnknownFacility:
        now = Standing(None, LEFT)
    if not is_worse(then, now):
        return None
    return ChangedStanding(
        number=referral.number,
        facility=referral.facility_name or referral.facility_id,
        edition=edition,
        then=then.label,
        now=now.label,
    )
