"""The plain name of a procedure in the language of who reads it; English names are the catalog's own."""

from __future__ import annotations

import csv
import functools
from importlib import resources

from navigator.languages.translating import Language


def procedure_name(language: Language, procedure_id: str | None, name: str) -> str:
    """Give the lay name of a procedure; ``name``, its English one, where the language has none of its own."""
    if language == "en" or procedure_id is None:
        return name
    return _names(language).get(procedure_id, name)


@functools.cache
def _names(language: Language) -> dict[str, str]:
    text = (resources.files("navigator.languages") / f"procedures_{language}.csv").read_text(encoding="utf-8")
    return {row["id"]: row[f"name_{language}"] for row in csv.DictReader(text.splitlines())}
