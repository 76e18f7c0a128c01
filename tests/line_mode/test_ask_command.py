"""`coe ask`, `coe ticket`: at once, as JSON, from a pipe, and in a terminal of 40 columns (CONTRACT 6)."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import CommandLine
from terminal import Terminal

from navigator import ticket
from navigator.cli.streams import LEGIBLY, make_streams_safe
from provider_directory.models import Offer

ON = "2026-11-22"
CANARY = "qzzxv"


@pytest.fixture
def knee(demonstration_edition: Path) -> tuple[str, ...]:
    """Give a question at once."""
    return ("knee replacement", "53202", "--edition", str(demonstration_edition), "--on", ON)


def piped(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


@pytest.mark.parametrize("program", [(), ("--program", "brewline-foods"), ("--program", "copperline-rail")])
def test_json_is_the_answer_of_find(coe: CommandLine, knee: tuple[str, ...], program: tuple[str, ...]) -> None:
    assert coe("ask", *knee, *program, "--json", "--limit", "10") == 0
    asked = coe.out
    assert coe("find", *knee, *program, "--json") == 0
    assert asked == coe.out


def test_in_spanish_only_what_is_said_differs(coe: CommandLine, knee: tuple[str, ...]) -> None:
    assert coe("ask", *knee, "--json", "--lang", "es", "--program", "brewline-foods") == 0
    spanish = Offer.model_validate(coe.json)
    assert spanish.centers[0].spoken.startswith("Bajo contrato con su plan hasta junio de 2027.")
    assert coe("ask", *knee, "--json", "--program", "brewline-foods") == 0
    english = Offer.model_validate(coe.json)
    silent = [
        tuple(center.model_copy(update={"spoken": ""}) for center in offer.centers) for offer in (english, spanish)
    ]
    assert silent[0] == silent[1]


def test_in_a_pipe_a_sentence_is_a_line_and_three_centers_are_numbered(coe: CommandLine, knee: tuple[str, ...]) -> None:
    assert coe("ask", *knee, "--plain", "--program", "brewline-foods") == 0
    lines = coe.out.splitlines()
    assert [line.partition(",")[0] for line in lines if line[0].isdigit()] == [
        "1. Marquette Lakes Orthopedic Hospital",
        "2. St. Adalbert Medical Center",
        "3. Wrenfield Memorial Hospital",
    ]
    assert max(map(len, lines)) > 100
    assert "\x1b" not in coe.out


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code"),
    [
        (("bypass", "53202"), 2, "ambiguous_procedure"),
        (("knee replacement", "Springfield"), 2, "ambiguous_place"),
        (("xylophone", "53202"), 2, "unknown_procedure"),
        (("I want to kill myself", "53202"), 2, "in_danger"),
        (("knee replacement",), 2, "bad_input"),
        ((), 2, "bad_input"),
        (("knee replacement", "53202", "--lang", "fr"), 2, "bad_input"),
        (("knee replacement", "53202", "--plain"), 2, "bad_input"),
        (("knee replacement", "53202", "--limit", "0"), 2, "bad_input"),
    ],
)
def test_what_cannot_be_answered_exits_as_the_contract_says(
    coe: CommandLine, demonstration_edition: Path, arguments: tuple[str, ...], exit_code: int, code: str
) -> None:
    edition = ("--edition", str(demonstration_edition)) if arguments else ()
    assert coe("ask", *arguments, *edition, "--json") == exit_code
    assert coe.json["error"]["code"] == code


@pytest.mark.parametrize("command", [(), ("kiosk",)])
def test_a_terminal_that_draws_nothing_is_sent_to_the_lines(
    coe: CommandLine, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "dumb")
    assert coe(*command) == 2
    assert "(TERM=dumb). Use `coe ask`" in coe.err


def test_words_of_danger_bring_988_or_911_before_anything_is_looked_up(coe: CommandLine, knee: tuple[str, ...]) -> None:
    assert coe("ask", "quiero morirme", "53202", "--lang", "es", *knee[2:]) == 0
    assert "988" in coe.out
    assert "Milwaukee" not in coe.out
    assert coe("ask", "chest pain", *knee[1:]) == 2
    assert coe.out.splitlines()[0] == "If one of these is true right now, call 911, or your own doctor today:"


def test_answers_come_from_a_pipe_and_its_end_ends_it(
    coe: CommandLine, knee: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(monkeypatch, "new knee", "1", "1", "Milwaukee brewery", "ticket", "es")
    assert coe("ask", *knee[2:]) == 0
    english = ticket.grouped(ticket.written(ticket.Ticket(1, "53204", "en", 1)))
    assert f"Your ticket is {english}." in coe.out
    assert "Su boleto es 01CZ-N41N." in coe.out
    piped(monkeypatch)
    assert coe("ask", *knee[2:], "--lang", "es") == 0
    assert "¿Qué se va a hacer?" in coe.out


def test_a_ticket_of_an_office_waits_in_the_dialogue_for_the_program(
    coe: CommandLine, knee: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for program, where in (("brewline", "Milwaukee brewery (Brewline Foods)"), ("harborlight", "53204 Milwaukee, WI")):
        piped(monkeypatch, "01CZ N41N", program, "no", "boleto")
        assert coe("ask", *knee[2:]) == 0
        assert f"Reemplazo total de rodilla, cerca de {where}." in coe.out
    assert "Su boleto es 01CZ-N40M." in coe.out  # its number is of another employer's list


def test_a_ticket_opens_the_question_again_with_the_place_of_work(coe: CommandLine, knee: tuple[str, ...]) -> None:
    program = ("--program", "brewline-foods")
    assert coe("ticket", "o1cz n4ln", *knee[2:], *program) == 0
    assert coe.out.startswith("Reemplazo total de rodilla, cerca de Milwaukee brewery (Brewline Foods).")
    spanish = coe.out
    assert coe("ask", "knee replacement", "Milwaukee brewery", *knee[2:], *program, "--lang", "es") == 0
    assert coe.out == spanish
    assert coe("ticket", "01CZ-N41N", *knee[2:]) == 0
    assert "cerca de 53204 Milwaukee, WI." in coe.out
    assert coe("ticket", "11CZ-N41N", *knee[2:], "--json") == 2
    assert coe("ticket", "Z8CZMM0W", *knee[2:], "--json") == 2
    assert coe.json["error"]["message"].startswith("The ticket names no procedure")


@pytest.fixture
def dumb(tmp_path: Path, demonstration_programs: Path) -> dict[str, str]:
    """Give the environment of a dumb terminal, with a data folder of its own."""
    (tmp_path / "programs").symlink_to(demonstration_programs)
    plain = {"COE_HOME": str(tmp_path), "TERM": "dumb", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path), **plain}


def asking(edition: Path) -> list[str]:
    return [
        sys.executable,
        "-c",
        "from navigator.cli import main; main()",
        "ask",
        "--on",
        ON,
        "--edition",
        str(edition),
    ]


def test_in_a_narrow_dumb_terminal_it_is_asked_and_left_and_nothing_is_kept(
    dumb: dict[str, str], demonstration_edition: Path, tmp_path: Path
) -> None:
    with Terminal(asking(demonstration_edition), dumb, columns=40) as terminal:
        since = 0
        for said, typed in (
            (b"What is planned?", f"{CANARY} knee replacement"),
            (b"Whose program", "1"),
            (b"Which plan do you have", "2"),
            (b"Where?", "53202"),
            (b"Enter", "español"),
            ("¿Qué más?".encode(), "7"),
            ("¿Qué más?".encode(), "salir"),
        ):
            terminal.wait_for(said, since)
            since = terminal.type(f"{typed}\n")
        assert terminal.end() == 0
    shown = terminal.written.decode()
    assert "Adiós." in shown
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= 40
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and not path.is_relative_to(tmp_path / "programs")]
    assert [path for path in kept if CANARY.encode() in path.read_bytes()] == []


def test_bytes_of_another_encoding_end_nothing_and_missing_letters_stay_legible(
    dumb: dict[str, str], demonstration_edition: Path
) -> None:
    old = dumb | {"PYTHONIOENCODING": "ascii"}
    typed = b"new knee\n\xff\xfe\n" + b"x" * 100_000 + b"\nes\n1\n3\n53202\n"
    done = subprocess.run(asking(demonstration_edition), input=typed, env=old, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Total knee replacement." in done.stdout
    assert b"De los pacientes de Medicare de 65 anios o mas" in done.stdout
    assert not re.search(rb"[^\n -~]", done.stdout)  # no escape, return, backspace or half of a letter


def test_letters_that_an_encoding_lacks_are_written_as_plain_ones(
    coe: CommandLine, knee: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_streams_safe()
    shown = "¿Según? “65 años” – 18 to 40 → ≥ 2½ … 字"
    assert shown.encode("ascii", LEGIBLY) == b'?Segun? "65 anios" - 18 to 40 -> >= 21?2 ... ?'
    monkeypatch.setattr("navigator.cli.output.writes_unicode", lambda: False)
    assert coe("ask", *knee, "--json", "--lang", "es") == 0
    assert coe.out.isascii()
    assert "a\\u00f1os" in coe.out


def test_a_reader_that_leaves_and_closed_streams_are_no_fault_and_not_nothing_found(
    dumb: dict[str, str], demonstration_edition: Path
) -> None:
    left, right = os.pipe()
    os.close(left)
    command = asking(demonstration_edition)
    gone = subprocess.run(command, input=b"new knee\n", env=dumb, stdout=right, stderr=subprocess.PIPE, check=False)
    os.close(right)
    assert (gone.returncode, gone.stderr) == (0, b"")
    closed = subprocess.run(["sh", "-c", '"$@" <&- >&-', "sh", *command], env=dumb, stderr=subprocess.PIPE, check=False)
    assert (closed.returncode, closed.stderr) == (0, b"")


def test_in_spanish_what_may_be_several_things_is_asked_in_spanish(
    coe: CommandLine, demonstration_edition: Path
) -> None:
    assert coe("ask", "bypass", "53202", "--lang", "es", "--edition", str(demonstration_edition)) == 2
    assert coe.err.startswith("Estas palabras pueden significar varias cosas.")
    assert "Cirugía de bypass del corazón" in coe.err


def test_ctrl_c_ends_it_without_a_trace(dumb: dict[str, str], demonstration_edition: Path) -> None:
    with Terminal(asking(demonstration_edition), dumb) as terminal:
        terminal.wait_for(b"own words.")
        terminal.read_for(0.2)  # a signal within microseconds of the prompt is heard only after the next line
        terminal.send(signal.SIGINT)
        assert terminal.end() == 130
    assert b"Traceback" not in terminal.written
