"""The credential as an offer shows it: contract standing and public state in the words of CONTRACT 3."""

from __future__ import annotations

from datetime import date

from provider_directory.contracts import ContractStanding, ContractTerms
from provider_directory.models import Credential, CredentialState
from provider_directory.spoken import short_month

CANCER_HOSPITAL = "cancer hospital: reports to CMS separately, not in this score"
REVIEW = "review: "
ENDS_EARLY = "ends before the likely surgery date"
SUSPENDED_FROM = "suspended from "


def credential(
    standing: ContractStanding,
    public_state: CredentialState,
    public_label: str,
    public_flags: tuple[str, ...],
    criteria_set: str,
    care_day: date,
) -> Credential:
    """Join what the roster says and what public data says; neither silently overrides the other (METHOD 2.8)."""
    terms = standing.terms
    flags = list(public_flags)
    flags += [f"under contract with {alliance}, for its members" for alliance in standing.other_alliances]
    if standing.state is None or terms is None:
        return Credential(
            state=public_state,
            label=public_label,
            criteria_set=criteria_set,
            basis="public data",
            expires=None,
            flags=tuple(flags),
        )
    if standing.state == "CONTRACT":
        label = f"under contract to {short_month(standing.ends)}" if standing.ends else "under contract"
        review = [f"{REVIEW}{public_label}"] if public_state == "NOT_MET" else []
        suspended = [f"suspended with {alliance}" for alliance in standing.suspended_with]
        flags = [*review, *_care_day_doubts(standing, terms, care_day), *flags, *suspended]
    elif standing.state == "SUSPENDED":
        since = f" on {terms.suspended_on.isoformat()}" if terms.suspended_on else ""
        label, flags = f"suspended{since}", [public_label, *flags]
    else:
        label = f"contract ended {terms.ends.isoformat()}" if terms.ends else "contract ended"
        flags = [public_label, *flags]
    return Credential(
        state=standing.state,
        label=label,
        criteria_set=criteria_set,
        basis=f"contract with {terms.alliance}",
        expires=standing.ends if standing.state == "CONTRACT" else terms.ends,
        flags=tuple(flags),
        reason=terms.reason if standing.state == "SUSPENDED" else None,
    )


def covers_care(credential: Credential) -> bool:
    """Say whether a contract counts and reaches the likely day of care, by run-out terms too (CONTRACT 2, band 1)."""
    if credential.state != "CONTRACT":
        return False
    return not any(flag == ENDS_EARLY or flag.startswith(SUSPENDED_FROM) for flag in credential.flags)


def _care_day_doubts(standing: ContractStanding, terms: ContractTerms, care_day: date) -> list[str]:
    """Say what may keep a running contract from serving on the likely surgery date, the weightiest first."""
    doubts = []
    if standing.suspended_from:
        doubts.append(f"{SUSPENDED_FROM}{standing.suspended_from.isoformat()}, before the likely surgery date")
    elif not standing.covers_care_day:
        doubts.append(ENDS_EARLY)
    elif standing.ends is not None and standing.ends < care_day:
        gap = f"a gap in the contract after {standing.ends.isoformat()}; it runs again on the likely surgery date"
        doubts.append(f"{ENDS_EARLY}; run-out terms: {terms.run_out}" if terms.run_out else gap)
    if standing.terms_change_on:
        doubts.append(f"its terms change on {standing.terms_change_on.isoformat()}, before the likely surgery date")
    return doubts
