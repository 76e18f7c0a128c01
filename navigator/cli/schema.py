"""`coe schema NAME`: the JSON Schema of each answer (CONTRACT 6).

To add an answer write its line into ``ANSWERS``: its name, and ``module:class`` of its model.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from navigator.cli.output import print_json
from provider_directory.errors import BadInput, Choice

if TYPE_CHECKING:
    from pydantic import BaseModel

# By name only: the models of all answers together take a second to import.
ANSWERS = {
    "procedures": "provider_directory.models:ProcedureAnswer",
    "expected-cost": "navigator.program.expected_cost:ExpectedCost",
    "find": "provider_directory.models:Offer",
    "member": "navigator.program.member:MemberFacts",
    "members-check": "navigator.cli.members_answer:MembersCheck",
    "members-import": "navigator.cli.members_answer:MembersImport",
    "members-status": "navigator.cli.members_answer:MembersStatus",
    "evidence": "provider_directory.models:Evidence",
    "compare": "provider_directory.models:Comparison",
    "price": "provider_directory.models:PriceLadder",
    "build": "navigator.cli.json_answers:build_answer",
    "credential": "provider_directory.edition.history:CredentialChange",
    "credential-list": "provider_directory.edition.history:CredentialHistory",
    "edition": "provider_directory.edition.manifest:Manifest",
    "edition-diff": "provider_directory.changes.values:EditionDiff",
    "edition-list": "navigator.cli.json_answers:EditionEntry",
    "edition-table": "navigator.cli.json_answers:EditionTable",
    "edition-use": "navigator.cli.json_answers:EditionInUse",
    "error": "navigator.cli.json_answers:ErrorAnswer",
    "price-file-check": "provider_directory.models:PriceFileCheck",
    "program-check": "navigator.program.check_answer:ProgramCheck",
    "question": "provider_directory.models:Question",
    "hr": "navigator.hr.card:AnswerCard",
    "rule": "navigator.program.rule_answer:RuleAnswer",
    "sync": "navigator.cli.sync_answer:SyncAnswer",
    "usage": "navigator.hr.usage:Usage",
    "referral": "navigator.referral.record:Referral",
    "referral-request": "navigator.referral.from_file:ReferralRequest",
    "referral-create": "navigator.referral.answers:Created",
    "referral-move": "navigator.referral.answers:ReferralNow",
    "referral-history": "navigator.referral.answers:History",
    "referral-import": "navigator.fhir.taking:MessageTaken",
    "referral-worklist": "navigator.referral.worklist:WorkList",
    "packet-center": "navigator.packets.values:CenterPacket",
    "packet-member": "navigator.packets.member_values:MemberPacket",
    "packet-administrator": "navigator.packets.administrator_values:AdministratorPacket",
    "referral-transfer": "navigator.packets.transfer:TransferCard",
    "referral-waits": "navigator.referral.answers:CenterWaits",
    "referral-check-edition": "navigator.ledger.edition_check:EditionCheck",
}
_INPUTS = frozenset({"member", "referral-request"})
"""What people write; the others are what a command prints."""


def schema(
    name: Annotated[str, typer.Argument(help="The command's name: find, price, build ...; another lists them all")],
) -> None:
    """Print the JSON Schema of an answer."""
    if name not in ANSWERS:
        raise BadInput(
            f'There is no schema "{name}".',
            f"Choose one of {', '.join(ANSWERS)}.",
            tuple(Choice(known, known) for known in ANSWERS),
        )
    print_json(answer_model(name).model_json_schema(mode="validation" if name in _INPUTS else "serialization"))


def answer_model(name: str) -> type[BaseModel]:
    """Give the model of an answer by its name; one is made by a function, for it is composed of others."""
    module, attribute = ANSWERS[name].split(":")
    found = getattr(import_module(module), attribute)
    model: type[BaseModel] = found if isinstance(found, type) else found()
    return model
