"""What stands at the head and the foot of the minutes and in no other place (thông tin biên bản)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from inspector.domain.changeset import Json
from inspector.domain.inspection import Cited, Inspection, Moment
from inspector.domain.legal_prose import legal_basis
from inspector.domain.text import fold
from inspector.domain.wording import short_day
from inspector.services.acts.visits import COPIED
from inspector.services.address_book import EarlierHead, earlier_heads, letterhead_names
from inspector.services.desk import Desk, Receipt
from inspector.ui import tokens
from inspector.ui.language import Phrase, Words, tr
from inspector.ui.pages.workspace.disagreeing import Disagreements, Disputed
from inspector.ui.pages.workspace.growing_area import GrowingArea
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.pages.workspace.tied_fields import (
    GroupWriting,
    Part,
    Picking,
    day_or_none,
    lines_or_none,
    lock,
    text_or_none,
)
from inspector.ui.pages.workspace.time_field import TimeField, short_time
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.card import Card
from inspector.ui.widgets.field import Field, TextField
from inspector.ui.widgets.pick_field import Choice, PickField
from inspector.ui.widgets.text import Text
from inspector.ui.widgets.value_fields import DateField, NumberField
from inspector.ui.writing import Post, Spot, Writing

FORMS: Mapping[str, Phrase] = {
    "on_site": tr("Kiểm tra trực tiếp"),
    "remote": tr("Kiểm tra trực tuyến, qua báo cáo"),
    "surprise": tr("Kiểm tra đột xuất"),
}
_LISTS = ("legal_bases", "recipients")
_WIDE = 760
_SAVED = "letterhead:"


class HeadSheet(QWidget):
    """Three cards of fields; ``closed`` goes back to the people."""

    closed = Signal()

    def __init__(self, opened: OpenInspection, disagreements: Disagreements) -> None:
        super().__init__()
        self._opened, self._disagreements = opened, disagreements
        self.fields: dict[str, Field] = {}
        self._picks: dict[str, PickField] = {}
        self._pickings: dict[str, Picking] = {}
        self._writings: dict[str, Writing] = {}
        self._groups: dict[str, GroupWriting] = {}
        self._disputed: dict[str, Disputed] = {}
        self._pairs: list[QBoxLayout] = []
        self._asked = ""
        self.back = Button(tr("Về thành phần"), self.closed.emit, kind=Kind.QUIET, icon="arrow-left", keys="Esc")
        self.source = PickField(tr("Chép phần đầu từ cuộc trước"))
        self.copy = Button(tr("Chép phần đầu"), self._copy, icon="copy")
        self._column = QVBoxLayout()
        self._frame()
        self._make_head()
        self._make_visit()
        self._make_papers()
        self._column.addStretch(1)
        disagreements.changed.connect(self._show_opinions)

    # -------------------------------------------------------- showing

    def show_inspection(self) -> None:
        inspection, sight = self._opened.inspection, self._opened.sight
        here = inspection.id
        texts = self._texts(inspection)
        for name, writing in self._writings.items():
            writing.show(self._spot(name), texts[name], sight.operations("inspection", here, name))
        self._pickings["form"].show(self._spot("form"), inspection.form, sight.operations("inspection", here, "form"))
        groups: Mapping[str, tuple[Mapping[str, str], dict[str, Json]]] = {
            "plan_reference": _cited(inspection.plan_reference),
            "team_decision": _cited(inspection.team_decision),
            "visit_notice": _cited(inspection.visit_notice),
            "opened": _moment(inspection.opened),
            "closed": _moment(inspection.closed),
            "period": _period(inspection),
        }
        for name, group in self._groups.items():
            shown, stored = groups[name]
            group.show(self._spot(name), shown, stored, sight.operations("inspection", here, name))
        reason = self._opened.why_read_only
        for field in self.fields.values():
            lock(field, reason)
        for pick in self._picks.values():
            lock(pick, reason)
        self._copying.setVisible(not str(reason) and self._has_heads)
        self._ask_for_heads()
        self._show_opinions()

    def focus_field(self, name: str) -> None:
        """A field or group of the registry, or a part of a group."""
        found = self.fields.get(name) or next(
            (field for key, field in self.fields.items() if key.partition(".")[0] == name), None
        )
        target: QWidget = found or self._picks.get(name) or self.first_field()
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(target)
        # Once what was just shown has found its place.
        QTimer.singleShot(0, target, lambda: self._scroll.ensureWidgetVisible(target))

    def first_field(self) -> QWidget:
        return self.fields["superior_body"].editor

    # -------------------------------------------------------- building

    def _frame(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(tokens.GAP, tokens.GAP, tokens.GROUP, 0)
        head.setSpacing(tokens.GAP)
        head.addWidget(self.back)
        head.addWidget(Text(tr("Thông tin biên bản"), size=Size.HEAD, weight=Weight.STRONG))
        head.addStretch(1)
        self._copying = QWidget()
        row = QHBoxLayout(self._copying)
        row.setContentsMargins(tokens.GROUP, tokens.GROUP, tokens.GROUP, 0)
        row.setSpacing(tokens.GAP)
        row.addWidget(self.source, 1)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignBottom)
        page = QWidget()
        page.setProperty("scrolled", True)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._copying)
        self._column.setContentsMargins(tokens.GROUP, tokens.GAP, tokens.GROUP, tokens.GROUP)
        self._column.setSpacing(tokens.GROUP)
        whole.addLayout(self._column, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(page)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(self._scroll, 1)

    def _make_head(self) -> None:
        card = self._card(tr("Phần đầu"))
        self._row(card, self._text("superior_body", tr("Cơ quan chủ quản")), self._text("team_name", tr("Tên đoàn")))
        self._row(
            card,
            self._text("number", tr("Số biên bản")),
            self._text("symbol", tr("Ký hiệu")),
            self._text("place", tr("Địa danh")),
        )
        card.rows.addWidget(self._text("summary", tr("Trích yếu")))
        laws = tr("Căn cứ, mỗi dòng một văn bản")
        card.rows.addWidget(self._text("legal_bases", laws, GrowingArea(laws)))

    def _make_visit(self) -> None:
        card = self._card(tr("Cuộc kiểm tra"))
        today = date.today
        form = PickField(tr("Hình thức kiểm tra"), [Choice(key, words) for key, words in FORMS.items()])
        self._picks["form"] = form
        self._pickings["form"] = Picking(self._opened.session, form, self._post)
        self._disputed["form"] = Disputed(tr("Hình thức kiểm tra"), form, lambda value: str(FORMS.get(str(value), "")))
        day = self._text("visit_date", tr("Ngày kiểm tra"), DateField(tr("Ngày kiểm tra"), today))
        self._row(card, self._disputed["form"], day, self._text("venue", tr("Địa điểm làm việc")))
        for name, words in (("opened", tr("Bắt đầu")), ("closed", tr("Kết thúc"))):
            hour: Field = TimeField(tr("Giờ bắt đầu") if name == "opened" else tr("Giờ kết thúc"))
            on: Field = DateField(tr("Ngày bắt đầu") if name == "opened" else tr("Ngày kết thúc"), today)
            parts = {"time": Part(hour, day_or_none), "date": Part(on, day_or_none)}
            card.rows.addWidget(self._group(name, words, parts, _said_moment))
        start: Field = DateField(tr("Thời kỳ kiểm tra từ ngày"), today)
        end: Field = DateField(tr("Thời kỳ kiểm tra đến ngày"), today)
        parts = {"start": Part(start, day_or_none), "end": Part(end, day_or_none)}
        card.rows.addWidget(self._group("period", tr("Thời kỳ kiểm tra"), parts, _said_moment))
        opinion = tr("Ý kiến chung của đơn vị")
        card.rows.addWidget(self._text("unit_opinion", opinion, GrowingArea(opinion)))

    def _make_papers(self) -> None:
        card = self._card(tr("Văn bản và nơi nhận"))
        papers = (
            ("team_decision", tr("Quyết định thành lập đoàn")),
            ("plan_reference", tr("Kế hoạch kiểm tra")),
            ("visit_notice", tr("Thông báo lịch kiểm tra")),
        )
        for name, words in papers:
            card.rows.addWidget(Text(words, weight=Weight.MEDIUM))
            parts = {
                "number": Part(TextField(tr("Số, ký hiệu")), text_or_none),
                "date": Part(DateField(tr("Ngày ban hành"), date.today), day_or_none),
                "issuer": Part(TextField(tr("Cơ quan ban hành")), text_or_none),
                "abstract": Part(TextField(tr("Trích yếu văn bản")), text_or_none),
            }
            card.rows.addWidget(self._group(name, words, parts, _said_cited))
        recipients = tr("Nơi nhận, mỗi dòng một nơi")
        card.rows.addWidget(self._text("recipients", recipients, GrowingArea(recipients)))
        copies = self._text("copies", tr("Số bản"), NumberField(tr("Số bản")))
        self._row(card, copies, self._text("pages", tr("Số trang"), NumberField(tr("Số trang"))))

    def _card(self, words: Words) -> Card:
        card = Card()
        card.rows.addWidget(Text(words, size=Size.HEAD, weight=Weight.STRONG))
        self._column.addWidget(card)
        return card

    def _text(self, name: str, words: Words, field: Field | None = None) -> Disputed:
        made = field or TextField(words)
        self.fields[name] = made
        self._writings[name] = Writing(self._opened.session, made, self._post)
        self._disputed[name] = Disputed(words, made, _said)
        return self._disputed[name]

    def _group(self, name: str, words: Words, parts: Mapping[str, Part], said: Callable[[Json], str]) -> Disputed:
        room = QWidget()
        row = self._pair([part.field for part in parts.values()])
        room.setLayout(row)
        for part, tied in parts.items():
            self.fields[f"{name}.{part}"] = tied.field
        self._groups[name] = GroupWriting(self._opened.session, parts, self._post_group)
        self._disputed[name] = Disputed(words, room, said)
        return self._disputed[name]

    def _row(self, card: Card, *widgets: QWidget) -> None:
        card.rows.addLayout(self._pair(list(widgets)))

    def _pair(self, widgets: list[QWidget]) -> QBoxLayout:
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GROUP)
        for widget in widgets:
            row.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
        self._pairs.append(row)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= look().px(_WIDE)
        for pair in self._pairs:
            pair.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    # -------------------------------------------------------- inside

    def _spot(self, name: str) -> Spot:
        return Spot(self._opened.id, "inspection", self._opened.id, name)

    def _texts(self, inspection: Inspection) -> dict[str, str]:
        head = inspection.header
        found = {name: getattr(head, name) or "" for name in ("superior_body", "team_name", "number", "symbol")}
        found |= {name: getattr(head, name) or "" for name in ("place", "venue", "summary")}
        found["legal_bases"] = "\n".join(map(self._law_words, head.legal_bases))
        found["recipients"] = "\n".join(head.recipients)
        found["copies"] = "" if head.copies is None else str(head.copies)
        found["pages"] = "" if head.pages is None else str(head.pages)
        found["visit_date"] = short_day(inspection.visit_date) if inspection.visit_date else ""
        found["unit_opinion"] = inspection.unit_opinion or ""
        return found

    def _post(self, spot: Spot, value: object) -> Post:
        if spot.field == "unit_opinion":
            return Post("state_opinion", {"unit_opinion": text_or_none(value)}, tr("Đã ghi ý kiến chung của đơn vị"))
        stored = text_or_none(value)
        if isinstance(value, Decimal):
            stored = int(value)
        elif isinstance(value, date):
            stored = value.isoformat()
        elif spot.field in _LISTS:
            stored = lines_or_none(value)
            if spot.field == "legal_bases" and isinstance(stored, list):
                stored = [self._law_code(str(line)) for line in stored]
        return Post("edit_inspection", {spot.field: stored}, tr("Đã sửa thông tin biên bản"))

    def _post_group(self, spot: Spot, value: dict[str, Json] | None) -> Post:
        return Post("edit_inspection", {spot.field: value}, tr("Đã sửa thông tin biên bản"))

    def _show_opinions(self) -> None:
        if self._opened.is_here:
            for name, disputed in self._disputed.items():
                disputed.show_opinions(self._disagreements.of("inspection", self._opened.id, name))

    def _law_words(self, law: str) -> str:
        basis = legal_basis(self._opened.grounds, law)
        return law if basis is None else basis.title

    def _law_code(self, line: str) -> str:
        codes = [basis.code for basis in self._opened.checklist.legal_index] if self._opened.checklist else []
        codes += list(self._opened.grounds.law)
        return next((code for code in codes if fold(self._law_words(code)) == fold(line)), line)

    # -------------------------------------------------------- copying

    _has_heads = False

    def _ask_for_heads(self) -> None:
        inspection = self._opened.id
        if self._asked == inspection:
            return
        self._asked, self._has_heads = inspection, False
        self._copying.hide()

        def read(desk: Desk) -> tuple[tuple[str, ...], tuple[EarlierHead, ...]]:
            return letterhead_names(desk), earlier_heads(desk, inspection)

        def told(found: tuple[tuple[str, ...], tuple[EarlierHead, ...]]) -> None:
            if inspection != self._opened.id:
                return
            names, heads = found
            choices = [Choice(f"{_SAVED}{name}", name) for name in names]
            choices += [Choice(head.inspection, head.unit, short_day(head.day) if head.day else "") for head in heads]
            self._has_heads = bool(choices)
            self.source.offer(choices)
            self.source.show_value(choices[0].key if choices else None)
            self._copying.setVisible(bool(choices) and not self._opened.is_read_only)

        self._opened.session.ask(read, told, owner=self)

    def _copy(self) -> None:
        """From another inspection, or a head the office saved under a name."""
        source = self.source.key()
        if not source:
            return
        act, arguments = "copy_header", {"from_inspection": source}
        if source.startswith(_SAVED):
            act, arguments = "use_letterhead", {"name": source.removeprefix(_SAVED)}
        self._opened.perform(
            act,
            arguments,
            at=("inspection", self._opened.id, COPIED),
            words=tr("Đã chép phần đầu từ cuộc trước"),
            then=self._copied,
            owner=self,
        )

    def _copied(self, receipt: Receipt) -> None:
        if receipt.hash is None:
            self.copy.setToolTip(str(tr("Phần đầu đã giống cuộc đó")))


def _cited(paper: Cited) -> tuple[Mapping[str, str], dict[str, Json]]:
    day = paper.date.isoformat() if paper.date else None
    stored: dict[str, Json] = {
        "number": paper.number,
        "date": day,
        "issuer": paper.issuer,
        "abstract": paper.abstract,
    }
    texts = {name: str(value or "") for name, value in stored.items()}
    return texts | {"date": _day(paper.date)}, _filled(stored)


def _moment(moment: Moment) -> tuple[Mapping[str, str], dict[str, Json]]:
    stored: dict[str, Json] = {
        "date": moment.date.isoformat() if moment.date else None,
        "time": moment.time.isoformat("minutes") if moment.time else None,
    }
    return {"date": _day(moment.date), "time": short_time(moment.time)}, _filled(stored)


def _period(inspection: Inspection) -> tuple[Mapping[str, str], dict[str, Json]]:
    start, end = inspection.period_start, inspection.period_end
    stored: dict[str, Json] = {
        "start": start.isoformat() if start else None,
        "end": end.isoformat() if end else None,
    }
    return {"start": _day(start), "end": _day(end)}, _filled(stored)


def _day(day: date | None) -> str:
    return short_day(day) if day else ""


def _filled(stored: dict[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in stored.items() if value is not None}


def _said(value: Json) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _said_moment(value: Json) -> str:
    return " – ".join(map(str, value.values())) if isinstance(value, dict) else ""


def _said_cited(value: Json) -> str:
    given = value if isinstance(value, dict) else {}
    names = ("number", "date", "issuer", "abstract")
    return ", ".join(str(given[name]) for name in names if given.get(name))
