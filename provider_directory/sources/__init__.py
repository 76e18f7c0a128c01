"""Readers of the files of others, one reader a layout; each row is kept, collapsed or set aside, and counted."""
