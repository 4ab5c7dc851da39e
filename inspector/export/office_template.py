"""A template an office changes in Word: given out with the list of tags, taken back only after it was tried.

The order of the checks is the order in which harm is ruled out: what kind of file it is, what it carries with it, what
its tags say, what comes out when it is filled with invented data, and last what the layout rules think of the result.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.domain.errors import BadInput
from inspector.export.atomic_file import replace_file
from inspector.export.layout_check import Problem, check_document
from inspector.export.layout_profile import Profile, load_profile

if TYPE_CHECKING:
    from inspector.export.word.package import Package
    from inspector.export.word.reading import Reading

MOST_TEMPLATE_BYTES = 20 * 1024 * 1024
MOST_TEXT_BYTES = 4 * 1024 * 1024
TAG_LIST_NAME = "danh-sach-the.docx"

_MACRO_PARTS = ("vbaproject", "vbadata", "activex", "customui")
_OLE_PARTS = ("word/embeddings/", "word/activex/")
_CHANGES = ("ins", "del", "moveFrom", "moveTo")
_ESSENTIAL = ("ket_qua", "ton_tai", "bang_kien_nghi", "khoi_ky", "thanh_phan_doan")


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found in a template: ``content`` is the template to keep, ``None`` where it cannot be used."""

    content: bytes | None
    problems: tuple[Problem, ...]


def export_template(template: bytes, profile: Profile, out: Path) -> tuple[Path, Path]:
    """Writes the template to ``out`` for editing and, beside it, a Word page with every tag to paste from.

    Raises:
        Unavailable: ``export-…``.
    """
    tags = out.with_name(TAG_LIST_NAME)
    replace_file(out, template)
    replace_file(tags, tag_list(template, profile))
    return out, tags


def tag_list(template: bytes, profile: Profile) -> bytes:
    """A Word document with all tags, what each means and an example, in the styles of the template."""
    from inspector.export.word import tag_page

    return tag_page.compose(template, profile)


def checked_template(data: bytes, profile: bytes) -> bytes:
    """The template to keep.

    Raises:
        BadInput: ``template-refused`` with the first reason as ``where`` and ``sentence``, and how ``many`` there are.
    """
    found = examine_template(data, load_profile(profile))
    if found.content is None:
        first = found.problems[0]
        many = sum(problem.severity == "broken" for problem in found.problems)
        raise BadInput("template-refused", rule=first.rule, where=first.where, sentence=first.sentence, many=many)
    return found.content


def examine_template(data: bytes, profile: Profile) -> Examination:
    """Everything that keeps a template from being used, and what could be better; never an exception for a bad file."""
    from inspector.export.word.package import open_package
    from inspector.export.word.reading import Reading

    try:
        package = open_package(data)
        carried = list(_carried(package, data))
        if _refused(carried):
            return Examination(None, tuple(carried))
        healed = _heal(package)
        problems = carried + list(_tags(Reading(open_package(healed))))
    except BadInput as error:
        return Examination(None, tuple(check_document(data, profile)[:1]) or (_unreadable(error),))
    if not _refused(problems):
        problems += _try_out(healed, profile)
    ordered = sorted(problems, key=lambda problem: problem.severity != "broken")
    return Examination(None if _refused(ordered) else healed, tuple(ordered))


def _refused(problems: list[Problem]) -> bool:
    return any(problem.severity == "broken" for problem in problems)


def _unreadable(error: BadInput) -> Problem:
    return _broken("TPL-FILE", "tệp", f"Không đọc được mẫu ({error.code}). Hãy mở bằng Word và lưu lại dạng .docx.")


def _carried(package: Package, data: bytes) -> Iterator[Problem]:
    """What a template must not bring along: code, objects, references out of the file, unfinished editing."""
    from inspector.export.word.names import DOCUMENT_CONTENT, TEMPLATE_CONTENT

    if len(data) > MOST_TEMPLATE_BYTES or package.sizes.get("word/document.xml", 0) > MOST_TEXT_BYTES:
        yield _broken("TPL-SIZE", "tệp", "Mẫu quá lớn. Hãy bỏ ảnh và nội dung thừa, mẫu chỉ cần dưới 20 MB.")
    names = [name.lower() for name in package.names]
    types = set(package.content_types()[1].values())
    if any(mark in name for name in names for mark in _MACRO_PARTS) or any("macroEnabled" in one for one in types):
        yield _broken("TPL-MACRO", "tệp", "Mẫu có macro nên không được nhận. Hãy lưu lại dạng “Word Document (.docx)”.")
    if any(name.startswith(_OLE_PARTS) for name in names):
        yield _broken("TPL-OLE", "tệp", "Mẫu có đối tượng nhúng (OLE). Hãy xóa đối tượng đó, hoặc dán lại dạng ảnh.")
    if not types & {DOCUMENT_CONTENT, TEMPLATE_CONTENT} and not any("macroEnabled" in one for one in types):
        yield _broken("TPL-KIND", "tệp", "Đây không phải văn bản Word (.docx) hay mẫu Word (.dotx).")
    yield from _outward(package)


def _outward(package: Package) -> Iterator[Problem]:
    for name in package.names:
        if not name.endswith(".rels"):
            continue
        folder, _, file = name.rpartition("/")
        owner = f"{folder.removesuffix('_rels')}{file.removesuffix('.rels')}" if file != ".rels" else ""
        for relation in package.relations(owner):
            if relation.external and not relation.kind.endswith("/hyperlink"):
                yield _broken(
                    "TPL-EXTERNAL", "tệp", f"Mẫu gọi nội dung ở ngoài tệp ({relation.target[:80]}). Hãy bỏ liên kết đó."
                )


def _heal(package: Package) -> bytes:
    """The same package as an ordinary document, mended where it was a .dotx or saved by LibreOffice."""
    from inspector.export.word import names
    from inspector.export.word.mending import mend

    mended: dict[str, Callable[[bytes], bytes]] = {
        "[Content_Types].xml": lambda text: text.replace(
            names.TEMPLATE_CONTENT.encode(), names.DOCUMENT_CONTENT.encode()
        ),
        "_rels/.rels": lambda text: text.replace(
            names.CORE_PROPERTIES_BY_LIBREOFFICE.encode(), names.CORE_PROPERTIES.encode()
        ),
    }
    for name in ("word/document.xml", "word/numbering.xml"):
        mended[name] = partial(mend, name=name)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as healed:
        for name in dict.fromkeys(package.names):
            content = package.read(name)
            healed.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), mended.get(name, bytes)(content), zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def _tags(reading: Reading) -> Iterator[Problem]:
    """The tags of text, headers, footers, notes and properties, then what is missing."""
    from inspector.export.word import template_scan
    from inspector.export.word.names import CORE_PROPERTIES, W

    used: set[str] = set()
    places = {
        "header": "đầu trang, ",
        "footer": "chân trang, ",
        "footnotes": "chú thích, ",
        "endnotes": "chú thích cuối, ",
    }
    parts = [("", reading.root)]
    for relation in reading.package.relations(reading.main):
        place = places.get(relation.kind.rpartition("/")[2])
        root = reading.package.tree(relation.target) if place and not relation.external else None
        if place and root is not None:
            parts.append((place, root))
    for place, root in parts:
        scan = template_scan.Scan(place)
        yield from scan.part(root)
        used |= scan.used
    for relation in reading.package.relations(""):
        if relation.kind == CORE_PROPERTIES:
            root = reading.package.tree(relation.target)
            texts = {str(one.tag).rpartition("}")[2]: one.text or "" for one in root} if root is not None else {}
            yield from template_scan.properties(texts)
    if any(next(root.iter(f"{W}{name}"), None) is not None for _, root in parts for name in _CHANGES):
        yield _broken(
            "TPL-CHANGES", "văn bản", "Mẫu còn dấu vết sửa đổi (Track Changes). Hãy chấp nhận hết rồi lưu lại."
        )
    if next(reading.root.iter(f"{W}commentReference"), None) is not None:
        yield _broken("TPL-COMMENT", "văn bản", "Mẫu còn nhận xét (Comment). Hãy xóa hết nhận xét rồi lưu lại.")
    for name in _ESSENTIAL:
        if name not in used:
            yield Problem("TPL-MISSING", "advice", "văn bản", f"Mẫu không có thẻ “{name}”, phần đó sẽ không được in.")


def _try_out(template: bytes, profile: Profile) -> list[Problem]:
    """Fills the template with invented minutes. What the layout check says of the result is advice, not a refusal."""
    from inspector.export.minutes_docx import compose_minutes
    from inspector.export.word.trial import trials

    found: dict[tuple[str, str], Problem] = {}
    for minutes in trials():
        try:
            made = compose_minutes(minutes, template, profile)
        except BadInput as error:
            return [_failed(error)]
        except Exception:  # what a faulty package makes the readers of Word files raise is one fact: it cannot be used
            return [_broken("TPL-TRIAL", "lập thử", _UNUSABLE)]
        for problem in made.problems:
            found.setdefault((problem.rule, problem.sentence), replace(problem, severity="advice"))
    return list(found.values())


_UNUSABLE = "Không lập thử được biên bản bằng mẫu này. Hãy bắt đầu lại từ mẫu gốc."
_FAILED = {
    "template-style-missing": "Mẫu thiếu kiểu chữ “{style}”. Hãy bắt đầu lại từ mẫu gốc, đừng xóa các kiểu chữ “BB …”.",
    "template-order-unknown": "Trong khoi_ky có từ “{key}” không dùng được. Các từ dùng được: {known}.",
    "document-broken": "Biên bản lập thử bằng mẫu này bị lỗi: {sentence}",
    "template-mark-left": "Lập thử còn thẻ chưa điền được: “{text}”.",
}


def _failed(error: BadInput) -> Problem:
    sentence = _FAILED.get(error.code, _UNUSABLE)
    return _broken("TPL-TRIAL", "lập thử", sentence.format(**error.params))


def _broken(rule: str, where: str, sentence: str) -> Problem:
    return Problem(rule, "broken", where, sentence)
