"""Judges a Word file: would Word open it, is anything left unfilled, does it follow the layout rules of the profile.

Works on our own documents and on those an office changed or made. Each finding names rule, place and what to do.
A file that is no Word file gets a finding too, never an exception.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from inspector.domain.errors import BadInput
from inspector.export.layout_profile import Profile

Severity = Literal["broken", "error", "advice"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that is broken. ``broken``: Word will not open or will repair the file, or a tag was left unfilled;
    ``error``: against a rule of the decree; ``advice``: worth mending, nobody will refuse it.
    """

    rule: str
    severity: Severity
    where: str
    sentence: str


def check_document(source: Path | bytes, profile: Profile) -> list[Problem]:
    """Every broken rule of a document, the gravest first; an empty list for a document nothing is to be said about."""
    from inspector.export.word.rules import judge

    try:
        data = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return [
            Problem("PKG-ZIP", "broken", "tệp", f"Không đọc được tệp ({reason}). Hãy kiểm tra đường dẫn và quyền mở.")
        ]
    try:
        found = judge(data, profile)
    except BadInput as error:
        return [_unreadable(error)]
    return sorted(found, key=lambda problem: ("broken", "error", "advice").index(problem.severity))


_UNREADABLE = {
    "docx-not-zip": "Đây không phải tệp Word (.docx), hoặc tệp đã hỏng. Hãy mở bằng Word và lưu lại dạng .docx.",
    "docx-old-format": "Tệp ở dạng Word cũ (.doc) hoặc có mật khẩu. Hãy bỏ mật khẩu, lưu lại dạng .docx.",
    "docx-too-large": "Tệp quá lớn hoặc nén bất thường nên không được đọc. Hãy kiểm tra nguồn của tệp.",
    "docx-not-word": "Trong tệp không có phần văn bản Word. Hãy mở bằng Word và lưu lại dạng .docx.",
    "docx-part-damaged": "Phần “{part}” của tệp bị hỏng, Word sẽ báo lỗi khi mở. Hãy lập lại tệp.",
}


def _unreadable(error: BadInput) -> Problem:
    rule = "PKG-XML" if error.code == "docx-part-damaged" else "PKG-ZIP"
    return Problem(rule, "broken", "tệp", _UNREADABLE[error.code].format(**error.params))
