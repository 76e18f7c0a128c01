"""`coe schema NAME`: the JSON Schema of each answer (CONTRACT 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from navigator.cli.output import print_json
from provider_directory.errors import BadInput, Choice

if TYPE_CHECKING:
    from pydantic import BaseModel

_INPUTS = frozenset({"member", "referral-request"})
"""What people write; the others are what a command prints."""


def schema(
    name: Annotated[str, typer.Argument(help="The command's name: find, price, build ...; another lists them all")],
) -> None:
    """Print the JSON Schema of an answer."""
    from navigator.cli import json_answers, members_answer
    from navigator.cli.sync_answer import SyncAnswer
    from navigator.hr.card import AnswerCard
    from navigator.hr.usage import Usage
    from navigator.program.check_answer import ProgramCheck
    from navigator.program.expected_cost import ExpectedCost
    from navigator.program.member import MemberFacts
    from navigator.program.rule_answer import RuleAnswer
    from provider_directory import models
    from provider_directory.changes.values import EditionDiff
    from provider_directory.edition.history import CredentialChange, CredentialHistory
    from provider_directory.edition.manifest import Manifest

    answers: dict[str, type[BaseModel]] = {
        "procedures": models.ProcedureAnswer,
        "expected-cost": ExpectedCost,
        "find": models.Offer,
        "member": MemberFacts,
        "members-check": members_answer.MembersCheck,
        "members-import": members_answer.MembersImport,
        "members-status": members_answer.MembersStatus,
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
        "program-check": ProgramCheck,
        "question": models.Question,
        "hr": AnswerCard,
        "rule": RuleAnswer,
        "sync": SyncAnswer,
        "usage": Usage,
    }
    answers |= _of_referrals()
    if name not in answers:
        raise BadInput(
            f'There is no schema "{name}".',
            f"Choose one of {', '.join(answers)}.",
            tuple(Choice(known, known) for known in answers),
        )
    print_json(answers[name].model_json_schema(mode="validation" if name in _INPUTS else "serialization"))


def _of_referrals() -> dict[str, type[BaseModel]]:
    from navigator.fhir.taking import MessageTaken
    from navigator.ledger.edition_check import EditionCheck
    from navigator.packets.transfer import TransferCard
    from navigator.packets.values import AdministratorPacket, CenterPacket, MemberPacket
    from navigator.referral import answers
    from navigator.referral.from_file import ReferralRequest
    from navigator.referral.record import Referral
    from navigator.referral.worklist import WorkList

    return {
        "referral": Referral,
        "referral-request": ReferralRequest,
        "referral-create": answers.Created,
        "referral-move": answers.ReferralNow,
        "referral-history": answers.History,
        "referral-import": MessageTaken,
        "referral-worklist": WorkList,
        "packet-center": CenterPacket,
        "packet-member": MemberPacket,
        "packet-administrator": AdministratorPacket,
        "referral-transfer": TransferCard,
        "referral-waits": answers.CenterWaits,
        "referral-check-edition": EditionCheck,
    }
