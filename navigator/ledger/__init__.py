"""The encrypted ledger: what the desk writes down about people, and how it is kept (DESIGN "Refer")."""
