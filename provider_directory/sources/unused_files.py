"""Files that are known and not read, with the reason, column by column where somebody may miss a figure of theirs."""

from __future__ import annotations

from collections.abc import Collection, Sequence

_WIDE = "Hospital 30-Day "
_WIDE_MEASURES = {
    "Death (Mortality) Rates from Heart Attack": "MORT_30_AMI",
    "Death (Mortality) Rates from Heart Failure": "MORT_30_HF",
    "Death (Mortality) Rates from Pneumonia": "MORT_30_PN",
    "Readmission Rates from Heart Attack": "READM_30_AMI",
    "Readmission Rates from Heart Failure": "READM_30_HF",
    "Readmission Rates from Pneumonia": "READM_30_PN",
}
_IN_A_SCORE = frozenset({"MORT_30_AMI", "READM_30_AMI"})
"""Of the wide file's measures; the others are in no profile (METHOD 2.5)."""

_PENALTY_COLUMNS = (
    ("Excess Readmission Ratio", "a ratio for Medicare's penalty, without an interval: it is in no score"),
    (
        "Predicted Readmission Rate, Expected Readmission Rate",
        "the parts of that ratio; without an interval a rate is not scored (METHOD 4.5)",
    ),
    ("Number of Discharges, Number of Readmissions", "counts behind the ratio; they are hidden below 11"),
    ("Measure Name", "READM_30_..._HRRP; the same readmissions are scored from Unplanned Hospital Visits, once"),
)

_TITLES = (
    ("totalhacscore", "a Hospital-Acquired Condition Reduction Program file; it is in no score"),
    ("totalperformancescore", "a Hospital Value-Based Purchasing file; it is in no score"),
    ("sample", "a process-of-care measure file; it is in no score"),
)


def why_unused(header: Sequence[str], folded: Collection[str]) -> str | None:
    """Say why a known file is not read, the first line a sentence, the others a column each; None = not known.

    ``folded`` holds the column names as ``fold_column`` writes them.
    """
    if "excessreadmissionratio" in folded:
        first = "It is a Hospital Readmissions Reduction Program file; its penalty ratios are in no score."
        return "\n".join([first, *(f"{columns}: {why}." for columns, why in _PENALTY_COLUMNS)])
    if any(_WIDE in name for name in header):
        return _why_not_wide(header)
    if "averagecoveredcharges" in folded:
        return _why_not_older_stays(header, folded)
    for column, what in _TITLES:
        if column in folded:
            return f"It is {what}."
    return None


def _why_not_older_stays(header: Sequence[str], folded: Collection[str]) -> str:
    id_column = next((f' ("{name}")' for name in header if name.lower().startswith("provider")), "")
    lines = [
        f"It is of the older Medicare inpatient layout{id_column}, of the years 2011 to 2017: DRG numbers have changed"
        " their meaning since, so that its payments price no stay of today. Take the current release."
    ]
    if not id_column:
        lines.append("Rndrng_Prvdr_CCN: not there; its rows are of the nation, not of a hospital.")
    if "totaldischarges" not in folded:
        lines.append("Tot_Dschrgs: not there; without it no volume is known.")
    if "averagetotalpayments" not in folded:
        lines.append("Avg_Tot_Pymt_Amt: not there; what Medicare paid and what was paid in all are not told apart.")
    if "drgdefinition" in folded:
        lines.append("DRG_Cd: not there; DRG Definition holds number and title in one cell.")
    return "\n".join(lines)


def _why_not_wide(header: Sequence[str]) -> str:
    id_column = next((name for name in header if name.lower().startswith("provider")), header[0])
    lines = [
        f'It is Hospital Compare\'s wide outcome file ("{id_column}", about 2011), one row a hospital: it states no'
        " period, and a figure without a period is never scored (METHOD 4.1)."
    ]
    about: dict[str, int] = {}
    for name in header:
        for words in _WIDE_MEASURES:
            if name.endswith(words):
                about[words] = about.get(words, 0) + 1
    for words, columns in about.items():
        measure = _WIDE_MEASURES[words]
        scored = "scored from newer files" if measure in _IN_A_SCORE else "in no score"
        several = "s" * (columns > 1)
        lines.append(f"{_WIDE}{words}, {columns} column{several}: {measure}, {scored}; here without a period.")
    rest = [name for name in header if not any(name.endswith(words) for words in _WIDE_MEASURES)]
    lines.append(f"{', '.join(rest)}: the hospital file of the same release has them.")
    return "\n".join(lines)
