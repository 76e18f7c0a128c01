"""The referral: its number, its record, its checks and the offer that was shown (DESIGN "Refer")."""
