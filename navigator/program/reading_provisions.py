"""The provisions of a rule - cost, gates, travel, exceptions - each read out of its table of the program file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_args

from navigator.languages.translating import to_say
from navigator.program.known_questions import asked_for, known_questions, would_change
from navigator.program.reading_conditions import Named, condition, conditions, word_condition
from navigator.program.reading_table import Table, likeliest, listed
from navigator.program.rules import (
    Appeal,
    Cited,
    Condition,
    CostShare,
    CostShareKind,
    Duty,
    Gate,
    NotFor,
    OutsidePay,
    Reward,
    RuleException,
    SecondOpinion,
    Tier,
    Travel,
)

_KINDS: tuple[CostShareKind, ...] = get_args(CostShareKind)
_PLAIN_KINDS: tuple[CostShareKind, ...] = ("waived", "after_deductible", "normal")
_OUTSIDE = ("normal", "percent", "nothing", "up_to")
_CENTERS = ("contract", "public_check", "listed", "all")
_GIVES = ("normal_benefit", "inside_benefit", "review")
_NUMBERED_CENT = 1_000
DUTIES = {
    "caregiver": to_say("An adult goes along and helps the member after the operation."),
    "home_doctor": to_say("A doctor at home agrees to care for the member afterward."),
    "call_first": to_say("The member calls the program before seeing any surgeon."),
    "preapproval": to_say("The plan approves the operation in writing before it is done."),
    "evaluation_first": to_say("The center evaluates the member before an operation is agreed."),
    "other": "",
}
"""The duties by their id, with the sentence of each where the file gives none."""


@dataclass(frozen=True)
class Reading:
    """What a rule hands to the reading of its provisions."""

    cited: Cited
    named: Named

    def cite(self, table: Table) -> Cited:
        """Read clause, version and words of a provision; where none stands there, the rule's own."""
        clause, version, words = table.text("clause", 80), table.text("version", 40), table.said("words")
        if clause is None and words is None:
            return self.cited if version is None else Cited(self.cited.clause, version, self.cited.words)
        return Cited(clause or self.cited.clause, version or self.cited.version, words)

    def when(self, table: Table, key: str = "when") -> tuple[Condition, ...]:
        """Read conditions, all of which hold."""
        return conditions(table, key, self.named)


def cost_shares(table: Table, key: str, reading: Reading) -> tuple[CostShare, ...]:
    """Read what the member pays inside, e.g. ``inside = "waived"``."""

    def read(inner: Table) -> CostShare:
        kind = inner.choice("kind", _KINDS)
        if kind is None and "kind" not in inner:
            inner.missing("kind", f"one of {listed(_KINDS)}")
        percent, copay = inner.percent("percent"), inner.cents("copay")
        if kind == "coinsurance" and percent is None and "percent" not in inner:
            inner.missing("percent", "the member's share, e.g. 10 for 10%")
        if kind == "copay" and copay is None and "copay" not in inner:
            inner.missing("copay", "dollars")
        if kind in _PLAIN_KINDS and (percent is not None or copay is not None):
            name = "percent" if percent is not None else "copay"
            inner.note(name, "contradiction", f'{name} beside kind "{kind}"', f"no {name}", "Take one of the two out.")
        first, most = inner.yes_no("deductible_first"), inner.cents("at_most")
        return CostShare(reading.cite(inner), kind or "normal", reading.when(inner), percent, copay, first, most)

    def word(inner: Table, text: str) -> CostShare | None:
        kind = _one_word(inner, text, _PLAIN_KINDS)
        return CostShare(reading.cited, kind) if kind else None

    return table.tables(key, read, word)


def outside_pays(table: Table, reading: Reading) -> tuple[OutsidePay, ...]:
    """Read what the plan pays outside, e.g. ``outside = "nothing"``."""

    def read(inner: Table) -> OutsidePay:
        percent, up_to = inner.percent("percent"), inner.cents("up_to")
        pays = inner.choice("plan_pays", _OUTSIDE)
        if pays is None:
            pays = "percent" if percent is not None else "up_to" if up_to is not None else "normal"
        for name, amount in (("percent", percent), ("up_to", up_to)):
            if pays == name and amount is None and name not in inner:
                inner.missing(name, "what the plan pays")
            elif pays != name and amount is not None:
                inner.note(
                    name, "contradiction", f'{name} beside plan_pays "{pays}"', f'plan_pays "{name}"', "Keep one."
                )
        return OutsidePay(
            reading.cite(inner),
            pays,
            percent,
            up_to,
            inner.yes_no("deductible_first"),
            inner.cents("penalty"),
            inner.percent("penalty_percent"),
            inner.yes_no("counts_toward_out_of_pocket"),
            inner.number("exempt_beyond_miles", 0, 5_000, "miles"),
            reading.when(inner),
        )

    def word(inner: Table, text: str) -> OutsidePay | None:
        pays = _one_word(inner, text, ("normal", "nothing"))
        return OutsidePay(reading.cited, pays) if pays else None

    return table.tables("outside", read, word)


def tiers(table: Table, reading: Reading) -> tuple[Tier, ...]:
    """Read the tiers in their order."""

    def read(inner: Table) -> Tier:
        name = inner.needed_text("name", 'what the plan calls it, e.g. "Tier 1"')
        centers = inner.choice("centers", _CENTERS)
        if centers is None and "centers" not in inner:
            inner.missing("centers", f"one of {listed(_CENTERS)}")
        facilities = inner.texts("facilities")
        if centers == "listed" and not facilities and "facilities" not in inner:
            inner.missing("facilities", 'a list of ids or CCNs, e.g. ["010001"]')
        return Tier(reading.cite(inner), name, centers or "all", facilities, cost_shares(inner, "cost", reading))

    return table.tables("tier", read)


def gates(table: Table, reading: Reading) -> tuple[Gate, ...]:
    """Read the gates: a test inline, with the ready question and sentences of its fact where the file gives none."""
    ids: set[str] = set()

    def read(inner: Table) -> Gate | None:
        test = condition(inner, reading.named)
        given, ask = inner.text("id", 60), inner.said("ask")
        not_yet, change = inner.said("not_yet"), inner.said("would_change")
        cited, when, or_when = reading.cite(inner), reading.when(inner), reading.when(inner, "or_when")
        if test is None:
            return None
        if (name := given or test.fact) in ids:
            inner.note("id" if given else "", "id_twice", f'"{name}"', "an id of its own", 'Add id = "...".')
        ids.add(name)
        return Gate(
            cited,
            name,
            test,
            ask or _question(inner, test, reading.named),
            not_yet or f"The plan asks for {asked_for(test)}.",
            change or would_change(test),
            when,
            or_when,
        )

    return tuple(filter(None, table.tables("gate", read)))


def _question(table: Table, test: Condition, named: Named) -> str:
    if own := named.questions.get(test.fact):
        return own.ask
    if known := known_questions().get(test.fact):
        return known.question.ask
    table.missing("ask", f'the question to the member, since "{test.fact}" has none ready')
    return ""


def not_fors(table: Table, reading: Reading) -> tuple[NotFor, ...]:
    """Read whom the rule leaves out, e.g. ``not_for = ["medicare_primary", "hmo"]``."""

    def read(inner: Table) -> NotFor:
        when = reading.when(inner)
        if not when and "when" not in inner:
            inner.missing("when", "whom the rule leaves out")
        return NotFor(reading.cite(inner), when, inner.text("instead"))

    def word(inner: Table, text: str) -> NotFor | None:
        found = word_condition(inner, text)
        return NotFor(reading.cited, (found,)) if found else None

    return tuple(one for one in table.tables("not_for", read, word) if one.conditions)


def rewards(table: Table, reading: Reading) -> tuple[Reward, ...]:
    """Read the rewards for using a center under contract."""

    def read(inner: Table) -> Reward:
        amount = inner.cents("amount")
        if amount is None and "amount" not in inner:
            inner.missing("amount", "dollars")
        account = inner.needed_text("account", 'where it goes, e.g. "hsa", "hra", "gift card" or "paycheck"')
        return Reward(reading.cite(inner), amount or 0, account, reading.when(inner), inner.cents("annual_cap"))

    return table.tables("reward", read)


def travels(table: Table, reading: Reading) -> tuple[Travel, ...]:
    """Read what is paid of travel."""

    def read(inner: Table) -> Travel:
        rate = inner.number("mileage_cents", 0, _NUMBERED_CENT, "cents a mile, e.g. 20.5")
        mileage = inner.choice("mileage", ("irs", "none", "cents"))
        if mileage is None:
            mileage = "none" if rate is None else "cents"
        if mileage == "cents" and rate is None and "mileage_cents" not in inner:
            inner.missing("mileage_cents", "cents a mile, e.g. 20.5")
        if mileage != "cents" and rate is not None:
            inner.note("mileage_cents", "contradiction", f'beside mileage "{mileage}"', "one of the two", "Keep one.")
        if rate is not None and rate * 10 != int(rate * 10):
            inner.wrong("mileage_cents", "cents with at most one decimal, e.g. 20.5")
        return Travel(
            reading.cite(inner),
            reading.when(inner),
            inner.number("min_miles", 0, 5_000, "miles, one way"),
            inner.cents("cap_case"),
            inner.cents("cap_year"),
            inner.whole("companions", 0, 9, "people") or 0,
            inner.whole("companions_if_minor", 0, 9, "people"),
            inner.cents("per_diem"),
            inner.whole("meals_per_person_day", 0, 9, "meals"),
            inner.cents("lodging_night"),
            inner.whole("nights", 0, 365, "nights"),
            inner.text("class", 80),
            mileage,
            None if rate is None else int(rate * 10),
            inner.yes_no("preapproval") or False,
            inner.text("arranged_by", 120),
        )

    return table.tables("travel", read)


def duties(table: Table, reading: Reading) -> tuple[Duty, ...]:
    """Read what the member must have or do, e.g. ``duty = ["caregiver", "call_first"]``."""

    def read(inner: Table) -> Duty:
        duty = inner.choice("id", tuple(DUTIES))
        if duty is None and "id" not in inner:
            inner.missing("id", f"one of {listed(tuple(DUTIES))}")
        says = inner.said("says")
        if says is None and "says" not in inner and duty == "other":
            inner.missing("says", "what the member must have or do, as a sentence")
        covered, when = inner.yes_no("expenses_covered"), reading.when(inner)
        return Duty(reading.cite(inner), duty or "other", says or DUTIES[duty or "other"], covered, when)

    def word(inner: Table, text: str) -> Duty | None:
        duty = _one_word(inner, text, tuple(key for key in DUTIES if key != "other"))
        return Duty(reading.cited, duty, DUTIES[duty]) if duty else None

    return table.tables("duty", read, word)


def second_opinion(table: Table, reading: Reading) -> SecondOpinion | None:
    """Read whether another opinion is asked for, e.g. ``second_opinion = "required"``."""

    def read(inner: Table) -> SecondOpinion:
        required = inner.yes_no("required")
        if required is None and "required" not in inner:
            inner.missing("required", "true or false")
        return SecondOpinion(reading.cite(inner), required or False, inner.said("by", 200))

    def word(inner: Table, text: str) -> SecondOpinion:
        return SecondOpinion(reading.cited, _one_word(inner, text, ("required", "offered")) == "required")

    return table.table("second_opinion", read, word)


def exceptions(table: Table, reading: Reading) -> tuple[RuleException, ...]:
    """Read the ways around the rule."""
    ids: set[str] = set()

    def read(inner: Table) -> RuleException:
        title = inner.needed_said("title", "what the exception is, in words")
        name = inner.text("id", 60) or "-".join(title.lower().split())[:60]
        if name in ids:
            inner.note("id" if "id" in inner else "title", "id_twice", f'"{name}"', "an id of its own", "Change one.")
        ids.add(name)
        gives = inner.choice("gives", _GIVES)
        return RuleException(
            reading.cite(inner), name, title, reading.when(inner), gives or "review", inner.said("how")
        )

    return table.tables("exception", read)


def appeal_reader(cite: Callable[[Table], Cited]) -> Callable[[Table], Appeal]:
    """Give the reading of an appeal table."""

    def read(inner: Table) -> Appeal:
        says = inner.needed_said("says", "how a written decision is asked for and appealed")
        return Appeal(cite(inner), says, inner.whole("within_days", 1, 3_650, "days"), inner.text("to", 300))

    return read


def _one_word(table: Table, text: str, allowed: tuple[str, ...]) -> Any:
    """Give a shorthand word; an unknown one is noted."""
    folded = text.lower().replace(" ", "_").replace("-", "_")
    if folded in allowed:
        return folded
    nearest = likeliest(text, allowed)
    step = f'Write "{nearest}" if that is meant.' if nearest else "Write a table to say more."
    table.note("", "unknown_word", f'"{text}"', f"one of {listed(allowed)}, or a table", step)
    return None
