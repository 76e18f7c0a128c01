"""The JSON of commands about editions, settings and HR's lists as models; pydantic, so imported by commands only."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import ConfigDict, Field, RootModel, create_model

from provider_directory.edition.manifest import Manifest
from provider_directory.models import Value


class Choice(Value):
    """One of several answers between which a person decides."""

    id: str
    name: str


class Fault(Value):
    """What went wrong, with a stable word."""

    code: str
    message: str
    choices: tuple[Choice, ...]


class ErrorAnswer(Value):
    """What every command prints with --json where it cannot answer (CONTRACT 6)."""

    error: Fault


class EditionEntry(Value):
    """One edition of the shelf."""

    name: str
    in_use: bool
    demonstration: bool
    built_at: str
    default_date: date | None
    path: str


class EditionList(RootModel[tuple[EditionEntry, ...]]):
    """Answer of `coe edition list --json`, the newest first."""

    model_config = ConfigDict(defer_build=True)


class EditionVerified(Value):
    """Answer of `coe edition verify --json`; one that does not hold is an error."""

    name: str
    verified: Literal[True]
    file_sha256: str
    path: str


class EditionInUse(Value):
    """Answer of `coe edition use --json`."""

    name: str
    previous: str | None
    path: str
    without_changes_by_hand: tuple[str, ...]
    """Suspensions and reinstatements of the edition used before that this one does not hold."""


class EditionTable(Value):
    """Answer of `coe edition table --json`: a row is an object, column -> value; null = blank."""

    edition: str
    demonstration: bool
    table: str
    on: date
    rows: tuple[dict[str, Any], ...]


class GapEntry(Value):
    """How many questions of one program, criteria set and ZIP3 found no center under contract in reach."""

    program: str
    criteria_set: str
    zip3: str
    """"" = the place was no ZIP."""
    asked: int | None
    """None = fewer than ``fewest_shown``."""
    last_month: str


class GapCounts(Value):
    """Answer of `coe gaps --json`."""

    fewest_shown: int
    gaps: tuple[GapEntry, ...]


class HrQuestionEntry(Value):
    """One question of the HR desk, with the facts that its answer needs and those that it takes along."""

    id: str
    question: str
    needs: tuple[str, ...]
    may: tuple[str, ...]


class HrQuestionList(RootModel[tuple[HrQuestionEntry, ...]]):
    """Answer of `coe hr list --json`."""

    model_config = ConfigDict(defer_build=True)


class SettingEntry(Value):
    """One setting: what is in force, and what would be without a file."""

    name: str
    value: str | int | bool | dict[str, str] | None
    default: str | int | bool | dict[str, str] | None
    origin: Literal["default", "file"] = Field(serialization_alias="from")
    words: str


class SettingsInForce(Value):
    """Answer of `coe settings --json`."""

    path: str
    settings: tuple[SettingEntry, ...]
    problems: tuple[str, ...]


def build_answer() -> type[Value]:
    """Give the model of what `coe build --json` prints: the account of the build, and where the edition lies."""
    account: dict[str, Any] = {
        name: (field.annotation, field) for name, field in Manifest.model_fields.items() if name not in ("name", "seal")
    }
    return create_model(
        "BuildAnswer",
        __base__=Value,
        edition=(str, ...),
        path=(str, ...),
        published=(bool, ...),
        changes_by_hand=(tuple[str, ...], ...),
        review_list=(str | None, ...),
        **account,
    )
