"""Acts on content of the office: checklists, points, law, units, holidays, templates, letterheads, people."""

from __future__ import annotations

from inspector.domain.changeset import Json
from inspector.domain.errors import Refused
from inspector.domain.ids import natural_id
from inspector.domain.registry import Right, Type
from inspector.services import adopting
from inspector.services.acts.declare import Given, act, argument, fields, file
from inspector.services.case import Case
from inspector.services.named_files import LIST_LIMIT, named_file

_FILE = file("path", "Đường dẫn tới tệp")
_FROM = argument("effective_from", Type.DATE, "Áp dụng từ ngày")


@act("adopt_checklist", "Áp dụng bộ tiêu chí", _FILE, _FROM, right=Right.PLAN, inside=False)
def adopt_checklist(case: Case, given: Given) -> str:
    """A new, immutable version; inspections already begun keep theirs."""
    return _adopt(case, "checklist", adopting.checklist(case, named_file(given["path"], limit=LIST_LIMIT)), given)


@act("adopt_units", "Áp dụng danh sách đơn vị", _FILE, _FROM, right=Right.PLAN, inside=False)
def adopt_units(case: Case, given: Given) -> str:
    return _adopt(case, "units", adopting.units(case, named_file(given["path"], limit=LIST_LIMIT)), given)


@act("adopt_departments", "Áp dụng danh sách sở, ngành", _FILE, _FROM, right=Right.PLAN, inside=False)
def adopt_departments(case: Case, given: Given) -> str:
    return _adopt(case, "departments", adopting.departments(case, named_file(given["path"], limit=LIST_LIMIT)), given)


@act("adopt_holidays", "Áp dụng lịch nghỉ", _FILE, _FROM, right=Right.PLAN, inside=False)
def adopt_holidays(case: Case, given: Given) -> str:
    return _adopt(case, "holidays", adopting.holidays(case, named_file(given["path"], limit=LIST_LIMIT)), given)


@act("adopt_template", "Áp dụng mẫu biên bản", _FILE, _FROM, right=Right.PLAN, inside=False)
def adopt_template(case: Case, given: Given) -> str:
    """A Word template of the office, checked and tried before it is kept."""
    return _adopt(case, "template", adopting.template(case, named_file(given["path"], limit=LIST_LIMIT)), given)


@act(
    "adopt_points",
    "Áp dụng chấm điểm",
    *fields("scoring", "checklist", "adopted", required=("checklist", "adopted")),
    right=Right.PLAN,
    inside=False,
)
def adopt_points(case: Case, given: Given) -> str:
    """Scoring of one checklist version on or off, with the document that says so."""
    pinned = case.library.pin_checklist(str(given["checklist"]), None, None)
    case.reference_space()
    record = natural_id(case.space, "scoring", str(pinned["hash"]))
    case.put("scoring", record, {"checklist": pinned["hash"], "adopted": given["adopted"]})
    return record


@act(
    "confirm_law",
    "Xác nhận căn cứ pháp lý",
    *fields("legal_basis", required=("code", "confirmation")),
    right=Right.PLAN,
    inside=False,
)
def confirm_law(case: Case, given: Given) -> str:
    """Law known only from background is printed when somebody of the office has checked it."""
    case.reference_space()
    record = natural_id(case.space, "legal_basis", str(given["code"]))
    case.put("legal_basis", record, given)
    return record


@act(
    "save_letterhead",
    "Lưu phần đầu biên bản",
    *fields("letterhead", required=("name",)),
    right=Right.PLAN,
    inside=False,
)
def save_letterhead(case: Case, given: Given) -> str:
    case.reference_space()
    record = natural_id(case.space, "letterhead", str(given["name"]))
    case.revive("letterhead", record)
    case.put("letterhead", record, {**given})
    return record


@act("save_person", "Lưu người vào danh bạ", *fields("person", required=("name",)), right=Right.PLAN, inside=False)
def save_person(case: Case, given: Given) -> str:
    case.reference_space()
    return case.create("person", given)


@act(
    "edit_person",
    "Sửa người trong danh bạ",
    argument("record", Type.REF, "Mã bản ghi", required=True),
    *fields("person"),
    right=Right.PLAN,
    inside=False,
)
def edit_person(case: Case, given: Given) -> str:
    case.reference_space()
    record = case.need("person", given["record"]).id
    case.put("person", record, {name: value for name, value in given.items() if name != "record"})
    return record


@act(
    "remove_reference",
    "Xóa khỏi danh mục dùng chung",
    argument("entity", Type.TEXT, "Loại: letterhead hoặc person", required=True),
    argument("record", Type.REF, "Mã bản ghi", required=True),
    right=Right.PLAN,
    inside=False,
)
def remove_reference(case: Case, given: Given) -> str:
    if given["entity"] not in ("letterhead", "person"):
        raise Refused("record-not-found", entity=str(given["entity"]), id=str(given["record"]))
    case.reference_space()
    return case.remove(str(given["entity"]), given["record"])


def _adopt(case: Case, kind: str, document: dict[str, Json], given: Given) -> str:
    """The same title and version again replaces what was adopted; another version stands beside it, by date."""
    case.reference_space()
    title, version = str(document["title"]), str(document["version"])
    name = f"{title}, {version}" if version else title
    record = natural_id(case.space, "adoption", kind, name)
    if given.get("effective_from"):
        document = {**document, "effective_from": given["effective_from"]}
    case.put("adoption", record, {"kind": kind, "name": name, "document": document})
    return record
