"""The steps from an empty ledger to today's tables (alembic, run from within, no configuration file)."""
