"""The door for text from data: shown literally, cut by cells, and no way around it (STYLE 0.1, TRUST B2, S1, S2)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color

from navigator.text import ControlFilter, fit, hanging, line, printed, rows, safe, shortened, spread
from provider_directory.cleaning import clean
from provider_directory.testing import HOSTILE_NAMES

NAVIGATOR = Path(__file__).parents[1] / "navigator"
WIDE_AND_NARROW = st.text(alphabet=st.sampled_from("ab 東京é👩[]/…\x1b\t"), max_size=60)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_shown_literally_without_a_style_or_an_action(name: str) -> None:
    content = safe(name)
    assert content.plain == clean(name, 4000)
    assert content.spans == []
    assert content.plain.replace("\u200d", "").isprintable()


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_stays_literal_between_pieces_of_ours(name: str) -> None:
    content = line(("at ", "$muted"), name, " · ", safe(name, "bold"))
    assert content.plain == f"at {clean(name, 4000)} · {clean(name, 4000)}"
    assert {str(span.style) for span in content.spans} <= {"$muted", "bold"}
    after = printed([name, "an incident"])
    assert after.plain == f"{clean(name, 4000)}\nan incident"
    assert after.spans == []


@given(WIDE_AND_NARROW, st.integers(min_value=1, max_value=40), st.booleans())
def test_a_fitted_text_is_exactly_as_wide_as_asked(text: str, cells: int, right: bool) -> None:
    assert cell_len(fit(safe(text), cells, right).plain) == cells


@given(WIDE_AND_NARROW, st.integers(min_value=1, max_value=40))
def test_a_cut_text_says_that_it_is_cut(text: str, cells: int) -> None:
    cut = shortened(safe(text), cells)
    assert cut.plain == safe(text).plain or cut.plain.endswith("…")


@given(st.lists(WIDE_AND_NARROW, max_size=4), st.integers(min_value=8, max_value=40))
def test_hanging_lines_keep_every_word_and_the_width(texts: list[str], cells: int) -> None:
    wrapped = hanging([safe(text) for text in texts], cells).plain
    assert all(cell_len(piece) <= cells for piece in wrapped.split("\n"))
    letters = "".join(wrapped.split())
    assert letters == "".join(rows([safe(text) for text in texts]).plain.split())


def test_further_lines_stand_under_the_first() -> None:
    assert hanging([line("✓ ", "one two three")], 11).plain == "✓ one two\n  three"


@given(st.lists(WIDE_AND_NARROW, max_size=4), st.integers(min_value=8, max_value=40))
def test_labelled_lines_keep_every_word_and_the_width(texts: list[str], cells: int) -> None:
    wrapped = hanging([safe(text) for text in texts], cells, 4, labels=True).plain
    assert all(cell_len(piece) <= cells for piece in wrapped.split("\n"))
    assert "".join(wrapped.split()) == "".join(rows([safe(text) for text in texts]).plain.split())


def test_beside_a_label_the_first_line_takes_all_cells() -> None:
    assert (
        hanging([line(("here  ", "$muted"), "one two three")], 13, 6, labels=True).plain == "here  one two\n      three"
    )


def test_the_left_end_gives_way_to_the_right() -> None:
    assert spread(safe("a long name"), safe("04:12"), 12).plain == "a lon… 04:12"


def test_the_second_wall_lets_no_control_character_through() -> None:
    dirty = [Segment("a\x1b[2Jb\x07"), Segment("東京👩\u200d⚕️"), Segment("x", None, [(1, 2)])]  # type: ignore[list-item]
    clean_text, wide, control = ControlFilter().apply(dirty, Color.parse("black"))
    assert clean_text.text == "a·[2Jb·"
    assert wide.text == "東京👩\u200d⚕️"
    assert control.control


# -- no way around the door ---------------------------------------------------------------------------------------

MAKERS = {"Content", "Text", "from_markup", "from_text", "assemble", "styled", "from_ansi", "from_rich_text"}
DOORS = {"safe", "line", "rows", "joined", "fit", "shortened", "spread", "hanging", "stylize"}
SINKS = {
    *(
        "Static",
        "Label",
        "Button",
        "Option",
        "Checkbox",
        "RadioButton",
        "RadioSet",
        "SelectionList",
        "Select",
        "Selection",
    ),
    *("Collapsible", "TabPane", "Tab", "Tree", "Markdown", "Placeholder", "RichLog", "Pretty", "Link", "Digits"),
    *("notify", "update", "add_row", "add_column", "add_columns", "add_option", "add_leaf", "set_label"),
}
TITLES = {"border_title", "border_subtitle", "tooltip", "label", "prompt"}
MARKUP_WORDS = {"markup"}
"""Keyword arguments by which a widget is told to read markup."""
SOURCES = sorted(
    path for path in NAVIGATOR.rglob("*.py") if path.name != "text.py" and "textual" in path.read_text(encoding="utf-8")
)


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _says_content(annotation: ast.expr | None) -> bool:
    return annotation is not None and "Content" in ast.unparse(annotation)


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _known_content() -> set[str]:
    """Give the names of functions, fields and variables of the package that are Content by annotation."""
    names = set(DOORS)
    for path in SOURCES:
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.FunctionDef) and _says_content(node.returns):
                names.add(node.name)
            if isinstance(node, ast.AnnAssign) and _says_content(node.annotation):
                names.add(ast.unparse(node.target).rpartition(".")[2])
    return names


def _is_safe(node: ast.expr, known: set[str]) -> bool:
    match node:
        case ast.Constant():
            return True
        case ast.Call():
            return _called(node) in known
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in known
        case ast.IfExp(body=body, orelse=orelse):
            return _is_safe(body, known) and _is_safe(orelse, known)
        case ast.BinOp(left=left, right=right):
            return _is_safe(left, known) and _is_safe(right, known)
    return False


def _fills_a_set(call: ast.Call) -> bool:
    """Say whether ``update`` is that of a set or a table of ours, by the annotation of its name."""
    target = call.func.value if isinstance(call.func, ast.Attribute) else None
    return isinstance(target, ast.Attribute | ast.Name) and ast.unparse(target).rpartition(".")[2] in _known_sets()


@cache
def _known_sets() -> set[str]:
    """Give the names of the package that are a set or a dict by annotation."""
    return {
        ast.unparse(node.target).rpartition(".")[2]
        for path in SOURCES
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation).startswith(("set[", "dict["))
    }


def _assigned_content(tree: ast.AST, known: set[str]) -> set[str]:
    return {
        ast.unparse(target)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _is_safe(node.value, known)
        for target in node.targets
    }


def _unsafe_sinks(tree: ast.AST, known: set[str]) -> Iterator[str]:
    known = known | _assigned_content(tree, known)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and any(word.arg in MARKUP_WORDS for word in node.keywords):
            yield f"line {node.lineno}: {ast.unparse(node)}"
        if isinstance(node, ast.Call) and _called(node) in SINKS and not _fills_a_set(node):
            shown = [*node.args, *(word.value for word in node.keywords if word.arg in TITLES | {"title"})]
            yield from (f"line {node.lineno}: {ast.unparse(node)}" for part in shown if not _is_safe(part, known))
        if isinstance(node, ast.Assign) and not _is_safe(node.value, known):
            titled = any(getattr(target, "attr", "") in TITLES for target in node.targets)
            yield from [f"line {node.lineno}: {ast.unparse(node)}"] * titled


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(NAVIGATOR)))
def test_every_sink_takes_a_literal_or_what_came_through_the_door(path: Path) -> None:
    assert list(_unsafe_sinks(_tree(path), _known_content())) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(NAVIGATOR)))
def test_content_is_made_nowhere_but_at_the_door(path: Path) -> None:
    made = [node for node in ast.walk(_tree(path)) if isinstance(node, ast.Call)]
    assert [f"line {call.lineno}" for call in made if _called(call) in MAKERS] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(NAVIGATOR)))
def test_what_a_widget_renders_is_content(path: Path) -> None:
    renders = [node for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef) and node.name == "render"]
    assert all(_says_content(node.returns) for node in renders)


@pytest.mark.parametrize(
    "hole",
    [
        "Static(name)",
        "Label(f'{name}')",
        "self.notify(name)",
        "w.border_title = name",
        "w.update(center.name)",
        "Option(str(x))",
        "Static(line('a'), markup=True)",
        "table.add_columns(*names)",
        "Collapsible(title=center.name)",
        "w.tooltip = f'{name}'",
        "Label(name if name else line(''))",
        "Static(safe('a') + name)",
        "Tree(name)",
    ],
)
def test_the_walk_finds_a_hole(hole: str) -> None:
    assert list(_unsafe_sinks(ast.parse(hole), _known_content()))
