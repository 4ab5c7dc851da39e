"""Typing Vietnamese: finding the input method on Linux, and settling a word that is still being composed.

A composition (bộ gõ ghép chữ) belongs to the input method until the field is left. Settling it on a timer would turn
"tiếng" into "tiêngs", so nothing here is ever called by one.
"""

from __future__ import annotations

from collections.abc import MutableMapping

from PySide6.QtGui import QGuiApplication

_BY_IBUS = ("fcitx", "fcitx5")


def choose_input_method(environment: MutableMapping[str, str]) -> None:
    """Point Qt to the input method of a Linux desktop. Before the application is made; harmless elsewhere.

    The wheels of Qt speak ibus and know nothing of fcitx, which however answers as ibus. With another value, or none
    and an input method named for X11 only, Qt would compose nothing.
    """
    named = environment.get("QT_IM_MODULE", "")
    for_x11 = environment.get("XMODIFIERS", "").partition("@im=")[2]
    if named in _BY_IBUS or (not named and for_x11 in ("ibus", *_BY_IBUS)):
        environment["QT_IM_MODULE"] = "ibus"


def settle_composition() -> None:
    """Have the word that is being composed put into the field that has the caret."""
    QGuiApplication.inputMethod().commit()
