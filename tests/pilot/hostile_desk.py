"""A directory whose every string is hostile, and what holds of a screen that shows it."""

from __future__ import annotations

from pilot_desk import screen_text

from navigator.app import CoeApp
from provider_directory.errors import AmbiguousPlace, Choice
from provider_directory.models import Place
from provider_directory.testing import HOSTILE_NAMES, FakeDirectory, a_center, a_credential, a_match, a_price

SHORT = [name for name in HOSTILE_NAMES if len(name) < 100]


class HostileDirectory(FakeDirectory):
    """Puts hostile names into every string that a screen shows."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            centers=[
                a_center(
                    name=name,
                    id=f"f-{at}",
                    spoken=f"Said: {name}",
                    you_pay=name,
                    credential=a_credential(label=name, basis=name, flags=(name,)),
                    price=a_price(label=name, included=(name,), extra=(name,), source=name),
                )
                for at, name in enumerate(names)
            ],
            note=names[0],
        )
        self.names = names
        known = self.evidence_answer
        measure, criterion, contract = known.measures[0], known.criteria[0], known.contracts[0]
        self.evidence_answer = known.model_copy(
            update={
                "measures": tuple(measure.model_copy(update={"name": name, "raw": name}) for name in names),
                "criteria": tuple(criterion.model_copy(update={"text": name, "reason": name}) for name in names),
                "contracts": tuple(contract.model_copy(update={"alliance": name}) for name in names),
                "notes": tuple(names),
            }
        )
        self.matches["bypass"] = tuple(
            a_match(id=f"p-{at}", name=name, why=name, confidence=0.5) for at, name in enumerate(names[:5])
        )

    async def locate(self, text: str) -> Place:
        if text == "ask":
            raise AmbiguousPlace(self.names[0], self.names[0], tuple(Choice(name, name) for name in self.names))
        return await super().locate(text)


def assert_harmless(app: CoeApp) -> None:
    """No cell of the screen is a link to an action, and no control character is on it."""
    strips = app.screen._compositor.render_strips()  # as in screen_text
    styles = [segment.style for strip in strips for segment in strip if segment.style]
    assert not any("@click" in style.meta for style in styles)
    assert not any(style.link for style in styles)
    text = screen_text(app).replace("\n", "").replace("\u200d", "")
    assert text.isprintable()
