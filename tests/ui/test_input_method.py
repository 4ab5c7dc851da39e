"""On Linux the input method is found before Qt looks for it."""

from __future__ import annotations

import pytest

from inspector.ui.input_method import choose_input_method


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"QT_IM_MODULE": "fcitx"}, "ibus"),
        ({"QT_IM_MODULE": "fcitx5", "XMODIFIERS": "@im=fcitx"}, "ibus"),
        ({"QT_IM_MODULE": "ibus"}, "ibus"),
        ({"XMODIFIERS": "@im=ibus"}, "ibus"),
        ({"XMODIFIERS": "@im=fcitx"}, "ibus"),
        ({"QT_IM_MODULE": "", "XMODIFIERS": "@im=fcitx5"}, "ibus"),
        ({"QT_IM_MODULE": "xim", "XMODIFIERS": "@im=fcitx"}, "xim"),
        ({"QT_IM_MODULE": "compose"}, "compose"),
        ({"XMODIFIERS": "@im=none"}, None),
        ({}, None),
    ],
)
def test_fcitx_is_spoken_to_as_ibus(before: dict[str, str], after: str | None) -> None:
    environment = dict(before)
    choose_input_method(environment)
    assert environment.get("QT_IM_MODULE") == after
