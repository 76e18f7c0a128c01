"""The transfer card: what the navigator has before the eyes while a caller is handed over to the center's intake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from navigator.case.scripts import HANDING_OVER
from navigator.days import day_words, moment_words
from navigator.languages.demonstration import LONG as DEMONSTRATION
from navigator.languages.sentences import by_digits
from navigator.languages.translating import language_of, translator
from navigator.packets.for_center import check_may_be_shared
from navigator.packets.for_member import chosen_center
from navigator.packets.member_values import ChosenCenter
from navigator.packets.next_days import day_rows
from navigator.packets.next_steps import next_steps
from navigator.packets.values import ROLE, NextStep
from navigator.packets.whole import WholeReferral
from navigator.referral.delivery import try_line
from navigator.referral.number import spelled
from navigator.referral.record import Referral
from navigator.referral.working_days import federal_holidays
from provider_directory.models import Value
from provider_directory.routes import DAYS, OpenHours, clock_words, hours_words
from provider_directory.saying import lower_first
from provider_directory.time_zones import zone_words


class TransferCard(Value):
    """A transfer card in words; it is read at the desk and never sent."""

    number: str
    demonstration: bool
    center: str | None
    phone: str | None
    """Whom to call: the intake, else the hospital's switchboard."""
    phone_spelled: str | None
    is_intake: bool
    """False: the switchboard is called, for the roster names no intake."""
    local_time: str | None
    """Of the center, now; None = its time zone is not known."""
    hours: str | None
    standing: str
    """Whether it is open now, and until when."""
    say_first: str
    """The one sentence; a sensitive procedure and the member are not in it."""
    say_then: str
    """Once the intake person has said who they are."""
    sent: tuple[str, ...]
    """What was sent, when and how, oldest first; empty = nothing yet."""
    told: tuple[str, ...]
    """What was read to the member, and when; empty = nothing is noted."""
    to_tell: tuple[str, ...]
    """What comes next, and that the line is handed over."""
    to_tell_aloud: tuple[str, ...]
    """The same in the member's language; empty = it is English."""


def transfer_card(whole: WholeReferral, now: datetime) -> TransferCard:
    """Give the card for a moment (aware).

    Raises BadInput where no center is chosen, and without a consent that stands.
    """
    referral = whole.referral
    check_may_be_shared(referral)
    center = chosen_center(whole)
    hours, zone = _attended(center)
    local = now.astimezone(ZoneInfo(zone)) if zone else None
    phone = center.intake_phone or center.phone
    steps = next_steps(referral, whole.tasks, whole.today, whole.appointment, rule=whole.rule)
    return TransferCard(
        number=referral.number,
        demonstration=referral.demonstration,
        center=center.name,
        phone=phone,
        phone_spelled=phone and by_digits(phone),
        is_intake=center.intake_phone is not None,
        local_time=f"{local:%a} {clock_words(local.time())} {zone_words(zone)}" if local and zone else None,
        hours=hours_words(hours) or None,
        standing=standing(hours, local),
        say_first=_first(whole),
        say_then=_then(referral),
        sent=tuple(
            f"{moment_words(each.at)}: {try_line(each)}"
            for each in sorted(whole.deliveries, key=lambda tried: tried.at)
        ),
        told=tuple(_told(whole)),
        to_tell=(*(step.words for step in steps), HANDING_OVER),
        to_tell_aloud=tuple(_aloud(referral, steps)),
    )


def card_lines(card: TransferCard) -> Iterator[str]:
    """Yield the card in plain lines; indented ones belong to the line above."""
    if card.demonstration:
        yield DEMONSTRATION
    yield f"Transfer of {card.number} to {card.center or 'a center that is not named'}"
    whom = "Intake" if card.is_intake else "Switchboard, for the roster names no intake"
    yield f"{whom}: {card.phone} (spelled {card.phone_spelled})" if card.phone else "Phone: not known."
    yield f"There now: {card.local_time or 'the time zone is not known'}{f', {card.standing}' if card.hours else ''}"
    yield f"Hours: {card.hours or 'not in the roster'}"
    yield f"Say: “{card.say_first}”"
    yield f"Once they have said who they are: “{card.say_then}”"
    yield "Sent:" if card.sent else "Sent: nothing yet; a try is written down with `coe referral deliver`."
    yield from (f"  {line}" for line in card.sent)
    yield "The member was told:" if card.told else "The member was told: nothing is noted."
    yield from (f"  {line}" for line in card.told)
    yield "Tell the member:"
    yield from (f"  {line}" for line in card.to_tell)
    yield from (f"  “{line}”" for line in card.to_tell_aloud)


def standing(hours: tuple[OpenHours, ...], local: datetime | None) -> str:
    """Say whether intake is open at a moment in the center's own time, and until or from when."""
    if not hours or local is None:
        return "hours not known"
    if _is_holiday(local.date()):
        return "a federal holiday: it may be closed"
    for each in hours:
        if local.weekday() in each.days and each.opens <= local.time() < each.closes:
            return f"open now, until {clock_words(each.closes)}"
    return f"closed now, opens {_opens_next(hours, local)}"


def _is_holiday(day: date) -> bool:
    return day in federal_holidays(day.year)


def _opens_next(hours: tuple[OpenHours, ...], local: datetime) -> str:
    for ahead in range(8):
        day = local + timedelta(days=ahead)
        opens = [each.opens for each in hours if day.weekday() in each.days]
        later = [each for each in opens if ahead or each > local.time()]
        if later and not _is_holiday(day.date()):
            word = "today" if ahead == 0 else DAYS[day.weekday()]
            return f"{word} at {clock_words(min(later))}"
    return "in more than a week"


def _attended(center: ChosenCenter) -> tuple[tuple[OpenHours, ...], str | None]:
    """Give the hours of the phone, else of the first route that has some, with their time zone."""
    by_phone_first = sorted(center.routes, key=lambda each: each.route != "phone")
    found = next((each for each in by_phone_first if each.hours), None)
    if found is None:
        return (), center.time_zone
    return found.hours, found.time_zone or center.time_zone


def _first(whole: WholeReferral) -> str:
    referral = whole.referral
    care = "" if referral.sensitive or not referral.procedure_name else f", for {lower_first(referral.procedure_name)}"
    who = whole.desk.organization or f"a {ROLE}"
    return (
        f"This is {who}. I have a referral, number {spelled(referral.number)}{care}. "
        "Am I speaking with intake, and may I have your name?"
    )


def _then(referral: Referral) -> str:
    member, side = referral.member, f", {referral.side}" if referral.side else ""
    born = f", born {day_words(member.birth_date)}" if member.birth_date else ""
    return (
        f"It is for {member.name or 'a member who is on the line'}{born}: "
        f"{lower_first(referral.procedure_name or 'care that is named in it')}{side}, evaluation first. "
        "They are on the line with me, and agreed that I share this with you."
    )


def _aloud(referral: Referral, steps: Iterable[NextStep]) -> Iterator[str]:
    language = language_of(referral.language)
    if language != "en":
        say = translator(language)
        yield from (f"{day}: {words}" for day, words in day_rows(say, steps))
        yield say(HANDING_OVER)


def _told(whole: WholeReferral) -> Iterator[str]:
    consent, read_back = whole.referral.consent, whole.case.read_back if whole.case else None
    if consent is not None:
        yield f"the consent script, and said yes: {moment_words(consent.at)}"
    if read_back is not None:
        yield f"what was noted, read back and confirmed: {moment_words(read_back.at)}"
