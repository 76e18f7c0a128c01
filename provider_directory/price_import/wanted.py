"""Which codes of a price file are read: those that some procedure is priced by (METHOD 3.3 a, 5.13)."""

from __future__ import annotations

import hashlib
from functools import cache

from provider_directory import catalog
from provider_directory.sources.price_file.codes import WantedCodes


@cache
def wanted_codes() -> WantedCodes:
    """Give the MS-DRGs and the CPT and HCPCS codes of the catalogue's procedures."""
    procedures = catalog.load().procedures
    return WantedCodes(
        drgs=frozenset(drg for procedure in procedures for drg in procedure.drgs),
        lines=frozenset(code for procedure in procedures for code in procedure.cpt_hcpcs),
    )


@cache
def codes_digest() -> str:
    """Give a short name of the codes wanted: what was read for others is read anew."""
    wanted = wanted_codes()
    return hashlib.sha256(" ".join([*sorted(wanted.drgs), *sorted(wanted.lines)]).encode()).hexdigest()[:16]
