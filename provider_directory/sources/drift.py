"""What a recognised file has otherwise than its layout: columns under older names, added ones, ones left out."""

from __future__ import annotations

from collections.abc import Sequence

from provider_directory.sources.layouts import BY_DATASET, Layout, fold_column, older_name

MOST_NAMED = 8
_ADDRESS = "Facility ID,Facility Name,Address,City/Town,State,ZIP Code,County/Parish,Telephone Number,Measure Name"
_GROUPS = ("MORT", "Safety", "READM")
_PUBLISHED: dict[str, tuple[str, ...]] = {
    "hospital_general": (
        *("County/Parish", "Hospital Ownership", "Emergency Services", "Hospital overall rating footnote"),
        *(f"{group} Group Measure Count" for group in (*_GROUPS, "Pt Exp", "TE")),
        *(f"{group} Group Footnote" for group in (*_GROUPS, "Pt Exp", "TE")),
        *(f"Count of Facility {group} Measures" for group in (*_GROUPS, "Pt Exp", "TE")),
        *(f"Count of {group} Measures {how}" for group in _GROUPS for how in ("Better", "No Different", "Worse")),
    ),
    "complications": tuple(_ADDRESS.split(",")),
    "unplanned_visits": tuple(_ADDRESS.split(",")),
    "hai": tuple(_ADDRESS.split(",")),
    "mspb": tuple(_ADDRESS.split(",")),
    "hcahps": (
        *_ADDRESS.split(","),
        *("HCAHPS Question", "HCAHPS Answer Description", "Patient Survey Star Rating"),
        *("Patient Survey Star Rating Footnote", "HCAHPS Linear Mean Value", "Number of Completed Surveys Footnote"),
        *("Survey Response Rate Percent", "Survey Response Rate Percent Footnote"),
    ),
    "inpatient": (
        *("Rndrng_Prvdr_Org_Name", "Rndrng_Prvdr_City", "Rndrng_Prvdr_St", "Rndrng_Prvdr_State_FIPS"),
        *("Rndrng_Prvdr_Zip5", "Rndrng_Prvdr_State_Abrvtn", "Rndrng_Prvdr_RUCA", "Rndrng_Prvdr_RUCA_Desc", "DRG_Desc"),
    ),
}
"""Published columns that are known and that no reader needs."""
_WITHOUT = {
    "Hospital overall rating": "no star rating is stored",
    "Meets criteria for birthing friendly designation": "whether a hospital is birthing friendly stays unknown",
    "Avg_Submtd_Cvrd_Chrg": "charges stay unknown",
    "Avg_Mdcr_Pymt_Amt": "Medicare's own share of the payment stays unknown",
}


def drift_notes(dataset: str, header: Sequence[str]) -> list[str]:
    """Say in sentences which columns are named otherwise, left out or added; none for files that people write."""
    layout = BY_DATASET.get(dataset)
    if layout is None or dataset not in _PUBLISHED:
        return []
    renamed = _renamed(layout, header)
    notes = [f'Column "{column}" is called "{spelled}" here (taken).' for column, spelled in renamed.items()]
    names = {fold_column(name) for name in header}
    notes += [
        f'Column "{column}" is not there: {_WITHOUT[column]}.'
        for column in layout.optional
        if fold_column(column) not in names and column not in renamed
    ]
    known = {fold_column(name) for name in (*layout.needed, *layout.optional, *_PUBLISHED[dataset])}
    taken = set(renamed.values()) | {old for column in _PUBLISHED[dataset] if (old := older_name(column, header))}
    added = [f'"{name}"' for name in header if name and fold_column(name) not in known and name not in taken]
    if added:
        more = f" and {len(added) - MOST_NAMED} more" if len(added) > MOST_NAMED else ""
        notes.append(f"Added column{'s' * (len(added) > 1)} {', '.join(added[:MOST_NAMED])}{more} (ignored).")
    return notes


def _renamed(layout: Layout, header: Sequence[str]) -> dict[str, str]:
    """Give the columns that stand under an older name: published name -> name in the file."""
    found = {column: older_name(column, header) for column in (*layout.needed, *layout.optional)}
    return {column: spelled for column, spelled in found.items() if spelled is not None}


def older_columns(dataset: str, header: Sequence[str]) -> dict[str, int]:
    """Give the index of each needed column that stands under an older name."""
    layout = BY_DATASET.get(dataset)
    return {column: header.index(spelled) for column, spelled in _renamed(layout, header).items()} if layout else {}
