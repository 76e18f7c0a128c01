"""A try to send a referral to its center: sent is a try, not an arrival (REFERRAL "Delivery")."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, get_args

from provider_directory.cleaning import clean
from provider_directory.errors import BadInput
from provider_directory.models import Value
from provider_directory.routes import CenterRoute, Route

DeliveryResult = Literal["sent", "failed"]
ROUTES: tuple[Route, ...] = get_args(Route)
ROUTE_WORDS: dict[Route, str] = {
    "portal": "the center's portal",
    "email": "secure e-mail",
    "fax": "fax",
    "phone": "phone",
    "mail": "letter",
}


class Delivery(Value):
    """One try to send: by which route, when, by whom, how it ended; times are aware, in UTC."""

    route: Route
    result: DeliveryResult
    at: datetime
    by: str
    """Who tried, at this desk."""
    to: str | None = None
    """The number, address or person tried; None = the center's usual one."""
    note: str | None = None
    """Why it failed, or what was said."""


def a_try(route: str, result: str, at: datetime, by: str, to: str | None = None, note: str | None = None) -> Delivery:
    """Check and give a try; raises BadInput for an unknown route or result, and for a failure that says no reason."""
    if route not in ROUTES:
        raise BadInput(f'There is no route "{clean(route, 40)}".', f"Choose one of {', '.join(ROUTES)}.")
    if result not in get_args(DeliveryResult):
        raise BadInput(f'A try cannot end as "{clean(result, 40)}".', "Say sent or failed.")
    said = clean(note or "") or None
    if result == "failed" and said is None:
        raise BadInput("The try failed without a reason.", "Say what went wrong, for example: the fax was busy.")
    return Delivery(
        route=route,
        result=result,
        at=at,
        by=by,
        to=clean(to or "", 200) or None,
        note=said,
    )


def proposed_route(routes: Iterable[CenterRoute], tries: Iterable[Delivery]) -> CenterRoute | None:
    """Give the route for the next try: the first one that was not tried yet, else the first; None = none is known.

    The roster names them best first; what follows is the back-up (REFERRAL "Delivery").
    """
    known = tuple(routes)
    tried = {each.route for each in tries}
    return next((each for each in known if each.route not in tried), known[0] if known else None)


def try_line(tried: Delivery) -> str:
    """Give one try in words, without its moment."""
    parts = [f"{tried.result} by {ROUTE_WORDS[tried.route]}"]
    parts += [f"to {tried.to}"] if tried.to else []
    parts += [tried.note] if tried.note else []
    return ", ".join(parts)
