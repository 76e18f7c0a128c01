"""What a navigator says aloud of a center: short sentences, never a percentile, never "nothing to pay" (CONTRACT 8)."""

from __future__ import annotations

from datetime import date

from provider_directory.models import Credential, Price, Score

ESTIMATE = "This is an estimate, not a promise of payment."
_PRICE = "The contract price is "


def month_and_year(day: date) -> str:
    """Say a date as "June 2027"."""
    return f"{day:%B} {day.year}"


def short_month(day: date) -> str:
    """Write a date as "Jun 2027"."""
    return f"{day:%b} {day.year}"


def dollars(cents: int) -> str:
    """Write cents as "$24,100", with the cents only where there are any."""
    whole, rest = divmod(cents, 100)
    return f"${whole:,}.{rest:02}" if rest else f"${whole:,}"


def spoken(
    credential: Credential,
    program: bool,
    figure: str | None,
    score: Score | None,
    price: Price,
) -> str:
    """Say one center in sentences: credential, the first figure of its evidence or its score, price and what is extra.

    ``figure`` is a whole sentence about one measure, None where there is none; ``program`` whether a plan is known.
    """
    parts = [_credential_sentence(credential, program)]
    if figure:
        parts.append(figure)
    elif score:
        parts.append(f"{score.label[0].upper()}{score.label[1:]}.")
    if price.kind == "contract_bundle" and price.amount_cents is not None:
        parts.append(_price_sentence(price, price.amount_cents))
    return " ".join(parts)


def without_price(said: str) -> str:
    """Give what ``spoken`` gave without its price, for whoever says instead what the member pays."""
    return said.partition(_PRICE)[0].rstrip()


def _credential_sentence(credential: Credential, program: bool) -> str:
    until = f" until {month_and_year(credential.expires)}" if credential.expires else ""
    match credential.state:
        case "CONTRACT":
            return f"Under contract with your plan{until}."
        case "SUSPENDED":
            return f"Its contract with your plan is {credential.label}."
        case "EXPIRED":
            return f"Its contract with your plan ended{until.replace(' until', ' in')}."
        case "MEETS_PUBLIC":
            words = "it passes the public check"
        case "PROVISIONAL":
            words = "it is partly checked" if credential.label == "partly checked" else f"there is {credential.label}"
        case "NOT_MET":
            words = f"it is {credential.label}"
        case "NO_EVIDENCE":
            words = credential.label if credential.label.startswith("cancer") else f"there is {credential.label}"
    if program:
        return f"Not under contract with your plan; {words}."
    return f"{words[0].upper()}{words[1:]}."


def _price_sentence(price: Price, cents: int) -> str:
    covered = f" for {listed(price.included)}" if price.included else ""
    extra = (
        f" {listed(price.extra).capitalize()} {'is' if len(price.extra) == 1 else 'are'} extra." if price.extra else ""
    )
    return f"{_PRICE}{dollars(cents)}{covered}.{extra} {ESTIMATE}"


def listed(parts: tuple[str, ...]) -> str:
    """List parts as they are said: "hospital, surgeon and implant"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
