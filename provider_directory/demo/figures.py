"""One published figure of one hospital: its cases, value, interval and words, as CMS would print them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from provider_directory.demo.drawing import Draw
from provider_directory.demo.hospitals import Hospital, hospitals
from provider_directory.demo.tables import table

NOT_AVAILABLE = "Not Available"
_TOO_SMALL = "Number of Cases Too Small"
_BETTER, _SAME, _WORSE = range(3)
_WORDS = {
    "rate": tuple(f"{word} the National Rate" for word in ("Better Than", "No Different Than", "Worse Than")),
    "value": tuple(f"{word} the National Value" for word in ("Better Than", "No Different Than", "Worse Than")),
    "expected": ("Better than expected", "No Different than expected", "Worse than expected"),
    "days": (
        "Fewer Days Than Average per 100 Discharges",
        "Average Days per 100 Discharges",
        "More Days Than Average per 100 Discharges",
    ),
}
# Kinds that report nothing to these programs: footnote 19.
_OUTSIDE = ("childrens", "psychiatric")


class Figure(NamedTuple):
    """One row's worth of a measure, in the words of the file."""

    measure: str
    file: str
    name: str
    compared: str
    cases: str
    value: str
    low: str
    high: str
    footnote: str
    start: str
    end: str
    verdict: int | None
    """0 better, 1 no different, 2 worse; None where there is no value."""


class Set(NamedTuple):
    """A figure of the showpiece that is set and not drawn."""

    cases: int
    value: float
    low: float
    high: float


SET_FIGURES = {
    ("90Z001", "COMP_HIP_KNEE"): Set(1236, 2.4, 1.8, 3.1),
    ("90Z001", "READM_30_HIP_KNEE"): Set(1240, 3.6, 2.8, 4.6),
    ("90Z001", "PSI_90"): Set(0, 0.86, 0.62, 1.10),
    ("90Z002", "COMP_HIP_KNEE"): Set(804, 2.8, 2.1, 3.8),
    ("90Z002", "READM_30_HIP_KNEE"): Set(811, 4.1, 3.1, 5.3),
    ("90Z002", "PSI_90"): Set(0, 0.95, 0.71, 1.19),
    ("90Z003", "COMP_HIP_KNEE"): Set(570, 3.1, 2.2, 4.4),
    ("90Z003", "READM_30_HIP_KNEE"): Set(566, 4.4, 3.2, 5.9),
    ("90Z003", "PSI_90"): Set(0, 0.93, 0.65, 1.21),
    ("90Z004", "COMP_HIP_KNEE"): Set(429, 3.6, 2.5, 5.2),
    ("90Z004", "READM_30_HIP_KNEE"): Set(433, 5.0, 3.6, 6.8),
    ("90Z004", "PSI_90"): Set(0, 1.02, 0.74, 1.30),
    ("90Z005", "COMP_HIP_KNEE"): Set(112, 3.5, 2.1, 5.6),
    ("90Z005", "READM_30_HIP_KNEE"): Set(115, 4.9, 3.1, 7.3),
    ("90Z005", "PSI_90"): Set(0, 0.98, 0.58, 1.38),
    ("90Z006", "COMP_HIP_KNEE"): Set(105, 5.9, 3.8, 8.9),
    ("90Z006", "READM_30_HIP_KNEE"): Set(108, 5.7, 3.7, 8.5),
    ("90Z006", "PSI_90"): Set(0, 1.18, 0.82, 1.54),
    ("90Z008", "COMP_HIP_KNEE"): Set(330, 3.9, 2.6, 5.8),
    ("90Z008", "READM_30_HIP_KNEE"): Set(336, 5.2, 3.7, 7.2),
    ("90Z008", "PSI_90"): Set(0, 1.08, 0.76, 1.40),
    ("90Z009", "COMP_HIP_KNEE"): Set(292, 3.1, 2.1, 4.6),
    ("90Z009", "READM_30_HIP_KNEE"): Set(290, 4.4, 3.1, 6.1),
    ("90Z009", "PSI_90"): Set(0, 0.97, 0.66, 1.28),
    ("90Z010", "COMP_HIP_KNEE"): Set(96, 3.8, 2.3, 6.0),
    ("90Z010", "READM_30_HIP_KNEE"): Set(99, 5.0, 3.2, 7.6),
    ("90Z010", "PSI_90"): Set(0, 1.04, 0.70, 1.38),
}


@cache
def figures_by_ccn() -> dict[str, tuple[Figure, ...]]:
    """Give every figure of the complications and unplanned visits files, by hospital."""
    return {hospital.ccn: tuple(_figures(hospital)) for hospital in hospitals()}


def _figures(hospital: Hospital) -> Iterator[Figure]:
    draw = Draw("figures", hospital.ccn)
    # Measures of one line are about the same patients, so they share one draw of their number.
    crowds = {line: draw.normal() for line in hospital.lines}
    for row in table("figures.csv"):
        if hospital.kind in _OUTSIDE:
            yield _without(row, NOT_AVAILABLE, "19")
        elif (hospital.ccn, row["measure"]) in SET_FIGURES:
            yield _with(row, SET_FIGURES[hospital.ccn, row["measure"]], "")
        elif hospital.size + 0.25 * draw.normal() < float(row["offered_from"]):
            yield _without(row, NOT_AVAILABLE, "5")
        else:
            yield _drawn(row, hospital, crowds[row["cases_of"]], draw)


def _drawn(row: dict[str, str], hospital: Hospital, crowd: float, draw: Draw) -> Figure:
    log_cases = float(row["log_cases"]) + float(row["log_cases_per_size"]) * hospital.lines[row["cases_of"]]
    cases = round(math.exp(log_cases + 0.25 * crowd + 0.03 * draw.normal()))
    if cases < int(row["min_cases"]):
        words = _TOO_SMALL if row["words"] != "expected" else "Number of cases too small"
        return _without(row, words, "1")
    tie = float(row["tie"])
    # What is published is drawn towards the average where cases are few (METHOD 2.3).
    kept = math.sqrt(cases / (cases + 0.5 * math.exp(float(row["log_cases"]))))
    luck = tie * hospital.axes[row["axis"]] + math.sqrt(1 - tie * tie) * draw.normal()
    mean, spread = float(row["mean"]), float(row["spread"])
    value = max(float(row["floor"]), mean - 1.1 * spread * kept * luck)
    error = math.exp(float(row["error_log"])) * cases ** float(row["error_per_log_case"])
    if row["words"] in ("rate", "expected"):
        error *= value / mean
    width, tilt = 3.92 * error * draw.between(0.94, 1.06), float(row["tilt"])
    footnote = "29" if draw.share() < 0.02 else ""
    return _with(row, Set(cases, value, value - width / (1 + tilt), value + width * tilt / (1 + tilt)), footnote)


def _with(row: dict[str, str], figure: Set, footnote: str) -> Figure:
    decimals = int(row["decimals"])
    value, low, high = (round(number, decimals) for number in figure[1:])
    if row["words"] != "days":
        low = max(low, 10.0**-decimals)
    national = float(row["national"])
    verdict = _BETTER if high < national else _WORSE if low > national else _SAME
    return Figure(
        measure=row["measure"],
        file=row["file"],
        name=row["name"],
        compared=_WORDS[row["words"]][verdict],
        cases=str(figure.cases) if row["words"] != "value" else "Not Applicable",
        value=f"{value:.{decimals}f}",
        low=f"{low:.{decimals}f}",
        high=f"{high:.{decimals}f}",
        footnote=footnote,
        start=row["start"],
        end=row["end"],
        verdict=verdict,
    )


def _without(row: dict[str, str], compared: str, footnote: str) -> Figure:
    return Figure(
        measure=row["measure"],
        file=row["file"],
        name=row["name"],
        compared=compared,
        cases=NOT_AVAILABLE,
        value=NOT_AVAILABLE,
        low=NOT_AVAILABLE,
        high=NOT_AVAILABLE,
        footnote=footnote,
        start=row["start"],
        end=row["end"],
        verdict=None,
    )
