"""What other in-network hospitals near a member are paid: one kind of price of one thing, never a mixture (METHOD 3.4).

First what the plan itself paid, then negotiated rates that hospitals post, then typical payments; else nothing is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from navigator.program.care import MarketPrice

if TYPE_CHECKING:
    from provider_directory.models import Center, Price

MARKET_MILES = 50.0
FEWEST_CASES = 11
"""Paid cases of the plan in the whole market."""
FEWEST_HOSPITALS = 5
"""Other hospitals that post a rate."""
_CLAIMS = "paid_by_plan"
_KINDS = (_CLAIMS, "posted_negotiated", "posted_typical")
_QUARTERS = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4))
WHOLE_CLAIMS = "facility and professional fees"
"""Begins the scope of a paid-claims price that counts more than the hospital's own fee."""
_PROFESSIONALS = ("surgeon", "physician", "doctor", "professional", "cardiologist", "obstetrician", "midwife")


class OtherPrice(NamedTuple):
    """One hospital's price as the market sees it; cents."""

    facility: str
    cents: int
    cases: int
    """Paid cases behind it; 1 for a posted rate: a hospital counts once."""
    whole: bool
    as_of: date | None


_Group = tuple[str, str, str, bool]
"""Kind, setting, code, whole: what may stand in one median."""


class Market(NamedTuple):
    """The prices around a place by what they are of."""

    groups: dict[_Group, tuple[OtherPrice, ...]]

    def without(self, facility: str, setting: str | None = None) -> MarketPrice | None:
        """Give the price of the other hospitals; None where too few are known (METHOD 3.4).

        ``setting``: that of the center's own price, where it has one; else the setting that most hospitals price.
        """
        for kind in _KINDS:
            groups = [
                (group, [each for each in listed if each.facility != facility])
                for group, listed in self.groups.items()
                if group[0] == kind and setting in (None, group[1])
            ]
            enough = [(group, listed) for group, listed in groups if _is_enough(kind, listed)]
            if enough:
                return _price(*max(enough, key=lambda pair: (pair[0][3], len(pair[1]), pair[0])))
        return None


def market_of(centers: Iterable[Center], under_contract: Sequence[str] = ()) -> Market:
    """Group the prices of hospitals within MARKET_MILES; those ``under_contract`` for the program are not others."""
    groups: dict[_Group, list[OtherPrice]] = defaultdict(list)
    for center in centers:
        price = center.price
        if price.kind not in _KINDS or price.amount_cents is None or not price.comparable or price.setting is None:
            continue
        if center.miles <= MARKET_MILES and center.facility.id not in under_contract:
            whole = is_whole(price)
            cases = (price.cases or 0) if price.kind == _CLAIMS else 1
            found = OtherPrice(center.facility.id, price.amount_cents, cases, whole, price.as_of)
            groups[price.kind, price.setting, price.code or "", whole].append(found)
    return Market({group: tuple(sorted(listed, key=lambda each: each.cents)) for group, listed in groups.items()})


def is_whole(price: Price) -> bool:
    """Say whether a price covers facility and professional fees: a bundle or claims summary that says so."""
    if price.kind == "contract_bundle":
        parts = " ".join(price.included).lower()
        return any(word in parts for word in _PROFESSIONALS)
    return price.kind == _CLAIMS and (price.scope or "").startswith(WHOLE_CLAIMS)


def _is_enough(kind: str, listed: Sequence[OtherPrice]) -> bool:
    if kind == _CLAIMS:
        return sum(each.cases for each in listed) >= FEWEST_CASES
    return len(listed) >= FEWEST_HOSPITALS


def _price(group: _Group, listed: Sequence[OtherPrice]) -> MarketPrice:
    kind, setting, code, whole = group
    p25, p50, p75 = (_quantile(listed, share) for share in _QUARTERS)
    count = sum(each.cases for each in listed)
    hospitals = f"{len(listed)} other hospital{'' if len(listed) == 1 else 's'} within {MARKET_MILES:g} miles"
    if kind == _CLAIMS:
        source = f"paid by your plan, {setting}, at {hospitals}, each case at its hospital's median"
    else:
        words = "negotiated rate" if kind == "posted_negotiated" else "typical payment"
        source = f"posted {words}, {setting}{f', code {code}' if code else ''}: {hospitals}"
    dates = [each.as_of for each in listed if each.as_of is not None]
    return MarketPrice(p25, p50, p75, count, kind, whole, source, min(dates, default=None))


def _quantile(listed: Sequence[OtherPrice], share: Fraction) -> int:
    """Give the smallest amount at or below which at least this share of the cases lies: always one that was paid."""
    needed = share * sum(each.cases for each in listed)
    counted = 0
    for each in listed:
        counted += each.cases
        if counted >= needed:
            return each.cents
    return listed[-1].cents
