"""The JSON of `coe sync` as a model, for `coe schema sync`; pydantic, so imported by commands only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from provider_directory.models import Value

if TYPE_CHECKING:
    from provider_directory.sync import Brought, Planned, Synced


class SyncDataset(Value):
    """One data set: what CMS offers, what was here, and how it came."""

    dataset: str
    title: str
    state: Literal["here", "newer", "absent"]
    """here: what CMS offers was here already; newer: an older file was; absent: none was."""
    here_release: str | None
    """Release of the file that was here."""
    trouble: str | None
    """Why another way was taken than the catalog's, as a sentence."""
    how: Literal["here", "fetched", "resumed", "archive"] | None
    """How it came; null after a dry run."""
    release: str | None
    url: str | None
    """null where only the monthly archive can be asked."""
    bytes: int | None
    """null = the server does not say."""
    rows: int | None
    sha256: str | None


class SyncChange(Value):
    """The rows of one table that are used now, and were in the edition before."""

    dataset: str
    title: str
    release: str | None
    rows: int
    rows_before: int | None


class SyncAnswer(Value):
    """What `coe sync --json` prints; the changes facility by facility are in `coe edition diff --json`."""

    published: bool
    """false after a dry run, and when nothing is newer."""
    edition: str | None
    """The edition made of these files; null after a dry run."""
    path: str | None
    before: str | None
    """The edition that was in use."""
    datasets: tuple[SyncDataset, ...]
    changes: tuple[SyncChange, ...]
    changes_by_hand: tuple[str, ...]
    """What became of each suspension or reinstatement by hand, in sentences."""
    left_out: tuple[str, ...]
    """Files of one's own in whose place the file of CMS stands."""
    notes: tuple[str, ...]


def answer_of(synced: Synced) -> SyncAnswer:
    """Give a sync as it is printed."""
    from provider_directory.sync import changes  # deferred: httpx, 100 ms that `coe schema` never pays

    came = {brought.dataset.name: brought for brought in synced.files}
    return SyncAnswer(
        published=synced.published,
        edition=synced.edition,
        path=str(synced.place) if synced.place else None,
        before=synced.before.stem if synced.before else None,
        datasets=tuple(_dataset(planned, came.get(planned.dataset.name)) for planned in synced.plan),
        changes=tuple(SyncChange(**change._asdict()) for change in changes(synced)),
        changes_by_hand=synced.changes_by_hand,
        left_out=synced.left_out,
        notes=synced.manifest.notes if synced.manifest else (),
    )


def _dataset(planned: Planned, brought: Brought | None) -> SyncDataset:
    held = brought.held if brought else None
    return SyncDataset(
        dataset=planned.dataset.name,
        title=planned.dataset.title,
        state=planned.state,
        here_release=planned.held.release if planned.held else None,
        trouble=planned.trouble,
        how=brought.how if brought else None,
        release=held.release if held else planned.release,
        url=held.url if held else planned.url,
        bytes=held.bytes if held else planned.bytes,
        rows=held.rows if held else None,
        sha256=held.sha256 if held else None,
    )
