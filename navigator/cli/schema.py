"""`coe schema NAME`: the JSON Schema of each answer (CONTRACT 6)."""

from __future__ import annotations

from typing import Annotated

import typer

from navigator.cli.output import print_json
from provider_directory.errors import BadInput, Choice


def schema(
    name: Annotated[str, typer.Argument(help="The command's name: find, price, build ...; another lists them all")],
) -> None:
    """Print the JSON Schema of an answer."""
    from pydantic import BaseModel

    from navigator.cli import json_answers
    from navigator.cli.sync_answer import SyncAnswer
    from provider_directory import models
    from provider_directory.changes.values import EditionDiff
    from provider_directory.edition.history import CredentialChange, CredentialHistory
    from provider_directory.edition.manifest import Manifest

    answers: dict[str, type[BaseModel]] = {
        "procedures": models.ProcedureAnswer,
        "find": models.Offer,
        "evidence": models.Evidence,
        "compare": models.Comparison,
        "price": models.PriceLadder,
        "build": json_answers.build_answer(),
        "credential": CredentialChange,
        "credential-list": CredentialHistory,
        "edition": Manifest,
        "edition-diff": EditionDiff,
        "edition-list": json_answers.EditionEntry,
        "edition-table": json_answers.EditionTable,
        "edition-use": json_answers.EditionInUse,
        "error": json_answers.ErrorAnswer,
        "price-file-check": models.PriceFileCheck,
        "question": models.Question,
        "sync": SyncAnswer,
    }
    if name == "referral":
        from navigator.referral.record import Referral

        print_json(Referral.model_json_schema())
        return
    if name not in answers:
        known = (*answers, "referral")
        raise BadInput(
            f'There is no schema "{name}".', f"Choose one of {', '.join(known)}.", tuple(Choice(k, k) for k in known)
        )
    print_json(answers[name].model_json_schema(mode="serialization"))
