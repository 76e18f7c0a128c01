"""Healthcare-associated infections: observed against predicted, with mid-P limits, six row kinds a measure."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from provider_directory.demo.drawing import Draw
from provider_directory.demo.figures import NOT_AVAILABLE
from provider_directory.demo.hospitals import Hospital
from provider_directory.demo.tables import table

START, END = "04/01/2024", "03/31/2025"


class InfectionRow(NamedTuple):
    """One row of the file: measure id with its kind, name, words, score, footnote."""

    measure: str
    name: str
    compared: str
    score: str
    footnote: str


def infections(hospital: Hospital) -> Iterator[InfectionRow]:
    """Give the rows of all six infections for one hospital."""
    draw = Draw("infections", hospital.ccn)
    for row in table("infections.csv"):
        if not hospital.offered and hospital.kind != "va":
            yield from _silent(row, "19")
        elif hospital.size < float(row["offered_from"]):
            yield from _silent(row, "12" if row["measure"] == "HAI_4" else "5")
        else:
            yield from _reported(row, hospital, draw)


def verdict(compared: str) -> int | None:
    """Say 0 better, 1 no different, 2 worse, None no value."""
    return {"Bet": 0, "No ": 1, "Wor": 2}.get(compared[:3])


def _reported(row: dict[str, str], hospital: Hospital, draw: Draw) -> Iterator[InfectionRow]:
    log_expected = float(row["log_expected"]) + float(row["log_expected_per_size"]) * hospital.size
    expected = round(min(150.0, math.exp(log_expected + 0.45 * draw.normal())), 3)
    tie, spread = float(row["tie"]), float(row["spread"])
    luck = tie * hospital.axes["surgery"] + math.sqrt(1 - tie * tie) * draw.normal()
    rate = float(row["mean"]) * math.exp(-spread * luck - spread * spread / 2)
    observed = draw.count(rate * expected)
    days = round(expected * float(row["days_per_expected"]))
    low, high = (limit / max(expected, 0.001) for limit in midp_limits(observed))
    if expected < 1:
        compared, printed, footnote = NOT_AVAILABLE, (NOT_AVAILABLE,) * 3, "13"
    else:
        compared = "No Different than National Benchmark"
        if high < 1:
            compared = "Better than the National Benchmark"
        elif low > 1:
            compared = "Worse than the National Benchmark"
        printed, footnote = (_short(low) if observed else "N/A", _short(high), _short(observed / expected)), ""
    lower_note = "8" if printed[0] == "N/A" else footnote
    scores = (printed[0], printed[1], str(days), _short(expected), str(observed), printed[2])
    notes = (lower_note, footnote, footnote, footnote, footnote, footnote)
    yield from _rows(row, compared, scores, notes)


def _silent(row: dict[str, str], footnote: str) -> Iterator[InfectionRow]:
    yield from _rows(row, NOT_AVAILABLE, (NOT_AVAILABLE,) * 6, (footnote,) * 6)


def _rows(
    row: dict[str, str], compared: str, scores: tuple[str, ...], footnotes: tuple[str, ...]
) -> Iterator[InfectionRow]:
    kinds = (
        ("CILOWER", ": Lower Confidence Limit"),
        ("CIUPPER", ": Upper Confidence Limit"),
        ("DOPC", f": {row['days']}"),
        ("ELIGCASES", ": Predicted Cases"),
        ("NUMERATOR", ": Observed Cases"),
        ("SIR", ""),
    )
    for (kind, words), score, footnote in zip(kinds, scores, footnotes, strict=True):
        yield InfectionRow(f"{row['measure']}_{kind}", row["name"] + words, compared, score, footnote)


def _short(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".") or "0"


@cache
def midp_limits(observed: int) -> tuple[float, float]:
    """Give the 95% mid-P limits of a Poisson mean for a count (METHOD 4.4); the lower one of 0 is 0."""
    upper = _solve(lambda mean: _half_tail(observed, mean) - 0.025, observed)
    lower = _solve(lambda mean: 0.975 - _half_tail(observed, mean), observed) if observed else 0.0
    return lower, upper


def _half_tail(observed: int, mean: float) -> float:
    """P(X < observed) + P(X = observed) / 2."""
    term, total = math.exp(-mean), 0.0
    for count in range(observed):
        total += term
        term *= mean / (count + 1)
    return total + term / 2


def _solve(sign: Callable[[float], float], observed: int) -> float:
    """Halve the bracket; below the root of the upper limit ``sign`` is positive, of the lower limit negative."""
    low, high = 0.0, observed + 10.0 + 6.0 * math.sqrt(observed)
    rising = sign(low) < 0
    for _ in range(50):
        middle = (low + high) / 2
        if (sign(middle) < 0) == rising:
            low = middle
        else:
            high = middle
    return low
