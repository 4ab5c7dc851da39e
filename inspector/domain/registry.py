"""The names that last: every entity, field, group, right and conflict rule of the log.

A change set names entities and fields by the ids below, and change sets are kept for ever. So this table only grows: an
id is never renamed or used again, a field that is no longer written is marked ``retired`` and stays readable. Texts
here are what ``docs/registry.md`` shows; what windows and papers say is worded elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

VERSION = "2026.11"

DELETED = "_del"
"""The field every record has: ``true`` hides the record, ``false`` brings it back."""


class SpaceKind(StrEnum):
    """The units of replication: what a laptop holds whole or not at all."""

    REFERENCE = "reference"
    SEASON = "season"
    INSPECTION = "inspection"


class Right(StrEnum):
    """What a certificate allows its device to write. Assignment of contents guides, it never forbids."""

    WRITE = "write"  # any member, anywhere in their inspections
    DRAFT = "draft"  # secretary: minutes and people
    DECIDE = "decide"  # lead, deputy: decide, settle, seal, change the team on site
    PLAN = "plan"  # office: plan, reference data, conclude
    ENROL = "enrol"  # administrator: enrol and revoke, no content


ALL_RIGHTS = tuple(Right)


class Type(StrEnum):
    """The types of values in the log. Decimals travel as text, so that no float ever enters a signed record."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    BOOL = "bool"
    INT = "int"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    INSTANT = "instant"
    CODE = "code"
    BLOB = "blob"
    REF = "ref"
    LIST = "list"
    GROUP = "group"


class Rule(StrEnum):
    """What happens when two people wrote one field without knowing of each other."""

    DECIDE = "decide"  # both stay until a person writes a value naming both; blocks the seal
    MINOR = "minor"  # the same, but may be left open at the seal, listed
    SET = "set"  # present wins over absent, shown
    ORDER = "order"  # last by Lamport time: the only automatic choice, no evidence in it


@dataclass(frozen=True, slots=True)
class Member:
    """One value inside a group."""

    name: str
    type: Type
    label: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One register of the log: ``type`` and, for groups, ``members``; who may write it; how concurrent values meet."""

    name: str
    type: Type
    label: str
    right: Right = Right.WRITE
    rule: Rule = Rule.DECIDE
    members: tuple[Member, ...] = ()
    options: tuple[str, ...] = ()
    searched: bool = False
    retired: bool = False


@dataclass(frozen=True, slots=True, eq=False)  # one of each: hashing it by its content would cost every write 40 µs
class Entity:
    """A kind of record. ``natural`` names the parts of its UUIDv5 key, empty for a random id (UUIDv7)."""

    name: str
    label: str
    space: SpaceKind
    fields: tuple[Field, ...]
    natural: tuple[str, ...] = ()
    delete_right: Right = Right.WRITE

    def field(self, name: str) -> Field | None:
        """The field of that name, ``None`` where this version does not know it."""
        return _fields(self).get(name)


@cache
def _fields(entity: Entity) -> dict[str, Field]:
    return {field.name: field for field in entity.fields}


def _text(name: str, label: str, right: Right = Right.WRITE, rule: Rule = Rule.DECIDE, searched: bool = False) -> Field:
    return Field(name, Type.TEXT, label, right, rule, searched=searched)


def _long(name: str, label: str, right: Right = Right.WRITE) -> Field:
    return Field(name, Type.LONG_TEXT, label, right, searched=True)


def _code(name: str, label: str, options: str, right: Right = Right.WRITE) -> Field:
    return Field(name, Type.CODE, label, right, options=tuple(options.split()))


def _group(name: str, label: str, *members: Member, right: Right = Right.WRITE, searched: bool = False) -> Field:
    return Field(name, Type.GROUP, label, right, members=members, searched=searched)


def _order() -> Field:
    return Field("order", Type.DECIMAL, "Thứ tự", rule=Rule.ORDER)


_CITED = (
    Member("number", Type.TEXT, "Số, ký hiệu"),
    Member("date", Type.DATE, "Ngày"),
    Member("issuer", Type.TEXT, "Cơ quan ban hành"),
    Member("abstract", Type.TEXT, "Trích yếu"),
)
_MOMENT = (Member("date", Type.DATE, "Ngày"), Member("time", Type.TIME, "Giờ"))

_REFERENCE = (
    Entity(
        "adoption",
        "Tài liệu dùng chung được áp dụng (bộ tiêu chí, đơn vị, mẫu, lịch nghỉ)",
        SpaceKind.REFERENCE,
        (
            _code("kind", "Loại", "checklist units departments holidays template layout", Right.PLAN),
            _text("name", "Tên", Right.PLAN),
            _group(
                "document",
                "Tài liệu",
                Member("hash", Type.BLOB, "SHA-256"),
                Member("title", Type.TEXT, "Tên tài liệu"),
                Member("version", Type.TEXT, "Phiên bản"),
                Member("effective_from", Type.DATE, "Áp dụng từ"),
                Member("effective_to", Type.DATE, "Áp dụng đến"),
                right=Right.PLAN,
            ),
        ),
        ("kind", "name"),
        Right.PLAN,
    ),
    Entity(
        "scoring",
        "Việc áp dụng điểm của một bộ tiêu chí",
        SpaceKind.REFERENCE,
        (
            _text("checklist", "Mã băm bộ tiêu chí", Right.PLAN),
            _group(
                "adopted",
                "Áp dụng chấm điểm",
                Member("adopted", Type.BOOL, "Có chấm điểm"),
                Member("decision", Type.TEXT, "Văn bản áp dụng"),
                Member("date", Type.DATE, "Ngày"),
                right=Right.PLAN,
            ),
        ),
        ("checklist",),
        Right.PLAN,
    ),
    Entity(
        "legal_basis",
        "Căn cứ pháp lý đã được văn phòng xác nhận",
        SpaceKind.REFERENCE,
        (
            _text("code", "Mã căn cứ", Right.PLAN),
            _group(
                "confirmation",
                "Xác nhận",
                Member("confirmed", Type.BOOL, "Đã kiểm tra"),
                Member("title", Type.TEXT, "Tên văn bản"),
                Member("valid_from", Type.DATE, "Hiệu lực từ"),
                Member("valid_to", Type.DATE, "Hiệu lực đến"),
                right=Right.PLAN,
            ),
        ),
        ("code",),
        Right.PLAN,
    ),
    Entity(
        "letterhead",
        "Phần đầu biên bản dùng sẵn",
        SpaceKind.REFERENCE,
        (
            _text("name", "Tên", Right.PLAN),
            _text("superior_body", "Cơ quan chủ quản", Right.PLAN),
            _text("team_name", "Tên đoàn", Right.PLAN),
            _text("symbol", "Ký hiệu", Right.PLAN),
            _text("place", "Địa danh", Right.PLAN),
            Field("legal_bases", Type.LIST, "Căn cứ", Right.PLAN),
            Field("recipients", Type.LIST, "Nơi nhận", Right.PLAN),
            Field("copies", Type.INT, "Số bản", Right.PLAN),
        ),
        ("name",),
        Right.PLAN,
    ),
    Entity(
        "person",
        "Danh bạ người thường đi kiểm tra",
        SpaceKind.REFERENCE,
        (
            _text("name", "Họ và tên", Right.PLAN, searched=True),
            _text("title", "Chức vụ", Right.PLAN),
            _text("agency", "Cơ quan", Right.PLAN, searched=True),
            Field("contents", Type.LIST, "Nội dung thường phụ trách", Right.PLAN),
        ),
        delete_right=Right.PLAN,
    ),
)

_VISIT = (
    Entity(
        "inspection",
        "Cuộc kiểm tra (mã của bản ghi là mã của không gian)",
        SpaceKind.INSPECTION,
        (
            _group(
                "unit",
                "Đơn vị được kiểm tra, chụp lại tại ngày kiểm tra",
                Member("code", Type.TEXT, "Mã"),
                Member("kind", Type.TEXT, "Loại"),
                Member("name", Type.TEXT, "Tên"),
                Member("level", Type.TEXT, "Cấp"),
                Member("parent_name", Type.TEXT, "Thuộc"),
                Member("body_name", Type.TEXT, "Tên cơ quan"),
                Member("head_title", Type.TEXT, "Chức danh người đứng đầu"),
                Member("as_of", Type.DATE, "Tại ngày"),
                right=Right.PLAN,
                searched=True,
            ),
            _code("form", "Hình thức", "on_site remote surprise", Right.PLAN),
            Field("planned", Type.BOOL, "Theo kế hoạch", Right.PLAN),
            _group("plan_reference", "Kế hoạch kiểm tra", *_CITED, right=Right.PLAN),
            _group("team_decision", "Quyết định thành lập đoàn", *_CITED, right=Right.PLAN),
            _group("visit_notice", "Thông báo lịch kiểm tra", *_CITED, right=Right.PLAN),
            _group(
                "period",
                "Thời kỳ kiểm tra",
                Member("start", Type.DATE, "Từ ngày"),
                Member("end", Type.DATE, "Đến ngày"),
                right=Right.PLAN,
            ),
            Field("visit_date", Type.DATE, "Ngày kiểm tra", Right.PLAN),
            _group(
                "checklist",
                "Bộ tiêu chí được gắn",
                Member("hash", Type.BLOB, "SHA-256"),
                Member("level", Type.TEXT, "Cấp"),
                Member("title", Type.TEXT, "Tên"),
                Member("version", Type.TEXT, "Phiên bản"),
                right=Right.PLAN,
            ),
            Field("scored", Type.BOOL, "Có chấm điểm", Right.PLAN),
            _code("status", "Trạng thái", "planned open finished cancelled", Right.DECIDE),
            _text("superior_body", "Cơ quan chủ quản", Right.DRAFT),
            _text("team_name", "Tên đoàn", Right.DRAFT),
            _text("number", "Số biên bản", Right.DRAFT),
            _text("symbol", "Ký hiệu", Right.DRAFT),
            _text("place", "Địa danh", Right.DRAFT),
            _text("venue", "Địa điểm làm việc", Right.DRAFT),
            _text("summary", "Trích yếu", Right.DRAFT),
            Field("legal_bases", Type.LIST, "Căn cứ", Right.DRAFT),
            Field("recipients", Type.LIST, "Nơi nhận", Right.DRAFT),
            Field("copies", Type.INT, "Số bản", Right.DRAFT),
            Field("pages", Type.INT, "Số trang", Right.DRAFT),
            _group("opened", "Bắt đầu", *_MOMENT, right=Right.DRAFT),
            _group("closed", "Kết thúc", *_MOMENT, right=Right.DRAFT),
            _long("unit_opinion", "Ý kiến chung của đơn vị"),
            _text("unchecked_reason", "Lý do chung của các mục chưa kiểm tra", Right.DECIDE),
            Field("previous", Type.REF, "Cuộc kiểm tra trước"),
        ),
        delete_right=Right.PLAN,
    ),
    Entity(
        "team_member",
        "Thành viên đoàn kiểm tra",
        SpaceKind.INSPECTION,
        (
            _text("person", "Mã người", Right.DECIDE),
            _text("name", "Họ và tên", Right.DECIDE, searched=True),
            _text("title", "Chức vụ", Right.DECIDE),
            _text("agency", "Cơ quan", Right.DECIDE, searched=True),
            _code("role", "Vai trò", "lead deputy secretary member invited", Right.DECIDE),
            Field("rights", Type.LIST, "Quyền", Right.DECIDE),
            Field("contents", Type.LIST, "Nội dung phụ trách", Right.DECIDE),
            _text("substitute_for", "Đi thay cho", Right.DECIDE),
            _group(
                "attendance",
                "Có mặt",
                Member("present", Type.BOOL, "Có mặt"),
                Member("reason", Type.TEXT, "Lý do vắng"),
                right=Right.DRAFT,
            ),
            _order(),
        ),
        ("person",),
        Right.DECIDE,
    ),
    Entity(
        "unit_person",
        "Người của đơn vị được kiểm tra",
        SpaceKind.INSPECTION,
        (
            _text("name", "Họ và tên", Right.DRAFT, searched=True),
            _text("title", "Chức vụ", Right.DRAFT),
            _text("department", "Phòng, bộ phận", Right.DRAFT),
            _group(
                "attendance",
                "Có mặt",
                Member("present", Type.BOOL, "Có mặt"),
                Member("reason", Type.TEXT, "Lý do vắng"),
                right=Right.DRAFT,
            ),
            _order(),
        ),
        delete_right=Right.DRAFT,
    ),
)

_CHECKING = (
    Entity(
        "answer",
        "Kết quả của một mục trong bộ tiêu chí",
        SpaceKind.INSPECTION,
        (
            _text("item", "Khóa của mục"),
            _group(
                "result",
                "Kết quả, điểm thẩm định và lý do",
                Member("value", Type.TEXT, "Giá trị chọn"),
                Member("numerator", Type.INT, "Tử số"),
                Member("denominator", Type.INT, "Mẫu số"),
                Member("count", Type.INT, "Số lượng"),
                Member("not_applicable", Type.BOOL, "Không áp dụng"),
                Member("reason", Type.TEXT, "Lý do không áp dụng"),
                Member("appraised_score", Type.DECIMAL, "Điểm thẩm định"),
                Member("appraised_reason", Type.TEXT, "Lý do điểm thẩm định"),
            ),
            Field("self_score", Type.DECIMAL, "Điểm tự chấm"),
            Field("final_score", Type.DECIMAL, "Điểm chính thức", Right.DECIDE),
            _long("remark", "Nhận xét"),
            _group(
                "figures_from",
                "Nguồn số liệu",
                Member("source", Type.TEXT, "Nguồn"),
                Member("extracted_at", Type.INSTANT, "Thời điểm trích xuất"),
            ),
            Field("evidence_seen", Type.LIST, "Minh chứng đã xem", rule=Rule.MINOR),
        ),
        ("item",),
    ),
    Entity(
        "evidence",
        "Minh chứng: văn bản, số liệu, tệp hoặc ảnh, lời trình bày",
        SpaceKind.INSPECTION,
        (
            _code("kind", "Loại", "document figure file statement"),
            _group("document", "Văn bản được dẫn", *_CITED, searched=True),
            _group(
                "figure",
                "Số liệu",
                Member("name", Type.TEXT, "Tên số liệu"),
                Member("value", Type.TEXT, "Giá trị"),
                Member("unit", Type.TEXT, "Đơn vị tính"),
                Member("source", Type.TEXT, "Nguồn"),
                Member("extracted_at", Type.INSTANT, "Thời điểm trích xuất"),
                searched=True,
            ),
            _group(
                "file",
                "Tệp",
                Member("hash", Type.BLOB, "SHA-256"),
                Member("name", Type.TEXT, "Tên tệp"),
                Member("mime", Type.TEXT, "Kiểu"),
                Member("size", Type.INT, "Số byte"),
            ),
            _group(
                "statement",
                "Lời trình bày",
                Member("said_by", Type.TEXT, "Người trình bày"),
                Member("text", Type.LONG_TEXT, "Nội dung"),
                Member("at", Type.INSTANT, "Thời điểm"),
                searched=True,
            ),
            Field("caption", Type.TEXT, "Chú thích", rule=Rule.MINOR, searched=True),
            Field("place", Type.TEXT, "Nơi chụp", rule=Rule.MINOR),
            Field("taken_at", Type.INSTANT, "Thời điểm chụp", rule=Rule.MINOR),
            Field("rotation", Type.INT, "Góc xoay", rule=Rule.MINOR),
            _order(),
        ),
    ),
    Entity(
        "evidence_link",
        "Minh chứng gắn với mục, phát hiện, hồ sơ hoặc lần kiểm đếm",
        SpaceKind.INSPECTION,
        (
            Field("evidence", Type.REF, "Minh chứng"),
            _text("entity", "Loại bản ghi"),
            Field("subject", Type.REF, "Bản ghi"),
            Field("linked", Type.BOOL, "Đang gắn", rule=Rule.SET),
        ),
        ("evidence", "entity", "subject"),
    ),
    Entity(
        "dossier",
        "Hồ sơ TTHC được kiểm tra xác suất (chỉ mã hồ sơ, không có tên công dân)",
        SpaceKind.INSPECTION,
        (
            _text("item", "Khóa của mục"),
            _text("code", "Mã hồ sơ", searched=True),
            _text("procedure", "Thủ tục", searched=True),
            _text("area", "Lĩnh vực"),
            Field("received", Type.DATE, "Ngày tiếp nhận"),
            _group("due", "Hẹn trả", *_MOMENT),
            _group("returned", "Ngày trả thực tế", *_MOMENT),
            Field("apology", Type.BOOL, "Có văn bản xin lỗi"),
            Field("control_slip", Type.BOOL, "Có phiếu kiểm soát"),
            Field("extra_papers", Type.BOOL, "Yêu cầu giấy tờ ngoài quy định"),
            Field("system_differs", Type.BOOL, "Khác trạng thái trên hệ thống"),
            _code("origin", "Nguồn gốc", "own handed_over"),
            _text("receiving_agency", "Cơ quan tiếp nhận"),
            _text("solving_agency", "Cơ quan giải quyết"),
            _long("note", "Ghi chú"),
        ),
        ("code",),
    ),
    Entity(
        "dossier_sample",
        "Cách chọn mẫu hồ sơ và tổng số nếu không ghi từng hồ sơ",
        SpaceKind.INSPECTION,
        (
            _text("item", "Khóa của mục"),
            Field("population", Type.INT, "Tổng thể"),
            _text("method", "Cách chọn"),
            _text("chosen_by", "Người chọn"),
            _group(
                "totals",
                "Tổng số, dùng khi không có từng hồ sơ",
                Member("checked", Type.INT, "Số hồ sơ kiểm tra"),
                Member("on_time", Type.INT, "Đúng hạn, trước hạn"),
                Member("late", Type.INT, "Trễ hạn"),
                Member("late_with_apology", Type.INT, "Trễ hạn có văn bản xin lỗi"),
                Member("extra_papers", Type.INT, "Yêu cầu giấy tờ ngoài quy định"),
                Member("no_control_slip", Type.INT, "Thiếu phiếu kiểm soát"),
                Member("system_differs", Type.INT, "Chưa cập nhật hệ thống"),
            ),
        ),
        ("item",),
    ),
    Entity(
        "headcount",
        "Kiểm đếm người có mặt tại một nơi, một thời điểm",
        SpaceKind.INSPECTION,
        (
            _text("item", "Khóa của mục"),
            _text("place", "Nơi kiểm đếm"),
            Field("at", Type.INSTANT, "Thời điểm"),
            _group(
                "counts",
                "Số đếm",
                Member("due", Type.INT, "Được giao có mặt"),
                Member("present", Type.INT, "Có mặt"),
                Member("absent_with_reason", Type.INT, "Vắng có lý do"),
                Member("absent_without_reason", Type.INT, "Vắng không lý do"),
                Member("without_badge", Type.INT, "Không đeo thẻ"),
            ),
            _long("note", "Ghi chú"),
        ),
        ("place", "at"),
    ),
    Entity(
        "finding",
        "Phát hiện: ưu điểm, cách làm hay, tồn tại hạn chế",
        SpaceKind.INSPECTION,
        (
            _code("kind", "Loại", "strength good_practice shortcoming"),
            _text("section", "Nội dung kiểm tra"),
            _text("item", "Khóa của mục"),
            _long("content", "Nội dung"),
            _long("facts", "Dẫn chứng"),
            _code("severity", "Mức độ", "minor significant serious"),
            _long("cause_internal", "Nguyên nhân chủ quan"),
            _long("cause_external", "Nguyên nhân khách quan"),
            Field("legal_bases", Type.LIST, "Căn cứ"),
            _long("unit_opinion", "Ý kiến của đơn vị"),
            Field("repeats", Type.REF, "Lặp lại phát hiện của cuộc trước"),
            Field("merged_into", Type.REF, "Đã gộp vào", Right.DECIDE),
            _order(),
        ),
    ),
    Entity(
        "recommendation",
        "Kiến nghị, yêu cầu khắc phục",
        SpaceKind.INSPECTION,
        (
            Field("finding", Type.REF, "Phát hiện"),
            _long("content", "Nội dung"),
            _text("responsible", "Đơn vị, người thực hiện"),
            _group(
                "deadline",
                "Thời hạn",
                Member("date", Type.DATE, "Ngày"),
                Member("working_days", Type.INT, "Số ngày làm việc"),
                Member("confirmed", Type.BOOL, "Đã xác nhận"),
            ),
            _text("report_to", "Báo cáo về"),
            _order(),
        ),
    ),
    Entity(
        "comment",
        "Trao đổi nội bộ, không in",
        SpaceKind.INSPECTION,
        (_text("entity", "Loại bản ghi"), Field("subject", Type.REF, "Bản ghi"), _long("text", "Nội dung")),
    ),
)

_PAPER = (
    Entity(
        "minutes_section",
        "Một phần của biên bản do thư ký sửa",
        SpaceKind.INSPECTION,
        (
            _text("section", "Phần", Right.DRAFT),
            _group(
                "body",
                "Nội dung đã sửa và câu đề xuất lúc sửa",
                Member("text", Type.LONG_TEXT, "Nội dung"),
                Member("proposal", Type.LONG_TEXT, "Đề xuất lúc sửa"),
                right=Right.DRAFT,
                searched=True,
            ),
        ),
        ("section",),
        Right.DRAFT,
    ),
    Entity(
        "signer",
        "Người ký biên bản",
        SpaceKind.INSPECTION,
        (
            _code("side", "Bên", "team unit other", Right.DRAFT),
            _text("position", "Quyền hạn, chức vụ", Right.DRAFT),
            _text("capacity", "Tư cách ký (KT., TUQ., TM., Q., TL.)", Right.DRAFT),
            _text("name", "Họ và tên", Right.DRAFT),
            _group(
                "outcome",
                "Việc ký",
                Member("state", Type.CODE, "Ký, từ chối hay vắng", ("signed", "refused", "absent")),
                Member("reason", Type.TEXT, "Lý do"),
                right=Right.DRAFT,
            ),
            _order(),
        ),
        delete_right=Right.DRAFT,
    ),
    Entity(
        "issued_document",
        "Tệp văn bản đã lập",
        SpaceKind.INSPECTION,
        (
            _code("kind", "Loại", "draft minutes supplement", Right.DRAFT),
            _group(
                "file",
                "Tệp",
                Member("hash", Type.BLOB, "SHA-256"),
                Member("name", Type.TEXT, "Tên tệp"),
                Member("size", Type.INT, "Số byte"),
                right=Right.DRAFT,
            ),
            _text("template", "SHA-256 của mẫu", Right.DRAFT),
            _group(
                "position",
                "Vị trí trong nhật ký",
                Member("changes", Type.INT, "Số thay đổi"),
                Member("root", Type.TEXT, "Gốc"),
                right=Right.DRAFT,
            ),
            Field("made_at", Type.INSTANT, "Lúc lập", Right.DRAFT),
        ),
        delete_right=Right.DECIDE,
    ),
    Entity(
        "signature",
        "Biên bản đã ký trên giấy",
        SpaceKind.INSPECTION,
        (
            _group(
                "signed",
                "Đã ký",
                Member("date", Type.DATE, "Ngày ký"),
                Member("scan", Type.BLOB, "SHA-256 của bản quét"),
                Member("document", Type.BLOB, "SHA-256 của tệp đã in"),
                right=Right.DECIDE,
            ),
        ),
        ("inspection",),
        Right.DECIDE,
    ),
    Entity(
        "supplement",
        "Biên bản bổ sung sau khi ký",
        SpaceKind.INSPECTION,
        (
            _text("number", "Số", Right.DRAFT),
            Field("date", Type.DATE, "Ngày", Right.DRAFT),
            _text("reason", "Lý do", Right.DRAFT),
            _long("content", "Nội dung", Right.DRAFT),
        ),
        delete_right=Right.DECIDE,
    ),
)

ENTITIES: dict[str, Entity] = {entity.name: entity for entity in (*_REFERENCE, *_VISIT, *_CHECKING, *_PAPER)}


def entity(name: str) -> Entity | None:
    """The entity of that id, ``None`` where this version does not know it."""
    return ENTITIES.get(name)


def right_of(entity_name: str, field_name: str) -> Right:
    """The right a write of this field needs; what this version does not know needs ``write``."""
    known = ENTITIES.get(entity_name)
    if known is None:
        return Right.WRITE
    if field_name == DELETED:
        return known.delete_right
    field = known.field(field_name)
    return field.right if field else Right.WRITE


def rule_of(entity_name: str, field_name: str) -> Rule:
    """How concurrent values of this field meet; unknown fields wait for a person."""
    known = ENTITIES.get(entity_name)
    field = known.field(field_name) if known else None
    return field.rule if field else Rule.DECIDE


def searched_fields() -> Iterator[tuple[str, Field]]:
    """Entity name and field of every text that search finds."""
    for known in ENTITIES.values():
        for field in known.fields:
            if field.searched:
                yield known.name, field
