"""The program file: which employer, which alliances, which plan year (CONTRACT 3)."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from provider_directory.cleaning import clean
from provider_directory.errors import BadInput, Choice

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class Program(BaseModel):
    """An employer's program; keys that this version does not know are kept out of the way, not refused."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: Name
    employer: Name
    alliances: tuple[Name, ...]
    plan_year: int = Field(ge=2000, le=2100)
    mode: str | None = None
    """mandatory, voluntary or tiered, as the file says; the rules behind it are not judged here."""


def load_program(name: str, folder: Path) -> Program:
    """Load a program by its id (ID.toml in ``folder``) or by the path of a TOML or JSON file.

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
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
        program = Program.model_validate(content)
    except ValidationError as fault:
        first = fault.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the file"
        raise BadInput(
            f"{path.name}: {field}: {first['msg']}; found {clean(str(first['input']))[:60]!r}.",
            "A program file has id, employer, alliances (a list) and plan_year (a number).",
        ) from None
    except (ValueError, OSError) as fault:
        raise BadInput(
            f"{path.name} cannot be read: {clean(str(fault))}.", "Give a TOML or JSON program file."
        ) from None
    return program.model_copy(
        update={
            "id": clean(program.id),
            "employer": clean(program.employer),
            "alliances": tuple(clean(alliance) for alliance in program.alliances),
        }
    )
