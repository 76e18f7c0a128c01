"""Opens a source file as text, plain, gzip or a zip member, within limits that a hostile file cannot pass."""

from __future__ import annotations

import codecs
import contextlib
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple, cast

from provider_directory.cleaning import clean
from provider_directory.errors import SourceProblem
from provider_directory.sources.workbook import SheetTable, is_workbook, open_sheet

MAX_BYTES = 4 << 30
"""Unpacked bytes of one file."""
MAX_RATIO = 1000
"""Unpacked over packed bytes; judged once more than RATIO_FREE_BYTES are unpacked."""
RATIO_FREE_BYTES = 16 << 20
MAX_LINE_BYTES = 8 << 20
_BLOCK = 1 << 17
_GZIP = b"\x1f\x8b"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
DAMAGE = (EOFError, OSError, zlib.error, zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError)
"""What opening and unpacking a file raise when the fault is the file's; the last for a name that is no text."""
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1


class BoundedBytes(io.RawIOBase):
    """Passes bytes on, counting them; raises SourceProblem beyond the limits on size, packing ratio and line length."""

    def __init__(self, inner: IO[bytes], packed: int, name: str, *, in_lines: bool = True) -> None:
        super().__init__()
        self.has_nul = False
        self._in_lines = in_lines
        self._inner = inner
        self._name = name
        self._limit = min(MAX_BYTES, max(RATIO_FREE_BYTES, MAX_RATIO * packed))
        self._total = 0
        self._line = 0

    def readable(self) -> bool:
        """Say that bytes can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # the buffers io hands over
        """Fill ``buffer`` from the inner stream."""
        data = self._inner.read(len(buffer))
        size = len(data)
        buffer[:size] = data
        self._total += size
        if self._total > self._limit:
            raise SourceProblem(
                f"{self._name} unpacks to more than {self._limit:,} bytes.", "Check where the file came from."
            )
        if b"\0" in data:
            self.has_nul = True
        if not self._in_lines:
            return size
        line_end = max(data.rfind(b"\n"), data.rfind(b"\r"))
        self._line = self._line + size if line_end < 0 else size - line_end
        if self._line > MAX_LINE_BYTES:
            raise SourceProblem(
                f"{self._name} has a line of more than {MAX_LINE_BYTES:,} bytes.", "Check that it is a CSV table."
            )
        return size


class TextSource(NamedTuple):
    """An open text with the counter of the bytes behind it."""

    text: io.TextIOWrapper
    bytes: BoundedBytes
    sheet: SheetTable | None = None
    """Where the table lies in its sheet; None for a CSV file."""


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8 as Windows-1252, the other encoding these files come in.

    Byte by byte and not file by file, since the files are streamed and some mix both; two Windows letters that happen
    to be one letter of UTF-8 are misread.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("or_cp1252", _as_cp1252)


@contextlib.contextmanager
def open_text(path: Path, member: str | None, name: str, *, in_lines: bool = True) -> Iterator[TextSource]:
    """Open a file, or ``member`` of a zip, as text: UTF-8 with or without BOM, bytes that are none as cp1252.

    A sheet of a workbook comes as the text that it would be as CSV. Line ends are kept for the csv module. Nothing is
    written to disk. Raises SourceProblem, also while the text is read, for a damaged, encrypted or outsized file and
    for UTF-16. ``in_lines`` is False for JSON, which may be one line of any length: then its reader limits what it
    holds.
    """
    try:
        with contextlib.ExitStack() as stack:
            raw, packed, sheet = _open(stack, path, member, name)
            bounded = BoundedBytes(raw, packed, name, in_lines=in_lines)
            buffered = stack.enter_context(io.BufferedReader(bounded, _BLOCK))
            head = buffered.peek(3)
            if head.startswith(_UTF16):
                raise SourceProblem(f"{name} is written in UTF-16.", "Save it as CSV in UTF-8.")
            if head.startswith(codecs.BOM_UTF8):
                buffered.read(3)
            text = io.TextIOWrapper(buffered, encoding="utf-8", errors="or_cp1252", newline="")
            yield TextSource(stack.enter_context(text), bounded, sheet)
    except DAMAGE as problem:
        raise SourceProblem(
            f"{name} cannot be read: {clean(str(problem)) or type(problem).__name__}.",
            "Get the file anew from its source.",
        ) from problem


def _open(
    stack: contextlib.ExitStack, path: Path, member: str | None, name: str
) -> tuple[IO[bytes], int, SheetTable | None]:
    if member is None:
        return *_open_file(stack, path), None
    archive = stack.enter_context(zipfile.ZipFile(path))
    if is_workbook(archive.namelist()):
        lines, table = stack.enter_context(open_sheet(path, member, name))
        return cast("IO[bytes]", lines), path.stat().st_size, table
    return *open_member(stack, archive, member), None


def open_member(stack: contextlib.ExitStack, archive: zipfile.ZipFile, member: str) -> tuple[IO[bytes], int]:
    """Open a member of a zip, with its packed size; raises BadZipFile for one that is not there or not to be read."""
    if member not in archive.namelist():
        raise zipfile.BadZipFile(f"the archive holds no {clean(member)}")
    entry = archive.getinfo(member)
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _PACKINGS:
        raise zipfile.BadZipFile("it is encrypted, or packed in a way that is not read")
    return stack.enter_context(archive.open(entry)), entry.compress_size


def _open_file(stack: contextlib.ExitStack, path: Path) -> tuple[IO[bytes], int]:
    plain = stack.enter_context(path.open("rb"))
    size = path.stat().st_size
    if not plain.peek(2).startswith(_GZIP):
        return plain, size
    unpacked = gzip.GzipFile(fileobj=plain)
    stack.callback(unpacked.close)
    return cast("IO[bytes]", unpacked), size
