"""Whatever is done to the entries of the audit, somebody who goes through the chain finds it (S15)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, delete, func, select, update

from navigator.ledger import audit as chain
from navigator.ledger.schema import audit

KEY = b"k" * 32
BEGAN = datetime(2026, 11, 22, 9, tzinfo=UTC)
ENGINE = create_engine("sqlite://")
audit.create(ENGINE)
CHANGES = {"by": "nobody else", "action": "edit", "subject": "", "detail": "{}", "at": BEGAN.replace(year=1999)}
entries = st.lists(
    st.tuples(st.text(max_size=8), st.sampled_from(["read", "move"]), st.integers()), min_size=2, max_size=6
)


@contextmanager
def written(said: list[tuple[str, str, int]]) -> Iterator[Connection]:
    """Lend a chain with these entries, which is gone afterwards."""
    with ENGINE.connect() as connection:
        connection.execute(delete(audit))
        for turn, (by, action, count) in enumerate(said):
            at = BEGAN + timedelta(seconds=count % 7 - turn)  # a clock may jump
            chain.append(connection, KEY, at, by, action, "CR-0000-0015-0", {"count": count})
        yield connection
        connection.rollback()


def broken(connection: Connection, key: bytes = KEY) -> list[int]:
    return list(chain.broken_links(connection, key))


@settings(max_examples=30)
@given(entries, st.data())
def test_a_changed_field_is_found_at_its_entry(said: list[tuple[str, str, int]], data: st.DataObject) -> None:
    with written(said) as connection:
        assert broken(connection) == []
        assert broken(connection, b"x" * 32) != []
        seq = data.draw(st.integers(1, len(said)))
        field, value = data.draw(st.sampled_from(list(CHANGES.items())))
        connection.execute(update(audit).where(audit.c.seq == seq).values({field: value}))
        assert seq in broken(connection)


@settings(max_examples=30)
@given(entries, st.data())
def test_a_deleted_or_moved_entry_is_found(said: list[tuple[str, str, int]], data: st.DataObject) -> None:
    with written(said) as connection:
        seq = data.draw(st.integers(1, len(said) - 1))
        if data.draw(st.booleans()):
            connection.execute(delete(audit).where(audit.c.seq == seq))
        else:
            for before, after in ((seq, -1), (seq + 1, seq), (-1, seq + 1)):
                connection.execute(update(audit).where(audit.c.seq == before).values(seq=after))
        assert broken(connection) != []


@settings(max_examples=30)
@given(entries, st.data())
def test_a_tail_that_was_cut_leaves_another_head_than_was_noted(
    said: list[tuple[str, str, int]], data: st.DataObject
) -> None:
    with written(said) as connection:
        noted = chain.head(connection)
        kept = data.draw(st.integers(0, len(said) - 1))
        connection.execute(delete(audit).where(audit.c.seq > kept))
        assert broken(connection) == []
        assert chain.head(connection).seq == kept < noted.seq
        chain.append(connection, KEY, BEGAN, "x", "read", "", {"forged": True})
        assert connection.execute(select(func.max(audit.c.seq))).scalar_one() == kept + 1
        same = connection.execute(select(audit.c.mac).where(audit.c.seq == noted.seq)).scalar_one_or_none()
        assert same != noted.mac
