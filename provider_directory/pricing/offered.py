"""The price that stands in an offer: the contract bundle where one counts, else none; Medicare only as benchmark."""

from __future__ import annotations

from provider_directory.contracts import ContractTerms
from provider_directory.facts import InpatientFact
from provider_directory.models import Benchmark, Price

NO_PRICE = Price(
    kind="none",
    amount_cents=None,
    low_cents=None,
    high_cents=None,
    label="No price available. Ask the CoE desk for a quote.",
    scope=None,
    as_of=None,
    source=None,
)
ON_REQUEST = NO_PRICE.model_copy(update={"label": "Contract price: ask the CoE desk."})


def contract_bundle(terms: ContractTerms | None, source: str | None, public_screen: bool = False) -> Price:
    """Give the bundle price of a contract that counts (METHOD 3.2 rank 1); NO_PRICE where it names none.

    On a public screen no contract price is given, only where to ask for it (PRODUCT "Kiosk").
    """
    if terms is None or terms.bundle_cents is None:
        return NO_PRICE
    if public_screen:
        return ON_REQUEST
    included, extra = _parts(terms.included), _parts(terms.extra)
    scope = "; ".join(
        part
        for part in (
            f"included: {', '.join(included)}" if included else "",
            f"extra: {', '.join(extra)}" if extra else "",
        )
        if part
    )
    return Price(
        kind="contract_bundle",
        amount_cents=terms.bundle_cents,
        low_cents=None,
        high_cents=None,
        label=f"Contract bundle price, {terms.alliance}",
        scope=scope or "what is included is not stated in the roster",
        as_of=terms.price_effective or terms.effective,
        source=source,
        included=included,
        extra=extra,
    )


def medicare_benchmark(row: InpatientFact | None, source: str, year: int | None) -> Benchmark | None:
    """Give Medicare's average total payment for the stay at this facility; None without a row (METHOD 3.1, 5.9)."""
    if row is None:
        return None
    return Benchmark(amount_cents=row.total_payment_cents, drg=row.drg, year=year, source=source)


def _parts(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(";") if part.strip())
