"""Three themes: dark, light, high contrast; on every ground a text holds at least 4.5:1, a line 3:1 (STYLE 0.7)."""

from __future__ import annotations

from typing import NamedTuple

from textual.theme import Theme

TEXT_TOKENS = ("foreground", "muted", "accent", "success", "warning", "error")
GROUND_TOKENS = ("background", "surface", "panel", "cursor")
HIGH_CONTRAST = "coe-contrast"


class _Colors(NamedTuple):
    """The colors of a theme: of text, of the grounds under it, and of rules."""

    foreground: str
    muted: str
    accent: str
    success: str
    warning: str
    error: str
    background: str
    surface: str
    panel: str
    cursor: str
    rule: str


def _theme(name: str, dark: bool, colors: _Colors) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        primary=colors.accent,
        secondary=colors.accent,
        accent=colors.accent,
        foreground=colors.foreground,
        success=colors.success,
        warning=colors.warning,
        error=colors.error,
        background=colors.background,
        surface=colors.surface,
        panel=colors.panel,
        boost=colors.surface,
        variables=_variables(colors),
    )


def _variables(colors: _Colors) -> dict[str, str]:
    """Give what Textual would derive, where its own shades are too faint."""
    return {
        "muted": colors.muted,
        "cursor": colors.cursor,
        "rule": colors.rule,
        "text": colors.foreground,
        "text-muted": colors.muted,
        "text-disabled": colors.muted,
        "border": colors.accent,
        "border-blurred": colors.rule,
        "footer-background": colors.background,
        "footer-foreground": colors.muted,
        "footer-key-foreground": colors.accent,
        "footer-description-foreground": colors.muted,
        "footer-description-background": colors.background,
        "footer-item-background": colors.background,
        "block-cursor-background": colors.cursor,
        "block-cursor-foreground": colors.foreground,
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": colors.cursor,
        "block-cursor-blurred-foreground": colors.foreground,
        "block-hover-background": colors.panel,
        "input-cursor-background": colors.accent,
        "input-cursor-foreground": colors.background,
        "input-selection-background": colors.accent,
        "input-selection-foreground": colors.background,
        # Where a text goes on below its card, the bar alone says so.
        "scrollbar": colors.muted,
        "scrollbar-hover": colors.foreground,
        "scrollbar-active": colors.accent,
        "scrollbar-background": colors.background,
        "scrollbar-background-hover": colors.background,
        "scrollbar-background-active": colors.background,
        "scrollbar-corner-color": colors.background,
    }


THEMES = (
    _theme(
        "coe-dark",
        True,
        _Colors(
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
            rule="#697d9d",
        ),
    ),
    _theme(
        "coe-light",
        False,
        _Colors(
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
            rule="#728097",
        ),
    ),
    _theme(
        HIGH_CONTRAST,
        True,
        _Colors(
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
    ),
)


def theme_named(wanted: str, no_color: bool) -> str:
    """Give the theme to use: the wanted one, or high contrast where the terminal asks for no color (NO_COLOR)."""
    return HIGH_CONTRAST if no_color else wanted
