"""What a person may set for this machine: `settings.toml`, read before the first frame.

Plain dataclasses and tomllib only: pydantic would cost the first frame 100 ms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import NamedTuple

from provider_directory.cleaning import clean
from provider_directory.errors import BadInput
from provider_directory.time_zones import is_time_zone

RADII = (10, 25, 50, 100, 250, 500, 1000, 5000)
THEME_NAMES = ("coe-dark", "coe-light", "coe-contrast")
COPY_WAYS = ("osc52", "file", "both")
PRINT_FORMS = ("pdf", "text")
ROLES = ("desk", "hr")
_IF_WRONG = {"role": "hr"}
"""Settings of which a wrong value closes more than the default does."""
DESK_NAMES = ("organization", "phone", "hours", "hours_es", "time_zone", "address")
_NEXT_STEP = "Correct it, or remove the line; `coe settings` shows what is in force."


@dataclass(frozen=True)
class Settings:
    """What `settings.toml` may say; every value has a default, so that no file is needed."""

    theme: str | None = None
    """Colors at the start: `coe-dark`, `coe-light` or `coe-contrast`. Without it the mode chooses; where NO_COLOR is
    set, it is `coe-contrast`."""
    program: str | None = None
    """Program of the screen when it is opened without `--program`: the id of a file in `programs/`, or a path."""
    miles: int = 50
    """How far a call looks at first, in miles: 10, 25, 50, 100, 250 or 500."""
    copy_by: str = "both"
    """What copying does: `osc52` asks the terminal to put the text on the clipboard, `file` writes it into the folder
    `out/`, `both` does both."""
    print_command: str | None = None
    """Command that prints what it gets on its standard input. Without it `lp`, where the machine has one."""
    print_as: str = "pdf"
    """What a letter is printed as: `pdf`, or `text` for a command that takes no PDF. Copies are always text."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Other keys for actions, as a table `[keys]`: the action's id, and its keys with commas between them."""
    desk: Mapping[str, str] = field(default_factory=dict)
    """Who refers, for letters and packets, as a table `[desk]`: `organization`, `phone`, `hours`, `hours_es` (the
    same in Spanish), `time_zone` (as `America/Chicago`) and postal `address`."""
    role: str | None = None
    """Who works on this machine: `desk`, or `hr`, for whom the app opens as the HR desk and every command about persons
    is refused. Any other word counts as `hr`."""


class SettingsRead(NamedTuple):
    """What a settings file gave: the settings in force, and a sentence for each value that cannot be used."""

    settings: Settings
    problems: tuple[BadInput, ...]


def read_settings(path: Path) -> SettingsRead:
    """Read a settings file; what is absent or wrong keeps its default, and what is wrong is told. Raises nothing."""
    try:
        if not path.exists():
            return SettingsRead(Settings(), ())
        from provider_directory.strict_toml import read_toml  # deferred: a machine without the file never pays it

        content = read_toml(path)
    except (OSError, ValueError) as fault:
        return SettingsRead(Settings(), (_unreadable(path, fault),))
    return _settings_of(path, content)


def _settings_of(path: Path, content: Mapping[str, object]) -> SettingsRead:
    settings, problems = Settings(), []
    for name, found in content.items():
        expected, accepts = _EXPECTED.get(name, (_names_there_are(), _nothing))
        if accepts(found):
            value = {key: clean(str(said), 200) for key, said in found.items()} if isinstance(found, dict) else found
            settings = replace(settings, **{name: value})  # type: ignore[arg-type] # _EXPECTED holds the types
        else:
            problems.append(_wrong(path, name, found, expected))
            if name in _IF_WRONG:
                settings = replace(settings, **{name: _IF_WRONG[name]})  # type: ignore[arg-type] # as above
    return SettingsRead(settings, tuple(problems))


def _names_there_are() -> str:
    return f"one of the names {', '.join(each.name for each in fields(Settings))}"


def _nothing(_found: object) -> bool:
    return False


def _one_of(allowed: tuple[object, ...]) -> tuple[str, Callable[[object], bool]]:
    # The type too: True and 50.0 are equal to numbers that are allowed.
    kind = type(allowed[0])
    return f"one of {', '.join(map(str, allowed))}", lambda found: type(found) is kind and found in allowed


def _is_text(found: object) -> bool:
    return isinstance(found, str) and bool(clean(found))


def _is_keys(found: object) -> bool:
    return isinstance(found, dict) and all(isinstance(keys, str) for keys in found.values())


def _is_desk(found: object) -> bool:
    return (
        isinstance(found, dict)
        and found.keys() <= set(DESK_NAMES)
        and all(_is_text(said) for said in found.values())
        and ("time_zone" not in found or is_time_zone(found["time_zone"]))
    )


_EXPECTED: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    "theme": _one_of(THEME_NAMES),
    "program": ('the id or the path of a program file, e.g. "brewline-foods"', _is_text),
    "miles": _one_of(RADII),
    "copy_by": _one_of(COPY_WAYS),
    "print_command": ('a command, e.g. "lp -d front-desk"', _is_text),
    "print_as": _one_of(PRINT_FORMS),
    "role": _one_of(ROLES),
    "desk": (f'a table of texts, of {", ".join(DESK_NAMES)}, e.g. time_zone = "America/Chicago"', _is_desk),
    "keys": ('a table of ids and keys, e.g. "offer.evidence" = "e,f9"', _is_keys),
}


def _unreadable(path: Path, fault: Exception) -> BadInput:
    found = clean(str(fault), 200)
    return BadInput(f"{path.name} cannot be read: {found}.", "Until it is corrected, every setting has its default.")


def _wrong(path: Path, name: str, found: object, expected: str) -> BadInput:
    shown = clean(repr(found), 60)
    return BadInput(f"{path.name}: {clean(name, 40)} is {shown}; expected {expected}.", _NEXT_STEP)
