"""The program file: which employer, which alliances, which plan year (CONTRACT 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from provider_directory.bounded_files import read_bounded, why_unread
from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, Choice
from provider_directory.strict_json import parse_strictly
from provider_directory.strict_toml import parse_toml

FAR_TOPICS = {
    "travel": "travel",
    "rule": "the rule",
    "exemption": "exemption",
    "second_opinion": "second opinion",
}
"""The keys of ``[no_center_in_reach]`` and what the screen calls each (CONTRACT 7)."""
RETENTION_YEARS = (6, 50)
"""The least is that of 45 CFR 164.316(b)(2)(i)."""
SPANISH = "_es"
"""Ends the key that holds the employer's own Spanish of a sentence, beside the key of the sentence."""
_NEXT_STEP = "A program file has id, employer, alliances (a list of names) and plan_year (a number)."
_FAR_FORM = f"Write [no_center_in_reach] and below it sentences for any of {', '.join(FAR_TOPICS)}."


# Not a pydantic model: the app shows the employer in its first frame, and pydantic would cost that frame 100 ms.
@dataclass(frozen=True)
class Program:
    """An employer's program; what else a file says is left to those who judge it."""

    id: str
    employer: str
    alliances: tuple[str, ...]
    plan_year: int
    payer: str | None = None
    """The plan's own payer as hospitals write it in their price files; None = not said."""
    plan: str | None = None
    far_from_contract: tuple[tuple[str, str], ...] = ()
    """What the plan does for a member far from every center under contract: a key of FAR_TOPICS and its sentence."""
    far_in_spanish: tuple[tuple[str, str], ...] = ()
    """Those sentences of which the file has Spanish, each with it."""
    retention_years: int | None = None
    """How long the contents of an ended referral or case are kept; None = not said."""
    file: Path | None = field(default=None, compare=False)
    """The file that it was read from; the list of its sites lies beside it."""


def load_program(name: str, folder: Path) -> Program:
    """Load a program by its id (ID.toml in ``folder``) or by the path of a TOML, JSON or .xlsx file.

    Raises BadInput naming the file, what was found and what to do.
    """
    path = Path(name)
    if not path.is_file():
        path = folder / f"{name}.toml"
    if not path.is_file():
        known = tuple(Choice(found.stem, str(found)) for found in sorted(folder.glob("*.toml")))
        raise BadInput(
            f'There is no program "{clean(name)}".',
            f"Give the path of a program file, or the id of one in {folder}.",
            known,
        )
    return _read(path)


def _read(path: Path) -> Program:
    content = _content(path)
    if not isinstance(content, dict):
        raise BadInput(f"{path.name} is no table of names and values.", _NEXT_STEP)
    far = _far_from_contract(path, content.get("no_center_in_reach", {}))
    return Program(
        id=_name(path, "id", content.get("id")),
        employer=_name(path, "employer", content.get("employer")),
        alliances=_alliances(path, content),
        plan_year=_plan_year(path, content),
        payer=_name_if_there(path, "payer", content),
        plan=_name_if_there(path, "plan", content),
        far_from_contract=tuple((key, words) for key, words in far.items() if key in FAR_TOPICS),
        far_in_spanish=tuple((far[key], far[key + SPANISH]) for key in FAR_TOPICS if {key, key + SPANISH} <= set(far)),
        retention_years=_retention_years(path, content),
        file=path,
    )


def _content(path: Path) -> object:
    if path.suffix.lower() == ".xlsx":
        from navigator.program.opened_file import open_program_file  # deferred: only a workbook pays for its reader

        return open_program_file(path).content
    try:
        text = read_bounded(path)
        return parse_strictly(text) if path.suffix.lower() == ".json" else parse_toml(text)
    except (ValueError, OSError) as fault:
        raise BadInput(
            f"{path.name} cannot be read: {clean(why_unread(fault))}.", "Give a TOML or JSON program file."
        ) from None


def _name(path: Path, field: str, found: object) -> str:
    if isinstance(found, str) and (name := clean(found, 120)):
        return name
    raise BadInput(f"{path.name}: {field} is a name; found {clean(repr(found), 60)}.", _NEXT_STEP)


def _name_if_there(path: Path, field: str, content: Mapping[str, object]) -> str | None:
    return _name(path, field, content[field]) if field in content else None


def _alliances(path: Path, content: Mapping[str, object]) -> tuple[str, ...]:
    found = content.get("alliances")
    if not isinstance(found, list):
        raise BadInput(f"{path.name}: alliances is a list; found {clean(repr(found), 60)}.", _NEXT_STEP)
    return tuple(_name(path, "each of the alliances", name) for name in found)


def _plan_year(path: Path, content: Mapping[str, object]) -> int:
    found = content.get("plan_year")
    if isinstance(found, int) and 2000 <= found <= 2100:
        return found
    raise BadInput(f"{path.name}: plan_year is a year, e.g. 2026; found {clean(repr(found), 60)}.", _NEXT_STEP)


def _retention_years(path: Path, content: Mapping[str, object]) -> int | None:
    found = content.get("retention_years")
    least, most = RETENTION_YEARS
    if found is None or (isinstance(found, int) and not isinstance(found, bool) and least <= found <= most):
        return found
    said = clean(repr(found), 60)
    raise BadInput(f"{path.name}: retention_years is a number from {least} to {most}; found {said}.", _NEXT_STEP)


def _far_from_contract(path: Path, found: object) -> dict[str, str]:
    """Read the sentences, and the Spanish of each that may stand beside it, in the order of FAR_TOPICS."""
    if not isinstance(found, dict):
        raise BadInput(f"{path.name}: no_center_in_reach is a table; found {clean(repr(found), 60)}.", _FAR_FORM)
    for key, words in found.items():
        if str(key).removesuffix(SPANISH) not in FAR_TOPICS or not isinstance(words, str) or not clean(words, 300):
            said = f"{clean(str(key), 40)} = {clean(repr(words), 60)}"
            raise BadInput(f"{path.name}: no_center_in_reach holds {said}.", _FAR_FORM)
    keys = (name for topic in FAR_TOPICS for name in (topic, topic + SPANISH))
    return {key: clean(found[key], 300) for key in keys if key in found}
