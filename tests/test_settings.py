"""Settings: what the file may say, what is refused in words, and keys that can work (STYLE 3.5, 3.6)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pytest
from command_line import CommandLine
from hypothesis import given
from hypothesis import strategies as st

from navigator import actions
from navigator.cli.settings import words_of
from navigator.keymap import checked_keys, keys_in_force, settings_in_force
from navigator.settings import THEME_NAMES, Settings, read_settings
from navigator.themes import THEMES

ROOT = Path(__file__).resolve().parents[1]
EVERY_VALUE = """
theme = "coe-light"
program = "brewline-foods"
miles = 100
copy_by = "file"
print_command = "lp -d front-desk"
print_as = "text"
role = "hr"
[desk]
organization = "Lakeshore Benefits Navigation"
time_zone = "America/Chicago"
[keys]
"offer.evidence" = "w, Ctrl+E"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.toml") == (Settings(), ())


def test_every_setting_can_be_set(tmp_path: Path) -> None:
    settings, problems = settings_in_force(written(tmp_path, EVERY_VALUE))
    assert problems == ()
    assert settings == Settings(
        "coe-light",
        "brewline-foods",
        100,
        "file",
        "lp -d front-desk",
        "text",
        {"offer.evidence": "w,ctrl+e"},
        {"organization": "Lakeshore Benefits Navigation", "time_zone": "America/Chicago"},
        "hr",
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('theme = "blue"', "theme is 'blue'; expected one of coe-dark"),
        ("miles = 33", "miles is 33; expected one of 10, 25"),
        ("miles = true", "miles is True; expected one of 10, 25"),
        ("miles = 50.0", "miles is 50.0; expected"),
        ('copy_by = "fax"', "copy_by is 'fax'; expected one of osc52, file, both"),
        ("program = 7", "program is 7; expected the id or the path"),
        ('keys = "e"', "keys is 'e'; expected a table"),
        ('desk = {fax = "414-555-0144"}', "desk is {'fax': '414-555-0144'}; expected a table of texts, of organ"),
        ("desk = {phone = 4145550143}", "desk is {'phone': 4145550143}; expected a table of texts"),
        ('desk = {time_zone = "Central"}', "desk is {'time_zone': 'Central'}; expected a table"),
        ('colour = "red"', "colour is 'red'; expected one of the names theme, program"),
        ("miles = ", "cannot be read: "),
    ],
)
def test_a_wrong_value_is_told_and_has_its_default(tmp_path: Path, line: str, said: str) -> None:
    settings, problems = read_settings(written(tmp_path, f"print_command = 'lpr'\n{line}\n"))
    assert said in problems[0].message
    assert "settings.toml" in problems[0].message
    assert problems[0].next_step
    assert settings in (Settings(print_command="lpr"), Settings())


def test_a_file_that_is_no_text_is_told_and_nothing_is_raised(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b"\xff\xfe\x00")
    settings, problems = read_settings(tmp_path / "settings.toml")
    assert settings == Settings()
    assert "settings.toml cannot be read" in problems[0].message


@given(st.text(max_size=60))
def test_no_text_makes_the_settings_fail(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any-settings.toml"
    path.write_bytes(text.encode("utf-8", "replace"))
    assert settings_in_force(path).settings.miles in (10, 25, 50, 100, 250, 500)


def test_the_default_keys_do_not_clash_and_can_all_be_written_down() -> None:
    every = {action.id: action.keys for action in actions.every_action()}
    assert len(every) == len(actions.every_action())
    assert checked_keys(every) == (every, ())


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"offer.nothing": "x"}, 'there is no action "offer.nothing"'),
        ({"offer.evidence": "f99"}, '"f99" is no key'),
        ({"offer.evidence": "w,,"}, '"" is no key'),
        ({"offer.evidence": "shift+w"}, '"shift+w" is no key'),
        ({"offer.evidence": "Ctrl+C"}, "Ctrl+C copies what is marked"),
        ({"offer.evidence": "tab"}, "Tab moves between boxes"),
        ({"offer.evidence": "ctrl+i"}, "Ctrl+I moves between boxes"),
        ({"offer.evidence": "ctrl+m"}, "Ctrl+M is Enter for a terminal"),
        ({"form.finish": "x"}, "a box keeps x for typing"),
        ({"call.new": "backspace,f5"}, "a box keeps Backspace"),
        ({"call.new": "ctrl+a"}, "a box keeps Ctrl+A"),
        ({"offer.evidence": "o"}, 'o is the key of "offer.order" (Order) on the same screen'),
        ({"offer.evidence": "f5"}, 'F5 is the key of "call.new"'),
        ({"evidence.back": "f1"}, 'F1 is the key of "app.help"'),
        ({"app.help": "escape"}, 'Esc is the key of "'),
        ({"offer.evidence": "w", "offer.order": "w"}, 'w is the key of "offer.evidence"'),
    ],
)
def test_a_key_that_cannot_work_is_refused_with_the_reason(keys: Mapping[str, str], said: str) -> None:
    keymap, problems = checked_keys(keys)
    assert any(said in problem.message for problem in problems)
    assert len(keymap) == len(keys) - 1


def test_two_actions_may_swap_their_keys() -> None:
    swapped = {"offer.evidence": "o", "offer.order": "e"}
    assert checked_keys(swapped) == (swapped, ())


def test_keys_are_written_as_on_a_keyboard() -> None:
    known = {action.id: action for action in actions.every_action()}
    assert keys_in_force(known["call.words"], {}) == "F3 or /"
    assert keys_in_force(known["evidence.figure1"], {}) == "1-9"
    assert keys_in_force(known["offer.evidence"], {"offer.evidence": "ctrl+n,slash"}) == "Ctrl+N or /"


def test_the_themes_are_those_that_can_be_named() -> None:
    assert tuple(theme.name for theme in THEMES) == THEME_NAMES


def test_the_command_shows_value_default_origin_and_words(coe: CommandLine, tmp_path: Path) -> None:
    written(tmp_path, "miles = 100\n")
    assert coe("settings") == 0
    assert "miles = 100  (from settings.toml; default: 50)" in coe.out
    assert "theme = not set  (the default)" in coe.out
    assert "How far a call looks at first" in coe.out
    assert max(map(len, coe.out.splitlines()[2:])) <= 80
    assert coe("settings", "path") == 0
    assert coe.out.strip() == str(tmp_path / "settings.toml")


def test_the_command_tells_what_is_wrong(coe: CommandLine, tmp_path: Path) -> None:
    written(tmp_path, 'miles = 33\n[keys]\n"nope" = "x"\n')
    assert coe("settings") == 2
    assert "miles is 33" in coe.err
    assert 'no action "nope"' in coe.err
    assert coe("settings", "--json") == 2
    assert [entry["name"] for entry in coe.json["settings"]] == [each.name for each in fields(Settings)]
    assert len(coe.json["problems"]) == 2


def test_the_command_lists_the_keys_in_force(coe: CommandLine, tmp_path: Path) -> None:
    written(tmp_path, '[keys]\n"offer.evidence" = "w"\n')
    assert coe("settings", "keys") == 0
    (line,) = [line for line in coe.out.splitlines() if line.startswith("offer.evidence ")]
    assert line.split()[1] == "w"


def test_the_document_says_what_the_model_says() -> None:
    document = " ".join((ROOT / "docs/settings.md").read_text(encoding="utf-8").split())
    for name, words in words_of(Settings).items():
        assert f"`{name}` | {words} |" in document


def test_the_example_of_the_document_can_be_read(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs/settings.md").read_text(encoding="utf-8"), re.DOTALL)
    assert settings_in_force(written(tmp_path, example)).problems == ()
