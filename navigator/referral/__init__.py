"""The referral: its number, its record and the encrypted ledger that keeps it (DESIGN "Refer")."""
