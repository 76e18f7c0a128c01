"""What is known about care: procedures, facilities, evidence, prices, places; no terminal, no member, no program."""

__version__ = "0.1.0"
