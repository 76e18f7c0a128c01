"""The JSON of commands about editions as models, for `coe schema`; pydantic, so imported by commands only."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import create_model

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
    """One edition of `coe edition list --json`, which prints a list of these."""

    name: str
    in_use: bool
    demonstration: bool
    built_at: str
    default_date: date | None
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
