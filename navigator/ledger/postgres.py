"""The ledger on PostgreSQL, for several desks: the same rows, sealed before they leave this machine (TRUST B3)."""

from __future__ import annotations

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from navigator.ledger.errors import LedgerProblem
from navigator.ledger.faults import BUSY_SECONDS
from provider_directory.errors import BadInput

ONE_WRITER = 0x636F65  # "coe"
"""Number of the advisory lock that every writing transaction holds: the audit chain has one end."""
_LOOPBACK = {"", "localhost", "127.0.0.1", "::1"}


def read_url(text: str) -> URL:
    """Give the address of the database; raises BadInput, never quoting the password.

    A server elsewhere is reached by TLS, unless ``sslmode`` says otherwise.
    """
    example = 'Write it like "postgresql://desk@ledger.example/coe".'
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError):
        raise BadInput("COE_LEDGER_URL is no address of a database.", example) from None
    if url.get_backend_name() not in ("postgresql", "postgres") or not url.database:
        raise BadInput(f"COE_LEDGER_URL names no PostgreSQL database ({url.drivername}).", example)
    if "@" in (url.host or "") or "@" in url.database:  # the rest of a password: no message may name it
        raise BadInput(
            "COE_LEDGER_URL has an @ in its password, or in a name.",
            "Write it as %40, or put the password in ~/.pgpass.",
        )
    url = url.set(drivername="postgresql+psycopg")
    if (url.host or "") not in _LOOPBACK and "sslmode" not in url.query and "host" not in url.query:
        url = url.update_query_dict({"sslmode": "require"})
    return url


def place_of_server(url: URL) -> str:
    """Name the server for people, without user and password."""
    return f"{url.host or url.query.get('host', 'local')}{f':{url.port}' if url.port else ''}/{url.database}"


def open_engine(url: URL) -> Engine:
    """Give the engine; nothing is asked of the server yet. Raises LedgerProblem where psycopg is not installed."""
    try:
        import psycopg  # noqa: F401  deferred: an extra
    except ImportError:
        raise LedgerProblem(
            "COE_LEDGER_URL is set, and the driver for PostgreSQL is not installed.",
            "Install it with \"python -m pip install 'coe-navigator[postgres]'\".",
        ) from None
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,  # a server that was started anew is met by a fresh connection
        connect_args={
            "connect_timeout": 10,
            # A commit that was acknowledged is on the server's disk, whatever the server's own setting.
            "options": f"-c synchronous_commit=on -c lock_timeout={int(BUSY_SECONDS * 1000)} -c timezone=UTC",
        },
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if "begin" in connection.get_execution_options():
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        else:
            # One writer at a time, as with SQLite; each statement then sees what was committed before.
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_WRITER})")

    return engine
