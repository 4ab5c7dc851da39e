"""How amounts of data and packages are said."""

from __future__ import annotations

from datetime import date, datetime

from inspector.domain.credentials import Reason
from inspector.domain.wording import short_day, short_moment
from inspector.services.standing import Group, Reached, Standing
from inspector.ui.language import Words, tr

_REASONS: dict[str, Words] = {
    Reason.BAD_SIGNATURE: tr("Chữ ký không đúng"),
    Reason.BAD_CERTIFICATE: tr("Chứng nhận của máy không đúng"),
    Reason.NO_CERTIFICATE: tr("Máy không có chứng nhận"),
    Reason.BROKEN_CHAIN: tr("Không nối tiếp với phần trước của máy đó"),
    Reason.BAD_PAYLOAD: tr("Nội dung không đúng mẫu"),
    Reason.NOT_ADMITTED: tr("Máy chưa được đưa vào đoàn"),
    Reason.REVOKED: tr("Máy đã bị thu hồi"),
    Reason.RIGHT_MISSING: tr("Người ghi không có quyền ghi nội dung này"),
    Reason.HIDDEN: tr("Đã quyết định không nhận"),
    Reason.DISPUTED: tr("Có quyết định trái nhau"),
}


def amount(changes: int, photos: int) -> Words:
    """``412 thay đổi, 52 ảnh``; photos stand for all files and are left out where there are none."""
    if not photos:
        return tr("{changes} thay đổi", changes=figure(changes))
    return tr("{changes} thay đổi, {photos} ảnh", changes=figure(changes), photos=figure(photos))


def only_here(changes: int, photos: int) -> Words:
    return tr("Chỉ có trên máy này: {amount}", amount=amount(changes, photos))


def state(standing: Standing) -> tuple[Words, str]:
    """The state of an inspection in words and a tone; never green for what only this laptop holds."""
    if standing.is_only_here:
        here = amount(standing.changes_only_here, standing.photos_only_here)
        return tr("Chỉ ở máy này: {amount}", amount=here), "part"
    if standing.office is not None and standing.office.is_all:
        return tr("Đã ở văn phòng"), "ok"
    if standing.lead is not None and standing.lead.is_all:
        return tr("Đã ở máy Trưởng đoàn"), "ok"
    if standing.same:
        return tr("Khớp với {count} máy", count=len(standing.same)), "ok"
    return tr("Có ở {count} máy khác", count=standing.least_copies), "accent"


def reached(found: Reached) -> tuple[Words, str]:
    """How much of an inspection is somewhere, in words and a tone."""
    if found.is_all:
        return (tr("Đủ, có biên nhận") if found.receipt else tr("Đủ")), "ok"
    if found.whole:
        return tr("Thiếu {count} ảnh", count=found.photos_missing), "part"
    return tr("Chưa đủ"), "part"


def reached_at(found: Reached) -> Words:
    """Who said so and when, or when the office signed for it."""
    if found.receipt is not None:
        return tr("{name} · biên nhận lúc {moment}", name=found.name, moment=moment_of(found.receipt))
    return tr("{name} · báo lúc {moment}", name=found.name, moment=moment_of(found.at)) if found.at else found.name


def unsettled(standing: Standing) -> Words:
    """What waits or is not accepted, for the right end of a row."""
    held, aside = sum(one.count for one in standing.held), sum(one.count for one in standing.quarantined)
    if held and aside:
        return tr("{held} chờ dữ liệu, {aside} chờ xem xét", held=held, aside=aside)
    if held:
        return tr("{held} chờ dữ liệu", held=held)
    return tr("{aside} chờ xem xét", aside=aside) if aside else ""


def waiting(group: Group) -> tuple[Words, Words]:
    """A group of held changes: what waits, and for what."""
    name: Words = group.author or tr("máy chưa rõ")
    head = tr("{count} thay đổi của {name}", count=group.count, name=name)
    if group.of_author:
        return head, tr("Chờ phần trước đó của cùng máy; nhận thêm gói của máy này là đủ")
    return head, tr("Chờ dữ liệu của máy khác mà người ghi đã thấy")


def aside(group: Group) -> tuple[Words, Words]:
    """A group of quarantined changes: whose, and why."""
    name: Words = group.author or tr("máy chưa rõ")
    reason = _REASONS.get(group.reason or "", tr("Chưa được công nhận"))
    return tr("{count} thay đổi của {name}", count=group.count, name=name), reason


def day_of(text: str) -> str:
    return short_day(date.fromisoformat(text)) if text else ""


def moment_of(moment: datetime | None) -> str:
    return "" if moment is None else short_moment(moment)


def figure(number: int) -> str:
    """``2.871``."""
    return f"{number:,}".replace(",", ".")


def size_of(size: int) -> str:
    """Bytes as people say them."""
    if size < 1024 * 1024:
        return f"{-(-size // 1024)} KB"
    return f"{size / 1024 / 1024:.1f} MB".replace(".", ",")
