"""What a plan asks of a member, in the member's language (PRODUCT "Program rules", "language").

What we wrote is translated; of what the plan wrote the employer's own Spanish is said where its file has it, and else
the plan's words as they stand, named as English.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from navigator.languages.translating import Translator
from navigator.program.engine.exceptions import GIVES
from navigator.program.engine.wording import sentence
from navigator.program.known_questions import for_one, known_questions
from navigator.program.rule_answer import ExceptionAnswer, GateTest, PlanWords


class Owed(Protocol):
    """A duty, in an answer or as it was shown."""

    @property
    def words(self) -> str: ...
    @property
    def says(self) -> str: ...
    @property
    def expenses_covered(self) -> bool: ...
    @property
    def questions(self) -> tuple[str, ...]: ...


class PlanSaid:
    """Says the sentences of one program's answer in one language."""

    def __init__(self, say: Translator, spanish: Iterable[PlanWords]) -> None:
        self.say = say
        self._own: Mapping[str, str] = {each.en: each.es for each in spanish} if say.language == "es" else {}

    def words(self, words: str) -> str:
        """Say a sentence of the plan: in the employer's own words, in ours, or as it is written, named as English."""
        say = self.say
        if own := self._own.get(words):
            return own
        if say.knows(words):
            return say.term(words)
        return say("Your plan says, in English: {words}", words=words)

    def own(self, words: str | None) -> str | None:
        """Give the employer's own Spanish of a clause; None where there is none, and in English."""
        return self._own.get(words or "")

    def questions(self, questions: Sequence[str]) -> str:
        """Say questions one after the other."""
        return " ".join(map(self.words, questions))

    def duty(self, duty: Owed) -> str:
        """Say what the member must have or do, that it is paid for where it is, and what is asked about it."""
        if self.say.language == "en" or not duty.says:
            return self.words(duty.words)
        paid = self.say("Their costs are covered.") if duty.expenses_covered else ""
        return " ".join(filter(None, (self.words(duty.says), paid, self.questions(duty.questions))))

    def asked_for(self, test: GateTest | None) -> str | None:
        """Say what a gate asks for, e.g. "a BMI below 40"; None where no sentence is ready for its fact."""
        known = known_questions().get(test.fact) if test else None
        pattern = known.asks.get(test.operator) if known and test else None
        if test is None or pattern is None or test.values == ("no",):
            return None
        return self.say(for_one(pattern, test.values), value=self.say.either(test.values))

    def would_change(self, test: GateTest | None, change: str | None) -> str | None:
        """Say what would meet a gate; None where neither the plan nor we have a sentence for it."""
        if change is None:
            return None
        known = known_questions().get(test.fact) if test else None
        ready = for_one(known.change, test.values) if test and known else None
        if test and ready and change == ready.replace("{value}", " or ".join(test.values)):
            return self.say(ready, value=self.say.either(test.values))
        return self.words(change)

    def exception(self, named: ExceptionAnswer) -> str:
        """Say one way around the rule: what it is, whether it is open, what it gives, how it is asked for."""
        say = self.say
        title = say("Exception: {title}.", title=self.words(named.title).rstrip("."))
        if named.state == "does_not_apply":
            return " ".join((title, say("It does not apply here.")))
        holds = say("Its conditions hold.") if named.state == "applies" else ""
        how = self.words(named.how) if named.how else ""
        return " ".join(
            filter(None, (title, holds, sentence(say(GIVES[named.gives])), how, self.questions(named.questions)))
        )

    def appeal(self, says: str, within_days: int | None, to: str | None) -> Iterator[str]:
        """Say how a written decision is asked for and appealed, within how many days, and to whom."""
        say = self.say
        yield self.words(says) if says else say("You may ask for a written decision, and appeal it.")
        if within_days:
            yield say.many(
                "You may appeal it within {count} day.", "You may appeal it within {count} days.", within_days
            )
        if to:
            yield say("Write to: {address}.", address=to)
