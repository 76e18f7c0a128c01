"""Three themes: dark, light, high contrast; every text token holds at least 4.5:1 on every ground (STYLE 0.7)."""

from __future__ import annotations

from textual.theme import Theme

TEXT_TOKENS = ("foreground", "muted", "accent", "success", "warning", "error")
GROUND_TOKENS = ("background", "surface", "panel", "cursor")
HIGH_CONTRAST = "coe-contrast"


def _theme(
    name: str,
    *,
    dark: bool,
    foreground: str,
    muted: str,
    accent: str,
    success: str,
    warning: str,
    error: str,
    background: str,
    surface: str,
    panel: str,
    cursor: str,
    rule: str,
) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        primary=accent,
        secondary=accent,
        accent=accent,
        foreground=foreground,
        success=success,
        warning=warning,
        error=error,
        background=background,
        surface=surface,
        panel=panel,
        boost=surface,
        variables={
            "muted": muted,
            "cursor": cursor,
            "rule": rule,
            "text": foreground,
            "text-muted": muted,
            "text-disabled": muted,
            "border": accent,
            "border-blurred": rule,
            "footer-background": background,
            "footer-foreground": muted,
            "footer-key-foreground": accent,
            "footer-description-foreground": muted,
            "footer-description-background": background,
            "footer-item-background": background,
            "block-cursor-background": cursor,
            "block-cursor-foreground": foreground,
            "block-cursor-text-style": "none",
            "block-cursor-blurred-background": cursor,
            "block-cursor-blurred-foreground": foreground,
            "block-hover-background": panel,
            "input-cursor-background": accent,
            "input-cursor-foreground": background,
            "input-selection-background": accent,
            "input-selection-foreground": background,
            "scrollbar": rule,
            "scrollbar-hover": muted,
            "scrollbar-active": accent,
            "scrollbar-background": background,
            "scrollbar-background-hover": background,
            "scrollbar-background-active": background,
            "scrollbar-corner-color": background,
        },
    )


THEMES = (
    _theme(
        "coe-dark",
        dark=True,
        foreground="#e4eaf4",
        muted="#9ca9be",
        accent="#8ab8ff",
        success="#7bd3a0",
        warning="#f2bd6b",
        error="#ff9c9c",
        background="#0e1420",
        surface="#151d2c",
        panel="#1a2435",
        cursor="#22324c",
        rule="#33415a",
    ),
    _theme(
        "coe-light",
        dark=False,
        foreground="#17202e",
        muted="#4a576b",
        accent="#0f4fa8",
        success="#0d5c35",
        warning="#7a4700",
        error="#a01722",
        background="#fbfcfe",
        surface="#f0f3f8",
        panel="#e8edf5",
        cursor="#d5e3f8",
        rule="#b4bfd0",
    ),
    _theme(
        HIGH_CONTRAST,
        dark=True,
        foreground="#ffffff",
        muted="#e0e0e0",
        accent="#ffe95c",
        success="#8dffb0",
        warning="#ffd27a",
        error="#ffc4c4",
        background="#000000",
        surface="#000000",
        panel="#141414",
        cursor="#1d3a70",
        rule="#bdbdbd",
    ),
)


def theme_named(wanted: str, no_color: bool) -> str:
    """Give the theme to use: the wanted one, or high contrast where the terminal asks for no color (NO_COLOR)."""
    return HIGH_CONTRAST if no_color else wanted
