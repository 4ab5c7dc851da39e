"""Reads the tags of a template paragraph by paragraph and says in Vietnamese which of them cannot be used, and why.

What is not on the tag list is refused here, before any of it is parsed as code that could run.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jinja2 import TemplateError

from inspector.domain.errors import BadInput
from inspector.domain.text import fold
from inspector.export.layout_check import Problem
from inspector.export.word.engine import check_tree, sandbox
from inspector.export.word.names import W
from inspector.export.word.tags import TAG_BY_NAME

_MARK = re.compile(r"\{\{(?P<text>.*?)\}\}|\{%(?P<order>.*?)%\}", re.DOTALL)
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_NAME = re.compile(r"^[^\W\d]\w*$")
_CALL = re.compile(r"^khoi_ky\s*\(.*\)$", re.DOTALL)
_PREFIX = re.compile(r"^(p|tr|tc|r)\s+")
_ORDERS = ("if", "elif", "else", "endif")
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


@dataclass(slots=True)
class _Open:
    """An ``if`` waiting for its ``endif``; ``own`` when it takes paragraphs of its own."""

    where: str
    own: bool
    paragraph: int


class Scan:
    """The tags of all paragraphs of one part, in order."""

    def __init__(self, place: str = "") -> None:
        self.place = place
        self.open: list[_Open] = []
        self.used: set[str] = set()
        self.environment = sandbox()

    def part(self, root: Any) -> Iterator[Problem]:
        """Every problem of the tags in a part, the unclosed ``if`` last."""
        for number, paragraph in enumerate(root.iter(f"{W}p"), 1):
            text = own_text(paragraph)
            if _BRACES.search(text):
                yield from self._paragraph(text, number)
        for waiting in self.open:
            yield _problem("TPL-IF", waiting.where, "Lệnh if chưa có endif. Hãy thêm {%p endif %} ở cuối phần đó.")

    def _paragraph(self, text: str, number: int) -> Iterator[Problem]:
        where = f"{self.place}đoạn {number} (“{' '.join(text.split())[:50]}”)"
        if _BRACES.search(_MARK.sub("", text)):
            yield _problem("TPL-BRACE", where, "Thẻ thiếu dấu mở hoặc dấu đóng. Thẻ phải có dạng {{ ten_the }}.")
            return
        for found in _MARK.finditer(text):
            alone = text.strip() == found.group()
            if found.group("text") is not None:
                yield from self._text(found.group("text"), where, alone)
            else:
                yield from self._order(found.group("order"), where, number, alone)
        inline = [waiting for waiting in self.open if not waiting.own and waiting.paragraph == number]
        for waiting in inline:
            self.open.remove(waiting)
            yield _problem("TPL-IF", where, "Lệnh if mở trong đoạn phải đóng ngay trong đoạn đó.")

    def _text(self, raw: str, where: str, alone: bool) -> Iterator[Problem]:
        prefix, expression = _split(raw)
        name = "khoi_ky" if _CALL.match(expression) else expression
        if not _NAME.match(name):
            yield _problem(
                "TPL-CODE", where, f"“{expression[:60]}” không phải tên thẻ. Mẫu chỉ dùng thẻ trong danh sách."
            )
            return
        tag = TAG_BY_NAME.get(name)
        if tag is None:
            yield _problem("TPL-TAG", where, f"Không có thẻ “{name}”.{nearest(name)}")
            return
        self.used.add(name)
        if tag.kind == "flag":
            yield _problem("TPL-FLAG", where, f"“{name}” chỉ dùng trong lệnh {{%p if {name} %}}.")
        elif tag.kind == "block" and (prefix != "p" or not alone):
            yield _problem("TPL-BLOCK", where, f"Thẻ này phải đứng một mình trong đoạn và viết {tag.written}.")
        elif tag.kind == "text" and prefix:
            yield _problem("TPL-BLOCK", where, f"Thẻ này viết trong câu, không có chữ {prefix}: {tag.written}.")
        elif name != expression:
            yield from self._parsed(f"{{{{ {expression} }}}}", where)

    def _order(self, raw: str, where: str, number: int, alone: bool) -> Iterator[Problem]:
        prefix, expression = _split(raw)
        order, _, condition = expression.partition(" ")
        if order not in _ORDERS or prefix not in ("", "p"):
            yield _problem(
                "TPL-CODE", where, f"Lệnh “{expression[:60]}” không được dùng. Mẫu chỉ dùng if, elif, else, endif."
            )
            return
        if prefix == "p" and not alone:
            yield _problem("TPL-BLOCK", where, "Lệnh {%p … %} phải đứng một mình trong đoạn.")
        if order in ("if", "elif"):
            yield from self._condition(condition, where)
        if order == "if":
            self.open.append(_Open(where, prefix == "p", number))
        elif not self.open:
            yield _problem("TPL-IF", where, f"Lệnh {order} không có if ở trước.")
        elif order == "endif":
            self.open.pop()

    def _condition(self, condition: str, where: str) -> Iterator[Problem]:
        for name in re.findall(r"[^\W\d]\w*", condition):
            if name not in TAG_BY_NAME and name not in ("not", "and", "or"):
                yield _problem("TPL-TAG", where, f"Không có thẻ “{name}” để dùng trong if.{nearest(name)}")
                return
        yield from self._parsed(f"{{% if {condition} %}}{{% endif %}}", where)

    def _parsed(self, source: str, where: str) -> Iterator[Problem]:
        try:
            check_tree(self.environment.parse(source))
        except (BadInput, TemplateError):
            yield _problem("TPL-CODE", where, "Thẻ có phần không được dùng. Hãy chép lại đúng như trong danh sách thẻ.")


def properties(values: dict[str, str]) -> Iterator[Problem]:
    """Properties of a document are rendered too; a template has no business with tags there."""
    for name, text in values.items():
        if _BRACES.search(text):
            yield _problem(
                "TPL-CODE", f"thuộc tính {name}", "Thuộc tính của tệp không được chứa thẻ. Hãy xóa nội dung này."
            )


def nearest(name: str) -> str:
    """The valid tag most like a wrong one, as the end of a sentence."""
    plain = fold(name).replace(" ", "_")
    found = difflib.get_close_matches(plain, TAG_BY_NAME, n=1, cutoff=0.6)
    return f" Có phải là “{found[0]}”?" if found else " Hãy xem danh sách thẻ."


def own_text(paragraph: Any) -> str:
    """The text of a paragraph without that of a text box inside it."""
    texts = [text for text in paragraph.iter(f"{W}t") if next(text.iterancestors(f"{W}p")) is paragraph]
    return "".join(text.text or "" for text in texts)


def _split(raw: str) -> tuple[str, str]:
    expression = raw.translate(_QUOTES)
    found = _PREFIX.match(expression)
    prefix = found.group(1) if found else ""
    return prefix, expression[len(found.group()) if found else 0 :].strip().strip("-").strip()


def _problem(rule: str, where: str, sentence: str) -> Problem:
    return Problem(rule, "broken", where, sentence)
