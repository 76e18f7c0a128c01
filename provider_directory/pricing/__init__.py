"""Prices with their kind, scope, date and source (METHOD 3, 5; CONTRACT 6)."""
