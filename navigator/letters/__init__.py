"""Letters: what is handed out on one page, as PDF and as plain text with the same facts (docs/letters.md)."""
