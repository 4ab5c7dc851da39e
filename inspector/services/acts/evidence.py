"""Acts on evidence: documents cited, figures, files and photos, statements."""

from __future__ import annotations

import mimetypes

from inspector.domain.changeset import Json
from inspector.domain.errors import BadInput
from inspector.domain.ids import natural_id
from inspector.domain.registry import ENTITIES, Type
from inspector.domain.text import clean
from inspector.services.acts.declare import Given, act, argument, fields, file
from inspector.services.case import Case
from inspector.services.named_files import named_file
from inspector.services.photos import look_at

_EVIDENCE = argument("evidence", Type.REF, "Minh chứng", required=True)
_TO = (
    argument("item", Type.TEXT, "Gắn với mục (khóa hoặc số)"),
    argument("finding", Type.REF, "Gắn với phát hiện"),
    argument("dossier", Type.REF, "Gắn với hồ sơ mẫu"),
    argument("headcount", Type.REF, "Gắn với lần kiểm đếm"),
)
_ABOUT = ("caption", "place", "taken_at", "order")


@act("cite_document", "Dẫn văn bản", *fields("evidence", "document", required=("document",)), *_TO)
def cite_document(case: Case, given: Given) -> str:
    """A document by number, date, issuer and abstract."""
    return _add(case, given, "document", {"document": given["document"]})


@act("note_figure", "Ghi số liệu", *fields("evidence", "figure", required=("figure",)), *_TO)
def note_figure(case: Case, given: Given) -> str:
    """A figure with its source and the time it was extracted."""
    return _add(case, given, "figure", {"figure": given["figure"]})


@act("note_statement", "Ghi lời trình bày", *fields("evidence", "statement", required=("statement",)), *_TO)
def note_statement(case: Case, given: Given) -> str:
    return _add(case, given, "statement", {"statement": given["statement"]})


@act(
    "attach_file",
    "Đính kèm tệp, ảnh",
    file("path", "Đường dẫn tới tệp"),
    *fields("evidence", *_ABOUT),
    *_TO,
)
def attach_file(case: Case, given: Given) -> str:
    """Any file; the original bytes are the evidence. Pictures are looked at first, damaged ones get a sentence."""
    path = named_file(given["path"])
    mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if path.suffix.lower() in (".heic", ".heif"):
        mime = "image/heic"
    look = look_at(path) if mime.startswith("image/") else None
    kept = case.keep_file(path, name=clean(path.name), mime=mime)
    if look is not None:
        case.keep_copies(kept.hash, look)
    values: dict[str, Json] = {
        "file": {"hash": kept.hash, "name": kept.name, "mime": kept.mime, "size": kept.size},
        "taken_at": given.get("taken_at") or (look.taken_at.isoformat() if look and look.taken_at else None),
        **{name: given[name] for name in ("caption", "place", "order") if name in given},
    }
    return _add(case, given, "file", values)


@act(
    "edit_evidence",
    "Sửa minh chứng",
    _EVIDENCE,
    *fields("evidence", "document", "figure", "statement", *_ABOUT),
)
def edit_evidence(case: Case, given: Given) -> str:
    record = case.need("evidence", given["evidence"]).id
    case.put("evidence", record, {name: value for name, value in given.items() if name != "evidence"})
    return record


@act("rotate_photo", "Xoay ảnh", _EVIDENCE, *fields("evidence", "rotation", required=("rotation",)))
def rotate_photo(case: Case, given: Given) -> str:
    """Quarter turns to the right of what is shown: 0, 90, 180 or 270. The original stays as taken."""
    if given["rotation"] not in (0, 90, 180, 270):
        raise BadInput("rotation-not-quarter", field="rotation")
    record = case.need("evidence", given["evidence"]).id
    case.put("evidence", record, {"rotation": given["rotation"]})
    return record


@act("link_evidence", "Gắn minh chứng", _EVIDENCE, *_TO)
def link_evidence(case: Case, given: Given) -> str:
    record = case.need("evidence", given["evidence"]).id
    _need_subject(given, "link_evidence")
    _link(case, record, given, linked=True)
    return record


@act("unlink_evidence", "Gỡ minh chứng", _EVIDENCE, *_TO)
def unlink_evidence(case: Case, given: Given) -> str:
    record = case.need("evidence", given["evidence"]).id
    _need_subject(given, "unlink_evidence")
    _link(case, record, given, linked=False)
    return record


@act("remove_evidence", "Xóa minh chứng", _EVIDENCE)
def remove_evidence(case: Case, given: Given) -> str:
    return case.remove("evidence", given["evidence"])


def _add(case: Case, given: Given, kind: str, values: dict[str, Json]) -> str:
    record = case.create("evidence", {"kind": kind, **values})
    _link(case, record, given, linked=True)
    return record


def _link(case: Case, evidence: str, given: Given, *, linked: bool) -> None:
    for entity, subject in _subjects(case, given):
        link = natural_id(case.space, "evidence_link", evidence, entity, subject)
        case.revive("evidence_link", link)
        case.put("evidence_link", link, {"evidence": evidence, "entity": entity, "subject": subject, "linked": linked})


def _need_subject(given: Given, act: str) -> None:
    if not any(given.get(to.name) for to in _TO):
        raise BadInput("act-missing-argument", field=_TO[0].name, act=act)


def _subjects(case: Case, given: Given) -> list[tuple[str, str]]:
    subjects = []
    if given.get("item") is not None:
        item = case.library.item(case, str(given["item"])).key
        subjects.append(("answer", natural_id(case.space, "answer", item)))
    for entity in ("finding", "dossier", "headcount"):
        if given.get(entity) is not None:
            subjects.append((ENTITIES[entity].name, case.need(entity, given[entity]).id))
    return subjects
