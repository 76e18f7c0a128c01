"""How figures are written on every screen: money, miles, months, states; unknown is a word, never a blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from navigator import days

if TYPE_CHECKING:
    from datetime import date

    from provider_directory.models import Center, Credential, Evidence, MeasureEvidence, Offer, Price

STATE_MARKS = {
    "CONTRACT": ("●", "$success"),
    "MEETS_PUBLIC": ("◐", "$accent"),
    "PROVISIONAL": ("◔", "$accent"),
    "NOT_MET": ("✕", "$error"),
    "NO_EVIDENCE": ("·", "$muted"),
    "SUSPENDED": ("‖", "$warning"),
    "EXPIRED": ("○", "$warning"),
}
"""Glyph and color token of each credential state; the words always stand beside them."""
OUTCOME_MARKS = {"pass": ("✓", "$success"), "fail": ("✕", "$error"), "unknown": ("?", "$warning")}
ORDERS = (
    ("recommended", "recommended"),
    ("distance", "nearest"),
    ("quality", "quality"),
    ("volume", "cases"),
    ("price", "price"),
)
PRICE_KIND_WORDS = {
    "contract_bundle": "all-in",
    "paid_by_plan": "paid by plan",
    "posted_negotiated": "posted",
    "posted_typical": "posted typical",
    "posted_average": "posted average",
    "list_share": "share of list",
    "other_insurers": "other insurers",
    "posted_few_cases": "posted, few cases",
    "cash": "cash",
    "rough_guess": "rough guess",
    "none": "no price",
}


def dollars(cents: int) -> str:
    """Write cents as whole dollars, "$24,100"; half a dollar goes up."""
    return f"${(cents + 50) // 100:,}"


def dollars_and_cents(cents: int) -> str:
    """Write cents to the cent where there are any, "$24,100" or "$24,100.50": what a source row is held against."""
    whole, rest = divmod(cents, 100)
    return f"${whole:,}.{rest:02}" if rest else f"${whole:,}"


def dollars_short(cents: int) -> str:
    """Write cents in seven cells at most: "$24.1k", "$900", "$1.2M"."""
    whole = (cents + 50) // 100
    if whole < 1_000:
        return f"${whole}"
    tenths = (whole + 50) // 100
    if tenths < 10_000:
        return f"${tenths // 10}.{tenths % 10}k"
    millions = (whole + 50_000) // 100_000
    return f"${millions // 10}.{millions % 10}M"


def month(day: date | None) -> str:
    """Write a date as "Mar 2024"; "date unknown" for None."""
    return f"{day:%b %Y}" if day else "date unknown"


def day_words(day: date | None) -> str:
    """Write a date as "Jun 30, 2027"; "date unknown" for None."""
    return days.day_words(day) if day else "date unknown"


def miles_of(center: Center) -> str:
    """Say the distance to a center (CONTRACT 7)."""
    from provider_directory.places import miles_words  # deferred: pydantic, 56 ms before the first frame

    return miles_words(center.miles, center.miles_precision == "zip")


def recover_miles_of(center: Center) -> str:
    """Say the distance from where the member will recover; "–" where no such place was named."""
    from provider_directory.places import miles_words  # deferred: as above

    if center.recover_miles is None:
        return "–"
    return miles_words(center.recover_miles, center.miles_precision == "zip")


def beside_offer(offer: Offer, miles: float, key: str) -> str:
    """Say the one thing that must be known of a whole offer, the weightiest first; "" where there is none.

    ``key`` looks farther.
    """
    if "none_within_radius" in offer.warnings:
        return f"No center within {miles:.0f} miles: these are the nearest. {key} looks farther."
    if "no_roster_of_program" in offer.warnings:
        return "This data has no list of centers from your plan's alliances: no contract counts."
    if offer.note:
        return offer.note
    many = f"The first {len(offer.centers)} of {offer.total} centers." if offer.total > len(offer.centers) else ""
    if offer.recover_at:
        return f"Near both places; a plus marks miles from {offer.recover_at.label}. {many}".strip()
    return many


def rank_words(center: Center) -> str:
    """Write the range of ranks that nothing in the data separates, "3–6"; "–" for an unranked center."""
    if center.rank is None or center.rank_range is None:
        return "–"
    first, last = center.rank_range
    return str(first) if first == last else f"{first}–{last}"


def credential_label(credential: Credential) -> str:
    """Give the label of a credential with its days in words."""
    return days.with_days_in_words(credential.label)


def credential_flags(credential: Credential) -> list[str]:
    """Give the flags of a credential with their days in words."""
    return [days.with_days_in_words(flag) for flag in credential.flags]


def credential_words(credential: Credential, cells: int) -> str:
    """Say a credential in ``cells`` at most by whole words: the label, its part before ":", or a short date."""
    label = credential_label(credential)
    head = label.partition(":")[0]
    shorts = {"CONTRACT": "contract", "SUSPENDED": "suspended", "EXPIRED": "contract ended"}
    short = shorts.get(credential.state, head)
    if credential.state == "CONTRACT" and credential.expires:
        short = f"contract → {credential.expires:%m/%y}"
    doubts = contract_doubts(credential)
    for words in doubts or (label, head, head.partition(" for ")[0], short):
        if len(words) <= cells:
            return words
    return doubts[-1] if doubts else short


def contract_doubts(credential: Credential) -> tuple[str, ...]:
    """Say why a contract may not serve, longest words first: it ends before the care day, or public data fails it."""
    from provider_directory.crediting import ENDS_EARLY, REVIEW  # deferred: pydantic, as above

    if credential.state != "CONTRACT":
        return ()
    ends = f"{credential.expires:%m/%y} " if credential.expires else ""
    if any(flag.startswith(REVIEW) for flag in credential.flags):
        return (f"contract → {ends}review", "contract, review")
    if ENDS_EARLY in credential.flags:
        return (f"ends {ends}before surgery", "ends before surgery")
    return ()


def credential_mark(credential: Credential) -> tuple[str, str]:
    """Give the glyph and the color token of a credential; a contract in doubt has its own."""
    return ("◒", "$warning") if contract_doubts(credential) else STATE_MARKS[credential.state]


def is_bundle(price: Price) -> bool:
    """Say whether a price is all-in, so that it never stands in one column with another kind (CONTRACT 6)."""
    return price.kind == "contract_bundle"


def price_kind_words(price: Price) -> str:
    """Name a kind of price in words for the screen."""
    return PRICE_KIND_WORDS[price.kind]


def price_kind_short(price: Price) -> str:
    """Name a kind of price in seven letters at most, for a column beside its amount."""
    if "outpatient_only" in price.flags:
        # Whatever kind it is: beside hospital stays that says more.
        return "1 line"
    return {
        "contract_bundle": "all-in",
        "paid_by_plan": "paid",
        "posted_negotiated": "posted",
        "posted_typical": "typical",
        "posted_average": "average",
        "list_share": "list",
        "other_insurers": "others",
        "posted_few_cases": "few",
        "cash": "cash",
        "rough_guess": "guess",
        "none": "",
    }[price.kind]


def wait_words(center: Center) -> str:
    """Say the shortest wait of the center's surgeons; "not known" where none is said."""
    waits = [surgeon.wait_days for surgeon in center.surgeons if surgeon.wait_days is not None]
    return f"{min(waits)} days" if waits else "not known"


def figure(measure: MeasureEvidence, number: float | None) -> str:
    """Write a figure of a measure with its unit; "not reported" for None."""
    if number is None:
        return "not reported"
    return f"{_number(number)}%" if measure.unit.lower().startswith("percent") else _number(number)


def _number(number: float) -> str:
    written = f"{number:.2f}" if abs(number) < 10 else f"{number:.1f}"
    return written.rstrip("0").rstrip(".")


def measure_words(measure: MeasureEvidence) -> str:
    """Say a measure's value with its range, or the word that the file holds, with its footnotes in words."""
    if measure.value is None:
        notes = "; ".join(note.words for note in measure.footnotes)
        return notes or measure.raw or "not reported"
    words = figure(measure, measure.value)
    if measure.low is not None and measure.high is not None:
        words += f" ({_number(measure.low)}–{_number(measure.high)})"
    return words


def beside_measure(measure: MeasureEvidence) -> str:
    """Say what stands beside a measure's value: the nation's and the number of cases."""
    parts = []
    if measure.national is not None:
        parts.append(f"US {figure(measure, measure.national)}")
    if measure.cases is not None:
        parts.append(f"n {measure.cases:,}")
    return " · ".join(parts)


def period_words(measure: MeasureEvidence) -> str:
    """Say the period of a measure, "Apr 2021 – Mar 2024"."""
    if measure.period_start is None and measure.period_end is None:
        return "period unknown"
    return f"{month(measure.period_start)} – {month(measure.period_end)}"


def numbered_measures(evidence: Evidence) -> tuple[MeasureEvidence, ...]:
    """Give the measures in the order in which the screens number them."""
    return evidence.measures
