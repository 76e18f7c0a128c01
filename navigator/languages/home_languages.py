"""The languages that are spoken most at home in the United States, by BCP 47 tag, in English and in Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from navigator.languages.translating import Language

HOME_LANGUAGES: dict[str, tuple[str, str]] = {
    "en": ("English", "inglés"),
    "es": ("Spanish", "español"),
    "zh": ("Chinese", "chino"),
    "yue": ("Cantonese", "cantonés"),
    "vi": ("Vietnamese", "vietnamita"),
    "tl": ("Tagalog", "tagalo"),
    "fil": ("Filipino", "filipino"),
    "ar": ("Arabic", "árabe"),
    "fr": ("French", "francés"),
    "ko": ("Korean", "coreano"),
    "ru": ("Russian", "ruso"),
    "pt": ("Portuguese", "portugués"),
    "ht": ("Haitian Creole", "criollo haitiano"),
    "hi": ("Hindi", "hindi"),
    "de": ("German", "alemán"),
    "pl": ("Polish", "polaco"),
    "it": ("Italian", "italiano"),
    "ur": ("Urdu", "urdu"),
    "fa": ("Persian", "persa"),
    "te": ("Telugu", "telugu"),
    "ta": ("Tamil", "tamil"),
    "ja": ("Japanese", "japonés"),
    "gu": ("Gujarati", "guyaratí"),
    "bn": ("Bengali", "bengalí"),
    "pa": ("Punjabi", "panyabí"),
    "th": ("Thai", "tailandés"),
    "hy": ("Armenian", "armenio"),
    "hmn": ("Hmong", "hmong"),
    "km": ("Khmer", "jemer"),
    "uk": ("Ukrainian", "ucraniano"),
}


def language_name(said: str, language: Language = "en") -> str:
    """Give the name of a language from its tag, with what stands behind it, e.g. "Portuguese (BR)"; else the words."""
    tag, _, beyond = said.replace("_", "-").partition("-")
    names = HOME_LANGUAGES.get(tag.casefold())
    if names is None:
        return said
    name = names[1] if language == "es" else names[0]
    return f"{name} ({beyond})" if beyond else name
