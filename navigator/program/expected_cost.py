"""Expected cost beside price: a dearer case can be the cheaper program (PRODUCT "What none of the others has", 5).

Of people who are told they need an operation, some turn out not to. Where fewer are operated on, a program may cost
less although each of its cases costs more. Ranges with their arithmetic, never a promise.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from pydantic import Field

from navigator.program.published_figures import published_figures
from provider_directory.errors import BadInput
from provider_directory.models import Step, Value
from provider_directory.spoken import dollars

NOT_A_PROMISE = (
    "An estimate for a whole group, not a promise: it says nothing about one person's need for an operation."
)
_EXAMPLE = ("F07", "F08", "F09", "F10", "F11", "F12", "F13")
_THOUSAND, _HUNDRED = Decimal(1000), Decimal(100)


class Pathway(Value):
    """What is known of the cases of one side: inside the program, or elsewhere; None = not known."""

    cost_per_case_cents: int = Field(ge=0)
    readmissions_per_1000: Decimal | None = Field(default=None, ge=0, le=1000)
    nursing_facility_percent: Decimal | None = Field(default=None, ge=0, le=100)
    """Share of the operated who go on to a skilled nursing facility."""


class ExpectedCostAsked(Value):
    """A group of people who are evaluated, and what is known of both sides; shares are percent."""

    evaluated: int = Field(ge=1)
    surgery_percent: Decimal = Field(ge=0, le=100)
    """Share of the evaluated who are operated on inside the program."""
    elsewhere_low_percent: Decimal | None = Field(default=None, ge=0, le=100)
    """Share of the same people who would be operated on elsewhere, at least; None = as inside."""
    elsewhere_high_percent: Decimal = Field(default=_HUNDRED, ge=0, le=100)
    inside: Pathway
    elsewhere: Pathway
    evaluation_cents: int | None = Field(default=None, ge=0)
    """What the evaluation of one person costs the program; None = not known, and not counted."""
    without_surgery_cents: int | None = Field(default=None, ge=0)
    """What care without an operation costs for one person, on both sides; None = not known, and not counted."""
    readmission_cents: int | None = Field(default=None, ge=0)
    """What one readmission costs; None = not known, then readmissions are counted and not priced."""


class ExpectedCount(Value):
    """How many of something are expected on each side."""

    what: str
    inside: str
    elsewhere: str


class ExpectedCost(Value):
    """Totals of both sides for the same people, cents."""

    asked: ExpectedCostAsked
    inside_cents: int
    elsewhere_low_cents: int
    elsewhere_high_cents: int
    difference_low_cents: int
    """Elsewhere less inside; negative = the program costs more."""
    difference_high_cents: int
    break_even_percent: Decimal | None
    """The share operated on elsewhere from which the program costs less, one decimal; None = at no share."""
    state: Literal["less", "more", "not_clear"]
    words: str
    steps: tuple[Step, ...]
    counts: tuple[ExpectedCount, ...]
    caveats: tuple[str, ...]
    sources: tuple[str, ...] = ()


def expected_cost(asked: ExpectedCostAsked, sources: tuple[str, ...] = ()) -> ExpectedCost:
    """Reckon both sides; raises BadInput where the least share elsewhere is above the most."""
    low_share = asked.surgery_percent if asked.elsewhere_low_percent is None else asked.elsewhere_low_percent
    high_share = asked.elsewhere_high_percent
    if low_share > high_share:
        raise BadInput(
            f"Elsewhere at least {low_share}% and at most {high_share}% are operated on.",
            "Give a least share that is not above the most.",
        )
    inside = _cents(_total(asked, asked.inside, asked.surgery_percent) + _evaluations(asked))
    low = _cents(_total(asked, asked.elsewhere, low_share))
    high = _cents(_total(asked, asked.elsewhere, high_share))
    low, high = min(low, high), max(low, high)
    even = _break_even(asked, Decimal(inside))
    state: Literal["less", "more", "not_clear"] = "less" if low > inside else "more" if high < inside else "not_clear"
    return ExpectedCost(
        asked=asked,
        inside_cents=inside,
        elsewhere_low_cents=low,
        elsewhere_high_cents=high,
        difference_low_cents=low - inside,
        difference_high_cents=high - inside,
        break_even_percent=even,
        state=state,
        words=_words(asked, state, even, (low - inside, high - inside)),
        steps=_steps(asked, inside, (low, high), (low_share, high_share)),
        counts=_counts(asked),
        caveats=_caveats(asked),
        sources=sources,
    )


def worked_example() -> ExpectedCost:
    """Reckon the published figures of an employer's spine program, 2015-2018 (figures F07 to F13)."""
    figures = [published_figures()[each] for each in _EXAMPLE]
    asked = ExpectedCostAsked(
        evaluated=2300,
        surgery_percent=Decimal(46),
        inside=Pathway(
            cost_per_case_cents=3_217_700,
            readmissions_per_1000=Decimal(3),
            nursing_facility_percent=Decimal("0.6"),
        ),
        elsewhere=Pathway(
            cost_per_case_cents=2_977_000,
            readmissions_per_1000=Decimal(65),
            nursing_facility_percent=Decimal("4.9"),
        ),
    )
    found = expected_cost(asked, tuple(f"{each.id} {each.figure}: {each.value} {each.unit}" for each in figures))
    origin = f"Published figures of {figures[0].period}: {figures[0].source}."
    published = dict.fromkeys(figure.caveat for figure in figures if figure.caveat)
    return found.model_copy(
        update={"caveats": (origin, *(f"{each[0].upper()}{each[1:]}." for each in published), *found.caveats)}
    )


def _total(asked: ExpectedCostAsked, side: Pathway, percent: Decimal) -> Decimal:
    operated = asked.evaluated * percent / _HUNDRED
    return operated * _per_case(asked, side) + (asked.evaluated - operated) * (asked.without_surgery_cents or 0)


def _per_case(asked: ExpectedCostAsked, side: Pathway) -> Decimal:
    readmitted = (side.readmissions_per_1000 or Decimal(0)) / _THOUSAND
    return side.cost_per_case_cents + readmitted * (asked.readmission_cents or 0)


def _evaluations(asked: ExpectedCostAsked) -> Decimal:
    return Decimal(asked.evaluated * (asked.evaluation_cents or 0))


def _cents(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _break_even(asked: ExpectedCostAsked, inside: Decimal) -> Decimal | None:
    """Solve evaluated x (s x case + (1 - s) x without) = inside for the share s."""
    without = Decimal(asked.without_surgery_cents or 0)
    dearer = _per_case(asked, asked.elsewhere) - without
    if dearer <= 0:
        return None
    share = (inside / asked.evaluated - without) / dearer * _HUNDRED
    return share.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP) if 0 <= share <= _HUNDRED else None


def _words(asked: ExpectedCostAsked, state: str, even: Decimal | None, difference: tuple[int, int]) -> str:
    inside, elsewhere = asked.inside.cost_per_case_cents, asked.elsewhere.cost_per_case_cents
    apart = dollars(abs(inside - elsewhere))
    case = "costs the same" if inside == elsewhere else f"costs {apart} {'more' if inside > elsewhere else 'less'}"
    low, high = (dollars(abs(each)) for each in difference)
    match state:
        case "less":
            whole = f"the program as a whole costs {low} to {high} less"
        case "more":
            whole = f"the program as a whole costs {high} to {low} more"
        case _:
            whole = f"the program as a whole costs between {low} more and {high} less: no clear saving"
    turn = f" It costs less if more than {even}% of the same people would be operated on elsewhere." if even else ""
    return f"A case inside {case}; {whole}.{turn}"


def _steps(
    asked: ExpectedCostAsked, inside: int, elsewhere: tuple[int, int], shares: tuple[Decimal, Decimal]
) -> tuple[Step, ...]:
    people = f"{asked.evaluated:,}"
    steps = [_case_step(asked, "inside", asked.surgery_percent, asked.inside)]
    if asked.evaluation_cents is not None:
        told = f"{people} evaluations at {dollars(asked.evaluation_cents)}"
        steps.append(Step(text=told, result=dollars(_cents(_evaluations(asked)))))
    if asked.without_surgery_cents is not None:
        rest = asked.evaluated * (_HUNDRED - asked.surgery_percent) / _HUNDRED
        told = f"{_number(rest)} people without an operation at {dollars(asked.without_surgery_cents)}"
        steps.append(Step(text=told, result=dollars(_cents(rest * asked.without_surgery_cents))))
    steps.append(Step(text="Inside, in all", result=dollars(inside)))
    steps.append(_case_step(asked, "elsewhere, at the least share", shares[0], asked.elsewhere))
    steps.append(_case_step(asked, "elsewhere, at the most", shares[1], asked.elsewhere))
    steps.append(Step(text="Elsewhere, in all", result=f"{dollars(elsewhere[0])} to {dollars(elsewhere[1])}"))
    return tuple(steps)


def _case_step(asked: ExpectedCostAsked, side: str, percent: Decimal, pathway: Pathway) -> Step:
    operated = asked.evaluated * percent / _HUNDRED
    each = _per_case(asked, pathway)
    text = f"{side}: {percent}% of {asked.evaluated:,} = {_number(operated)} operations at {dollars(_cents(each))}"
    return Step(text=f"{text[0].upper()}{text[1:]}", result=dollars(_cents(operated * each)))


def _counts(asked: ExpectedCostAsked) -> tuple[ExpectedCount, ...]:
    """Count per operation on equal numbers of operated people, so that the two sides can be compared."""
    operated = asked.evaluated * asked.surgery_percent / _HUNDRED
    low = asked.surgery_percent if asked.elsewhere_low_percent is None else asked.elsewhere_low_percent
    among = [_number(asked.evaluated * share / _HUNDRED) for share in (low, asked.elsewhere_high_percent)]
    what = f"operations among {asked.evaluated:,} evaluated"
    counts = [ExpectedCount(what=what, inside=_number(operated), elsewhere=" to ".join(dict.fromkeys(among)))]
    rates = (asked.inside.readmissions_per_1000, asked.elsewhere.readmissions_per_1000)
    if rates[0] is not None and rates[1] is not None:
        sides = [_number(operated * rate / _THOUSAND) for rate in (rates[0], rates[1])]
        what = f"readmissions among {_number(operated)} operated"
        counts.append(ExpectedCount(what=what, inside=sides[0], elsewhere=sides[1]))
    shares = (asked.inside.nursing_facility_percent, asked.elsewhere.nursing_facility_percent)
    if shares[0] is not None and shares[1] is not None:
        sides = [_number(operated * share / _HUNDRED) for share in (shares[0], shares[1])]
        what = f"to a skilled nursing facility, of {_number(operated)} operated"
        counts.append(ExpectedCount(what=what, inside=sides[0], elsewhere=sides[1]))
    return tuple(counts)


def _caveats(asked: ExpectedCostAsked) -> tuple[str, ...]:
    not_counted = [
        words
        for words, known in (
            ("the evaluation", asked.evaluation_cents),
            ("care without an operation", asked.without_surgery_cents),
            ("readmissions in dollars", asked.readmission_cents),
        )
        if known is None
    ]
    said = [NOT_A_PROMISE]
    if asked.elsewhere_low_percent is None and asked.elsewhere_high_percent == _HUNDRED:
        said.append(
            "How many of these people would be operated on elsewhere is not known: from as many as inside to all."
        )
    if not_counted:
        said.append(f"Not known, so not counted: {', '.join(not_counted)}.")
    return tuple(said)


def _number(amount: Decimal) -> str:
    whole = amount.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return f"{whole:,.0f}" if whole >= _HUNDRED or whole == whole.to_integral_value() else f"{whole:,}"
