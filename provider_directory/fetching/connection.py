"""The one door to the network, and the only module that knows httpx: asks named hosts, sends nothing but the request.

No cookies are kept, no proxy and no password file of the environment is used, and a redirect is followed only to an
allowed host (TRUST A2, S11).
"""

from __future__ import annotations

import asyncio
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TypeVar

import httpx
import stamina
from stamina.instrumentation import set_on_retry_hooks

from provider_directory import __version__
from provider_directory.cleaning import clean
from provider_directory.errors import FetchProblem
from provider_directory.fetching.hosts import check_allowed, host_of, joined, name_of, origins_of, written
from provider_directory.fetching.limits import Limits, Patience
from provider_directory.fetching.unpacking import Unpacking
from provider_directory.strict_json import parse_strictly

T = TypeVar("T")
AGENT = f"coe-navigator/{__version__}"
_MOST_REDIRECTS = 5
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which the same request may succeed."""
_GONE = frozenset({404, 410})
_JSON_TYPES = frozenset({"application/json", "text/json", "text/plain", "application/octet-stream"})


class Faltered(FetchProblem):
    """An answer that did not come whole and may on another try; ``wait`` is what the server asks for, in seconds."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message, "Try again later; what has come is kept.")
        self.wait = wait


class Unreachable(Faltered):
    """No connection to the host at all."""

    title = "The network cannot be reached"


class Missing(FetchProblem):
    """The host answers, but has nothing at this address."""


class TooLarge(FetchProblem):
    """A file or an answer passes its limit in bytes."""

    def __init__(self, name: str, most_bytes: int) -> None:
        super().__init__(f"{name} is larger than {most_bytes:,} bytes.", "Check what the server sends.")


class Answer:
    """The beginning of one answer, its body not read yet."""

    def __init__(self, response: httpx.Response, limits: Limits) -> None:
        self._response = response
        self._limits = limits
        self.status = response.status_code
        self.headers: Mapping[str, str] = response.headers
        self.url = str(response.url)
        self.name = name_of(self.url)

    @property
    def length(self) -> int | None:
        """Give the bytes that the body is said to have; None when nothing is said."""
        said = self.headers.get("content-length", "")
        return int(said) if said.isascii() and said.isdigit() and len(said) < 16 else None

    @property
    def says_its_end(self) -> bool:
        """Say whether a body that is cut off would be noticed."""
        return self.length is not None or "chunked" in self.headers.get("transfer-encoding", "").lower()

    def check_status(self) -> None:
        """Raise Faltered, Missing or FetchProblem unless the answer is what was asked for."""
        if 200 <= self.status < 300:
            return
        said = f"{host_of(self.url)} answered {self.status} for {self.name}."
        if self.status in _PASSING:
            raise Faltered(said, retry_after(self.headers.get("retry-after")))
        if self.status in _GONE:
            raise Missing(said, "It may have moved; try again after the next release.")
        raise FetchProblem(said, "Try again later.")

    def check_type(self, allowed: Collection[str]) -> None:
        """Raise FetchProblem when the body is said to be of another kind; a server may say nothing."""
        said = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if said and said not in allowed:
            raise FetchProblem(
                f'{host_of(self.url)} sent {self.name} as "{clean(said, 60)}", not as data.',
                "It may be a notice of maintenance; try again later.",
            )

    async def blocks(self, most_bytes: int) -> AsyncIterator[bytes]:
        """Give the body, unpacked, in blocks of at most 256 KiB.

        Raises FetchProblem beyond ``most_bytes`` and Faltered for a body that comes too slowly or ends too early.
        """
        unpacking = Unpacking(self.headers.get("content-encoding", ""), self.name)
        total = in_window = 0
        window_from = time.monotonic()
        async for data in self._response.aiter_raw():
            try:
                for block in unpacking.blocks(data):
                    total += len(block)
                    if total > most_bytes:
                        raise TooLarge(self.name, most_bytes)
                    yield block
            except zlib.error:
                raise Faltered(f"{self.name} came damaged.") from None
            in_window += len(data)
            seconds = time.monotonic() - window_from
            if seconds >= self._limits.window:
                if in_window < self._limits.slowest * seconds:
                    raise Faltered(f"{self.name} came too slowly, {in_window / seconds:,.0f} bytes a second.")
                in_window, window_from = 0, time.monotonic()
        if not unpacking.is_whole:
            raise Faltered(f"{self.name} was cut off.")


class Connection:
    """A client of named hosts; an ``async with`` closes it."""

    def __init__(
        self,
        hosts: Collection[str],
        limits: Limits | None = None,
        patience: Patience | None = None,
        told: Callable[[str], None] = lambda words: None,
    ) -> None:
        """``hosts`` are names or addresses; ``told`` hears a sentence before each further try."""
        self.limits = limits or Limits()
        self._origins = origins_of(hosts)
        self._patience = patience or Patience()
        self._told = told
        self._was_reached = False
        self._waited = 0.0
        set_on_retry_hooks([])  # stamina would write its own lines, with the arguments, to stderr
        self._client = httpx.AsyncClient(
            headers={"User-Agent": AGENT},
            timeout=httpx.Timeout(self.limits.silence),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            trust_env=False,
            # Reading the certificates takes 40 ms; http is allowed to this machine only, where none are needed.
            verify=any(origin.startswith("https:") for origin in self._origins),
        )

    async def __aenter__(self) -> Connection:
        """Open the client."""
        return self

    async def __aexit__(self, *fault: object) -> None:
        """Close the client."""
        await self._client.aclose()

    @asynccontextmanager
    async def asked(self, method: str, url: str, headers: Mapping[str, str]) -> AsyncIterator[Answer]:
        """Make one request, follow redirects within the allowed hosts, and give the answer of any status.

        Raises FetchProblem for an address outside them, httpx.TransportError where the connection fails.
        """
        url, asked_by = written(url), "The address"
        for _ in range(_MOST_REDIRECTS + 1):
            check_allowed(url, self._origins, asked_by)
            request = self._client.build_request(method, url, headers=dict(headers))
            async with asyncio.timeout(self.limits.silence):
                response = await self._client.send(request, stream=True)
            self._was_reached = True
            try:
                if not response.has_redirect_location:
                    yield Answer(response, self.limits)
                    return
                asked_by = f"A redirect of {host_of(url)}"
                url = joined(url, response.headers["location"])
            finally:
                await response.aclose()
        raise FetchProblem(f"{name_of(url)} is redirected again and again.", "Try again later.")

    async def patiently(self, name: str, attempt: Callable[[], Awaitable[T]]) -> T:
        """Make an attempt, and after waits make it again while it falters; raises the last fault."""
        patience = self._patience
        last = ""
        faltered_at = 0.0
        async for trial in stamina.retry_context(
            on=self._wait,
            attempts=patience.attempts,
            timeout=None,
            wait_initial=patience.first_wait,
            wait_max=patience.longest_wait,
            wait_jitter=patience.jitter,
        ):
            with trial:
                if last:
                    self._waited += time.monotonic() - faltered_at
                    self._told(f"{last} Try {trial.num} of {patience.attempts}.")
                try:
                    return await self._once(name, attempt)
                except Faltered as fault:
                    last, faltered_at = fault.message, time.monotonic()
                    raise
        raise AssertionError("the last trial returns or raises")

    async def _once(self, name: str, attempt: Callable[[], Awaitable[T]]) -> T:
        try:
            async with asyncio.timeout(self.limits.seconds):
                return await attempt()
        except (httpx.InvalidURL, UnicodeError):  # a host that is no name
            raise FetchProblem(f"The address of {name} is none that can be asked.", "Check the address.") from None
        except (httpx.ConnectError, httpx.ConnectTimeout):
            hosts = ", ".join(sorted(host_of(origin) for origin in self._origins))
            raise Unreachable(f"There is no connection to {hosts}.") from None
        except (TimeoutError, httpx.TimeoutException):
            raise Faltered(f"{name} did not come in time.") from None
        except httpx.TransportError as fault:
            raise Faltered(f"{name} was cut off ({clean(str(fault), 80) or type(fault).__name__}).") from None

    def _wait(self, fault: Exception) -> bool | float:
        if not isinstance(fault, Faltered):
            return False
        if isinstance(fault, Unreachable) and not self._was_reached:
            return False  # there is no network: waiting would only put off saying so
        if self._waited > self._patience.longest_in_all:
            return False
        return True if fault.wait is None else min(fault.wait, self._patience.longest_retry_after)

    async def head(self, url: str) -> Answer | None:
        """Ask once for length and version of a file; None when the server does not say."""

        async def attempt() -> Answer:
            async with self.asked("HEAD", url, {"Accept-Encoding": "identity"}) as answer:
                return answer

        try:
            answer = await self._once(name_of(url), attempt)
        except Unreachable:
            raise
        except FetchProblem:
            return None
        return answer if answer.status == 200 else None

    async def json(self, url: str, name: str, most_bytes: int | None = None) -> object:
        """Get a JSON document; raises FetchProblem, and Faltered where it does not come whole.

        ``most_bytes`` overrides the limit for JSON. Numbers that JSON does not have and keys that stand twice are
        refused.
        """

        async def attempt() -> object:
            async with self.asked("GET", url, {"Accept": "application/json", "Accept-Encoding": "gzip"}) as answer:
                answer.check_status()
                answer.check_type(_JSON_TYPES)
                body = b"".join([block async for block in answer.blocks(most_bytes or self.limits.json_bytes)])
            if body.lstrip()[:1] == b"<":
                raise FetchProblem(f"{name} came as a web page, not as data.", "Try again later.")
            try:
                return parse_strictly(body)
            except ValueError:
                raise Faltered(f"{name} came damaged or cut off.") from None

        return await self.patiently(name, attempt)


def retry_after(said: str | None) -> float | None:
    """Read a Retry-After header: seconds, or a date; None for neither, never below 0."""
    if said is None:
        return None
    if said.strip().isascii() and said.strip().isdigit():
        return float(said.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
