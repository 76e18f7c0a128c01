"""An e-mail that holds no health data: that somebody shall call, and the number (REFERRAL "People").

No name, no procedure, no center and no address stands in it, in the subject least of all; who writes is the desk.
It is a text to copy: an address with a text in it (mailto:) would stand in the history of a browser.
"""

from __future__ import annotations

from typing import NamedTuple

from navigator.languages.translating import Language, translator
from navigator.packets.values import Desk, Recipient
from provider_directory.errors import BadInput


class EMail(NamedTuple):
    """Subject and body in plain text."""

    subject: str
    body: str

    def text(self) -> str:
        """Give both as they are copied: the subject in the first line."""
        return f"{self.subject}\n\n{self.body}\n"


def please_call(number: str, spelled: str, to: Recipient, desk: Desk, language: Language = "en") -> EMail:
    """Give the e-mail to a recipient of a referral; the member's in their language.

    Raises BadInput where nobody has set the desk's phone: without it nobody can call.
    """
    if desk.phone is None:
        raise BadInput(
            "The e-mail asks for a call, and the desk's phone is not set.",
            'Set phone in the table [desk] of settings.toml, e.g. phone = "414-555-0143".',
        )
    say = translator(language if to == "member" else "en")
    opening = (
        say("We have something to tell you about your referral {number}.", number=number)
        if to == "member"
        else say(
            "We have a referral for you, number {number}. You have it from us, or it is on its way.", number=number
        )
    )
    hours = say(" We are there {hours}.", hours=desk.hours) if desk.hours else ""
    body = [
        opening,
        "",
        say("Please call us at {phone}.", phone=desk.phone) + hours,
        say("Say this number: {spelled}", spelled=spelled),
        "",
        say("Please write nothing about health in your answer: e-mail is not safe for it."),
        "",
        desk.organization or say("The care desk"),
    ]
    return EMail(say("Referral {number}: please call us", number=number), "\n".join(body))
