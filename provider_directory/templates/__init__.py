"""Workbooks to fill in: what each column holds, the lists to choose from, and an explanation (docs/workbooks.md)."""
