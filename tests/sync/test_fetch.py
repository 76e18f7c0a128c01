"""One file over the network: what is sent, what is gone on with, and what is refused."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from cms_server import Cms, Server, bomb, broken, cut_off, web_page
from hypothesis import given
from hypothesis import strategies as st

from provider_directory.errors import FetchProblem
from provider_directory.fetching import Faltered, Limits, Missing, Patience, Transfer, fetch, fetched_before
from provider_directory.fetching.connection import retry_after
from provider_directory.fetching.hosts import check_allowed, name_of, origin_of, origins_of, written
from provider_directory.fetching.unpacking import Unpacking

QUICK = Patience(attempts=2, first_wait=0.001, longest_wait=0.002, jitter=0.0, longest_retry_after=0.01)
SMALL = Limits(file_bytes=1 << 20, seconds=10, silence=5)


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(Cms())
    yield server
    server.stop()


def complications(server: Server) -> str:
    entry = server.cms.entry_of("complications")["distribution"]
    assert isinstance(entry, list)
    return str(entry[0]["downloadURL"]).replace("https://data.cms.gov", server.origin)


def test_a_file_comes_with_a_note_of_where_it_came_from(server: Server, tmp_path: Path) -> None:
    told: list[Transfer] = []
    target = tmp_path / "new" / "table.csv"
    fetched = fetch(complications(server), target, SMALL, told.append, patience=QUICK)
    assert target.read_bytes() == server.cms.files["complications"]
    assert fetched_before(target) == fetched._replace(is_new=False)
    assert (told[-1].done, told[-1].seconds_left) == (fetched.bytes, 0)
    assert sorted(path.name for path in target.parent.iterdir()) == ["table.csv", "table.csv.fetched.json"]


def test_a_file_that_is_as_it_was_is_not_sent_again(server: Server, tmp_path: Path) -> None:
    first = fetch(complications(server), tmp_path / "table.csv", patience=QUICK)
    again = fetch(complications(server), tmp_path / "table.csv", patience=QUICK)
    assert (first.is_new, again.is_new, again.sha256) == (True, False, first.sha256)
    assert server.cms.asked[-1].headers["if-none-match"] == first.etag


def test_a_file_that_was_changed_here_is_sent_again(server: Server, tmp_path: Path) -> None:
    fetch(complications(server), tmp_path / "table.csv", patience=QUICK)
    (tmp_path / "table.csv").write_bytes(b"something else")
    assert fetch(complications(server), tmp_path / "table.csv", patience=QUICK).is_new


def test_a_failed_fetch_leaves_the_file_that_was_there(server: Server, tmp_path: Path) -> None:
    target = tmp_path / "table.csv"
    first = fetch(complications(server), target, patience=QUICK)
    server.cms.spoil("file", web_page)
    with pytest.raises(FetchProblem, match="not as data"):
        fetch(complications(server), target, patience=QUICK)
    assert fetched_before(target) == first._replace(is_new=False)


def test_a_half_is_gone_on_with_and_the_whole_is_the_same(server: Server, tmp_path: Path) -> None:
    server.cms.spoil("file", cut_off, times=1)
    fetched = fetch(complications(server), tmp_path / "table.csv", patience=QUICK)
    assert fetched.resumed_at == fetched.bytes // 2
    assert (tmp_path / "table.csv").read_bytes() == server.cms.files["complications"]


def test_a_file_that_is_too_large_is_refused_before_it_comes_and_leaves_nothing(server: Server, tmp_path: Path) -> None:
    with pytest.raises(FetchProblem, match="larger than 100 bytes"):
        fetch(complications(server), tmp_path / "table.csv", Limits(file_bytes=100), patience=QUICK)
    assert list(tmp_path.iterdir()) == []


def test_a_packing_bomb_is_stopped_at_the_limit_and_leaves_nothing(server: Server, tmp_path: Path) -> None:
    server.cms.spoil("file", bomb)
    with pytest.raises(FetchProblem, match="larger than 1,048,576 bytes"):
        fetch(complications(server), tmp_path / "table.csv", SMALL, patience=QUICK)
    assert list(tmp_path.iterdir()) == []


def test_a_fault_is_told_after_the_tries_are_used_up(server: Server, tmp_path: Path) -> None:
    server.cms.spoil("file", broken)
    with pytest.raises(Faltered, match="answered 500"):
        fetch(complications(server), tmp_path / "table.csv", patience=QUICK)
    assert len(server.cms.asked) == QUICK.attempts


def test_what_is_not_there_is_asked_for_once(server: Server, tmp_path: Path) -> None:
    with pytest.raises(Missing, match=r"answered 404 for gone\.csv"):
        fetch(f"{server.origin}/gone.csv", tmp_path / "gone.csv", patience=QUICK)
    assert len(server.cms.asked) == 1


def test_only_hosts_that_are_named_are_asked(server: Server, tmp_path: Path) -> None:
    with pytest.raises(FetchProblem, match="not contacted"):
        fetch(complications(server), tmp_path / "table.csv", allowed_hosts=("prices.example.org",), patience=QUICK)
    assert server.cms.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/a.csv",
        "file:///etc/passwd",
        "https://user:word@example.org/a.csv",
        "https://example.org\\@evil.example/a.csv",
        "https://169.254.169.254@example.org/",
        "//example.org/a.csv",
        "https://",
        "http://127.0.0.1.example.org/",
        "http://169.254.169.254/latest/meta-data",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0.0.0.0:8000/",
        "http://[fe80::1]/",
        "http://localhost.example.org/",
        "http://127.0.0.1:80@example.org/",
        "https://example.org:443@127.0.0.1/",
        "gopher://127.0.0.1/",
        "data:text/csv,ccn",
        "",
    ],
)
def test_an_address_that_could_be_read_in_two_ways_or_is_not_encrypted_is_refused(url: str) -> None:
    with pytest.raises(FetchProblem):
        origin_of(url)


@given(st.text(alphabet="htps:/@\\.?#[]%azAZ09 -\t\u00e9", max_size=30))
def test_the_host_that_is_checked_is_the_host_that_is_asked(rest: str) -> None:
    url = f"https://{rest}"
    try:
        checked = origin_of(url)
    except FetchProblem:
        return
    try:
        asked = httpx.URL(written(url))
    except httpx.InvalidURL:
        return  # nobody is asked
    assert checked == f"https://{asked.host}:{asked.port or 443}" or "[" in checked


@pytest.mark.parametrize("url", ["https://a..b/x", "https://xn--/x", "https://example.org:99999/x", "https://[::zz]/x"])
def test_an_address_that_nobody_can_ask_is_told_in_words(tmp_path: Path, url: str) -> None:
    with pytest.raises(FetchProblem):
        fetch(url, tmp_path / "table.csv", patience=QUICK)


def test_a_host_may_be_named_alone_or_by_an_address() -> None:
    origins = origins_of(("Data.CMS.gov", "http://127.0.0.1:8000/mirror"))
    check_allowed("https://data.cms.gov:443/x", origins, "The address")
    check_allowed("http://127.0.0.1:8000/y", origins, "The address")
    with pytest.raises(FetchProblem):
        check_allowed("http://127.0.0.1:8001/y", origins, "The address")


@pytest.mark.parametrize(
    ("leads_to", "said"),
    [
        ("?again", "redirected again and again"),
        ("file:///etc/passwd", "no address that is fetched"),
        ("https://169.254.169.254/latest", "which is not contacted"),
        ("http://[::ffff:7f00:1]/", "not"),
        ("//evil.example/x", "not encrypted"),
        ("https://user:word@data.cms.gov/", "no address that is fetched"),
        ("\\\\evil.example\\x", "answered 404"),
        ("gopher://127.0.0.1/", "no address that is fetched"),
    ],
)
def test_a_redirect_leads_nowhere_but_to_the_same_host(
    server: Server, tmp_path: Path, leads_to: str, said: str
) -> None:
    server.cms.spoil("file", redirected(leads_to))
    with pytest.raises(FetchProblem, match=said):
        fetch(complications(server), tmp_path / "table.csv", patience=QUICK)
    assert list(tmp_path.iterdir()) == []


def redirected(leads_to: str) -> Callable[[Any, Any], None]:
    """Make a fault that sends whoever asks somewhere else."""
    return lambda handler, reply: handler.send(302, b"", {"Location": leads_to})


def test_a_file_is_called_by_the_last_part_of_its_address() -> None:
    assert name_of("https://example.org/a/Prices%202026.csv?x=1") == "Prices%202026.csv"
    assert name_of("https://example.org/") == "the answer"


def test_a_wait_is_read_in_seconds_or_as_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert retry_after("7") == 7
    assert 80 < (retry_after(soon) or 0) <= 90
    assert retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert retry_after(None) is None


@given(st.text(max_size=40))
def test_no_wait_that_a_server_writes_is_a_fault(said: str) -> None:
    wait = retry_after(said)
    assert wait is None or wait >= 0


@given(st.binary(max_size=3_000), st.integers(1, 700), st.integers(1, 3))
def test_a_packed_body_unpacks_to_itself_however_it_is_cut(body: bytes, step: int, members: int) -> None:
    packed = gzip.compress(body) * members
    unpacking = Unpacking("gzip", "table.csv")
    parts = [packed[start : start + step] for start in range(0, len(packed), step)]
    assert b"".join(block for part in parts for block in unpacking.blocks(part)) == body * members
    assert unpacking.is_whole


@given(st.binary(min_size=1, max_size=500), st.integers(1, 10))
def test_a_packed_body_that_was_cut_is_not_whole(body: bytes, cut: int) -> None:
    unpacking = Unpacking("gzip", "table.csv")
    list(unpacking.blocks(gzip.compress(body)[:-cut]))
    assert not unpacking.is_whole


def test_a_damaged_or_foreign_packing_is_refused() -> None:
    with pytest.raises(zlib.error):
        list(Unpacking("gzip", "table.csv").blocks(b"no gzip at all"))
    with pytest.raises(FetchProblem):
        Unpacking("br", "table.csv")
