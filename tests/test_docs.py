"""What the README and the documents say holds: commands, examples, links and figures."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer

from navigator.actions import SECTIONS
from navigator.cli.commands import COMMANDS, Command, CommandTable, loaded
from navigator.cli.main import app
from navigator.program.model import FAR_TOPICS, load_program
from provider_directory.catalog import load
from provider_directory.demo.hospitals import hospitals
from provider_directory.demo.roster import write_roster_file
from provider_directory.quality.criteria import criteria_sets
from provider_directory.sources.layouts import ROSTER_COLUMNS
from provider_directory.sources.recognise import recognise
from provider_directory.sources.roster import read_roster

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = (ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text(name), flags=re.DOTALL)


def commands() -> list[list[str]]:
    lines = [
        line for path in DOCUMENTS for block in blocks(str(path.relative_to(ROOT)), "sh") for line in block.split("\n")
    ]
    return [line.split() for line in lines if line.startswith("coe ")]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_shown_exists_with_its_options(words: list[str]) -> None:
    command: Any = typer.main.get_command(app)
    options = {name for option in command.params for name in option.opts}
    for word in words[1:]:
        if word in getattr(command, "commands", {}):
            command = loaded(word) if isinstance(command, CommandTable) else command.commands[word]
            options = {name for option in command.params for name in option.opts}
        elif word.startswith("--"):
            assert word in options


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_line_of_a_command_begins_its_own_help_and_fits_on_a_line(command: Command) -> None:
    assert len(command.line) <= 59
    assert loaded(command.name).help.startswith(command.line.rstrip("."))
    assert f"`coe {command.name}" in text("README.md")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_inside_the_project_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(((?!https?:)[^)#]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_key_of_the_app_is_in_the_readme() -> None:
    table = "\n".join(line for line in text("README.md").splitlines() if line.startswith("|"))
    named = set(re.findall(r"F\d+|Esc|Enter|Ctrl\+\w+|`([^`]+)`", table)) | set(re.findall(r"F\d+|Esc|Enter", table))
    keys = {action.shown for _, section in SECTIONS for action in section if action.shown}
    figures = {str(number) for number in range(1, 10)} | {"1-9"}
    assert keys - figures - named == set()
    assert "`1`-`9`" in table


def test_the_figures_of_the_readme_are_those_of_the_program() -> None:
    readme = text("README.md")
    unrated = [each for each in load().procedures if each.evidence_class in ("general", "none")]
    assert f"{len(hospitals())} invented hospitals" in readme
    assert f"{len(unrated)} of the {len(load().procedures)} procedures" in readme


def test_who_and_what_the_examples_name_is_in_the_demonstration(tmp_path: Path) -> None:
    write_roster_file(tmp_path / "roster.csv")
    roster = (tmp_path / "roster.csv").read_text(encoding="utf-8")
    surgeons = re.findall(r'--surgeon "([^"]+)"', text("README.md"))
    centers = re.findall(r"coe evidence (\S+)", "".join(blocks("README.md", "sh")))
    assert surgeons
    assert centers
    assert all(name in roster for name in (*surgeons, *centers))


def test_the_roster_document_names_every_column() -> None:
    named = set(re.findall(r"`([a-z_]+)`", text("docs/roster.md")))
    assert set(ROSTER_COLUMNS) <= named


def test_the_roster_example_can_be_read(tmp_path: Path) -> None:
    (example,) = blocks("docs/roster.md", "csv")
    (tmp_path / "roster.csv").write_text(example, encoding="utf-8")
    (source,), _ = recognise(tmp_path)
    reading = read_roster(source, frozenset(each.id for each in load().procedures), frozenset(criteria_sets()))
    assert (reading.kept, sum(reading.set_aside.values())) == (1, 0)
    assert reading.facts[0].bundle_cents == 24_100_00


def test_the_program_example_can_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "brewline-foods.toml").write_text("\n".join(blocks("docs/program.md", "toml")), encoding="utf-8")
    program = load_program("brewline-foods", tmp_path)
    assert program.alliances == ("Lakeshore Health Alliance",)
    assert [topic for topic, _words in program.far_from_contract] == list(FAR_TOPICS)


def test_the_release_example_names_releases() -> None:
    (example,) = blocks("docs/release.md", "toml")
    assert all(re.fullmatch(r"\d{4}-\d{2}", release) for release in tomllib.loads(example)["files"].values())
