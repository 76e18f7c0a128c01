"""The member's confirmation: what was chosen, what happens next, what it may cost, and how to change one's mind."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from navigator.languages import sentences
from navigator.languages.procedure_names import procedure_name
from navigator.languages.translating import Language, Translator, to_say, translator
from navigator.letters import wording
from navigator.letters.conditions import still_asked
from navigator.letters.fields import Fields
from navigator.letters.letter import Letter
from navigator.letters.page import Facts, Lines, Page, Part, Points, Section
from navigator.packets.next_days import day_rows

if TYPE_CHECKING:
    from navigator.packets.member_values import CostShown, MemberPacket, ShownCenter


def confirmation(packet: MemberPacket, language: Language, on: date | None = None) -> Letter:
    """Give the member's letter of the day ``on``, today where none is given.

    Above the first fold stand a name, an address and the number alone. The care is named below it, sensitive or not, so
    that no envelope tells one from the other; the letter goes to the member, who must see what was asked for (REFERRAL
    "People").
    """
    say, fields, day = translator(language), Fields(), on or date.today()
    sections = (
        Section(say("What happens next"), "top", (_next(say, packet),)),
        Section(say("Your center"), "left", (_center(say, fields, packet),)),
        *_still_to_do(say, fields, packet),
        Section(say("Your rights"), "left", (Lines(_rights(say, fields, packet)),)),
        Section(say("What you pay"), "right", _pay(say, fields, packet)),
        Section(say("Questions to ask at the center"), "right", (Points(wording.questions(say)),)),
    )
    sentence, mark = wording.demonstration(say, packet.demonstration)
    page = Page(
        language=language,
        on=day,
        day=say.day(day),
        subject=say("Your referral {number}", number=packet.number),
        sender=_sender(say, fields, packet),
        to=_window(fields, packet),
        number=packet.number,
        spelled=packet.number_spelled,
        number_label=say("Your number"),
        title=say("Your referral"),
        opening=_opening(say, packet),
        sections=sections,
        foot=wording.foot(say, fields),
        proof=_proof(say, packet),
        demonstration=sentence,
        watermark=mark,
        qr_words=say("QR code of the number {number}", number=packet.number),
    )
    return Letter(page, f"confirmation-{packet.number.lower()}-{language}", _handling(packet))


def _opening(say: Translator, packet: MemberPacket) -> tuple[str, ...]:
    kept = say("Keep this page. Say your number when you call us.")
    if packet.calls_parent and not packet.contact.do_not_contact:
        return (say(_STATES[packet.state]), kept, say("For a minor we and the center call the parent or guardian."))
    return (say(_STATES[packet.state]), kept)


_STATES = {
    "draft": to_say("This is a draft: we have sent nothing yet."),
    "requested": to_say("We have sent your referral. The center has not told us yet that it came."),
    "received": to_say("The center has your referral."),
    "accepted": to_say("The center will see you."),
    "declined": to_say("The center cannot see you. We help you to find another one."),
    "scheduled": to_say("Your visit has a day."),
    "no-show": to_say("The visit did not take place. We help you to find another day."),
    "visit-cancelled": to_say("The visit was called off. We help you to find another day."),
    "visit-done": to_say("You have been to the center."),
    "on-hold": to_say("Your referral waits for now."),
    "cancel-requested": to_say("We have asked the center to stop."),
    "cancelled": to_say("This referral was called off."),
    "completed": to_say("This referral is complete."),
    "failed": to_say("This referral is closed."),
    "re-referred": to_say("Another referral has taken the place of this one."),
}


def _sender(say: Translator, fields: Fields, packet: MemberPacket) -> tuple[str, ...]:
    desk = packet.desk
    named = (desk.address, desk.phone, desk.hours_in(say.language))
    name = fields(desk.organization, 60) if desk.organization else say("Center of Excellence Navigator")
    return (name, *(fields(each, 80) for each in named if each))


def _window(fields: Fields, packet: MemberPacket) -> tuple[str, ...]:
    """Give what the envelope's window shows; an address only where the member asked for letters."""
    name = fields(packet.name, 60) if packet.name else ""
    by_mail = packet.contact.method == "mail" and packet.contact.address
    address = packet.contact.address if by_mail and packet.contact.address else ""
    street, comma, town = address.partition(", ")
    return tuple(fields(each, 60) for each in (name, street, town if comma else "") if each)


def _next(say: Translator, packet: MemberPacket) -> Part:
    rows = day_rows(say, packet.next_steps)
    return Facts(rows, wide=True) if rows else Lines((say("Nothing more is planned. Call us at any time."),))


def _center(say: Translator, fields: Fields, packet: MemberPacket) -> Facts:
    chosen, unknown = packet.chosen, say(wording.NOT_KNOWN)
    shown = next((each for each in packet.shown if each.chosen), None)
    name = packet.procedure.name
    rows = [
        (say("Center"), fields(chosen.name, 80) if chosen.name else unknown),
        (say("Phone"), fields(chosen.intake_phone or chosen.phone or unknown, 30)),
        (say("Address"), fields(chosen.address, 100) if chosen.address else unknown),
    ]
    if shown and shown.miles is not None:
        of_zip = shown.miles_precision != "address"
        rows.append((say("Distance"), sentences.distance(say, shown.miles, of_zip)))
    if shown:
        rows.append((say("Contract"), _contract(say, packet, shown)))
    care = fields(procedure_name(say.language, packet.procedure.id, name), 80) if name else unknown
    return Facts((*rows, (say("Care"), care)))


def _contract(say: Translator, packet: MemberPacket, shown: ShownCenter) -> str:
    if packet.program is None:
        return say("not known yet: ask your plan")
    if not shown.under_contract:
        return say("Not under contract with your plan.")
    ends = shown.contract_ends
    month = say.month(ends) if ends else None
    under = (
        say("Under contract with your plan until {month}.", month=month)
        if month
        else say("Under contract with your plan.")
    )
    return " ".join((under, *sentences.doubts_of_contract(say, shown.doubts)))


def _pay(say: Translator, fields: Fields, packet: MemberPacket) -> tuple[Part, ...]:
    here, elsewhere = packet.here, packet.elsewhere
    found = [say("This is an estimate, not a promise of payment."), say("The final bill may differ.")]
    if here is not None:
        found.append(say("It applies if you qualify and the plan approves the care first."))
    if here is not None and here.low_cents != here.high_cents:
        found.append(say("The amount depends on your plan option and on what you have paid this year."))
    if packet.extra:
        listed = fields(say.listed(map(say.term, packet.extra)), 120)
        found.append(say("Not in the agreed price: {extra}.", extra=listed))
    else:
        found.append(say("What is extra is not known here. Ask the center."))
    travel = packet.travel
    found.append(wording.travel_words(say, travel.state if travel else "ask", travel.people if travel else None))
    reward = wording.reward_words(say, packet.reward.state, packet.reward.amount_cents) if packet.reward else None
    found += [reward] if reward else []
    rows = ((say("At this center"), _amount(say, here)), (say("Elsewhere"), _amount(say, elsewhere)))
    return Facts(rows, strong=True), Lines((" ".join(found[:2]), *found[2:], *_clause(say, fields, packet)))


def _amount(say: Translator, cost: CostShown | None) -> str:
    if cost is None:
        return say("not known yet: ask your plan")
    return sentences.cost(say, cost.state, cost.low_cents, cost.high_cents)


def _clause(say: Translator, fields: Fields, packet: MemberPacket) -> tuple[str, ...]:
    clause = packet.here.clause if packet.here else None
    if clause is None or packet.employer is None or packet.plan_year is None:
        return ()
    rules = say(
        "By the rules of {employer} for {year}, clause {clause}.",
        employer=fields(packet.employer, 60),
        year=packet.plan_year,
        clause=fields(clause, 30),
    )
    later = wording.next_year(say, packet.plan_year, packet.care_day.year if packet.care_day else None)
    return (rules, later) if later else (rules,)


def _still_to_do(say: Translator, fields: Fields, packet: MemberPacket) -> tuple[Section, ...]:
    asked = still_asked(say, packet)
    if not asked:
        return ()
    more = say("And more: ask us.")
    points = fields.some(asked, 6, 130, more)
    return (Section(say("What your plan still asks"), "left", (Points(points),)),)


def _rights(say: Translator, fields: Fields, packet: MemberPacket) -> tuple[str, ...]:
    found = [_consent(say, fields, packet)]
    appeal = packet.appeal
    found.append(say("You may ask your plan for a written decision."))
    if appeal and appeal.within_days:
        found.append(
            say.many(
                "You may appeal it within {count} day.", "You may appeal it within {count} days.", appeal.within_days
            )
        )
    else:
        found.append(say("You may appeal it. Ask your plan how."))
    if appeal and appeal.to:
        found.append(say("Write to: {address}.", address=fields(appeal.to, 120)))
    return (found[0], " ".join(found[1:]))


class _Asked(NamedTuple):
    """What is said of the consent, by who was asked for it."""

    not_yet: str
    taken_back: str
    no: str
    yes: str
    back_by_phone: str
    back: str


_OF_MEMBER = _Asked(
    to_say("You have not been asked yet if we may share your name with the center."),
    to_say("You took back your yes on {day}. We share nothing more."),
    to_say("You said no to sharing your name with the center. We share nothing."),
    to_say("On {day} you said yes to sharing your name and reason with the center."),
    to_say("To take it back, call {phone}."),
    to_say("To take it back, call us."),
)
_OF_PARENT = _Asked(
    to_say("Your parent or guardian has not been asked yet if we may share your name with the center."),
    to_say("Your parent or guardian took back the yes on {day}. We share nothing more."),
    to_say("Your parent or guardian said no to sharing your name with the center. We share nothing."),
    to_say("On {day} your parent or guardian said yes to sharing your name and reason with the center."),
    to_say("To take it back, your parent or guardian calls {phone}."),
    to_say("To take it back, your parent or guardian calls us."),
)
"""Of a minor, for whom a parent or guardian spoke."""


def _consent(say: Translator, fields: Fields, packet: MemberPacket) -> str:
    consent, phone = packet.consent, packet.desk.phone
    asked = _OF_PARENT if packet.calls_parent else _OF_MEMBER
    if consent is None:
        return say(asked.not_yet)
    if consent.withdrawn_at is not None:
        day = say.day(consent.withdrawn_at.astimezone().date())
        return say(asked.taken_back, day=day)
    if not consent.share:
        return say(asked.no)
    day = say.day(consent.at.astimezone().date())
    how = say(asked.back_by_phone, phone=fields(phone, 40)) if phone else say(asked.back)
    return " ".join((say(asked.yes, day=day), how))


def _proof(say: Translator, packet: MemberPacket) -> tuple[str, ...]:
    found = []
    if packet.shown_on:
        day = say.day(packet.shown_on)
        found.append(say("Shown on {day} from edition {edition}.", day=day, edition=packet.edition[:12]))
    if packet.offer_sha256:
        found.append(say("What was shown: SHA-256 {hash}", hash=packet.offer_sha256))
    return (*found, say("Head of the record: {hash}", hash=packet.audit_head))


def _handling(packet: MemberPacket) -> tuple[str, ...]:
    found = []
    if packet.contact.do_not_contact:
        found.append("The member is not to be contacted: hand this over in person, or not at all.")
    elif packet.contact.method != "mail":
        found.append("The member did not ask for letters: hand it over, do not mail it.")
    else:
        found.append("Fold it in three with the address outside; the window shows name and address only.")
    if packet.large_print:
        found.append("The member reads large print: read the page aloud, or print the plain text in large letters.")
    return tuple(found)
