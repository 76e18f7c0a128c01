"""The referral letter for the center, in English: who is referred for what, on which consent, and what is asked of it.

It holds the center's own share only, for it is made of the center's packet and of nothing else (REFERRAL "Who gets
what").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from navigator.case.speaker import speaks_for_minor
from navigator.languages.home_languages import language_name
from navigator.languages.translating import translator
from navigator.letters import wording
from navigator.letters.fields import Fields
from navigator.letters.letter import Letter
from navigator.letters.page import Facts, Lines, Page, Part, Points, Section
from navigator.referral.lifecycle import ENDED, WORDS, State
from navigator.referral.record import URGENCIES
from provider_directory.errors import BadInput
from provider_directory.spoken import dollars

if TYPE_CHECKING:
    from navigator.packets.values import CenterPacket, PacketGate, RecordAsked

UNKNOWN = "not known"
TO_FOLLOW = "to follow from the plan"
_SAY = translator("en")
_SIDES = {"left": "left", "right": "right", "both": "both sides"}
_GATE_STATES = {"met": "met", "not_yet": "not yet met", "ask": "still to be asked"}
_UNCONFIRMED: tuple[State, ...] = ("draft", "requested")
_VISITED: frozenset[State] = frozenset({"scheduled", "no-show", "visit-cancelled", "visit-done"})
_NOTHING_ASKED: frozenset[State] = ENDED | {"declined", "on-hold", "cancel-requested"}
"""Where a copy of the letter must set nobody to work."""
_HOW_TO_ANSWER = re.compile(r"\? \([^()]*\)$")
"""Behind a question, in brackets, how the desk writes its answer down."""


def referral_letter(packet: CenterPacket, on: date | None = None) -> Letter:
    """Give the letter; ``on`` is the day that it bears, today where none is given.

    Raises BadInput without a consent that stands.
    """
    if packet.consent is None or not packet.consent.share or packet.consent.withdrawn_at is not None:
        raise BadInput(f"Nothing of {packet.number} may be shared.", "Ask the member for a consent first.")
    fields, day = Fields(), on or date.today()
    sections = _sections(fields, packet, day)
    sentence, mark = wording.demonstration(_SAY, packet.demonstration)
    page = Page(
        language="en",
        on=day,
        day=_SAY.day(day),
        subject=f"Referral {packet.number}",
        sender=_sender(fields, packet),
        to=_window(fields, packet),
        number=packet.number,
        spelled=packet.number_spelled,
        number_label="Referral number",
        title=_title(packet, day),
        opening=(
            "Evaluation first: please decide with the member if this care is right. "
            "Other care, or no surgery, is a good result too.",
        ),
        sections=sections,
        foot=(
            *_numbers(fields, packet),
            "This letter is no approval of a claim and no promise of payment. Keep it with the member's record.",
            *((_SAY(wording.CUT_SOMEWHERE),) if fields.cut_any else ()),
        ),
        proof=_proof(packet),
        demonstration=sentence,
        watermark=mark,
        qr_words=f"QR code of the referral number {packet.number}",
    )
    return Letter(
        page,
        f"referral-{packet.number.lower()}",
        (
            "On a fax cover, an envelope or a subject line write the number and the center only, never the procedure.",
            "Printed or saved is not sent: write down the try when it has gone out.",
        ),
    )


def _sections(fields: Fields, packet: CenterPacket, day: date) -> tuple[Section, ...]:
    return (
        Section("What we ask of you", "top", (_asked(fields, packet, day),)),
        Section("Member", "left", (Facts(tuple(_member(fields, packet))),)),
        Section("Coverage", "left", (Facts(tuple(_coverage(fields, packet))),)),
        Section("Consent", "left", (Lines(tuple(_consent(fields, packet, day))),)),
        Section("Care asked for", "right", (Facts(tuple(_care(fields, packet))),)),
        Section("Conditions of the plan", "right", _conditions(fields, packet)),
        Section("Your contract", "wide", (Lines(tuple(_terms(fields, packet))),)),
    )


def _sender(fields: Fields, packet: CenterPacket) -> tuple[str, ...]:
    desk = packet.requester
    name = fields(desk.organization, 60) if desk.organization else "Center of Excellence Navigator"
    named = (desk.role.capitalize(), desk.address, desk.phone, desk.hours)
    return (name, *(fields(each, 80) for each in named if each))


def _window(fields: Fields, packet: CenterPacket) -> tuple[str, ...]:
    center = packet.center
    street, comma, town = (center.address or "").partition(", ")
    name = fields(center.name, 60) if center.name else "The center"
    return (name, "Intake", *(fields(each, 60) for each in (street, town if comma else "") if each))


def _asked(fields: Fields, packet: CenterPacket, day: date) -> Points:
    phone = packet.requester.phone
    tell = f" Call {fields(phone, 40)} and say the number." if phone else " Say the number."
    if packet.state in _NOTHING_ASKED:
        return Points((f"It stands so: {WORDS[packet.state]}. Do nothing for it before you have called us.{tell}",))
    points = []
    if packet.state in _UNCONFIRMED:
        points.append(f"By {_SAY.weekday(packet.receipt_due)}: tell us that this letter came.{tell}")
    if packet.state in (*_UNCONFIRMED, "received"):
        points.append(f"By {_SAY.weekday(packet.answer_due)}: tell us if you accept.")
    return Points((*points, _last_step(packet, day)), numbered=True)


def _last_step(packet: CenterPacket, day: date) -> str:
    if packet.state in _VISITED:
        return "Tell us how each visit went, what was decided, and the day of the next one."
    if packet.member.contact.do_not_contact:
        return "Tell us a day for the first visit. Do not call the member: they call us."
    then = "Then call" if packet.state != "accepted" else "Call"
    if _is_for_parent(packet, day):
        return f"{then} the parent or guardian, as “Reach” says, and tell us the day of the first visit."
    return f"{then} the member, and tell us the day of the first visit."


def _title(packet: CenterPacket, day: date) -> str:
    if packet.state in _NOTHING_ASKED:
        return "Please call us about this referral"
    if packet.member.contact.do_not_contact:
        return "Please plan an evaluation for our member"
    if _is_for_parent(packet, day):
        return "Please call our member's parent or guardian"
    return "Please call our member for an evaluation"


def _is_for_parent(packet: CenterPacket, day: date) -> bool:
    return packet.caller is not None and speaks_for_minor(packet.caller.speaker, packet.member.birth_date, day)


def _member(fields: Fields, packet: CenterPacket) -> Iterator[tuple[str, str]]:
    member, contact = packet.member, packet.member.contact
    yield "Name", fields(member.name, 80) if member.name else UNKNOWN
    yield "Born", _SAY.day(member.birth_date) if member.birth_date else UNKNOWN
    if contact.do_not_contact:
        yield "Reach", "Do not contact the member: call us."
    else:
        way = {"phone": "by phone", "email": "by e-mail", "mail": "by letter"}.get(contact.method or "", "")
        yield "Reach", " ".join(part for part in (way, fields(contact.address or UNKNOWN, 100)) if part)
        if contact.method == "phone":
            yield "Voicemail", {True: "is safe", False: "leave none", None: UNKNOWN}[contact.voicemail_ok]
        yield "Best times", fields(contact.best_times, 60) if contact.best_times else UNKNOWN
    yield "Language", fields(language_name(member.language), 40) if member.language else UNKNOWN
    yield "Needs", _needs(packet)
    if packet.caller:
        who = ", ".join(part for part in (packet.caller.name, packet.caller.relationship) if part)
        yield "Called by", fields(who, 80)
        yield "Authority", fields(packet.caller.authority, 110)
    if packet.companion:
        yield "Companion", fields(packet.companion, 60)


def _needs(packet: CenterPacket) -> str:
    member = packet.member
    told = {"interpreter": member.interpreter, "relay call": member.relay, "large print": member.large_print}
    wanted = [name for name, needed in told.items() if needed]
    unasked = [name for name, needed in told.items() if needed is None]
    said = _SAY.listed(wanted) or ("none" if not unasked else "")
    unknown = f"not asked: {_SAY.either(unasked)}" if unasked else ""
    return "; ".join(part for part in (said, unknown) if part)


def _coverage(fields: Fields, packet: CenterPacket) -> Iterator[tuple[str, str]]:
    coverage = packet.coverage
    yield "Employer", fields(coverage.employer, 60) if coverage.employer else UNKNOWN
    yield "Plan option", fields(coverage.plan_option, 40) if coverage.plan_option else UNKNOWN
    yield "Group", fields(coverage.group, 40) if coverage.group else UNKNOWN
    yield "Member ID", fields(coverage.member_id, 40) if coverage.member_id else UNKNOWN
    yield "Plan year", str(coverage.plan_year) if coverage.plan_year else UNKNOWN
    number = packet.authorization_number
    yield "Approval no.", fields(number, 40) if number else TO_FOLLOW


def _care(fields: Fields, packet: CenterPacket) -> Iterator[tuple[str, str]]:
    procedure = packet.procedure
    yield "Care", fields(procedure.name, 80) if procedure.name else UNKNOWN
    if procedure.clinical_name:
        yield "Clinical", fields(procedure.clinical_name, 90)
    yield "Side", _SIDES.get(procedure.side or "", "not asked, or plays no part")
    yield "Urgency", dict(URGENCIES)[packet.urgency] if packet.urgency else UNKNOWN
    yield "Reason", f"“{fields(packet.reason, 300)}”" if packet.reason else UNKNOWN
    yield "Surgeon", fields(packet.surgeon, 60) if packet.surgeon else "no one named"
    yield "Sent by", fields(packet.recommending_surgeon, 60) if packet.recommending_surgeon else UNKNOWN
    yield "Home doctor", fields(packet.home_doctor, 60) if packet.home_doctor else UNKNOWN
    yield "Dates wanted", fields(packet.wanted_dates, 60) if packet.wanted_dates else UNKNOWN
    yield "Red flags", _safety(packet)
    yield "Records", "; ".join(_records(fields, packet.records)) or "none asked for yet"


def _safety(packet: CenterPacket) -> str:
    safety = packet.safety
    if not safety.done:
        return "not asked yet"
    day = f" on {_SAY.day(safety.at.astimezone().date())}" if safety.at else ""
    return f"asked{day}"


def _records(fields: Fields, records: tuple[RecordAsked, ...]) -> tuple[str, ...]:
    named = (
        f"{each.what or each.kind}, {'here' if each.got else 'due ' + _SAY.weekday(each.due_on)}" for each in records
    )
    return fields.some(named, 3, 60, "and more: call us")


def _conditions(fields: Fields, packet: CenterPacket) -> tuple[Part, ...]:
    if not packet.gates:
        return (Lines(("The plan's rules name none.",)),)
    told = (_condition(fields, gate) for gate in packet.gates)
    return (Points(fields.some(told, 8, 105, "and more: call us")),)


def _condition(fields: Fields, gate: PacketGate) -> str:
    # The state stands whole behind what is cut: without it the line says nothing.
    return f"{fields(gate.answer or _HOW_TO_ANSWER.sub('?', gate.question), 80)} ({_GATE_STATES[gate.state]})"


def _consent(fields: Fields, packet: CenterPacket, letter_day: date) -> Iterator[str]:
    consent = packet.consent
    if consent is None:
        return
    day = _SAY.day(consent.at.astimezone().date())
    by = f" by {fields(consent.given_by, 60)}" if consent.given_by else ""
    script = fields(consent.script_version, 20)
    yield f"Yes to sharing this with you: {consent.method}, on {day}{by}, to our script {script}."
    who = "The parent or guardian" if _is_for_parent(packet, letter_day) else "The member"
    yield f"Please ask for your own consent to treat. {who} may take this yes back at any time."


def _terms(fields: Fields, packet: CenterPacket) -> Iterator[str]:
    terms, procedure = packet.terms, packet.procedure
    if terms is None:
        yield "No contract of yours counted when the member chose you. Call us about terms first."
        return
    start = f" from {_SAY.day(terms.effective)}" if terms.effective else ""
    end = f" to {_SAY.day(terms.ends)}" if terms.ends else ""
    named = procedure.name if procedure.name and terms.covers == procedure.id else f"the set “{terms.covers}”"
    yield f"With {fields(terms.alliance, 60)}, for {fields(named, 60)}{start}{end}."
    if terms.bundle_cents is not None:
        included = fields(_SAY.listed(terms.included), 110)
        covers = f" for {included}" if included else ""
        day = f", as of {_SAY.day(terms.price_as_of)}" if terms.price_as_of else ""
        extra = f" Not in it: {fields(_SAY.listed(terms.extra), 90)}." if terms.extra else ""
        yield f"Contract bundle price: {dollars(terms.bundle_cents)}{covers}{day}.{extra}"
    else:
        yield "Its bundle price is not known to us: your contract decides."
    yield f"Warranty: {fields(terms.warranty, 110) if terms.warranty else UNKNOWN}."
    yield f"Run-out terms: {fields(terms.run_out, 110) if terms.run_out else UNKNOWN}."


def _numbers(fields: Fields, packet: CenterPacket) -> tuple[str, ...]:
    theirs = f" Your number: {fields(packet.center_number, 40)}." if packet.center_number else ""
    said = f"It takes the place of {fields(packet.replaces, 20)}." if packet.replaces else ""
    return (f"{said}{theirs}".strip(),) if said or theirs else ()


def _proof(packet: CenterPacket) -> tuple[str, ...]:
    made = _SAY.day(packet.created_at.astimezone().date())
    shown = packet.offer_sha256 or "none kept"
    return (
        f"Referral made on {made}. What the member was shown: SHA-256 {shown}",
        f"Head of the record: {packet.audit_head}",
    )
