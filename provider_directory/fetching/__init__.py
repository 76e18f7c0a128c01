"""Fetching files over the network: polite, bounded, resumable; whoever loads this room loads httpx, 100 ms."""

from provider_directory.fetching.connection import Connection, Faltered, Missing, Unreachable
from provider_directory.fetching.download import FILE_TYPES, TABLE_TYPES, fetch, fetch_over
from provider_directory.fetching.limits import Limits, Patience, Progress, Transfer, silent
from provider_directory.fetching.partial import DiskFull, Fetched, fetched_before

__all__ = [
    "FILE_TYPES",
    "TABLE_TYPES",
    "Connection",
    "DiskFull",
    "Faltered",
    "Fetched",
    "Limits",
    "Missing",
    "Patience",
    "Progress",
    "Transfer",
    "Unreachable",
    "fetch",
    "fetch_over",
    "fetched_before",
    "silent",
]
