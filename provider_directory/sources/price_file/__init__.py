"""Readers of hospitals' price files (CMS hospital price transparency): CSV tall, CSV wide and JSON, 2.0 to 3.0."""

from __future__ import annotations

from provider_directory.sources.price_file.codes import WantedCodes
from provider_directory.sources.price_file.opening import PriceFile, is_price_file, open_price_file

__all__ = ["PriceFile", "WantedCodes", "is_price_file", "open_price_file"]
