"""Vietnamese text: one stored form, and one form to search by."""

from __future__ import annotations

import re
import unicodedata

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"\s+")


def clean(text: str) -> str:
    """The form that is stored: NFC, line feeds only, no control characters.

    Applied when a value is committed, never while it is being typed.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\u2028", "\n")
    return unicodedata.normalize("NFC", _SURROGATE.sub("", _CONTROL.sub("", text)))


def fold(text: str) -> str:
    """The form that is searched: lower case, no marks, ``đ`` as ``d``, single blanks ("Đồng Tháp" → "dong thap").

    Where the tone mark stands ("Hoà"/"Hòa") makes no difference, since all marks go.
    """
    plain = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return _BLANKS.sub(" ", plain.replace("đ", "d")).strip()
