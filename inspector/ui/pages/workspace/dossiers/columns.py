"""The columns of the dossiers: how a cell is read when it was typed, shown when it is stored, and saved."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, time

from inspector.domain.changeset import Json
from inspector.domain.dossiers import HANDED_OVER, Assessed, Fault
from inspector.domain.inspection import DossierRow, Moment
from inspector.ui.language import Phrase, Words, tr
from inspector.ui.painting import Mark
from inspector.ui.typed_values import read_date
from inspector.ui.widgets.field import Reading
from inspector.ui.widgets.grid_model import NUMBER, Cell, Column, Kind, Row, as_typed, yes_no

_HOUR = re.compile(r"\s+(\d{1,2})[:hg](\d{2})$")
Read = Callable[[str], Reading | Phrase]
_KEYS = (
    *(NUMBER, "code", "area", "procedure", "received", "due", "returned", "late", "apology", "control_slip"),
    *("extra_papers", "system_differs", "origin", "receiving_agency", "solving_agency", "note"),
)


def columns(today: Callable[[], date], read_code: Read) -> tuple[Column, ...]:
    """In the order of typing; the first dozen stand on a page, the others are reached by going on."""

    def day(text: str) -> Reading | Phrase:
        found = read_date(text, today())
        return found if isinstance(found, Phrase) else Reading(found and found.isoformat(), short(found))

    def moment(text: str) -> Reading | Phrase:
        return read_moment(text, today())

    return (
        Column(NUMBER, tr("TT"), Kind.SHOWN, 44),
        Column("code", tr("Mã hồ sơ"), width=184, read=read_code),
        Column("area", tr("Lĩnh vực"), width=120, read=as_typed),
        Column("procedure", tr("Thủ tục"), width=170, grows=True, read=as_typed),
        Column("received", tr("Tiếp nhận"), Kind.DATE, 90, read=day, full=tr("Ngày tiếp nhận")),
        Column("due", tr("Hẹn trả"), Kind.DATE, 92, read=moment, full=tr("Ngày hẹn trả")),
        Column("returned", tr("Thực trả"), Kind.DATE, 92, read=moment, full=tr("Ngày trả thực tế")),
        Column("late", tr("Ngày trễ"), Kind.SHOWN, 92, full=tr("Số ngày làm việc trễ hạn, máy tính")),
        Column("apology", tr("Xin lỗi"), Kind.YES_NO, 86, full=tr("Có văn bản xin lỗi khi trễ hạn")),
        Column("control_slip", tr("Phiếu KS"), Kind.YES_NO, 88, full=tr("Có phiếu kiểm soát quá trình")),
        Column("extra_papers", tr("Giấy tờ thừa"), Kind.YES_NO, 98, full=tr("Yêu cầu giấy tờ ngoài quy định")),
        Column("system_differs", tr("Khác HT"), Kind.YES_NO, 78, full=tr("Trạng thái trên hệ thống khác thực tế")),
        Column("origin", tr("Bàn giao"), Kind.YES_NO, 84, full=tr("Hồ sơ nhận bàn giao từ đơn vị cũ")),
        Column("receiving_agency", tr("Cơ quan tiếp nhận"), width=170, read=as_typed),
        Column("solving_agency", tr("Cơ quan giải quyết"), width=170, read=as_typed),
        Column("note", tr("Ghi chú"), width=220, read=as_typed),
    )


def short(value: date | None) -> str:
    """Like "05/10/26", so that three dates stand in a row of the table."""
    return "" if value is None else f"{value.day:02d}/{value.month:02d}/{value.year % 100:02d}"


def read_moment(text: str, today: date) -> Reading | Phrase:
    """A day, with an hour behind it where one matters: ``19/10`` or ``19/10 16:30``."""
    typed = text.strip()
    hour = _HOUR.search(typed)
    if hour is not None and (int(hour[1]) > 23 or int(hour[2]) > 59):
        return tr("Xem lại giờ {hour}", hour=hour[0].strip())
    day = read_date(typed[: hour.start()] if hour else typed, today)
    if isinstance(day, Phrase):
        return day
    if day is None:
        return Reading(None, "")
    at = time(int(hour[1]), int(hour[2])) if hour else None
    value: dict[str, Json] = {"date": day.isoformat()}
    if at is not None:
        value["time"] = at.isoformat("minutes")
    return Reading(value, moment_words(Moment(day, at)))


def moment_words(moment: Moment) -> str:
    day = short(moment.date)
    return f"{day} {moment.time:%H:%M}" if moment.time is not None and day else day


def stored(key: str, value: object) -> object:
    """The argument of an act for what a cell means."""
    if key == "origin":
        return None if value is None else HANDED_OVER if value else "own"
    return value if value != "" else None


def arguments(values: Mapping[str, object]) -> dict[str, object]:
    """The arguments of an act for the cells that say something."""
    found = {key: stored(key, value) for key, value in values.items()}
    return {key: value for key, value in found.items() if value is not None}


def row_of(judged: Assessed, disputed: frozenset[str] = frozenset()) -> Row:
    """The cells of a dossier: what is wrong is red and heavy, what is right stays quiet, what people disagree about
    carries its own sign.
    """
    row = judged.row
    late = Fault.LATE in judged.faults
    wrong = {attention.code for attention in judged.attentions}
    due_problem = tr("Hẹn trả trước ngày tiếp nhận") if "dossier-due-before-received" in wrong else ""
    returned_problem = tr("Ngày trả trước ngày tiếp nhận") if "dossier-returned-before-received" in wrong else ""
    cells: tuple[Cell, ...] = (
        Cell(),
        Cell(row.code or ""),
        Cell(row.area or ""),
        Cell(row.procedure or ""),
        Cell(short(row.received)),
        Cell(_seen(row.due, row, late=late), problem=due_problem, whole=moment_words(row.due)),
        Cell(
            _seen(row.returned, row, late=late),
            tone="no" if late else "text",
            strong=late,
            problem=returned_problem,
            whole=moment_words(row.returned),
        ),
        _late(judged, late=late),
        _apology(row, late=late),
        _answer(row.control_slip, wrong=False),
        _answer(row.extra_papers, wrong=True),
        _answer(row.system_differs, wrong=True),
        _answer(_handed_over(row), wrong=None),
        Cell(row.receiving_agency or ""),
        Cell(row.solving_agency or ""),
        Cell(row.note or ""),
    )
    if disputed:
        cells = tuple(_marked(cell, key in disputed) for key, cell in zip(_KEYS, cells, strict=True))
    return Row(row.id, cells)


def _marked(cell: Cell, disputed: bool) -> Cell:
    return replace(cell, tone="dis", strong=True, sign=Mark.DISAGREED) if disputed else cell


def _seen(moment: Moment, row: DossierRow, *, late: bool) -> str:
    """The hour is shown where it decided: late within the day."""
    return moment_words(moment) if late and row.due.date == row.returned.date else short(moment.date)


def _late(judged: Assessed, *, late: bool) -> Cell:
    if not judged.complete:
        return Cell(tr("đang nhập"), tone="part")
    if not late:
        days = str(judged.days_late) if judged.days_late else "0"
        return Cell(days, tone="text2")
    words: Words = str(judged.days_answerable) if judged.days_answerable else tr("trong ngày")
    return Cell(words, tone="no", strong=True, sign=Mark.NOT_MET)


def _apology(row: DossierRow, *, late: bool) -> Cell:
    if row.apology is None:
        return Cell("" if late else "–", None, tone="text2")
    if late and not row.apology:
        return Cell(yes_no(row.apology), row.apology, "no", strong=True, sign=Mark.NOT_MET)
    return Cell(yes_no(row.apology), row.apology, tone="text2")


def _answer(value: bool | None, *, wrong: bool | None) -> Cell:
    if value is not None and value is wrong:
        return Cell(yes_no(value), value, "no", strong=True, sign=Mark.NOT_MET)
    return Cell(yes_no(value), value, tone="text2")


def _handed_over(row: DossierRow) -> bool | None:
    return None if row.origin is None else row.origin == HANDED_OVER
