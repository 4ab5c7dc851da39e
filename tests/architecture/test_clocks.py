"""What the clocks of other laptops show is told to people and decides nothing."""

from __future__ import annotations

import ast

from tests.architecture.tree import modules

CARRIED = {
    "inspector/hub/sessions.py",  # from the greeting into the session
    "inspector/sync/store.py",  # from the session into what is kept
}
"""Who reads ``Hello.ahead`` or ``Visitor.ahead``."""

SHOWN = {"inspector/sync/store.py", "inspector/services/freezing.py"}  # kept there, told in the freeze matrix
MATRIX = {
    "inspector/cli/sealing.py",
    "inspector/ui/pages/workspace/minutes/freeze_pane.py",
}
"""Who reads ``Machine.clock``."""


def test_the_clock_in_a_greeting_is_carried_and_shown_and_read_by_nothing_else() -> None:
    carried, shown = set(), set()
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr == "ahead":
                carried.add(path)
            if isinstance(node, ast.ImportFrom) and node.module == "inspector.sync.clocks":
                shown.add(path)
    assert carried == CARRIED
    assert shown == SHOWN


def test_the_clock_of_the_freeze_matrix_is_read_where_it_is_shown() -> None:
    read = {
        path
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "clock"
        and isinstance(node.value, ast.Name)
        and node.value.id in ("machine", "one")
    }
    assert read == MATRIX
