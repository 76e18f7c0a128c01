"""A FHIR server of others, sekmet-fhir, takes the message: by $process-message, and resource by resource."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from foreign_validators import FOLDER, needs_sekmet
from generated_packets import packets

from navigator.fhir.bundle import message_bundle

Json = dict[str, Any]
_SECONDS_TO_START = 30


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the server on a free port of this machine alone, in a folder of its own; give its base address."""
    folder = tmp_path_factory.mktemp("sekmet")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(FOLDER / "sekmet/bin/sekmet"), "serve", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env={**os.environ, "HOME": str(folder)})
        try:
            base = f"http://127.0.0.1:{port}/fhir"
            _wait_for(base, running, folder / "log")
            yield base
        finally:
            running.terminate()
            running.wait(timeout=20)


def _wait_for(base: str, running: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until and running.poll() is None:
        try:
            if httpx.get(f"{base}/metadata", timeout=2, trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)  # it has no way of saying that it is ready
    pytest.fail(f"the server did not start: {log.read_text(errors='replace')[-500:]}")


def _sent(base: str, bundle: Json) -> Json:
    said = httpx.post(
        base, content=json.dumps(bundle), headers={"Content-Type": "application/fhir+json"}, trust_env=False
    )
    assert said.status_code == 200, said.text[:500]
    found: Json = said.json()
    return found


@pytest.mark.skipif(
    not os.environ.get("COE_FHIR_ALL"), reason="takes 6 seconds; asked with COE_FHIR_ALL=1, as .ci/run does"
)
@needs_sekmet
def test_the_server_takes_messages_and_gives_their_parts_back(server: str) -> None:
    for packet in packets(3):
        message = message_bundle(packet)
        answered = _sent(f"{server}/$process-message", message)
        assert answered["entry"][0]["resource"]["response"]["code"] == "ok"
        _sent(server, message | {"type": "transaction", "entry": [_put(each) for each in message["entry"]]})
        for entry in message["entry"]:
            kind, key = entry["resource"]["resourceType"], entry["resource"]["id"]
            kept = httpx.get(f"{server}/{kind}/{key}", trust_env=False).json()
            assert set(kept) - {"meta"} == set(entry["resource"]) - {"meta"}
            assert kept.get("status") == entry["resource"].get("status")


def _put(entry: Json) -> Json:
    resource = entry["resource"]
    return {**entry, "request": {"method": "PUT", "url": f"{resource['resourceType']}/{resource['id']}"}}
