"""A PostgreSQL server of its own for the tests: Debian's binaries, a temporary folder, loopback and a free port."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BINARIES = Path("/usr/lib/postgresql/15/bin")
ABSENT = f"PostgreSQL 15 is not installed here ({BINARIES}; Debian: apt-get install postgresql-15)"
_SECONDS = 60


class PostgresServer:
    """A running server; ``fresh`` gives the address of a new database."""

    def __init__(self, folder: Path, port: int, password: str, settings: tuple[str, ...]) -> None:
        self.folder = folder
        self.port = port
        self._password = password
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process_id(self) -> int:
        """Give the process id of the server, e.g. to kill it."""
        assert self._process is not None
        return self._process.pid

    def address(self, database: str) -> str:
        """Give the address as COE_LEDGER_URL takes it."""
        return f"postgresql://desk:{self._password}@127.0.0.1:{self.port}/{database}"

    def fresh(self) -> str:
        """Make an empty database and give its name."""
        name = f"ledger_{secrets.token_hex(6)}"
        self.run(f'CREATE DATABASE "{name}"')
        return name

    def run(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run one statement outside of the ledger, as somebody with the server's password may."""
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        command = [str(BINARIES / "postgres"), "-D", str(self.folder / "data"), "-k", str(self.folder)]
        for setting in (f"port={self.port}", "listen_addresses=127.0.0.1", "max_connections=60", *self._settings):
            command += ["-c", setting]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(as_postgres(command), stdout=log, stderr=log)
        deadline = time.monotonic() + _SECONDS
        ready = [str(BINARIES / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while subprocess.run(ready).returncode:
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.05)

    def kill(self) -> None:
        """End the server as a power cut of its process would: kill -9; ``start`` recovers it."""
        assert self._process is not None
        # The server's own children leave when they see that it is gone; the port and the lock are free then.
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """End the server at once; its folder goes with it."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(timeout=_SECONDS)


def as_postgres(command: list[str]) -> list[str]:
    """Run a command as user postgres where we are root: the server refuses root."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]


@contextmanager
def running_server(fsync: bool = False) -> Iterator[PostgresServer]:
    """Lend a new server; ``fsync`` for tests of durability."""
    folder = Path(tempfile.mkdtemp(prefix="coe-pg-"))
    try:
        password = secrets.token_hex(8)
        (folder / "password").write_text(password)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
            shutil.chown(folder / "password", "postgres", "postgres")
        initdb = [str(BINARIES / "initdb"), "-D", str(folder / "data"), "-U", "desk", "--no-sync", "-E", "UTF8"]
        initdb += ["--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={folder / 'password'}", "--data-checksums"]
        subprocess.run(as_postgres(initdb), check=True, capture_output=True, cwd=folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = () if fsync else ("fsync=off", "full_page_writes=off")
        server = PostgresServer(folder, port, password, (*settings, "shared_buffers=16MB"))
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def is_installed() -> bool:
    """Say whether the binaries are here."""
    return (BINARIES / "initdb").exists()
