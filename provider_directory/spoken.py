"""What a navigator says aloud of a center: short sentences, never a percentile, never "nothing to pay" (CONTRACT 8)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from provider_directory.models import Credential, Price, Score
from provider_directory.saying import ENGLISH, Say, upper_first

ESTIMATE = "This is an estimate, not a promise of payment."
_PRICE = "The contract price is "
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def month_and_year(day: date) -> str:
    """Say a date as "June 2027"."""
    return ENGLISH.month(day)


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
    parts = [credential_sentence(credential, program)]
    if figure:
        parts.append(figure)
    elif score:
        parts.append(f"{upper_first(score.label)}.")
    if price.kind == "contract_bundle" and price.amount_cents is not None:
        parts += price_sentences(price, price.amount_cents)
    return " ".join(parts)


def without_price(said: str) -> str:
    """Give what ``spoken`` gave without its price, for whoever says instead what the member pays."""
    return said.partition(_PRICE)[0].rstrip()


def credential_sentence(credential: Credential, program: bool, say: Say = ENGLISH) -> str:
    """Say whether a center is under contract with the plan, or else what public data says of it."""
    month = say.month(credential.expires) if credential.expires else None
    match credential.state:
        case "CONTRACT":
            if month is None:
                return say("Under contract with your plan.")
            return say("Under contract with your plan until {month}.", month=month)
        case "SUSPENDED":
            day = _ISO_DAY.search(credential.label)
            if day is None:
                return say("Its contract with your plan is suspended.")
            when = say.day(date.fromisoformat(day[0]))
            return say("Its contract with your plan was suspended on {day}.", day=when)
        case "EXPIRED":
            if month is None:
                return say("Its contract with your plan ended.")
            return say("Its contract with your plan ended in {month}.", month=month)
    words = _public_words(credential, say)
    if program:
        return say("Not under contract with your plan; {words}.", words=words)
    return f"{upper_first(words)}."


def reason_sentence(credential: Credential, say: Say = ENGLISH) -> str | None:
    """Quote why an alliance suspended a contract: its own words, not ours; None where the roster gives none."""
    if credential.reason is None:
        return None
    alliance = credential.basis.removeprefix("contract with ")
    return say(
        "{alliance} says why, in its own words: “{reason}”. That is no judgment of the care there.",
        alliance=alliance,
        reason=credential.reason,
    )


def _public_words(credential: Credential, say: Say) -> str:
    label = credential.label
    if credential.state == "MEETS_PUBLIC":
        return say("it passes the public check")
    if label == "partly checked":
        return say("it is partly checked")
    if credential.state == "NOT_MET":
        names = ", ".join(map(say.term, label.partition(": ")[2].split(", ")))
        return say("it is below public check: {names}", names=names)
    return say.term(label if label.startswith("cancer") else f"there is {label}")


def price_sentences(price: Price, cents: int, say: Say = ENGLISH) -> list[str]:
    """Say a contract's bundle price with what is in it and what is extra, and that it is an estimate."""
    covered = say.listed(map(say.term, price.included))
    found = [
        say("The contract price is {amount} for {covered}.", amount=dollars(cents), covered=covered)
        if covered
        else say("The contract price is {amount}.", amount=dollars(cents))
    ]
    return [*found, *extra_sentence(price.extra, say), say.term(ESTIMATE)]


def extra_sentence(extra: Sequence[str], say: Say = ENGLISH) -> list[str]:
    """Say what a price does not cover; nothing where that is not known."""
    parts = upper_first(say.listed(map(say.term, extra)))
    if not parts:
        return []
    return [say("{parts} is extra.", parts=parts) if len(extra) == 1 else say("{parts} are extra.", parts=parts)]


def listed(parts: Sequence[str]) -> str:
    """List parts as they are said: "hospital, surgeon and implant"."""
    return ENGLISH.listed(parts)
