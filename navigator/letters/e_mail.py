"""An e-mail that holds no health data: that somebody shall call, and the number (REFERRAL "People").

No name, no procedure, no center and no address stands in it, in the subject least of all; who writes is the desk.
It is a text to copy: an address with a text in it (mailto:) would stand in the history of a browser.
"""

from __future__ import annotations

from typing import NamedTuple

from navigator.languages.translating import Language, Translator, translator
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
    if to == "member":
        return _to_member(translator(language), number, spelled, desk.phone, desk)
    return EMail(
        f"Referral {number}: please call us",
        "\n".join(
            [
                f"We have a referral for you, number {number}. You have it from us, or it is on its way.",
                "",
                f"Please call us at {desk.phone}.",
                *([f"We are there {desk.hours}."] if desk.hours else []),
                f"Say this number: {spelled}",
                "",
                "Please write nothing about health in your answer: e-mail is not safe for it.",
                "",
                desk.organization or "The care desk",
            ]
        ),
    )


def _to_member(say: Translator, number: str, spelled: str, phone: str, desk: Desk) -> EMail:
    return EMail(
        say("Referral {number}: please call us", number=number),
        "\n".join(
            [
                say("We have something to tell you about your referral {number}.", number=number),
                "",
                say("Please call us at {phone}.", phone=phone),
                *([say("We are there {hours}.", hours=hours)] if (hours := desk.hours_in(say.language)) else []),
                say("Say this number: {spelled}", spelled=spelled),
                "",
                say("Please write nothing about health in your answer: e-mail is not safe for it."),
                "",
                desk.organization or say("The care desk"),
            ]
        ),
    )
