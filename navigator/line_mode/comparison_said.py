"""Two centers side by side, said aloud: results, contract, distance, price; only what may be said of the pair."""

from __future__ import annotations

from collections.abc import Iterator

from navigator.languages import sentences, spoken
from navigator.languages.translating import Translator
from navigator.line_mode.answers import Answered
from navigator.line_mode.cost_said import here
from provider_directory.models import Comparison


def comparison_lines(say: Translator, answered: Answered, pair: tuple[int, int], found: Comparison) -> Iterator[str]:
    """Say who is clearly better, or that nothing separates them; then each center's standing, distance and cost."""
    centers = [each.center for each in found.centers]
    names = {center.facility.id: center.facility.name for center in centers}
    verdict, priced = found.quality[0], found.prices[0]
    first, second = names[verdict.first], names[verdict.second]
    if say.language == "en":
        yield verdict.words
    elif verdict.chance is None:
        yield say("Public results do not tell these centers apart.")
    elif verdict.better is None:
        yield say("There is no clear difference between {first} and {second}.", first=first, second=second)
    else:
        better = names[verdict.better]
        worse = second if verdict.better == verdict.first else first
        yield say("{better} has clearly better results than {worse}.", better=better, worse=worse)
    for at, center in zip(pair, centers, strict=True):
        yield f"{center.facility.name}, {sentences.miles(say, center)}."
        yield spoken.standing(say, center, answered.asked.program is not None)
        if scored := spoken.quality(say, center):
            yield scored
        if rule := answered.rules[at]:
            yield say("By the plan's rules you would pay {amount} there.", amount=here(say, rule))
    if say.language == "en":
        yield priced.words
    elif not priced.comparable or priced.difference_cents is None:
        yield say("Their prices are not of the same kind, so they are not compared.")
    elif priced.lower is None:
        yield say("Their prices are the same.")
    else:
        lower, less = names[priced.lower], say.dollars(priced.difference_cents)
        yield say("The price at {name} is lower by {amount}.", name=lower, amount=less)
