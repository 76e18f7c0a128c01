"""Values, a fake directory and hostile names for tests of everything that asks a directory; all names are invented."""

from __future__ import annotations

from provider_directory.testing.centers import (
    TODAY,
    a_center,
    a_credential,
    a_facility,
    a_place,
    a_price,
    a_procedure,
    a_public_credential,
    a_question,
    a_score,
    no_price,
)
from provider_directory.testing.fake_directory import FakeDirectory, a_match
from provider_directory.testing.hostile_names import HOSTILE_NAMES
from provider_directory.testing.ladders import (
    a_bundle_candidate,
    a_criterion,
    a_measure,
    a_price_candidate,
    a_price_ladder,
    a_source_row,
    an_evidence,
)
from provider_directory.testing.offers import EDITION, a_shortlist, an_edition, an_offer

__all__ = [
    "EDITION",
    "HOSTILE_NAMES",
    "TODAY",
    "FakeDirectory",
    "a_bundle_candidate",
    "a_center",
    "a_credential",
    "a_criterion",
    "a_facility",
    "a_match",
    "a_measure",
    "a_place",
    "a_price",
    "a_price_candidate",
    "a_price_ladder",
    "a_procedure",
    "a_public_credential",
    "a_question",
    "a_score",
    "a_shortlist",
    "a_source_row",
    "an_edition",
    "an_evidence",
    "an_offer",
    "no_price",
]
