"""A disk that notes what SQLite writes and syncs, and gives back what a power cut at any moment may leave of it.

SQLite's own method (sqlite.org/testing.html 3.3): what was synced stays; of what was not, each write may be missing,
torn at sectors or garbage, in any order. A VFS listens under the very library of the ledger, so the cipher is in it.
"""

from __future__ import annotations

import ctypes
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

SECTOR = 512
_MAIN_DATABASE, _MAIN_JOURNAL, _WAL = 0x100, 0x800, 0x80000

_POINTER, _INT, _LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
# Names go through as the pointers that came: SQLite keeps them, and reads on behind their end.
_Open = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _POINTER, _INT, _POINTER)
_Delete = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _INT)
_Write = ctypes.CFUNCTYPE(_INT, _POINTER, _POINTER, _INT, _LONG)
_Truncate = ctypes.CFUNCTYPE(_INT, _POINTER, _LONG)
_Sync = ctypes.CFUNCTYPE(_INT, _POINTER, _INT)


class _Methods(ctypes.Structure):
    """sqlite3_io_methods, version 3."""

    _fields_ = (
        ("version", _INT),
        ("close", _POINTER),
        ("read", _POINTER),
        ("write", _POINTER),
        ("truncate", _POINTER),
        ("sync", _POINTER),
        ("others", _POINTER * 13),
    )


class _Vfs(ctypes.Structure):
    """sqlite3_vfs, version 3."""

    _fields_ = (
        ("version", _INT),
        ("file_size", _INT),
        ("longest_path", _INT),
        ("next", _POINTER),
        ("name", ctypes.c_char_p),
        ("data", _POINTER),
        ("open", _POINTER),
        ("delete", _POINTER),
        ("others", _POINTER * 14),
    )


class Step(NamedTuple):
    """One thing that happened to the disk, or (``kind`` "ack") was acknowledged after all steps before it."""

    kind: str
    """write, truncate, sync, delete or ack."""
    file: str
    """Name of the file; for an ack what was acknowledged."""
    at: int = 0
    """Offset of a write, size of a truncation."""
    content: bytes = b""


class Recording:
    """What was written to the disk, in order."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def acknowledge(self, step: str, number: str) -> None:
        """Note that the ledger said "saved" here."""
        self.steps.append(Step("ack", f"{step} {number}"))


@contextmanager
def recorded(library: str) -> Iterator[Recording]:
    """Note what SQLite in this process does to its files by a VFS of ours, which does all of it as well."""
    sqlite = ctypes.CDLL(library)
    sqlite.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    below = sqlite.sqlite3_vfs_find(None)
    recording = Recording()
    ours = _Vfs.from_buffer_copy(below.contents)
    ours.name = b"recording"
    ours.next = None
    kept = _callbacks(below.contents, recording.steps)
    ours.open, ours.delete = (ctypes.cast(callback, _POINTER).value for callback in kept[:2])
    assert sqlite.sqlite3_vfs_register(ctypes.byref(ours), 1) == 0
    try:
        yield recording
    finally:
        sqlite.sqlite3_vfs_unregister(ctypes.byref(ours))


def _callbacks(below: _Vfs, steps: list[Step]) -> tuple[Any, ...]:
    real_open, real_delete = _Open(below.open), _Delete(below.delete)
    names: dict[int, str] = {}
    methods_of: dict[int, tuple[Any, ...]] = {}
    """The methods of each kind of file with ours in place; kept as long as SQLite may call them."""

    def opened(vfs: int, path: int | None, file: int, flags: int, flags_out: int) -> int:
        code = real_open(vfs, path, file, flags, flags_out)
        if code == 0 and path and flags & (_MAIN_DATABASE | _MAIN_JOURNAL | _WAL):
            names[file] = _name_at(path)
            address = _POINTER.from_address(file)
            assert address.value is not None
            if address.value not in methods_of:
                methods_of[address.value] = _with_notes(address.value, names, steps)
            address.value = ctypes.addressof(methods_of[address.value][0])
        return int(code)

    def deleted(vfs: int, path: int, sync_folder: int) -> int:
        code = int(real_delete(vfs, path, sync_folder))
        if code == 0:
            steps.append(Step("delete", _name_at(path)))
        return code

    return _Open(opened), _Delete(deleted), methods_of


def _name_at(path: int) -> str:
    return Path(ctypes.string_at(path).decode()).name


def _with_notes(address: int, names: dict[int, str], steps: list[Step]) -> tuple[Any, ...]:
    methods = _Methods.from_buffer_copy(_Methods.from_address(address))
    real_write, real_truncate, real_sync = _Write(methods.write), _Truncate(methods.truncate), _Sync(methods.sync)

    def write(file: int, source: int, amount: int, offset: int) -> int:
        steps.append(Step("write", names[file], offset, ctypes.string_at(source, amount)))
        return int(real_write(file, source, amount, offset))

    def truncate(file: int, size: int) -> int:
        steps.append(Step("truncate", names[file], size))
        return int(real_truncate(file, size))

    def sync(file: int, flags: int) -> int:
        code = int(real_sync(file, flags))
        steps.append(Step("sync", names[file]))
        return code

    callbacks = (_Write(write), _Truncate(truncate), _Sync(sync))
    methods.write, methods.truncate, methods.sync = (ctypes.cast(each, _POINTER).value for each in callbacks)
    return methods, *callbacks


class Disk:
    """The files as a recording leaves them, step by step: what is sure, and what a power cut may take or tear."""

    def __init__(self) -> None:
        self._sure: dict[str, bytearray] = {}
        self._pending: dict[str, list[Step]] = {}
        self.acknowledged: list[str] = []

    def take(self, step: Step) -> None:
        """Go on by one step."""
        if step.kind == "ack":
            self.acknowledged.append(step.file)
        elif step.kind == "sync":
            content = self._sure.setdefault(step.file, bytearray())
            for each in self._pending.pop(step.file, ()):
                _apply(content, each)
        elif step.kind == "delete":
            self._sure.pop(step.file, None)
            self._pending.pop(step.file, None)
        else:
            self._pending.setdefault(step.file, []).append(step)

    def after_a_cut(self, chance: random.Random) -> dict[str, bytes]:
        """Give the files as the next start may find them."""
        found = {name: bytearray(content) for name, content in self._sure.items()}
        for name, pending in self._pending.items():
            content = found.setdefault(name, bytearray())
            for step in chance.sample(pending, len(pending)):
                for piece in _left_of(step, chance):
                    _apply(content, piece)
        return {name: bytes(content) for name, content in found.items()}


def _left_of(step: Step, chance: random.Random) -> Sequence[Step]:
    """Give what reached the disk of a step that nobody had synced: all, nothing, or some sectors, some as garbage."""
    fate = chance.choice(("whole", "missing", "torn"))
    if fate == "whole":
        return [step]
    if fate == "missing" or step.kind != "write":
        return []
    pieces = []
    for start in range(0, len(step.content), SECTOR):
        sector = step.content[start : start + SECTOR]
        if (fate := chance.choice(("whole", "missing", "whole", "garbage"))) != "missing":
            content = sector if fate == "whole" else chance.randbytes(len(sector))
            pieces.append(step._replace(at=step.at + start, content=content))
    return pieces


def _apply(content: bytearray, step: Step) -> None:
    if step.kind == "truncate":
        del content[step.at :]
        content.extend(bytes(step.at - len(content)))
    else:
        content.extend(bytes(max(0, step.at - len(content))))
        content[step.at : step.at + len(step.content)] = step.content
