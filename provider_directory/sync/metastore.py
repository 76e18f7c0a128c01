"""Looks up in CMS's Provider Data Catalog where a data set's current file is and of which release it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from provider_directory.cleaning import clean
from provider_directory.errors import FetchProblem
from provider_directory.fetching import Connection
from provider_directory.fetching.hosts import joined, origin_of
from provider_directory.sync.datasets import CMS, METASTORE, Dataset

_MONTH = re.compile(r"(\d{4}-(?:0[1-9]|1[0-2]))(?:-\d{2})?(?:[T ].*)?", re.ASCII)


class Published(NamedTuple):
    """The file that CMS offers for a data set now."""

    url: str
    release: str | None
    """YYYY-MM, of the metastore's ``released``, else of ``modified``; None where neither is a date."""
    modified: str | None


async def look_up(connection: Connection, base: str, dataset: Dataset, today: date) -> Published:
    """Ask the metastore for a data set; raises FetchProblem where it has no answer that can be used."""
    item = await connection.json(base + METASTORE.format(id=dataset.cms_id), f"The catalog entry of {dataset.title}")
    if not isinstance(item, dict):
        raise _unusable(dataset, "is no description of a data set")
    addresses = [address for address in _addresses(item.get("distribution")) if address.strip()]
    if not addresses:
        raise _unusable(dataset, "names no file")
    address = next((one for one in addresses if one.partition("?")[0].lower().endswith(".csv")), addresses[0])
    months = (month_of(item.get(key), today) for key in ("released", "modified"))
    modified = item.get("modified") or item.get("released")
    return Published(
        mirrored(address, base),
        next((month for month in months if month), None),
        clean(modified, 40) if isinstance(modified, str) else None,
    )


def mirrored(address: str, base: str) -> str:
    """Give an address as it is asked of ``base``: a mirror answers for the addresses of CMS itself.

    Raises FetchProblem for what is no address.
    """
    absolute = joined(f"{base}/", address)
    if base != CMS and origin_of(absolute) == origin_of(CMS):
        parts = urlsplit(absolute)
        return base + parts.path + (f"?{parts.query}" if parts.query else "")
    return absolute


def _addresses(distribution: object) -> Iterator[str]:
    """Give the download addresses in either shape: flat, or below ``data`` with reference ids."""
    for entry in distribution if isinstance(distribution, list) else []:
        if not isinstance(entry, dict):
            continue
        inner = entry.get("data")
        for holder in (entry, inner if isinstance(inner, dict) else {}):
            address = holder.get("downloadURL")
            if isinstance(address, str):
                yield address


def month_of(said: object, today: date) -> str | None:
    """Read the month of a date, YYYY-MM; None for what is no date.

    One that is still to come is no release either: it would keep figures fresh for ever.
    """
    match = _MONTH.fullmatch(said.strip()) if isinstance(said, str) else None
    return match[1] if match and match[1] <= f"{today:%Y-%m}" else None


def _unusable(dataset: Dataset, what: str) -> FetchProblem:
    return FetchProblem(f"The catalog entry of {dataset.title} {what}.", "Try again later.")
