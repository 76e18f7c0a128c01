"""What leaves the desk as a file or on paper is made safely: names, modes, links, half a file, a printer (TRUST S9)."""

from __future__ import annotations

import re
import resource
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navigator import files_out
from navigator.files_out import file_name, print_out, save, save_as, write_new
from provider_directory.errors import BadInput

HOSTILE = (
    *("../../etc/passwd", "CON", "nul.pdf", "a\0b", "x" * 300, "", "...", "-rf", "Łukasz/Ñandú", "\x1b]52;c;x\x07"),
    *(
        "center.",
        "center ",
        "~/.ssh/authorized_keys",
        "C:\\autoexec.bat",
        "LPT1.txt",
        "\u202egpj.exe",
        "a:stream",
        "\ud800",
    ),
)


def a_command(folder: Path, name: str, body: str) -> Path:
    """Put a shell command into a folder."""
    command = folder / name
    command.write_text(f"#!/bin/sh\n{body}\n")
    command.chmod(0o700)
    return command


@given(st.lists(st.text(max_size=40), max_size=3))
def test_a_file_name_is_of_letters_digits_and_hyphens_and_stays_itself(parts: list[str]) -> None:
    name = file_name(*parts)
    assert re.fullmatch(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", name)
    assert file_name(name) == name
    assert len(name) <= 84


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_in_the_folder(tmp_path: Path, name: str) -> None:
    made = save(tmp_path / "out", name, "text")
    assert made.parent == tmp_path / "out"
    assert made.stem not in ("con", "nul")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_a_file_is_for_its_owner_and_never_written_over(tmp_path: Path) -> None:
    first, second = (save(tmp_path / "out", "center-1", content) for content in ("one", b"two"))
    assert (first.name, second.name) == ("center-1.txt", "center-1-2.txt")
    assert (first.read_text(), second.read_text()) == ("one", "two")
    with pytest.raises(BadInput, match="is there already"):
        write_new(first, "three")
    assert save_as(str(tmp_path / "out"), "center-1", "three", "pdf").name == "center-1.pdf"
    assert save_as(str(tmp_path / "mine.pdf"), "center-1", "four", "pdf") == tmp_path / "mine.pdf"
    if sys.platform != "win32":
        assert {stat.S_IMODE(path.stat().st_mode) for path in (first, second, tmp_path / "mine.pdf")} == {0o600}
        assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700


def test_a_link_that_lies_in_the_way_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "center-1.txt").symlink_to(tmp_path / "victim.conf")
    assert save(tmp_path / "out", "center-1", "text").name == "center-1-2.txt"
    with pytest.raises(BadInput, match="is there already"):
        save_as(str(tmp_path / "out" / "center-1.txt"), "center-1", "text", "txt")
    assert not (tmp_path / "victim.conf").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file, no folder")
    with pytest.raises(BadInput, match="Nothing could be written to"):
        save(tmp_path / "out", "center-1", "text")
    with pytest.raises(BadInput, match="Nothing could be written to"):
        save_as(str(tmp_path / "nowhere" / "letter.pdf"), "letter", "text", "pdf")


def test_half_a_file_does_not_stay_where_the_room_ends(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, before[1]))
    try:
        with pytest.raises(BadInput, match="Nothing could be written to"):
            save(tmp_path, "letter", b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_printing_hands_the_text_to_the_command_and_no_shell_reads_it(tmp_path: Path) -> None:
    command = a_command(tmp_path, "printer", f'printf %s "$1" > "{tmp_path}/printed"; cat >> "{tmp_path}/printed"')
    print_out(f'"{command}" "; touch x"', "$24,100 at a center")
    assert (tmp_path / "printed").read_text() == "; touch x$24,100 at a center"


def test_a_chosen_printer_gets_the_bytes_and_another_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_command(tmp_path, "lpstat", "echo front-desk; echo color")
    a_command(tmp_path, "lp", f'echo "$@" > "{tmp_path}/options"; cat > "{tmp_path}/printed"')
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert files_out.printers() == ("front-desk", "color")
    assert print_out("/nowhere/lp", b"%PDF-1.7 \xff", "color") == "color"
    assert (tmp_path / "printed").read_bytes() == b"%PDF-1.7 \xff"
    assert (tmp_path / "options").read_text() == "-d color\n"
    with pytest.raises(BadInput, match='no printer "-o raw"') as refused:
        print_out(None, "text", "-o raw")
    assert [choice.id for choice in refused.value.choices] == ["front-desk", "color"]


def test_a_printer_that_fails_or_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match="did not print"):
        print_out("/nowhere/lp", "text")
    with pytest.raises(BadInput, match="did not print: out of paper"):
        print_out("sh -c 'echo out of paper >&2; exit 3'", "text")
    with pytest.raises(BadInput, match=r"did not print: no ink\. Look"):
        print_out("sh -c 'echo no ink. >&2; exit 3'", "text")
    with pytest.raises(BadInput, match="did not print: it gives no reason"):
        print_out("sh -c 'exit 3'", "text")
    with monkeypatch.context() as hurried:
        hurried.setattr(files_out, "_PRINTING_SECONDS", 0.01)
        with pytest.raises(BadInput, match="did not print: it did not end within"):
            print_out("sleep 5", "text")
    with pytest.raises(BadInput, match="has a quote that does not end"):
        print_out('lp -d "front desk', "text")
    monkeypatch.setenv("PATH", "")
    assert files_out.printers() == ()
    with pytest.raises(BadInput, match="Set print_command"):
        print_out(None, "text")
    with pytest.raises(BadInput, match="no printer can be chosen"):
        print_out(None, "text", "color")
