"""From CMS's servers to a published edition: look up, fetch, verify, build, publish (DESIGN "sync")."""

from provider_directory.fetching import Fetched, Limits, Patience, Transfer, fetch
from provider_directory.sync.bringing import Brought, Listener, Synced, SyncOptions, sync
from provider_directory.sync.changes import Change, changes
from provider_directory.sync.datasets import CMS
from provider_directory.sync.planning import Planned

__all__ = [
    "CMS",
    "Brought",
    "Change",
    "Fetched",
    "Limits",
    "Listener",
    "Patience",
    "Planned",
    "SyncOptions",
    "Synced",
    "Transfer",
    "changes",
    "fetch",
    "sync",
]
