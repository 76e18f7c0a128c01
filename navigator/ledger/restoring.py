"""The way back from a backup: verified before it takes the ledger's place, and the old ledger is kept aside."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from navigator.ledger import audit, keys, opening, rotation
from navigator.ledger import key_file as files
from navigator.ledger.backup import back_up
from navigator.ledger.copying import copy_rows
from navigator.ledger.errors import LedgerProblem
from navigator.ledger.faults import faults_in_words
from navigator.ledger.storage import beside, bytes_said, files_in_words, fold_together, open_engine
from navigator.ledger.store import READ, Store
from navigator.ledger.verifying import Verified, verify
from provider_directory.errors import BadInput

_LEFT_FREE = 64 << 20
"""Bytes that a restore leaves free: the desk goes on writing beside it."""
_BLOCK = 1 << 20


class Restored(NamedTuple):
    """What is in the ledger now, and where the old one lies."""

    verified: Verified
    aside: Path | None


class _Copy(NamedTuple):
    path: Path
    data_key: bytes
    verified: Verified


def restore_file(
    source: Path,
    path: Path,
    key_file: Path,
    now: Callable[[], datetime],
    *,
    own_key: Path | None = None,
    replace: bool = False,
) -> Restored:
    """Put a backup in place of this machine's ledger; ``own_key`` is the key file of a backup that has another key.

    Raises BadInput where there is no such file; LedgerProblem: it does not verify, the ledger here is newer and not to
    be replaced, or another program has it open.
    """
    with files_in_words(path):
        for folder in (path.parent, key_file.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with files_in_words(path), files.held(path.parent):
        copy = _verified_copy(source, path, own_key or key_file, now)
        try:
            aside = None
            if path.exists():
                _let_go(path, key_file, copy.verified.head, replace, now)
                aside = _put_aside(path, key_file, now())
            _take_place(copy, path, key_file)
        finally:
            for left in (copy.path, *beside(copy.path)):
                left.unlink(missing_ok=True)
    _note(opening.open_file(path, key_file, now), source)
    return Restored(copy.verified, aside)


def restore_server(
    source: Path, url: str, key_file: Path, scratch: Path, now: Callable[[], datetime], *, replace: bool = False
) -> Restored:
    """Put a backup in place of the ledger on a server; ``scratch`` is the folder for the copy and for the old one.

    Raises as ``restore_file`` does; the backup must be of the server's own key.
    """
    store = opening.open_server(url, key_file, now)
    try:
        with files_in_words(scratch / "backup"):
            scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
        with files_in_words(scratch / "backup"), files.held(scratch):
            files.sweep(scratch / "restore")
            copy = _verified_copy(source, scratch / "restore", key_file, now)
            try:
                aside = _rows_put(copy, store, scratch, replace, now)
            finally:
                for left in (copy.path, *beside(copy.path)):
                    left.unlink(missing_ok=True)
    finally:
        store.engine.dispose()
    _note(opening.open_server(url, key_file, now), source)
    return Restored(copy.verified, aside)


def _rows_put(copy: _Copy, store: Store, scratch: Path, replace: bool, now: Callable[[], datetime]) -> Path | None:
    """Put the rows of a backup in place of those on the server; gives the file that holds the old ones."""
    with store.reading() as connection:
        there = audit.head(connection)
    _refuse_older(there, copy.verified.head, replace)
    aside = None
    if there.seq > 1:  # more than the entry that a new ledger begins with
        aside = scratch / f"before-restore-{_stamp(now())}.db"
        back_up(store, aside)
    engine = open_engine(copy.path, copy.data_key)
    try:
        with (
            faults_in_words(store.place),
            engine.connect().execution_options(**READ) as kept,
            store.engine.begin() as target,
        ):
            copy_rows(kept, target)
    finally:
        engine.dispose()
    return aside


def _verified_copy(source: Path, path: Path, key_file: Path, now: Callable[[], datetime]) -> _Copy:
    if not source.is_file():
        raise BadInput(f"There is no file {source}.", "Name the backup that is to be restored.")
    if not key_file.exists():
        raise LedgerProblem(
            f"The key file {key_file} is missing, and nothing else opens the backup.",
            "Name the backup's key file with --key.",
        )
    data_key = keys.load(key_file)
    size = _size_with_room(source, path.parent, key_file, data_key)
    partial = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with files_in_words(path):
            _copy_beginning(source, partial, size)
        engine = open_engine(partial, data_key)
        try:
            with _opened_by(key_file):
                verified = verify(opening.up_to_date(engine, str(source), data_key, now))
        finally:
            engine.dispose()
        if verified.problems:
            raise LedgerProblem(f"The backup does not verify: {verified.problems[0]}", "Take another backup.")
    except BaseException:
        for left in (partial, *beside(partial)):
            left.unlink(missing_ok=True)
        raise
    return _Copy(partial, data_key, verified)


def _size_with_room(source: Path, folder: Path, key_file: Path, data_key: bytes) -> int:
    """Give the bytes that are to be copied; a false backup shall not fill the disk before it is refused."""
    with _opened_by(key_file):
        size = bytes_said(source, data_key)
    if size > source.stat().st_size:
        raise LedgerProblem(f"The backup was cut off: of {size:,} bytes the end is missing.", "Take another backup.")
    free = shutil.disk_usage(folder).free
    if size + _LEFT_FREE > free:
        raise LedgerProblem(
            f"The backup has {size:,} bytes, and the disk under {folder} has {free:,} free.",
            "Free some space, then restore again; nothing was changed.",
        )
    return size


def _copy_beginning(source: Path, target: Path, size: int) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as read, os.fdopen(descriptor, "wb") as written:
        while size and (part := read.read(min(size, _BLOCK))):
            size -= written.write(part)


@contextmanager
def _opened_by(key_file: Path) -> Iterator[None]:
    try:
        yield
    except LedgerProblem as problem:
        raise LedgerProblem(
            f"The backup does not open with the key of {key_file}. {problem.message}",
            "If it was made before the key was changed, name the key file of that time with --key.",
        ) from None


def _let_go(path: Path, key_file: Path, head: audit.Head, replace: bool, now: Callable[[], datetime]) -> None:
    """See that the ledger here is not newer, and that no other program has it open."""
    try:
        engine = open_engine(path, keys.load(key_file))
        try:
            store = opening.up_to_date(engine, str(path), keys.load(key_file), now)
            with store.reading() as connection:
                there = audit.head(connection)
        finally:
            engine.dispose()
    except LedgerProblem as problem:
        if not replace:
            raise LedgerProblem(
                f"The ledger here cannot be read, so nobody can say which is newer. {problem.message}",
                "Add --replace to put the backup in its place; the old files are kept aside.",
            ) from None
        return
    _refuse_older(there, head, replace)
    fold_together(path, keys.load(key_file))


def _refuse_older(there: audit.Head, head: audit.Head, replace: bool) -> None:
    if there.seq > head.seq and not replace:
        raise LedgerProblem(
            f"The ledger here is newer than the backup: {there.seq:,} entries against {head.seq:,}.",
            "Add --replace to put the backup in its place all the same; the old ledger is kept aside.",
        )


def _put_aside(path: Path, key_file: Path, moment: datetime) -> Path:
    aside = path.with_name(f"{path.name}.before-restore-{_stamp(moment)}")
    os.link(path, aside)  # the ledger's own name stays taken until the backup has it
    for left in beside(path):
        if left.exists():
            left.rename(aside.with_name(aside.name + left.name.removeprefix(path.name)))
    if key_file.exists():
        old_key = key_file.with_name(f"{key_file.name}.before-restore-{_stamp(moment)}")
        files.create(old_key, files.read(key_file))
    return aside


def _take_place(copy: _Copy, path: Path, key_file: Path) -> None:
    if not key_file.exists():
        keys.keep(key_file, copy.data_key, "file")
    elif keys.load(key_file) != copy.data_key:
        keys.keep(rotation.coming(key_file), copy.data_key, "file")
    with copy.path.open("rb+") as file:
        os.fsync(file.fileno())
    copy.path.replace(path)
    files.sync_folder(path.parent)
    rotation.settle(path, key_file)


def _note(store: Store, source: Path) -> None:
    with store.writing("restore") as work:
        work.detail["file"] = source.name
    store.engine.dispose()


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%S}"
