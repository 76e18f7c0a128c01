"""An edition: one immutable SQLite file of public facts, named by its content (CONTRACT 5, DESIGN "Three flows")."""
