"""Rows of public measures as a test writes them: only what matters to it."""

from __future__ import annotations

from provider_directory.facts import MeasureFact

_WINDOWS = {12: "2023-07-01", 24: "2022-07-01", 36: "2021-07-01"}


def row(
    measure: str,
    value: float | None = None,
    low: float | None = None,
    high: float | None = None,
    *,
    cases: float | None = None,
    observed: float | None = None,
    predicted: float | None = None,
    compared: str = "No Different Than the National Rate",
    raw: str | None = None,
    months: int = 36,
    start: str | None = None,
    end: str = "2024-06-30",
    ccn: str = "990001",
) -> MeasureFact:
    """Make a row whose window of 12, 24 or 36 months ends at ``end``."""
    return MeasureFact(
        ccn=ccn,
        measure=measure,
        value=value,
        low=low,
        high=high,
        cases=cases,
        observed=observed,
        predicted=predicted,
        raw=raw if raw is not None else ("Not Available" if value is None else f"{value:g}"),
        compared=compared,
        footnotes="",
        start=start or _WINDOWS[months],
        end=end,
        row=2,
    )


def facility(*rows: MeasureFact) -> dict[str, MeasureFact]:
    """Key the rows of one facility by measure."""
    return {fact.measure: fact for fact in rows}


def worked_example() -> dict[str, MeasureFact]:
    """Give the published figures of METHOD 2.6."""
    return facility(
        row("COMP_HIP_KNEE", 2.9, 2.3, 3.6, cases=2426, start="2021-04-01", end="2024-03-31"),
        row("READM_30_HIP_KNEE", 2.9, 2.3, 3.6, cases=2393, compared="Better Than the National Rate"),
        row("PSI_90", 1.07, 0.70, 1.43, months=24, compared="No Different Than the National Value"),
        row("HAI_5_SIR", None, months=12, compared="Not Available"),
        row("HAI_6_SIR", 0.0, None, 1.183, months=12, compared="No Different than National Benchmark"),
        row("H_COMP_1_A_P", 87, cases=1064, months=12, compared=""),
        row("H_COMP_6_Y_P", 93, cases=1064, months=12, compared=""),
        row("H_RECMND_DY", 88, cases=1064, months=12, compared=""),
    )
