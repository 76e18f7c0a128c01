"""Run by alembic: applies the steps on the connection that the ledger hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from navigator.ledger.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a column by making the table anew
)
with context.begin_transaction():
    context.run_migrations()
