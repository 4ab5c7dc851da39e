"""What waits for a person's decision (chờ duyệt): who wrote what, why it does not count, since when; taken or hidden.

Nothing here is thrown away: what is not taken stays stored and travels on, and may be taken later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.domain.changeset import ChangeSet, Json
from inspector.domain.credentials import CONTROL_KINDS, Reason
from inspector.domain.errors import Refused
from inspector.domain.judgement import rights_needed
from inspector.domain.registry import DELETED, ENTITIES, right_of
from inspector.services.acts.machines import SETTLED
from inspector.services.space_titles import title_of

if TYPE_CHECKING:
    from inspector.services.desk import Desk
    from inspector.storage.reading import Waiting

WHY: dict[str, str] = {
    Reason.BAD_SIGNATURE: "Chữ ký không khớp nội dung: có thể hỏng khi chép, hoặc bị sửa.",
    Reason.BAD_CERTIFICATE: "Giấy chứng nhận của máy ghi không hợp lệ.",
    Reason.NO_CERTIFICATE: "Máy ghi không kèm giấy chứng nhận.",
    Reason.BROKEN_CHAIN: "Không nối được vào chuỗi bản ghi của máy ấy.",
    Reason.BAD_PAYLOAD: "Nội dung không đọc được.",
    Reason.NOT_ADMITTED: "Máy ghi chưa được cho vào cuộc kiểm tra này.",
    Reason.REVOKED: "Ghi sau khi máy ấy đã bị thu hồi.",
    Reason.RIGHT_MISSING: "Máy ghi không có quyền làm việc này.",
    Reason.HIDDEN: "Đã có người quyết định không nhận.",
    Reason.DISPUTED: "Hai người đã quyết định khác nhau, chưa ai biết quyết định của người kia.",
}
"""Why a record waits, by the code of its reason, as people read it."""

_LONGEST = 120
_LEAST = 6


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A record without effect: ``who`` wrote ``what``, ``why`` it waits (``reason`` is its code), ``since`` when.

    ``can_settle`` is false for what nobody vouches for, and for records that only say who may write; ``can_take``
    says whether this laptop may take it, having the rights that its author lacked.
    """

    id: str
    space: str
    title: str
    who: str
    what: str
    reason: str
    why: str
    since: str
    can_settle: bool
    can_take: bool


def quarantined(desk: Desk, inspection: str | None = None) -> list[Quarantined]:
    """Everything that waits for a decision, in the order it came; what waits for other records is not among it."""
    found = [each for each in desk.workspace.waiting(inspection) if not each.held and each.changeset.kind != "epoch"]
    rights = {space: desk.workspace.rights_in(space) for space in {each.space for each in found}}
    titles = {space: title_of(desk, space) for space in rights}
    return [_told(desk, each, titles[each.space], rights[each.space]) for each in found]


def settle(desk: Desk, ids: Sequence[str], *, take: bool, reason: str) -> int:
    """Take or hide records, named by the beginnings of their ids; returns how many.

    Raises:
        Refused: ``quarantine-unknown``, ``reason-needed``, ``right-missing``.
    """
    if not reason.strip():
        raise Refused("reason-needed", act="Nhận bản ghi chờ duyệt" if take else "Không nhận bản ghi chờ duyệt")
    known = quarantined(desk)
    by_space: dict[str, list[str]] = {}
    for asked in ids:
        found = [each for each in known if len(asked) >= _LEAST and each.id.startswith(asked.lower())]
        if len(found) != 1 or not found[0].can_settle:
            raise Refused("quarantine-unknown", id=asked)
        by_space.setdefault(found[0].space, []).append(found[0].id)
    for space, records in by_space.items():
        name = "take_records" if take else "hide_records"
        desk.perform(name, {"records": records, "reason": reason}, inspection=space)
    return sum(map(len, by_space.values()))


def _told(desk: Desk, waiting: Waiting, title: str, rights: frozenset[str]) -> Quarantined:
    changeset, reason = waiting.changeset, waiting.reason or ""
    can_settle = reason in SETTLED and changeset.kind not in CONTROL_KINDS
    who = desk.workspace.person_name(waiting.space, changeset.author) or waiting.received_from or "không rõ"
    return Quarantined(
        changeset.hash.hex(),
        waiting.space,
        title,
        who,
        _what(changeset),
        reason,
        WHY.get(reason, reason),
        waiting.received_at or changeset.wall,
        can_settle,
        can_settle and rights_needed(changeset, right_of) <= rights,
    )


_KINDS = {
    "member": "Cho máy vào",
    "revoke": "Thu hồi máy",
    "settle": "Quyết định về bản ghi chờ duyệt",
    "seal": "Niêm phong",
    "void_seal": "Hủy niêm phong",
    "witness": "Chứng kiến niêm phong",
    "issue": "Phát hành văn bản",
    "blob_lost": "Báo mất tệp",
}


def _what(changeset: ChangeSet) -> str:
    """The first thing it writes, and how many more there are."""
    if not changeset.writes:
        return _KINDS.get(changeset.kind, changeset.kind)
    write = changeset.writes[0]
    entity = ENTITIES.get(write.entity)
    label = re.split("[:(,]", entity.label, maxsplit=1)[0].strip() if entity else write.entity
    field = entity.field(write.field) if entity else None
    name = "xóa" if write.field == DELETED else (field.label.lower() if field else write.field)
    text = _short(write.value)
    more = len(changeset.writes) - 1
    return f"{label}, {name}" + (f": {text}" if text else "") + (f" (và {more} mục khác)" if more else "")


def _short(value: Json) -> str:
    if isinstance(value, dict):
        value = ", ".join(str(part) for part in value.values() if isinstance(part, str | int) and part is not True)
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    if value is None or isinstance(value, bool):
        return ""
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "…"
