"""The page's terminal is taken and served only to the byte as it was reviewed, from npm or from a folder."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from command_line import CommandLine
from hypothesis import given
from hypothesis import strategies as st

from navigator.web import terminal_files
from navigator.web.terminal_files import TerminalFile, install, installed, tarball_name
from provider_directory.errors import BadInput

MEMBERS = {"lib/a.js": b"let a = 1;", "LICENSE": b"free"}
PACKAGE = "@some/thing@1.2.3"
PACKED = "some-thing-1.2.3.tgz"


def packed(members: Mapping[str, bytes | None], instead: bytes = tarfile.SYMTYPE) -> bytes:
    """Give a package as npm packs it; a member of None is a link to a file, or what ``instead`` says."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(f"package/{name}")
            if content is None:
                member.type, member.linkname = instead, "/etc/hostname"
            member.size = len(content or b"")
            archive.addfile(member, io.BytesIO(content or b""))
    return written.getvalue()


WHOLE = packed({"../../evil": b"x", "lib/b.js": b"other", **MEMBERS})


@pytest.fixture(autouse=True)
def small_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the terminal be two invented files of one package."""
    names = {"lib/a.js": "a.js", "LICENSE": "LICENSE-a.txt"}
    files = tuple(
        TerminalFile(names[member], PACKAGE, member, len(content), hashlib.sha256(content).hexdigest())
        for member, content in MEMBERS.items()
    )
    monkeypatch.setattr(terminal_files, "FILES", files)
    monkeypatch.setattr(terminal_files, "PACKAGES", (PACKAGE,))


def test_packages_or_files_of_a_folder_become_the_terminal_and_nothing_else_of_them(tmp_path: Path) -> None:
    source, folder = tmp_path / "stick", tmp_path / "home" / "web-terminal"
    source.mkdir()
    assert tarball_name(PACKAGE) == PACKED
    (source / PACKED).write_bytes(WHOLE)
    install(folder, source)
    assert installed(folder) == {"a.js": b"let a = 1;", "LICENSE-a.txt": b"free"}
    assert sorted(path.name for path in folder.iterdir()) == ["LICENSE-a.txt", "a.js"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o444}
    install(tmp_path / "second", folder)  # the folder of another machine
    install(folder, source)  # once more, over what is there
    assert installed(tmp_path / "second") == installed(folder)
    assert not list(tmp_path.glob("evil*"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "has no a.js"),
        (packed({"LICENSE": b"free"}), "has no a.js"),
        (packed({**MEMBERS, "lib/a.js": b"let a = 2;"}), "is not that of"),
        (packed({**MEMBERS, "lib/a.js": b"let a = 1; steal()"}), "has no a.js"),
        (packed({**MEMBERS, "lib/a.js": None}), "has no a.js"),
        (packed({**MEMBERS, "lib/a.js": None}, tarfile.LNKTYPE), "has no a.js"),
        (packed({**MEMBERS, "lib/a.js": None}, tarfile.CHRTYPE), "has no a.js"),
        (packed({"bomb": bytes(3_000_000), **MEMBERS}), "is no package"),
        (WHOLE[:-20], "is no package"),
        (b"<html>log in first</html>", "is no package"),
        (b"", "is no package"),
    ],
    ids=[
        "nothing",
        "a file less",
        "changed",
        "longer",
        "a link",
        "a hard link",
        "a device",
        "a bomb",
        "cut off",
        "no package",
        "empty",
    ],
)
def test_what_is_not_as_it_was_reviewed_is_not_kept(
    content: bytes | None, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal_files, "MOST_UNPACKED_BYTES", 1_000_000)
    if content is not None:
        (tmp_path / PACKED).write_bytes(content)
    os.mkfifo(tmp_path / "a.js")
    with pytest.raises(BadInput, match=words):
        install(tmp_path / "web-terminal", tmp_path)
    assert not (tmp_path / "web-terminal").exists()


@given(at=st.integers(0, len(WHOLE) - 1), bit=st.integers(0, 7))
def test_a_package_with_a_bit_turned_is_the_same_or_refused(
    at: int, bit: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    source = tmp_path_factory.mktemp("stick")
    turned = bytearray(WHOLE)
    turned[at] ^= 1 << bit
    (source / PACKED).write_bytes(turned)
    try:
        install(source / "web-terminal", source)
    except BadInput:
        return
    assert installed(source / "web-terminal")["a.js"] == MEMBERS["lib/a.js"]


def test_a_file_that_was_changed_afterwards_is_refused_with_the_command_that_mends_it(tmp_path: Path) -> None:
    (tmp_path / PACKED).write_bytes(WHOLE)
    folder = tmp_path / "web-terminal"
    with pytest.raises(BadInput, match="not installed") as missing:
        installed(folder)
    assert "coe web --install-terminal" in missing.value.next_step
    install(folder, tmp_path)
    (folder / "a.js").chmod(0o644)
    (folder / "a.js").write_bytes(b"let a = 9;")
    with pytest.raises(BadInput, match=r"a\.js .* was changed"):
        installed(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="npm is a script of the shell here")
def test_the_users_own_npm_fetches_and_what_it_says_is_handed_on(
    coe: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    (tmp_path / PACKED).write_bytes(WHOLE)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("COE_LEDGER_PASSPHRASE", "canary")
    assert coe("web", "--install-terminal") == 2
    assert "npm, which fetches the terminal for the page, is not here." in " ".join(coe.err.split())
    npm = programs / "npm"
    npm.write_text("#!/bin/sh\necho first >&2\necho no network here >&2\nexit 1\n", encoding="utf-8")
    npm.chmod(0o755)
    assert coe("web", "--install-terminal") == 2
    assert "npm could not fetch the terminal: no network here" in " ".join(coe.err.split())
    told = tmp_path / "told"
    npm.write_text(f'#!/bin/sh\necho "$@" "$COE_LEDGER_PASSPHRASE" > {told}\n/bin/cp {tmp_path / PACKED} .\n')
    assert coe("web", "--install-terminal") == 0, coe.err
    assert told.read_text().split() == ["pack", "--silent", "--ignore-scripts", PACKAGE]
    told.unlink()
    assert coe("web", "--install-terminal") == 0
    assert not told.exists(), "what is there is not fetched again"
