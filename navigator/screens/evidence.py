"""The evidence ladder of one center: credential, contracts, criteria, figures, cases, score and price."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from navigator.actions import EVIDENCE_ACTIONS, bindings
from navigator.screens.evidence_rungs import Key, rungs_of
from navigator.screens.ladder import LadderScreen

if TYPE_CHECKING:
    from provider_directory.models import Center, Evidence

DETAIL_INDENT = 11


class EvidenceScreen(LadderScreen):
    """Opens on the credential; a digit goes to the figure of that number, so any figure is two keys from the call."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(EVIDENCE_ACTIONS)

    def __init__(self, center: Center, evidence: Evidence, procedure_name: str, key: Key) -> None:
        title = ((evidence.facility.name, "bold"), (f" · {procedure_name}", "$muted"))
        super().__init__(rungs_of(center, evidence, key), title, evidence.demonstration, DETAIL_INDENT)
