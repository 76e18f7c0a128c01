"""The lines of the cards, from a center and its evidence (CONTRACT 3, 6, 8; METHOD 2.4 "Plain words")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from navigator.languages import spoken
from navigator.languages.translating import Language, translator
from navigator.program.model import FAR_TOPICS
from navigator.text import line, safe
from navigator.widgets import phrases
from navigator.widgets.read_aloud import MEANS

if TYPE_CHECKING:
    from navigator.program.rule_answer import RuleAnswer
    from navigator.referral.waits import Wait
    from provider_directory.models import Center, Evidence, MeasureEvidence, NoContractInReach, Offer, Price, Surgeon


def why_lines(center: Center, evidence: Evidence | None) -> list[Content]:
    """Say why the center stands where it stands: credential, flags, criteria, numbered figures, whom they are about."""
    mark, color = phrases.credential_mark(center.credential)
    found = [
        line(
            (f"{mark} ", color),
            (phrases.credential_label(center.credential), "bold"),
            (f" · {center.facility.name}", "$muted"),
        ),
        line((f"  {center.credential.basis}", "$muted")),
    ]
    found += [line(("! ", "$warning"), flag) for flag in phrases.credential_flags(center.credential)]
    if center.score:
        found.append(line(("  quality ", "$muted"), center.score.label))
    elif center.score_reason:
        found.append(line(("? ", "$warning"), center.score_reason))
    if evidence is None:
        return [*found, line(("  opening the evidence …", "$muted"))]
    return [*found, *_checks(evidence)]


def _checks(evidence: Evidence) -> Iterator[Content]:
    """Give each criterion with the figure that decides it, then the figures that decide none."""
    numbers = {measure.id: number for number, measure in enumerate(phrases.numbered_measures(evidence), 1)}
    measures = {measure.id: measure for measure in evidence.measures}
    said: set[str] = set()
    for criterion in evidence.criteria:
        mark, color = phrases.OUTCOME_MARKS[criterion.outcome]
        figures = [key for key in criterion.measures if key in measures and key not in said]
        said |= set(figures)
        for key in figures:
            yield line((f"{mark} ", color), figure_line(numbers[key], measures[key]))
        if not figures:
            yield line((f"{mark} ", color), criterion.text, (f"  {criterion.reason}", "$muted"))
    for key, measure in measures.items():
        if key not in said:
            yield line("  ", figure_line(numbers[key], measure))
    if evidence.measures:
        first = evidence.measures[0]
        yield line(
            (f"  {first.about} · {phrases.period_words(first)}; ", "$muted"),
            ("e", "$accent"),
            (" and the number open a figure's source", "$muted"),
        )


def figure_line(number: int, measure: MeasureEvidence) -> Content:
    """Say one measure: its number, name, value with range, the nation's value and the number of cases."""
    faded = "$muted" if measure.grey or measure.value is None else "bold"
    beside = phrases.beside_measure(measure)
    return line(
        (f"{number % 10} ", "$accent"),
        measure.name,
        "  ",
        (phrases.measure_words(measure), faded),
        (f"  {beside}" if beside else "", "$muted"),
        ("  stale" if measure.stale else "", "$warning"),
    )


def price_lines(center: Center, you_pay: bool = True) -> list[Content]:
    """Say the price with its kind, what is in it and what is extra, its date and source; then Medicare's benchmark."""
    price = center.price
    found = [safe(price.label)] if price.amount_cents is None else list(_amount(price))
    if center.you_pay and you_pay:
        found.append(line(("you pay  ", "$accent"), center.you_pay))
    if benchmark := center.benchmark:
        year = f", {benchmark.year}" if benchmark.year else ""
        words = f"{phrases.dollars(benchmark.amount_cents)} is what Medicare pays here"
        found.append(line((f"{words} (DRG {benchmark.drg}{year})", "$muted")))
    return found


def price_card_lines(center: Center, key: str, you_pay: bool) -> list[Content]:
    """Say the price, what the member pays where no other card does, and the key that opens all that was weighed."""
    return [*price_lines(center, you_pay), line((key, "$accent"), (" opens all that was weighed for it", "$muted"))]


def _amount(price: Price) -> Iterator[Content]:
    spread = ""
    if price.low_cents is not None and price.high_cents is not None:
        spread = f" ({phrases.dollars(price.low_cents)}–{phrases.dollars(price.high_cents)})"
    weight = "$muted" if price.old else "bold"
    yield line((phrases.dollars(price.amount_cents or 0), weight), f"{spread} {phrases.price_kind_words(price)}")
    yield safe(price.label, "$muted")
    if price.included:
        yield line(("in   ", "$success"), ", ".join(price.included))
    if price.extra:
        yield line(("out  ", "$warning"), ", ".join(price.extra))
    elif not price.included and price.scope:
        yield safe(price.scope, "$muted")
    if price.source:
        row = price.source.rpartition("/")[2]
        yield line((f"{phrases.month(price.as_of)} · {row}", "$muted"), ("  old" if price.old else "", "$warning"))
    from provider_directory.pricing.wording import flag_words  # deferred: pydantic, 56 ms before the first frame

    for flag in price.flags:
        yield line(("! ", "$warning"), flag_words(flag))


def say_lines(center: Center, rule: RuleAnswer | None, language: Language, program: bool) -> list[Content]:
    """Give what is said aloud: the center, then what the plan shows, which has the price's place (CONTRACT 8).

    In another language than English, the English stands below it. ``program``: whether a plan is known.
    """
    if language == "en":
        return _in_english(center, rule)
    from navigator.line_mode.cost_said import cost_said  # deferred: the vocabulary, after the first frame

    say = translator(language)
    said = spoken.center_said(say, center, program)
    if rule is not None:
        cost = cost_said(say, rule, center)
        said = (*spoken.known_said(say, center, program), *cost, say("This is an estimate, not a promise of payment."))
    found = [line(("“", "$accent"), " ".join(said), ("”", "$accent"))]
    return [*found, *(line((MEANS, "$muted"), each) for each in _in_english(center, rule))]


def _in_english(center: Center, rule: RuleAnswer | None) -> list[Content]:
    if rule is None:
        return [line(("“", "$accent"), center.spoken, ("”", "$accent"))]
    from provider_directory.spoken import without_price  # deferred: pydantic, 56 ms before the first frame

    found = [line(("“", "$accent"), without_price(center.spoken)), line(rule.spoken, ("”", "$accent"))]
    if rule.travel and rule.travel.miles_warning:
        found.append(line(("! ", "$warning"), rule.travel.miles_warning))
    return found


def about_lines(center: Center, offer: Offer, evidence: Evidence | None, unpaid: str) -> list[Content]:
    """Say what the rank means, for which day the answer holds, and what limits the figures.

    ``unpaid`` is why nothing is said of what the member pays, for a center of which nothing is.
    """
    found = [_rank_line(center)]
    found.append(line("Likely day of care: ", phrases.day_words(offer.care_day)))
    if center.you_pay is None:
        found.append(line("You pay: not known. ", (unpaid, "$accent")))
    found.append(line((f"Answer of {phrases.day_words(offer.on)}, edition {offer.edition[:12]}", "$muted")))
    found += [line((note, "$muted")) for note in (evidence.notes if evidence else ())]
    return found


def _rank_line(center: Center) -> Content:
    if center.rank_range is None:
        return line(("Not ranked: ", "bold"), phrases.credential_label(center.credential))
    first, last = center.rank_range
    if first == last:
        return line("Rank ", (str(first), "bold"))
    return line("Rank ", (f"{first} to {last}", "bold"), ": nothing in the data separates them but distance")


def reach_lines(gap: NoContractInReach, miles: float, plan: Sequence[tuple[str, str]], key: str) -> list[Content]:
    """Say what there is for a member without a center under contract in reach (CONTRACT 7).

    ``plan`` holds what the program says, topic and sentence; on what it is silent, the plan is to be asked. ``key``
    looks as far as the nearest.
    """
    found = [line(("! ", "$warning"), (f"No center under contract with the plan within {miles:.0f} miles.", "bold"))]
    if not gap.nearest:
        found.append(line("  None is under contract anywhere for this procedure, in this edition."))
    for center in gap.nearest:
        phone = center.facility.phone_to_call
        said = f" · {phone}" if phone else ""
        where = f", {phrases.miles_of(center)} miles, {phrases.credential_label(center.credential)}{said}"
        found.append(line(("  nearest  ", "$muted"), (center.facility.name, "bold"), where))
    if gap.nearest:
        found.append(line((f"  {key}", "bold $accent"), (" shows them in the list", "$muted")))
    sentences = dict(plan)
    for topic, title in FAR_TOPICS.items():
        silent = "the program's file does not say: ask the plan"
        words = (sentences[topic], "$foreground") if topic in sentences else (silent, "$muted")
        found.append(line((f"  {title:<15}", "$muted"), words))
    found.append(
        line(("  The hospitals listed are not under contract; what is said of them is public data.", "$muted"))
    )
    return found


def contact_lines(center: Center, waits: Sequence[Wait] = ()) -> list[Content]:
    """Say how the center is reached: intake phone, wait, surgeons; what is not known says so.

    ``waits`` are learned from own referrals; beside them stands what the center itself says.
    """
    facility = center.facility
    found = [
        safe(facility.name, "bold"),
        safe(facility.address or "address not known", "$muted"),
        line(("intake  ", "$muted"), facility.intake_phone or "not known"),
        line(("phone   ", "$muted"), facility.phone or "not known"),
        *_waits(center, waits),
    ]
    return [*found, *(_surgeon(surgeon) for surgeon in center.surgeons)]


def _waits(center: Center, waits: Sequence[Wait]) -> Iterator[Content]:
    stated = phrases.wait_words(center)
    if not waits:
        yield line(("wait    ", "$muted"), stated)
        return
    from navigator.referral.waits import wait_words  # deferred: pydantic, 56 ms before the first frame

    for number, wait in enumerate(waits):
        yield line(("wait    " if number == 0 else "        ", "$muted"), wait_words(wait))
    yield line((f"        the center says: {stated}", "$muted"))


def reach(center: Center, waits: Sequence[Wait] = ()) -> tuple[Content, ...]:
    """Say intake phone and wait in one short line, then in shorter ones; a learned wait before a stated one."""
    phone = center.facility.phone_to_call or "phone not known"
    learned = None
    if waits:
        from navigator.referral.waits import shortest_words  # deferred: as above

        learned = shortest_words(waits)
    wait = learned or phrases.wait_words(center)
    intake = line(("intake ", "$muted"), phone)
    return (
        line(intake, (f" · wait {wait}", "$muted")),
        line(phone, (f" · wait {wait.partition(' (')[0]}", "$muted")),
        intake,
    )


def _surgeon(surgeon: Surgeon) -> Content:
    facts = [", ".join(surgeon.languages)] if surgeon.languages else []
    if surgeon.new_patients is not None:
        facts.append("takes new patients" if surgeon.new_patients else "no new patients")
    if surgeon.wait_days is not None:
        facts.append(f"{surgeon.wait_days} days")
    return line(surgeon.name, ("  " + " · ".join(facts), "$muted"))
