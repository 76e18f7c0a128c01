"""What is said aloud of a center, in the language of who hears it: the library's own sentences (CONTRACT 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from navigator.languages.translating import Translator
from provider_directory.saying import upper_first

if TYPE_CHECKING:
    from provider_directory.models import Center, SaidFigure, Score


def standing(say: Translator, center: Center, program: bool) -> str:
    """Say whether a center is under contract with the plan, or else what public data says of it."""
    from provider_directory.spoken import credential_sentence  # deferred: pydantic, as below

    return credential_sentence(center.credential, program, say)


def first_figure(say: Translator, center: Center) -> str | None:
    """Say the figure that comes first; None where none is of this procedure."""
    from provider_directory.quality.profiles import measures
    from provider_directory.quality.words import spoken_figure

    figure = center.figure
    if figure is None or not figure.is_of_procedure:
        return None
    return spoken_figure(measures()[figure.measure], figure.value, say)


def center_said(say: Translator, center: Center, program: bool) -> tuple[str, ...]:
    """Say one center in sentences, as ``Center.spoken`` does in English; what a bundle covers and costs included."""
    from provider_directory.spoken import price_sentences

    price = center.price
    bundle = price.kind == "contract_bundle" and price.amount_cents is not None
    priced = price_sentences(price, price.amount_cents or 0, say) if bundle else []
    return (*known_said(say, center, program), *priced)


def known_said(say: Translator, center: Center, program: bool) -> tuple[str, ...]:
    """Say a center's standing and the figure that comes first, without its price."""
    figure = first_figure(say, center)
    if figure is None and center.score:
        figure = f"{upper_first(score(say, center.score, center.figure))}."
    return (standing(say, center, program), *((figure,) if figure else ()))


def quality(say: Translator, center: Center) -> str | None:
    """Say a center's score as a sentence, a general one under its own name alone (CONTRACT 2); None without one."""
    if center.score is None:
        return None
    words = score(say, center.score, center.figure)
    return (
        f"{upper_first(words)}." if center.score.evidence_class == "general" else say("Quality: {score}.", score=words)
    )


def score(say: Translator, known: Score, figure: SaidFigure | None) -> str:
    """Say "72 of 100, likely 51 to 87, 50 is average, from 1,240 Medicare patients" (CONTRACT 8)."""
    figures = {"value": known.value, "low": known.low, "high": known.high}
    if figure is None or figure.patients is None:
        words = say("{value} of 100, likely {low} to {high}, 50 is average", **figures)
    else:
        words = say(
            "{value} of 100, likely {low} to {high}, 50 is average, from {patients} Medicare patients",
            **figures,
            patients=say.count(figure.patients),
        )
    return say("general hospital safety: {words}", words=words) if known.evidence_class == "general" else words
