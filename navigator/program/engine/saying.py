"""The answer in one line for the card, and as it is said aloud (CONTRACT 8)."""

from __future__ import annotations

from navigator.program.engine.asked import Asked
from navigator.program.engine.sharing import Span
from navigator.program.engine.wording import about_words, amount_words
from navigator.program.rule_answer import MemberCost, RuleAnswer
from provider_directory.spoken import ESTIMATE

HEADLINE_CELLS = 78


def headline(answer: RuleAnswer) -> str:
    """Say the answer in at most 78 cells, leaving out from the end what has no room."""
    if answer.coverage.state == "not_in_program":
        return _fitting([f"not in the program: {_cost(answer.here)} here", "normal benefits"])
    waits = next((gate.words for gate in answer.gates if gate.state == "not_yet"), None)
    first = f"you pay {_cost(answer.here)} here"
    if answer.elsewhere.state != "not_estimated" or answer.here.state != "not_estimated":
        first += f", {_cost(answer.elsewhere)} elsewhere"
    parts = [first, *([_begun_small(waits.split(";")[0].rstrip("."))] if waits else []), *_travel(answer)]
    return _fitting(parts)


def _begun_small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _fitting(parts: list[str]) -> str:
    while len(parts) > 1 and len("; ".join(parts)) > HEADLINE_CELLS:
        parts = parts[:-1]
    line = "; ".join(parts)
    return line if len(line) <= HEADLINE_CELLS else f"{line[: HEADLINE_CELLS - 1].rstrip()}…"


def _cost(cost: MemberCost) -> str:
    if cost.state == "whole_bill":
        return "the whole bill"
    if cost.state == "not_estimated" or cost.low_cents is None:
        return "not known"
    span = Span(cost.low_cents, cost.high_cents)
    return about_words(span) if cost.state == "range" else amount_words(span, cost.state == "at_most")


def _travel(answer: RuleAnswer) -> list[str]:
    travel = answer.travel
    if travel is None or travel.state == "not_paid":
        return []
    whom = {1: "one", 2: "two", 3: "three", 4: "four"}.get(travel.people, str(travel.people))
    return [f"travel for {whom}" + (": check the miles" if travel.state == "check_miles" else "")]


def spoken(asked: Asked, answer: RuleAnswer) -> str:
    """Say the cost aloud: what the plan shows if the member qualifies, for what, and that it is an estimate."""
    price = asked.center.price
    here = answer.here
    if here.state in ("not_estimated", "whole_bill"):
        return f"{here.words} {ESTIMATE}" if here.state == "whole_bill" else here.words
    scope = f" for {price.scope}" if price is not None and price.whole and price.scope else ""
    shown = here.words.rstrip(".")
    if answer.under_contract:
        said = f"If you qualify and the plan approves it first, the plan shows {shown}{scope}.{_extra(asked)}"
    else:
        said = f"By the plan's rules you would pay {shown} there."
    return f"{said} {ESTIMATE}"


def _extra(asked: Asked) -> str:
    """Say what the price does not cover, where it covers the rest."""
    price = asked.center.price
    if price is None or not price.whole or not price.extra:
        return ""
    several = ", " in price.extra or " and " in price.extra
    return f" {price.extra[:1].upper()}{price.extra[1:]} {'are' if several else 'is'} extra."
