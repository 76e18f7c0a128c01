"""`coe schema NAME`: the JSON Schema of each answer (CONTRACT 6).

To add an answer write its line into ``ANSWERS``: its name, and ``module:class`` of its model.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    "edition-list": "navigator.cli.json_answers:EditionList",
    "edition-table": "navigator.cli.json_answers:EditionTable",
    "edition-use": "navigator.cli.json_answers:EditionInUse",
    "edition-verify": "navigator.cli.json_answers:EditionVerified",
    "error": "navigator.cli.json_answers:ErrorAnswer",
    "gaps": "navigator.cli.json_answers:GapCounts",
    "price-file-check": "provider_directory.models:PriceFileCheck",
    "program-check": "navigator.program.check_answer:ProgramCheck",
    "question": "provider_directory.models:Question",
    "hr": "navigator.hr.card:AnswerCard",
    "hr-list": "navigator.cli.json_answers:HrQuestionList",
    "rule": "navigator.program.rule_answer:RuleAnswer",
    "settings": "navigator.cli.json_answers:SettingsInForce",
    "sync": "navigator.cli.sync_answer:SyncAnswer",
    "usage": "navigator.hr.usage:Usage",
    "case-list": "navigator.cli.kept_answers:CaseList",
    "case-show": "navigator.cli.kept_answers:CaseShown",
    "case-waits": "navigator.cli.kept_answers:CallWaits",
    "ledger-audit": "navigator.cli.kept_answers:LedgerAudit",
    "ledger-backup": "navigator.cli.kept_answers:LedgerBackup",
    "ledger-restore": "navigator.cli.kept_answers:LedgerRestored",
    "ledger-status": "navigator.cli.kept_answers:LedgerStatus",
    "ledger-verify": "navigator.cli.kept_answers:LedgerVerified",
    "member-export": "navigator.cli.kept_answers:MemberCopy",
    "referral": "navigator.referral.record:Referral",
    "referral-list": "navigator.cli.kept_answers:ReferralList",
    "referral-offer": "navigator.cli.kept_answers:ShownOffer",
    "referral-task-of-case": "navigator.cli.kept_answers:TaskOfCase",
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
PRINTED_BY: Mapping[str, tuple[str, ...]] = {
    "ask": ("find",),
    "ticket": ("find",),
    "edition-show": ("edition",),
    "credential-suspend": ("credential",),
    "credential-reinstate": ("credential",),
    "referral-show": ("referral",),
    "referral-deliver": ("referral-move",),
    "referral-take": ("referral-move",),
    "referral-take-back-consent": ("referral-move",),
    "referral-task-add": ("referral-move",),
    "referral-task-done": ("referral-move", "referral-task-of-case"),
    "referral-packet": ("packet-center", "packet-member", "packet-administrator"),
}
"""Which answers a command prints that has none of its own name, the words of the command joined by "-"."""
_INPUTS = frozenset({"member", "referral-request"})
"""What people write; the others are what a command prints."""


def schema(
    words: Annotated[
        list[str], typer.Argument(metavar="COMMAND", help="The command: find, referral list ...; another lists all")
    ],
) -> None:
    """Print the JSON Schema of an answer."""
    asked = "-".join(words)
    names = answers_of(asked)
    if len(names) != 1:
        known = names or tuple(ANSWERS)
        raise BadInput(
            f"`coe {' '.join(words)}` prints one of several answers." if names else f'There is no schema "{asked}".',
            f"Choose one of {', '.join(known)}.",
            tuple(Choice(each, each) for each in known),
        )
    (name,) = names
    print_json(answer_model(name).model_json_schema(mode="validation" if name in _INPUTS else "serialization"))


def answers_of(command: str) -> tuple[str, ...]:
    """Give the names of the answers that a command prints, its words joined by "-"; none = there is no schema."""
    return (command,) if command in ANSWERS else PRINTED_BY.get(command, ())


def answer_model(name: str) -> type[BaseModel]:
    """Give the model of an answer by its name; one is made by a function, for it is composed of others."""
    module, attribute = ANSWERS[name].split(":")
    found = getattr(import_module(module), attribute)
    model: type[BaseModel] = found if isinstance(found, type) else found()
    return model
