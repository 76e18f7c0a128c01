"""Puts the verified files and the folder of own files together as one folder that a build reads."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from provider_directory import __version__
from provider_directory.cleaning import clean
from provider_directory.edition.manifest import SCHEMA_VERSION
from provider_directory.fetching.partial import room_for, sha256_of
from provider_directory.sources.recognise import recognise
from provider_directory.sync.cache import Held
from provider_directory.sync.datasets import Dataset

OWN = "sources"
_RELEASES = "release.toml"


class Staged(NamedTuple):
    """A folder to build from."""

    folder: Path
    fingerprint: str
    """SHA-256 over the names, hashes and releases of its files and the version of the program."""
    left_out: tuple[str, ...]
    """Own files in whose place CMS's stand."""


@contextmanager
def staged(downloads: Path, held: Mapping[Dataset, Held], own: Path | None) -> Iterator[Staged]:
    """Link the files of CMS by our names and the own ones below "sources/", with release.toml; removed afterwards.

    An own file of a data set that is among CMS's is left out: two files of one table would contradict each other.
    """
    folder = downloads / f"staging-{os.getpid()}"
    for left in downloads.glob("staging-*"):
        shutil.rmtree(left)  # of a sync that died: this one holds the lock
    try:
        with room_for(folder):
            folder.mkdir(parents=True)
            releases: dict[str, str] = {}
            hashes: dict[str, str] = {}
            for dataset, one in held.items():
                _link(one.path, folder / dataset.file_name)
                hashes[dataset.file_name] = one.sha256
                if one.release:
                    releases[dataset.file_name] = one.release
            left_out = _add_own(own, folder, {dataset.name for dataset in held}, releases, hashes) if own else ()
            (folder / _RELEASES).write_text(release_toml(releases), encoding="utf-8")
        said = [__version__, SCHEMA_VERSION, sorted(hashes.items()), sorted(releases.items())]
        yield Staged(folder, hashlib.sha256(json.dumps(said).encode()).hexdigest(), left_out)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def release_toml(releases: Mapping[str, str]) -> str:
    """Write the file that names each file's release (docs/release.md)."""
    # A JSON string is a TOML string; DEL, the one exception, never passes clean().
    lines = [f'{json.dumps(name, ensure_ascii=False)} = "{release}"' for name, release in sorted(releases.items())]
    return "\n".join(["[files]", *lines, ""])


def _add_own(
    own: Path, folder: Path, brought: set[str], releases: dict[str, str], hashes: dict[str, str]
) -> tuple[str, ...]:
    files = sorted(path for path in own.rglob("*") if path.is_file() and path.name != _RELEASES)
    if not files:
        return ()
    found, _ = recognise(own)
    left_out = []
    for path in files:
        relative = path.relative_to(own)
        sources = [source for source in found if source.path == path]
        if sources and all(source.dataset in brought for source in sources):
            left_out.append(clean(relative.as_posix()))
            continue
        _link(path, folder / OWN / relative)
        hashes[f"{OWN}/{relative.as_posix()}"] = sha256_of(path)
        releases.update((f"{OWN}/{source.name}", source.release) for source in sources if source.release)
    return tuple(left_out)


def _link(path: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, place)
    except OSError:  # another disk, or one without links
        shutil.copyfile(path, place)
