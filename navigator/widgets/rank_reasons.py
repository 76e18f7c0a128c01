"""Why a center stands where it stands in the recommended order, also when it is cheap or near (CONTRACT 2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from navigator.widgets import phrases

if TYPE_CHECKING:
    from provider_directory.models import Center

GOOD_TIERS = ("A", "B")
NO_PRICE_ORDERS = "A price never changes the order."


def why_here(center: Center, centers: Sequence[Center]) -> str:
    """Say in a sentence why the center has its rank among ``centers``; first what makes that a surprise."""
    reason = _reason(center)
    if center.rank is None:
        return f"Not ranked: {reason}."
    better = [other for other in centers if other.rank is not None and other.rank < center.rank]
    merits = [
        words for words, true in (("cheaper", _cheaper(center, better)), ("nearer", _nearer(center, better))) if true
    ]
    ranked = f"ranked {phrases.rank_words(center)}: {reason}."
    if not merits:
        return f"{ranked[0].upper()}{ranked[1:]}"
    surprise = " and ".join(merits)
    price = f" {NO_PRICE_ORDERS}" if "cheaper" in merits else ""
    return f"{surprise[0].upper()}{surprise[1:]} than some ranked higher, but {ranked}{price}"


def _cheaper(center: Center, better: Sequence[Center]) -> bool:
    from provider_directory.like_with_like import may_be_ranked  # deferred: pydantic, 56 ms before the first frame

    cents = center.price.amount_cents or 0
    return any(may_be_ranked(center.price, other.price) and (other.price.amount_cents or 0) > cents for other in better)


def _nearer(center: Center, better: Sequence[Center]) -> bool:
    return any(other.miles > center.miles for other in better)


def _reason(center: Center) -> str:
    credential = center.credential
    label = phrases.credential_label(credential)
    good = center.score is not None and center.score.tier in GOOD_TIERS
    match credential.state:
        case "CONTRACT":
            doubts = phrases.contract_doubts(credential)
            if not doubts:
                return "it is under contract, which comes first"
            if "review" in doubts[-1]:
                return "under contract, but below the public check, so after the other contracts"
            return "its contract ends before the likely surgery date, so after those that cover it"
        case "SUSPENDED" | "EXPIRED":
            return f"{label}, so it stands where its public results put it"
        case "MEETS_PUBLIC" if good:
            return "it passes the public check; contracts come first"
        case "MEETS_PUBLIC":
            return "it passes the public check, but its results are not clearly above average"
        case "PROVISIONAL" if good:
            return f"{label}; contracts come first, then those that pass the public check"
        case "PROVISIONAL":
            return f"{label}, results not clearly above average; contracts come first, then those that pass"
        case _:
            return label
