"""The centers of an answer as lines to be heard: one sentence a line, no signs, nothing that a voice cannot say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navigator.languages import sentences, spoken
from navigator.languages.alphabet import spelled_with_words
from navigator.languages.procedure_names import procedure_name
from navigator.languages.terms import TERMS
from navigator.languages.translating import Translator, to_say
from navigator.letters import wording
from navigator.line_mode.answers import Answered
from navigator.line_mode.cost_said import cost_said
from navigator.line_mode.rule_said import warning_lines
from navigator.program.rule_answer import PlanWords
from navigator.program.said_to_member import PlanSaid
from navigator.ticket import grouped
from provider_directory.crediting import ENDS_EARLY, REVIEW, SUSPENDED_FROM
from provider_directory.models import Center, Offer, Price, PriceKind
from provider_directory.saying import upper_first
from provider_directory.spoken import price_sentences, reason_sentence

_OF_OTHERS = re.compile(r"under contract with (.+), for its members")
_STATE_AND_ZIP = re.compile(r"\b([A-Z]{2}) (\d{5})\b")
_KINDS: dict[PriceKind, str] = {
    "paid_by_plan": to_say("What the plan paid here, median of its claims: {amount}."),
    "posted_negotiated": to_say("The hospital posts a negotiated rate of {amount}."),
    "posted_typical": to_say("The hospital posts a typical payment of {amount}."),
    "posted_average": to_say("The hospital posts an average of {amount}."),
    "list_share": to_say("Computed from the hospital's list price: {amount}."),
    "other_insurers": to_say("Other insurers here pay {amount}, the median."),
    "posted_few_cases": to_say("The hospital posts a typical payment of {amount}, from fewer than 11 cases."),
    "cash": to_say("The cash price is {amount}; it is not the plan's price."),
    "rough_guess": to_say("A rough guess: {amount}."),
}
_SETTINGS = {
    "inpatient": to_say("It is for the hospital stay; surgeon and anesthesia may be extra."),
    "outpatient": to_say("It is the facility's fee only; surgeon, anesthesia and implant may be extra."),
}
_WARNINGS = {
    "no_roster_of_program": to_say("This data has no list of centers from your plan's alliances: no contract counts."),
    "release_unknown": to_say("How old the public figures are is not known."),
}


def offer_lines(say: Translator, answered: Answered) -> Iterator[str]:
    """Say what was asked, what limits the answer, and each center in a few sentences with its number."""
    offer, program = answered.offer, answered.asked.program
    procedure = answered.asked.procedure
    name = procedure_name(say.language, procedure.id, procedure.name)
    yield say("{procedure}, near {place}.", procedure=name, place=offer.place.label)
    if program:
        yield say("Under the program of {employer}, {year}.", employer=program.employer, year=str(program.plan_year))
    if offer.demonstration:
        yield say(wording.DEMONSTRATION)
    if none := none_within(say, answered):
        yield none
    yield from (say(_WARNINGS[warning]) for warning in offer.warnings if warning in _WARNINGS)
    if offer.note:
        yield say.term(offer.note)
    if not offer.centers:
        yield say("No center can be offered.")
        return
    for at, center in enumerate(offer.centers):
        yield from center_lines(say, answered, at, center)
    yield from _ties(say, offer)
    yield from _out_of_reach(say, answered)
    yield from lacking_lines(say, answered)
    yield say("This is information, not medical advice; costs are estimates, not a promise of payment.")


def more_lines(say: Translator, answered: Answered, first: int) -> Iterator[str]:
    """Say the centers from one on, counted from 0, with their numbers; or that there are no more of them."""
    centers = answered.offer.centers
    for at in range(first, len(centers)):
        yield from center_lines(say, answered, at, centers[at])
    if first < len(centers):
        yield from _ties(say, answered.offer, first)
    else:
        yield say("There are no more centers within {miles} miles.", miles=f"{answered.asked.miles:g}")


def center_lines(say: Translator, answered: Answered, at: int, center: Center) -> Iterator[str]:
    """Say one center: its name and how far, what is known of it, what the member pays there, its phone."""
    yield f"{at + 1}. {center.facility.name}, {sentences.miles(say, center)}."
    yield spoken.standing(say, center, answered.asked.program is not None)
    yield from doubt_lines(say, center)
    if figure := spoken.first_figure(say, center):
        yield figure
    elif scored := spoken.quality(say, center):
        yield scored
    if rule := answered.rules[at]:
        yield from cost_said(say, rule, center)
    yield phone_line(say, center)


def doubt_lines(say: Translator, center: Center) -> tuple[str, ...]:
    """Say what may keep a contract from serving."""
    return sentences.doubts(say, center.credential)


def lacking_lines(say: Translator, answered: Answered) -> Iterator[str]:
    """Say what limits the rules' answer, or why nothing is known of what the member pays."""
    if answered.asked.program is None:
        yield say("What you would pay is not known without your employer's program: ask your plan.")
        return
    yield from mandatory_lines(say, answered)
    for rule in answered.rules[:1]:
        yield from warning_lines(say, rule) if rule else ()
    if say.language == "en":
        yield from answered.lacking
    elif answered.lacking:
        yield say("The program cannot say everything here: ask your plan what you would pay.")


def mandatory_lines(say: Translator, answered: Answered) -> Iterator[str]:
    """Say that the plan pays at its centers alone, and that there are exceptions, where its rule is mandatory."""
    if any(rule and rule.coverage.mode == "mandatory" for rule in answered.rules[:1]):
        yield wording.mode_words(say, "covered", "mandatory")


def why_lines(say: Translator, answered: Answered, at: int) -> Iterator[str]:
    """Say in five lines why a center stands where it stands: contract, figure, score, cases, rank."""
    center = answered.offer.centers[at]
    yield f"{center.facility.name}."
    yield spoken.standing(say, center, answered.asked.program is not None)
    alliance = center.credential.basis.removeprefix("contract with ")
    if alliance != center.credential.basis:
        yield say("The contract is with {alliance}.", alliance=alliance)
    if reason := reason_sentence(center.credential, say):
        yield reason
    yield from doubt_lines(say, center)
    yield from _flag_lines(say, center)
    if figure := spoken.first_figure(say, center):
        yield figure
    yield spoken.quality(say, center) or sentences.quality(say, center)
    yield cases_line(say, center)
    yield rank_line(say, center)


def price_lines(say: Translator, answered: Answered, at: int) -> Iterator[str]:
    """Say a center's price with its kind, what it covers, how old it is; Medicare's payment beside it."""
    center = answered.offer.centers[at]
    price = center.price
    yield f"{center.facility.name}."
    if price.kind == "contract_bundle" and price.amount_cents is not None:
        priced = price_sentences(price, price.amount_cents, say)[:-1]  # the estimate closes the page
    else:
        priced = list(_posted(say, price))
    yield from priced
    if price.as_of:
        yield say("As of {month}.", month=say.month(price.as_of))
    if center.benchmark:
        amount = say.dollars(center.benchmark.amount_cents)
        yield say("Medicare pays {amount} here for the stay; that is no price of your plan.", amount=amount)
    rule = answered.rules[at]
    if rule:
        yield from (line for line in cost_said(say, rule, center) if line not in priced)
    if rule or price.amount_cents is not None:
        yield say("This is an estimate, not a promise of payment.")


def slow_lines(say: Translator, answered: Answered, at: int) -> Iterator[str]:
    """Say name, miles and phone once more, one thing a line, the phone digit by digit and the name by letters."""
    center = answered.offer.centers[at]
    yield f"{center.facility.name}."
    for word in center.facility.name.split():
        if letters := " ".join(sign for sign in word.upper() if sign.isalnum()):
            yield f"{word}: {letters}."
    yield f"{upper_first(sentences.miles(say, center))}."
    if center.facility.address:
        yield f"{_STATE_AND_ZIP.sub(_by_letters, center.facility.address)}."
    phone = center.facility.phone_to_call
    yield say("Phone: {digits}.", digits=sentences.by_digits(phone)) if phone else say("Its phone is not known.")


def _by_letters(found: re.Match[str]) -> str:
    return f"{' '.join(found[1])}, {' '.join(found[2])}"


def phone_line(say: Translator, center: Center) -> str:
    """Say the phone for a first call."""
    phone = center.facility.phone_to_call
    return say("Phone: {digits}.", digits=phone) if phone else say("Its phone is not known.")


def ticket_lines(say: Translator, code: str | None) -> Iterator[str]:
    """Say the claim ticket by its characters."""
    if code is None:
        yield say("A ticket needs a ZIP: choose another place, and give its ZIP.")
        return
    yield say("Your ticket is {code}.", code=grouped(code))
    yield say("By its characters: {characters}.", characters=spelled_with_words(say, grouped(code)))
    yield say("Read it to a navigator, who then sees this question; it holds no name.")


def _flag_lines(say: Translator, center: Center) -> Iterator[str]:
    """Say what stands beside a credential, but for the doubts about a contract, which are said before."""
    for flag in center.credential.flags:
        if flag.startswith((ENDS_EARLY, SUSPENDED_FROM, REVIEW)):
            continue
        if alliance := _OF_OTHERS.fullmatch(flag):
            yield say("Under contract with {alliance}, for its members.", alliance=alliance[1])
        elif flag in TERMS or say.language == "en":
            yield f"{upper_first(say.term(flag))}."
        else:
            yield say("A note, in English: {words}.", words=flag)


def _posted(say: Translator, price: Price) -> Iterator[str]:
    if price.amount_cents is None or price.kind not in _KINDS:
        yield say("No price is known here: ask the plan for one.")
        return
    yield say(_KINDS[price.kind], amount=say.dollars(price.amount_cents))
    if price.low_cents is not None and price.high_cents is not None:
        low, high = say.dollars(price.low_cents), say.dollars(price.high_cents)
        yield say("The lowest is {low}, the highest {high}.", low=low, high=high)
    if price.setting:
        yield say(_SETTINGS[price.setting])
    if price.old:
        yield say("The price file is old.")


def cases_line(say: Translator, center: Center) -> str:
    """Say how many cases a center has a year, with what is counted."""
    if center.cases is None:
        return say("How many cases it has a year is not reported.")
    count, label = say.count(center.cases.per_year), say.term(center.cases.label)
    return say("Cases: {count} {label}.", count=count, label=label)


def rank_line(say: Translator, center: Center) -> str:
    """Say where a center stands, and that a range of places is a tie."""
    if center.rank_range is None:
        return say("It is not ranked: nothing in the data ranks it.")
    first, last = center.rank_range
    if first == last:
        return say("It ranks number {place}.", place=str(first))
    return say(
        "It ranks {first} to {last}: nothing in the data separates these centers but distance.",
        first=str(first),
        last=str(last),
    )


def _ties(say: Translator, offer: Offer, first: int = 0) -> Iterator[str]:
    """Say which of the centers are a tie, if one from ``first`` on, counted from 0, is of it."""
    places: dict[tuple[int, int], list[int]] = {}
    for number, center in enumerate(offer.centers, 1):
        if center.rank_range:
            places.setdefault(center.rank_range, []).append(number)
    for tied in places.values():
        if len(tied) > 1 and tied[-1] > first:
            numbers = say.listed(map(str, tied))
            yield say("Numbers {numbers} are tied: only distance separates them.", numbers=numbers)


def none_within(say: Translator, answered: Answered) -> str | None:
    """Say that no center lies within the radius; None where one does, or none is known anywhere."""
    if "none_within_radius" not in answered.offer.warnings:
        return None
    return say("No center lies within {miles} miles; these are the nearest.", miles=f"{answered.asked.miles:g}")


def none_under_contract(say: Translator, answered: Answered) -> str | None:
    """Say that no center of the plan lies within the radius; None where one does, or no plan is known."""
    if answered.offer.no_contract_in_reach is None or answered.asked.program is None:
        return None
    miles = f"{answered.asked.miles:g}"
    return say("No center under contract with your plan lies within {miles} miles.", miles=miles)


def _out_of_reach(say: Translator, answered: Answered) -> Iterator[str]:
    none, gap, program = none_under_contract(say, answered), answered.offer.no_contract_in_reach, answered.asked.program
    if none is None or gap is None or program is None:
        return
    if none_within(say, answered) is None:  # which has said as much
        yield none
    if not gap.nearest:
        yield say("No center in this data is under contract.")
    for center in gap.nearest[:1]:
        where = sentences.miles(say, center)
        yield say("The nearest under contract is {name}, {miles}.", name=center.facility.name, miles=where)
        yield phone_line(say, center)
    plan = PlanSaid(say, (PlanWords(en=english, es=spanish) for english, spanish in program.far_in_spanish))
    yield from (plan.words(words) for _topic, words in program.far_from_contract)
    if not program.far_from_contract:
        yield say("Ask your plan if it pays travel, lifts its rule, or gives a second opinion by phone or video.")


def spoken_in(say: Translator, offer: Offer) -> Offer:
    """Give an offer whose centers are said in the language; in English it is as the directory gave it."""
    if say.language == "en":
        return offer
    program = offer.program is not None
    centers = tuple(
        center.model_copy(update={"spoken": " ".join(spoken.center_said(say, center, program))})
        for center in offer.centers
    )
    return offer.model_copy(update={"centers": centers})
