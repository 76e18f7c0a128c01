"""CMS on loopback: its catalog, file server, archive and data API, with a fault at any step."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from cms_tables import archive_of, stays, table_of_stays, tables

from provider_directory.sync.datasets import DATASETS

_ROWS_A_PAGE = 5
_HTML = b"<!DOCTYPE html><html><body>We are down for maintenance.</body></html>"
_BY_ID = {dataset.cms_id: dataset for dataset in DATASETS}
_BY_NAME = {dataset.name: dataset for dataset in DATASETS}


class Reply(NamedTuple):
    """What the server would send if nothing were wrong."""

    body: bytes
    content_type: str
    can_resume: bool = False


class Asked(NamedTuple):
    """One request that came."""

    method: str
    path: str
    headers: dict[str, str]


class Cms:
    """The state of the server: what it publishes, what is wrong with it, and what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.files: dict[str, bytes] = {}
        self.stays: list[dict[str, str]] = []
        self.released = ""
        self.archives: dict[str, bytes] = {}
        self.has_reference_ids = False
        self.says_length = True
        self.has_data_catalog = False
        """Whether data.cms.gov names the CSV of the inpatient table."""
        self.rows_said: int | None = None
        """What the catalog says of the rows of complications; None = it has no such service."""
        self.missing: set[str] = set()
        """Steps at which there is nothing, 404."""
        self.fault: tuple[str, Fault] | None = None
        self.faults_left = 0
        self.publish("2.4", "2026-01-28")

    def publish(self, complication: str, released: str) -> None:
        """Publish a release: the tables, and the date that the catalog says."""
        self.files = tables(complication)
        self.stays = stays(complication)
        self.released = released

    def archive(self, month: str) -> None:
        """Put the published files into the archive of a month, YYYY-MM."""
        named = {_BY_NAME[name].file_name: content for name, content in self.files.items()}
        self.archives[month] = archive_of(named)

    def spoil(self, step: str, fault: Fault, times: int = 1_000) -> None:
        """Let a step go wrong: catalog, file, page or archive (of complications, of the second page)."""
        self.fault, self.faults_left = (step, fault), times

    def heal(self) -> None:
        """Let everything go right again."""
        self.fault = None
        self.missing.clear()

    def paths(self, method: str = "GET") -> list[str]:
        """Give what was asked for."""
        return [asked.path for asked in self.asked if asked.method == method]

    def answer(self, path: str, query: dict[str, list[str]]) -> tuple[str, Reply] | None:
        """Give the step that a path belongs to, and the reply; None where there is nothing."""
        if match := re.search(r"/metastore/schemas/dataset/items/([\w-]+)$", path):
            name = _BY_ID[match[1]].name
            step = "catalog" if name == "complications" else ""
            return step, Reply(json.dumps(self.entry_of(name)).encode(), "application/json")
        if match := re.search(r"/resources/[0-9a-f]{32}_\d+/([\w-]+\.csv)$", path):
            name = next(dataset.name for dataset in DATASETS if dataset.file_name == match[1])
            return "file" if name == "complications" else "", Reply(self.files[name], "text/csv", True)
        if match := re.search(r"/archive/Hospitals/(\d{4})/hospitals_(\d\d)_\1\.zip$", path):
            content = self.archives.get(f"{match[1]}-{match[2]}")
            return None if content is None else ("archive", Reply(content, "application/zip", True))
        if path == "/data.json" and self.has_data_catalog:
            return "", Reply(json.dumps(self._data_catalog()).encode(), "application/json")
        if path.endswith("/MUP_INP_RY26_P03_V10_DY24_PrvSvc.CSV"):
            return "", Reply(table_of_stays(self.stays), "text/csv", True)
        if re.search(r"/datastore/query/ynj2-r877/0$", path) and self.rows_said is not None:
            return "", Reply(json.dumps({"results": [], "count": self.rows_said}).encode(), "application/json")
        if path.endswith(f"/data-api/v1/dataset/{_BY_NAME['inpatient'].cms_id}/data"):
            offset, size = int(query["offset"][0]), min(int(query["size"][0]), _ROWS_A_PAGE)
            rows = self.stays[offset : offset + size]
            step = {0: "first page", _ROWS_A_PAGE: "page"}.get(offset, "")
            return step, Reply(json.dumps(rows).encode(), "application/json")
        return None

    def entry_of(self, name: str) -> dict[str, object]:
        """Give the catalog's entry of a data set."""
        dataset = _BY_NAME[name]
        version = hashlib.md5(self.files[name], usedforsecurity=False).hexdigest()
        path = f"/provider-data/sites/default/files/resources/{version}_1769500000/{dataset.file_name}"
        # A mirror's catalog still names CMS's own addresses.
        file = {"downloadURL": f"https://data.cms.gov{path}", "mediaType": "text/csv"}
        return {
            "identifier": dataset.cms_id,
            "title": dataset.title,
            "issued": "2020-12-10",
            "modified": self.released,
            "released": self.released,
            "landingPage": f"https://data.cms.gov/provider-data/dataset/{dataset.cms_id}",
            "distribution": [{"identifier": "x", "data": file} if self.has_reference_ids else file],
        }

    def _data_catalog(self) -> dict[str, object]:
        files = "https://data.cms.gov/sites/default/files/2026-01"
        table = f"https://data.cms.gov/data-api/v1/dataset/{_BY_NAME['inpatient'].cms_id}"
        return {
            "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
            "dataset": [
                {"identifier": "https://data.cms.gov/data-api/v1/dataset/other/data-viewer", "distribution": []},
                {
                    "title": "Medicare Inpatient Hospitals - by Provider and Service",
                    "identifier": f"{table}/data-viewer",
                    "distribution": [
                        {"format": "API", "description": "latest", "accessURL": f"{table}/data"},
                        {
                            "mediaType": "text/csv",
                            "downloadURL": f"{files}/MUP_INP_RY25_P03_V10_DY23_PrvSvc.CSV",
                            "modified": "2025-05-20",
                            "temporal": "2023-01-01/2023-12-31",
                        },
                        {
                            "mediaType": "text/csv",
                            "downloadURL": f"{files}/MUP_INP_RY26_P03_V10_DY24_PrvSvc.CSV",
                            "modified": "2026-01-14",
                            "temporal": "2024-01-01/2024-12-31",
                        },
                    ],
                },
            ],
        }


Fault = Callable[["Handler", Reply], None]


class Server(ThreadingHTTPServer):
    """A server of one Cms."""

    daemon_threads = True

    def __init__(self, cms: Cms) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.cms = cms
        self.leaving = threading.Event()
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def origin(self) -> str:
        """Give the address to sync from."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Be silent about clients that leave: it is what they should do."""

    def stop(self) -> None:
        """End the server and what still drips from it."""
        self.leaving.set()
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: Server
    timeout = 20

    def do_GET(self) -> None:
        """Answer a GET."""
        self._answer()

    def do_HEAD(self) -> None:
        """Answer a HEAD."""
        self._answer()

    def log_message(self, *words: object) -> None:
        """Write no log."""

    def _answer(self) -> None:
        cms = self.server.cms
        cms.asked.append(Asked(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}))
        parts = urlsplit(self.path)
        found = cms.answer(parts.path, parse_qs(parts.query))
        if found is None or found[0] in cms.missing:
            self.send(404, b'{"message": "not found"}', {"Content-Type": "application/json"})
            return
        step, reply = found
        if cms.fault and cms.fault[0] == step and self.command == "GET" and cms.faults_left > 0:
            cms.faults_left -= 1
            cms.fault[1](self, reply)
        else:
            self.send_well(reply)

    def send_well(self, reply: Reply) -> None:
        """Send what was asked for, or the part of it."""
        headers = {"Content-Type": reply.content_type, "Set-Cookie": "tracker=1; Path=/"}
        if not reply.can_resume:
            self.send(200, reply.body, headers)
            return
        headers["ETag"] = '"' + hashlib.sha256(reply.body).hexdigest()[:16] + '"'
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if self.headers.get("If-None-Match") == headers["ETag"]:
            self.send(304, b"", headers)
        elif wanted and self.headers.get("If-Range") == headers["ETag"]:
            start = int(wanted[1])
            headers["Content-Range"] = f"bytes {start}-{len(reply.body) - 1}/{len(reply.body)}"
            self.send(206, reply.body[start:], headers)
        else:
            self.send(200, reply.body, headers)

    def send(self, status: int, body: bytes, headers: dict[str, str], length: int | None = -1) -> None:
        """Send a reply; ``length`` is what is announced: -1 the truth, None nothing."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if length is None or not self.server.cms.says_length:
            self.send_header("Connection", "close")
        elif status != 304:
            self.send_header("Content-Length", str(len(body) if length < 0 else length))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)
            self.wfile.flush()


def too_many(handler: Handler, reply: Reply) -> None:
    """429, with a wait that nobody should obey to the letter."""
    handler.send(429, b"", {"Retry-After": "86400"})


def broken(handler: Handler, reply: Reply) -> None:
    """500."""
    handler.send(500, b"oops", {"Content-Type": "text/plain"})


def drip(handler: Handler, reply: Reply) -> None:
    """A byte now and then."""
    handler.send(200, b"", {"Content-Type": reply.content_type}, length=len(reply.body))
    for byte in reply.body:
        handler.wfile.write(bytes([byte]))
        if handler.server.leaving.wait(0.02):
            return


def cut_off(handler: Handler, reply: Reply) -> None:
    """Half of what was announced."""
    etag = '"' + hashlib.sha256(reply.body).hexdigest()[:16] + '"'
    headers = {"Content-Type": reply.content_type, "ETag": etag}
    handler.send(200, reply.body[: len(reply.body) // 2], headers, length=len(reply.body))
    handler.close_connection = True


def cut_off_unsaid(handler: Handler, reply: Reply) -> None:
    """Half, and no word of how much it should be."""
    handler.send(200, reply.body[: len(reply.body) // 2], {"Content-Type": reply.content_type}, length=None)
    handler.close_connection = True


def web_page(handler: Handler, reply: Reply) -> None:
    """A notice of maintenance, status 200."""
    handler.send(200, _HTML, {"Content-Type": "text/html; charset=utf-8"})


def web_page_as_data(handler: Handler, reply: Reply) -> None:
    """A notice of maintenance, status 200, under the right type."""
    handler.send(200, _HTML, {"Content-Type": reply.content_type})


def renamed_column(handler: Handler, reply: Reply) -> None:
    """The same table with a column of another name; in an archive, the table within."""
    if reply.content_type == "application/zip":
        files = tables()
        files["complications"] = files["complications"].replace(b"Compared to National", b"National Comparison")
        handler.send_well(
            Reply(archive_of({_BY_NAME[name].file_name: body for name, body in files.items()}), "application/zip")
        )
        return
    body = reply.body
    for name in (b"downloadURL", b"Compared to National", b"Tot_Dschrgs"):
        body = body.replace(name, b"Renamed")
    handler.send_well(Reply(body, reply.content_type))


def wrong_type(handler: Handler, reply: Reply) -> None:
    """The right bytes under a type that is none of a table."""
    handler.send(200, reply.body, {"Content-Type": "image/png"})


def bomb(handler: Handler, reply: Reply) -> None:
    """A small body that unpacks to 64 MiB."""
    headers = {"Content-Type": reply.content_type, "Content-Encoding": "gzip"}
    handler.send(200, _BOMB, headers)


_BOMB = gzip.compress(bytes(1 << 20), 6) * 64


def elsewhere(other: str) -> Fault:
    """Make a fault that redirects to another host."""

    def redirect(handler: Handler, reply: Reply) -> None:
        handler.send(302, b"", {"Location": f"{other}/collect?who=you"})

    return redirect


def stall_after(count: int, reached: threading.Event) -> Fault:
    """Make a fault that sends the first bytes, tells, and then nothing more."""

    def stall(handler: Handler, reply: Reply) -> None:
        etag = '"' + hashlib.sha256(reply.body).hexdigest()[:16] + '"'
        headers = {"Content-Type": reply.content_type, "ETag": etag}
        handler.send(200, reply.body[:count], headers, length=len(reply.body))
        reached.set()
        handler.server.leaving.wait(20)

    return stall


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something outside this process has happened."""
    limit = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < limit
        threading.Event().wait(0.01)
