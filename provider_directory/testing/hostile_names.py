"""Names as no file should hold them, for tests of everything that shows one."""

from __future__ import annotations

HOSTILE_NAMES = (
    "[@click=app.quit]HOSPITAL[/]",
    "[@click=app.screenshot('victim.conf','/tmp')]HOSPITAL[/]",
    "Foo [/] Bar",
    "[/bold] Clinic",
    "St. Mary's [closed]",
    "Aetna [PPO] Clinic [A]",
    "[type=x, v={'a[0]'}]",
    "[link=javascript:alert(1)]General[/link]",
    "[@click=(]General",
    "[red on red]Hidden[/]",
    "\\[bold]Escaped\\[/bold]",
    "Clear\x1b[2J\x1b[HHospital",
    "Clip\x1b]52;c;UFdORUQ=\x07board",
    "Link\x1b]8;;https://evil.example\x1b\\text\x1b]8;;\x1b\\",
    "C1\x9b31mred",
    "Reset\x1bcHospital",
    "Right\u202eot tfel\u202c",
    "Zero\u200bwidth",
    "Tab\tNew\nLine\rReturn",
    "東京第一総合病院 関節センター",
    "Zażółć Gęślą 👩🏽‍⚕️ Klinika",
    "$name ${x} %(name)s {0} {{}}",
    "A" * 400,
)
"""Names as a file or a server might send them: markup, escapes, controls, wide letters, too long."""
