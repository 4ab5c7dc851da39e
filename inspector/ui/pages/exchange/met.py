"""Rows and sentences about exchanges over the network: who is around, who has come, what went where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from inspector.domain.wording import short_moment
from inspector.services.exchanging import Kept, Met, Outcome
from inspector.services.meeting import Parted
from inspector.services.wording import sentence
from inspector.ui.language import Words, tr
from inspector.ui.network import Around, Going, Network
from inspector.ui.pages.line_list import Row

if TYPE_CHECKING:
    from inspector.hub.point import With

_PLACES = 3


def around(found: Around) -> Row:
    return Row(found.address, found.name, f"{found.agency} · {found.address}", icon="laptop")


def visitors(found: Sequence[With]) -> Iterator[Row]:
    """Each laptop that came, and under it every space it was about."""
    for device, spaces in groupby(found, key=lambda one: one.device):
        first = next(spaces)
        yield Row(device, first.name, head=True)
        for one in (first, *spaces):
            yield Row(f"{device}/{one.space}", one.title, _taken(one.taken), icon="git-merge", chip=_came(one))


def results(going: Going) -> Iterator[Row]:
    """Every space of an exchange by hand, as far as it is."""
    for one in going.met:
        detail = sentence(one.problem) if one.problem is not None else " · ".join(map(str, _moved(one)))
        yield Row(one.space, one.title, detail, icon="git-merge", chip=_end(one))


def head(going: Going) -> tuple[Words, str]:
    """What became of an exchange, with a tone."""
    if going.trouble:
        return going.trouble, "no"
    if going.meeting is None:
        return tr("Đang trao đổi với {address}…", address=going.address), "text2"
    outcome = going.meeting.outcome
    if outcome.cut is not None:
        return sentence(outcome.cut), "no"
    name = tr("{name} ({agency})", name=outcome.name, agency=outcome.agency)
    if not outcome.met:
        return tr("Đã gặp máy của {name}; hai máy không có cuộc kiểm tra nào chung.", name=name), "part"
    if outcome.is_done:
        return tr("Đã trao đổi xong với máy của {name}; hai máy khớp nhau.", name=name), "ok"
    return tr("Đã trao đổi với máy của {name}; có cuộc chưa khớp, xem dưới đây.", name=name), "part"


def clock(outcome: Outcome) -> Words:
    """How far the clocks are apart; empty where that is not worth telling."""
    if outcome.clock is None:
        return ""
    minutes = round(abs(outcome.clock.total_seconds()) / 60)
    return tr("Đồng hồ hai máy lệch nhau {minutes} phút; không ảnh hưởng dữ liệu.", minutes=minutes)


def apart(one: Parted) -> Row:
    """An inspection in which an exchange brought disagreements."""
    places = "; ".join(one.places[:_PLACES])
    count = len(one.places)
    detail: Words = tr("{places} và {count} chỗ khác", places=places, count=count - _PLACES)
    chip = tr("{count} chỗ", count=count), "dis"
    return Row(
        one.inspection, one.title, detail if count > _PLACES else places, icon="columns-2", tone="dis", chip=chip
    )


def state(network: Network) -> Words:
    """What goes on in the room, in a line."""
    if network.comparison is not None:
        return tr("Có máy chờ so mã: {name}", name=network.comparison.name)
    if network.going is not None and not network.going.is_over:
        return tr("Đang trao đổi với {address}…", address=network.going.address)
    if network.point is not None:
        laptops = len({one.device for one in network.visitors})
        return tr("Điểm trao đổi đang mở; {count} máy đã đến", count=laptops)
    if network.by_itself or network.last is not None:
        return by_itself(network)
    return tr("Một máy mở điểm trao đổi, các máy khác cùng mạng tìm máy đó.")


def by_itself(network: Network) -> Words:
    """When last, with whom, or why not; empty where nothing goes by itself."""
    last = network.last
    if not network.by_itself and last is None:
        return ""
    if network.is_looking:
        return tr("Đang tìm máy đã biết để trao đổi…")
    if last is None:
        return tr("Chưa trao đổi lần nào từ khi mở chương trình.")
    at = short_moment(last.at)
    if last.trouble:
        return tr("{moment}: {why}", moment=at, why=last.trouble)
    if last.names:
        return tr("Đã trao đổi lúc {moment} với {names}", moment=at, names=", ".join(last.names))
    return tr("{moment}: chưa thấy máy nào đã biết trong tầm", moment=at)


def _taken(counts: Mapping[Kept, int]) -> Words:
    parts: list[Words] = [tr("Nhận {count} thay đổi", count=counts.get(Kept.STORED, 0))]
    if aside := counts.get(Kept.QUARANTINED, 0):
        parts.append(tr("{count} chờ xem xét", count=aside))
    if held := counts.get(Kept.HELD, 0):
        parts.append(tr("{count} chờ dữ liệu", count=held))
    return " · ".join(map(str, parts))


def _came(one: With) -> tuple[Words, str]:
    if one.matched:
        return tr("Khớp {code}", code=one.code), "ok"
    return (tr("Chỉ gửi, không được xem"), "part") if one.closed else (tr("Đang gộp"), "accent")


def _moved(one: Met) -> Iterator[Words]:
    sent, received = _new(one.report.sent.counts), _new(one.report.received.counts)
    yield tr("Gửi {sent}, nhận {received} thay đổi", sent=sent, received=received)
    if one.photos.sent or one.photos.received:
        yield tr("ảnh, tệp: gửi {sent}, nhận {received}", sent=one.photos.sent, received=one.photos.received)
    if one.lacking:
        yield tr("{count} ảnh, tệp chưa có ở máy này", count=one.lacking)
    aside = one.report.sent[Kept.QUARANTINED] + one.report.received[Kept.QUARANTINED]
    if aside:
        yield tr("{count} chờ xem xét", count=aside)
    if one.report.waiting:
        yield tr("{count} chờ dữ liệu", count=one.report.waiting)
    if one.report.own is not None:
        yield tr("máy này từng bị sao chép hoặc đưa về bản cũ: đã lấy lại phần thiếu")
    elif one.report.same_device:
        yield tr("hai máy dùng chung danh tính vì ổ đĩa được sao chép: mời lại một máy")


def _end(one: Met) -> tuple[Words, str]:
    if one.problem is not None:
        return tr("Chưa trao đổi được"), "no"
    if one.report.matched:
        return tr("Khớp {code}", code=one.report.code), "ok"
    if one.report.closed:
        return tr("Máy kia không cho xem"), "part"
    return tr("Chưa khớp"), "part"


def _new(counts: Mapping[Kept, int]) -> int:
    return sum(count for kept, count in counts.items() if kept not in (Kept.DUPLICATE, Kept.FOREIGN))
