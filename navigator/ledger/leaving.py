"""One referral with everything around it, gathered for what leaves the desk (REFERRAL "Who gets what")."""

from __future__ import annotations

from pathlib import Path

from navigator import locations
from navigator.case.stored import from_json
from navigator.case.value import Case
from navigator.ledger.ledger import Ledger
from navigator.packets.values import Desk
from navigator.packets.whole import KnownProgram, WholeReferral
from navigator.program.in_call import rules_of
from navigator.program.member import MemberFacts
from navigator.program.model import load_program
from navigator.referral.record import Referral
from navigator.referral.snapshot import taken_apart
from navigator.settings import read_settings
from provider_directory.errors import DirectoryError


def whole_referral(ledger: Ledger, number: str, desk: Desk, programs: Path | None = None) -> WholeReferral:
    """Give what the desk knows of a referral; that it was read stands in the audit, whose head follows that entry.

    ``programs`` is the folder of the program files; without it, or without the file, what it would say is not known.
    Raises BadInput, UnknownReferral, LedgerProblem.
    """
    referral = ledger.get(number)
    shown = ledger.shown_offer(referral.number)
    case = _case(ledger, referral)
    member = _facts(ledger, referral, case)
    return WholeReferral(
        referral=referral,
        today=ledger.store.now().astimezone().date(),
        audit_head=ledger.audit_head().short,
        desk=desk,
        shown=taken_apart(shown) if shown is not None else None,
        case=case,
        member=member,
        program=_program(referral.program, programs),
        tasks=ledger.tasks.of(referral.number),
        deliveries=ledger.deliveries.of(referral.number),
        moves=ledger.moves.events(referral.number),
    )


def whole_here(ledger: Ledger, number: str) -> WholeReferral:
    """Give it with the desk and the program files that this machine is set to; raises as ``whole_referral``."""
    desk = Desk(**read_settings(locations.settings_file()).settings.desk)
    return whole_referral(ledger, number, desk, locations.programs())


def _case(ledger: Ledger, referral: Referral) -> Case | None:
    """Give the call in which it began; None where that call turned to somebody else."""
    if referral.case_id is None:
        return None
    case = from_json(ledger.cases.get(referral.case_id).case_json)
    return case if _same_person(referral, case) else None


def _same_person(referral: Referral, case: Case) -> bool:
    of_call, of_form = case.member, referral.member
    if of_call is None:
        return True
    if of_call.member_id and of_form.member_id:
        return of_call.member_id.casefold() == of_form.member_id.casefold()
    if of_call.birth_date and of_form.birth_date:
        return of_call.birth_date == of_form.birth_date
    return True


def _facts(ledger: Ledger, referral: Referral, case: Case | None) -> MemberFacts | None:
    """Give what is known of the member's plan: as the call noted it, else as the eligibility file says."""
    kept = MemberFacts.model_validate_json(case.member_facts) if case and case.member_facts else MemberFacts()
    if kept.plan_option and kept.relationship:
        return kept
    member = referral.member
    found = ledger.roster.match(referral.program, member.member_id, member.name, member.birth_date)
    if referral.program is None or len(found) != 1:
        return kept
    said = found[0][1].facts
    return kept.model_copy(
        update={name: getattr(kept, name) or said.get(name) for name in ("plan_option", "relationship")}
    )


def _program(name: str | None, folder: Path | None) -> KnownProgram:
    if name is None or folder is None:
        return KnownProgram()
    try:
        program = load_program(name, folder)
    except DirectoryError:
        return KnownProgram()
    rules = rules_of(program).rules
    return KnownProgram(
        employer=program.employer,
        plan_year=program.plan_year,
        administrator=rules.ask if rules else None,
        plan_options={option.id: option.name for option in rules.plan_options} if rules else {},
    )
