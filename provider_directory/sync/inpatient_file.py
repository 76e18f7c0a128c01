"""The other way to Medicare's inpatient table: its newest CSV file, as the catalog of data.cms.gov names it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from provider_directory.cleaning import clean
from provider_directory.errors import FetchProblem
from provider_directory.fetching import Connection
from provider_directory.sync.datasets import CATALOG, Dataset
from provider_directory.sync.metastore import Published, mirrored, month_of

_MOST_BYTES = 64 << 20
"""The catalog lists every data set of the site."""


async def look_up_file(connection: Connection, base: str, dataset: Dataset, today: date) -> Published:
    """Find the newest CSV of a data set of the data API; raises FetchProblem where the catalog names none.

    The catalog is a DCAT document (Project Open Data 1.1): ``dataset[].distribution[].downloadURL``; a distribution's
    ``temporal`` ends with the period that it covers.
    """
    found = await connection.json(base + CATALOG, "The catalog of data.cms.gov", _MOST_BYTES)
    entries = found.get("dataset") if isinstance(found, dict) else None
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict) or dataset.cms_id not in str(entry.get("identifier")):
            continue
        files = sorted(_files(entry.get("distribution")))
        if files:
            _, modified, address = files[-1]
            return Published(mirrored(address, base), month_of(modified, today), clean(modified, 40) or None)
    raise FetchProblem(f"The catalog of data.cms.gov names no file of {dataset.title}.", "Try again later.")


def _files(distribution: object) -> Iterator[tuple[str, str, str]]:
    """Give end of the period, day of the last change, and address of each CSV."""
    for entry in distribution if isinstance(distribution, list) else []:
        if not isinstance(entry, dict):
            continue
        address = entry.get("downloadURL")
        if isinstance(address, str) and address.lower().endswith(".csv"):
            yield str(entry.get("temporal") or "").rpartition("/")[2], str(entry.get("modified") or ""), address
