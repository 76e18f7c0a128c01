"""What a sync would fetch: for each data set the file that CMS offers now beside the one that is here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from provider_directory.errors import FetchProblem
from provider_directory.fetching import Connection, Unreachable
from provider_directory.sync.cache import Downloads, Held
from provider_directory.sync.datasets import Dataset
from provider_directory.sync.inpatient_file import look_up_file
from provider_directory.sync.inpatient_pages import Pages
from provider_directory.sync.metastore import Published, look_up

State = Literal["here", "newer", "absent"]


class Planned(NamedTuple):
    """One data set of a sync."""

    dataset: Dataset
    state: State
    """here: what CMS offers is here already; newer: an older file is here; absent: none is."""
    url: str | None
    """None where the catalog has no answer: the monthly archive is asked."""
    release: str | None
    modified: str | None
    etag: str | None
    bytes: int | None
    """None = the server does not say."""
    held: Held | None
    trouble: str | None = None
    """Why the catalog, or the data API, is of no use, as a sentence."""

    @property
    def comes_in_pages(self) -> bool:
        """Say whether it is the data API that is asked."""
        return self.dataset.has_pages and self.trouble is None


async def plan(
    connection: Connection, base: str, datasets: Sequence[Dataset], downloads: Downloads, today: date
) -> list[Planned]:
    """Look every data set up; raises Unreachable when there is no connection at all."""
    return [
        await (_plan_pages if dataset.has_pages else _plan_file)(connection, base, dataset, downloads, today)
        for dataset in datasets
    ]


async def _plan_file(connection: Connection, base: str, dataset: Dataset, downloads: Downloads, today: date) -> Planned:
    held = downloads.held(dataset)
    try:
        published = await look_up(connection, base, dataset, today)
        return await _compare(connection, dataset, published, held)
    except Unreachable:
        raise
    except FetchProblem as problem:
        state: State = "newer" if held else "absent"
        return Planned(dataset, state, None, None, None, None, None, held, problem.message)


async def _compare(
    connection: Connection, dataset: Dataset, published: Published, held: Held | None, trouble: str | None = None
) -> Planned:
    """Compare the file that is offered with the one that is here, by address, date and version."""
    state: State = "newer" if held else "absent"
    head = await connection.head(published.url)
    etag = head.headers.get("etag") if head else None
    same = held is not None and (held.url, held.modified) == (published.url, published.modified)
    if held and same and (not (held.etag and etag) or held.etag == etag) and (published.modified or etag):
        state = "here"
    length = head.length if head else None
    return Planned(dataset, state, published.url, published.release, published.modified, etag, length, held, trouble)


async def _plan_pages(
    connection: Connection, base: str, dataset: Dataset, downloads: Downloads, today: date
) -> Planned:
    """Compare a table that comes in pages by its first rows and by whether there are rows beyond those that are here.

    The API names neither release nor length.
    """
    held = downloads.held(dataset)
    pages = Pages(connection, base, dataset)
    try:
        version = await pages.version()
    except Unreachable:
        raise
    except FetchProblem as problem:
        return await plan_file_of_pages(connection, base, dataset, held, today, problem.message)
    state: State = "newer" if held else "absent"
    if held and held.etag == version and held.url == pages.url and not await pages.has_grown(held.rows):
        state = "here"
    return Planned(dataset, state, pages.url, None, None, version, None, held)


async def plan_file_of_pages(
    connection: Connection, base: str, dataset: Dataset, held: Held | None, today: date, trouble: str
) -> Planned:
    """Plan the CSV of a table whose data API fails; raises FetchProblem with both reasons where there is none."""
    try:
        published = await look_up_file(connection, base, dataset, today)
        return await _compare(connection, dataset, published, held, trouble)
    except Unreachable:
        raise
    except FetchProblem as problem:
        raise FetchProblem(f"{trouble} And {problem.message}", "Try again later.") from None
