"""Every shared widget on two pages, for looking at: what differs from the screen design shows here first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.application import Application
from inspector.ui.focus_ring import FocusRing
from inspector.ui.language import Words, tr
from inspector.ui.painting import Mark
from inspector.ui.prompting import Question, ReasonDialog
from inspector.ui.screenshots import save
from inspector.ui.theme import Theme, look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.card import Card, SectionHead
from inspector.ui.widgets.empty_state import EmptyState, Way
from inspector.ui.widgets.evidence_strip import Evidence, EvidenceStrip
from inspector.ui.widgets.field import TextArea, TextField
from inspector.ui.widgets.grid_model import NUMBER, Cell, Column, Row, yes_no
from inspector.ui.widgets.grid_model import Kind as CellKind
from inspector.ui.widgets.grid_table import GridTable
from inspector.ui.widgets.news import Banner, Toast, Tone
from inspector.ui.widgets.pick_field import Choice, PickField
from inspector.ui.widgets.result import ResultBar, ResultChoice, ResultMark
from inspector.ui.widgets.save_state import SaveState
from inspector.ui.widgets.search_field import SearchField
from inspector.ui.widgets.secret_field import SecretField
from inspector.ui.widgets.signs import Chip, KeyCap, ProgressBar
from inspector.ui.widgets.status_bar import StatusBar
from inspector.ui.widgets.text import CutText, Text
from inspector.ui.widgets.tick import Tick
from inspector.ui.widgets.value_fields import DateField, NumberField

THEMES: tuple[tuple[Theme, str], ...] = (("light", "sang"), ("dark", "toi"))
RATIOS = (1.0, 1.25, 1.5)
_TODAY = date(2026, 11, 26)
_NOW = datetime(2026, 11, 26, 14, 17)


def draw(folder: Path) -> list[Path]:
    """Write the pages as PNG: light and dark at 100, 125 and 150 %, and once with large text and in English."""
    application = QApplication.instance()
    if not isinstance(application, Application):
        raise RuntimeError("the gallery needs inspector.ui.application.Application")
    return list(_draw(application, folder))


def _draw(application: Application, folder: Path) -> Iterator[Path]:
    for theme, name in THEMES:
        application.choose(theme=theme)
        for ratio in RATIOS:
            yield from _pages(folder, f"{name}-{round(ratio * 100)}", ratio)
    application.choose(theme="light", scale=150)
    yield from _pages(folder, "chu-lon", 1.0)
    application.choose(theme="light", language="en")
    yield from _pages(folder, "tieng-anh", 1.0)
    application.choose()


def _pages(folder: Path, name: str, ratio: float) -> Iterator[Path]:
    for number, build in enumerate((basics, parts), 1):
        page = build()
        page.show()
        page.activateWindow()
        QApplication.processEvents()
        focused = page.findChild(QWidget, "focused")
        if focused is not None:
            focused.setFocus()
        ring = FocusRing()
        ring.follow(None, page.findChild(Button, "ringed"))
        yield save(page, folder / f"thanh-phan-{number}-{name}.png", ratio)
        ring.follow(None, None)
        page.close()
        page.deleteLater()
        # No loop runs here that would do it, and the next switch of the look would dress them all again.
        QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete.value)


def basics() -> QWidget:
    """Results, buttons, fields, states of saving, banners, chips: the picture ``00`` of the screen design."""
    page, rows = _page()
    for words, build in _BASICS:
        rows.addWidget(Text(words, weight=Weight.STRONG))
        rows.addLayout(build())
    rows.addStretch(1)
    page.setMinimumSize(683, 768)
    page.resize(page.sizeHint().expandedTo(page.minimumSize()))
    return page


def parts() -> QWidget:
    """Everything that is put together from more than one thing."""
    page = QWidget()
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    content, rows = _page()
    whole.addWidget(content, 1)
    rows.addLayout(_results())
    rows.addWidget(_card())
    rows.addLayout(_values())
    area = TextArea(tr("Nhận xét"), limit=40)
    area.show_value("Kiểm tra 26 hồ sơ: 21 hồ sơ có phiếu kiểm soát quá trình (Mẫu 06), 05 hồ sơ thiếu.")
    area.state.show_saved(_NOW)
    area.setObjectName("focused")
    rows.addWidget(area)
    rows.addWidget(_evidence())
    rows.addWidget(_grid())
    rows.addWidget(_empty(), 1)
    bar = StatusBar(_acts(page))
    bar.show_only_here(tr("Chỉ có trên máy này: {count} thay đổi", count=12))
    bar.show_disagreements(1)
    bar.show_saved(_NOW)
    whole.addWidget(bar)
    page.setMinimumSize(1000, 1160)
    page.resize(page.sizeHint().expandedTo(page.minimumSize()))
    toast = Toast(content)
    toast.tell(tr("Đã chọn {result}", result=Mark.MET.words), act=tr("Hoàn tác"), keys="Ctrl+Z", run=_nothing)
    return page


def dialog() -> ReasonDialog:
    """The dialog that asks for a reason."""
    return ReasonDialog(Question(tr("Bỏ bản nháp này?"), tr("Chữ đã gõ sẽ mất."), tr("Bỏ bản nháp"), grave=True))


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    page.setProperty("ground", "surface")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    rows = QVBoxLayout(page)
    rows.setContentsMargins(tokens.EDGE, tokens.GROUP, tokens.EDGE, tokens.GROUP)
    rows.setSpacing(tokens.GAP)
    return page, rows


def _row(*widgets: QWidget, spread: bool = False) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(tokens.GAP)
    for widget in widgets:
        row.addWidget(widget)
    if not spread:
        row.addStretch(1)
    return row


def _marks() -> QVBoxLayout:
    rows = QVBoxLayout()
    for three in (tuple(Mark)[:3], tuple(Mark)[3:]):
        pairs = [(ResultMark(mark), Text(mark.words, weight=Weight.MEDIUM, tone=mark.tone)) for mark in three]
        rows.addLayout(_row(*(widget for pair in pairs for widget in pair)))
    return rows


def _buttons() -> QVBoxLayout:
    closed = Button(tr("Không dùng được"))
    closed.setEnabled(False)
    ringed = Button(tr("Đang có tiêu điểm"))
    ringed.setObjectName("ringed")
    rows = QVBoxLayout()
    rows.setSpacing(tokens.GAP + 4)
    rows.addLayout(
        _row(
            Button(tr("Chính"), kind=Kind.PRIMARY),
            Button(tr("Thường")),
            Button(tr("Không viền"), kind=Kind.QUIET),
            Button(tr("Hủy bỏ"), kind=Kind.DANGER),
            closed,
        )
    )
    rows.addLayout(
        _row(
            ringed,
            Button(tr("Có phím tắt"), kind=Kind.PRIMARY, keys="Ctrl+N"),
            Button(tr("Đính kèm"), kind=Kind.QUIET, icon="paperclip", keys="Ctrl+O"),
            Button(icon="chevron-down", kind=Kind.QUIET, name=tr("Mục sau")),
        )
    )
    return rows


def _fields() -> QGridLayout:
    plain, focused, wrong, closed = (
        TextField(words) for words in (tr("Thường"), tr("Tiêu điểm"), tr("Sai"), tr("Chỉ đọc"))
    )
    plain.show_value("UBND xã Cái Bè")
    focused.show_value("Cái B")
    focused.setObjectName("focused")
    wrong.show_value("31/02/2026")
    wrong.show_problem(tr("Tháng {month}/{year} không có ngày {day}", month=2, year=2026, day=31))
    closed.show_value("UBND xã Cái Bè")
    closed.set_read_only(tr("Đã niêm phong {day}", day="26/11/2026"))
    secret = SecretField(tr("Mật khẩu"))
    secret.show_value("hoa sen")
    grid = QGridLayout()
    grid.setSpacing(tokens.GAP)
    for place, field in enumerate((plain, focused, wrong, closed, secret)):
        grid.addWidget(field, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
    return grid


def _states() -> QHBoxLayout:
    typing, saving, saved, unsaved = (SaveState() for _ in range(4))
    typing.show_typing()
    saving.show_saving()
    saved.show_saved(_NOW)
    unsaved.show_unsaved(tr("Ổ đĩa đầy"))
    return _row(typing, saving, saved, unsaved)


def _banners() -> QVBoxLayout:
    rows = QVBoxLayout()
    rows.setSpacing(tokens.GAP)
    full = tr("Ổ đĩa đầy, chưa lưu được. Chữ đã gõ vẫn giữ trên màn hình. Hãy dọn ổ đĩa rồi bấm Thử lại.")
    rows.addWidget(Banner(Tone.ERROR, full, act=tr("Thử lại"), run=_nothing))
    crashed = tr("Lần trước máy tắt đột ngột. Có đoạn chưa lưu ở mục {item}.", item="III.9")
    rows.addWidget(Banner(Tone.ATTENTION, crashed, act=tr("Xem"), run=_nothing))
    sealed = tr("Biên bản đã niêm phong. Cuộc kiểm tra này chỉ đọc.")
    rows.addWidget(Banner(Tone.INFORMATION, sealed, act=tr("Bổ sung"), run=_nothing, icon="lock"))
    return rows


def _chips() -> QHBoxLayout:
    return _row(
        Chip(tr("Chưa bắt đầu")),
        Chip(tr("Đang kiểm tra"), "accent"),
        Chip(tr("Chờ biên bản"), "part"),
        Chip(tr("Đã ký"), "ok"),
        Chip(tr("Quá hạn"), "no"),
        Chip(tr("{count} chỗ chưa thống nhất", count=1), "dis", mark=Mark.DISAGREED),
        KeyCap("Ctrl+K"),
    )


_BASICS: tuple[tuple[Words, Callable[[], QVBoxLayout | QHBoxLayout | QGridLayout]], ...] = (
    (tr("Kết quả: hình khác nhau, không chỉ khác màu"), _marks),
    (tr("Nút, cao 32; 40 cho việc chính của màn hình"), _buttons),
    (tr("Ô nhập"), _fields),
    (tr("Tình trạng lưu"), _states),
    (tr("Dải báo và thông báo"), _banners),
    (tr("Trạng thái cuộc kiểm tra"), _chips),
)


def _results() -> QVBoxLayout:
    closed = tr("Mục này bắt buộc kiểm tra, không chọn được Không áp dụng")
    bar = ResultBar(
        [
            ResultChoice(Mark.MET, Mark.MET.words),
            ResultChoice(Mark.PARTLY, tr("Một phần")),
            ResultChoice(Mark.NOT_MET, Mark.NOT_MET.words),
            ResultChoice(Mark.NOT_APPLICABLE, Mark.NOT_APPLICABLE.words, closed),
        ]
    )
    bar.show_chosen(Mark.PARTLY)
    rows = QVBoxLayout()
    rows.addWidget(Text(tr("Lập phiếu kiểm soát, cập nhật trạng thái hồ sơ"), size=Size.HEAD, weight=Weight.STRONG))
    rows.addWidget(bar)
    return rows


def _card() -> Card:
    card = Card()
    card.rows.addWidget(SectionHead(tr("Tiến độ"), aside="32/50"))
    for height in (8, 4):
        progress = ProgressBar(height)
        progress.show_counts({Mark.MET: 21, Mark.PARTLY: 8, Mark.NOT_MET: 2, Mark.DISAGREED: 1}, 50)
        card.rows.addWidget(progress)
    long = "Trung tâm Phục vụ hành chính công: quyết định thành lập, quy chế, phân công người giải quyết hồ sơ, "
    card.rows.addWidget(CutText(2 * long, lines=2))
    ticks = [Tick(tr("Phiếu kiểm soát (Mẫu 06)")), Tick(tr("Sổ theo dõi (Mẫu 07)"))]
    ticks[0].setChecked(True)
    card.rows.addLayout(_row(*ticks))
    return card


def _values() -> QVBoxLayout:
    number = NumberField(tr("Số hồ sơ đúng hạn"))
    number.show_number(2871)
    days = NumberField(tr("Thời hạn"), unit=tr("ngày làm việc"))
    days.show_number(15)
    day = DateField(tr("Đến ngày"), lambda: _TODAY)
    day.show_date(_TODAY)
    pick = PickField(tr("Báo cáo về"), [Choice("noi_vu", "Sở Nội vụ"), Choice("tu_phap", "Sở Tư pháp")])
    pick.show_value("noi_vu")
    search = SearchField(tr("Đơn vị"), lambda _text: ())
    search.show_choice(Choice("cai_be", "UBND xã Cái Bè", "Đồng Tháp"))
    found = TextField(tr("Lọc"), icon="search", keys="Ctrl+F")
    found.hide_label()
    rows = QVBoxLayout()
    rows.setSpacing(tokens.GAP)
    rows.addLayout(_row(number, days, day, pick, search, spread=True))
    rows.addWidget(found)
    return rows


def _evidence() -> EvidenceStrip:
    strip = EvidenceStrip()
    strip.show_evidence(
        [
            Evidence("a", "Phiếu kiểm soát"),
            Evidence("b", "bao-cao.xlsx", icon="file-text"),
            Evidence("c", "Sổ theo dõi", absent=tr("Ảnh chỉ có trên máy khác")),
        ]
    )
    sample = QImage(320, 240, QImage.Format.Format_RGB32)
    sample.fill(QColor("#7A6A58"))
    painter = QPainter(sample)
    painter.fillRect(90, 30, 140, 180, QColor("#F4F1EA"))
    painter.end()
    strip.set_picture("a", sample)
    return strip


def _grid() -> GridTable:
    columns = (
        Column(NUMBER, tr("TT"), CellKind.SHOWN, 48),
        Column("code", tr("Mã hồ sơ"), width=180),
        Column("procedure", tr("Thủ tục"), width=220, grows=True),
        Column("returned", tr("Thực trả"), CellKind.DATE, 110),
        Column("late", tr("Ngày trễ"), CellKind.SHOWN, 90),
        Column("slip", tr("Phiếu KS"), CellKind.YES_NO, 100),
    )
    odd = Cell("01/10/26", problem=tr("Ngày trả trước ngày tiếp nhận"))
    missing = Cell(yes_no(False), False, "no", strong=True, sign=Mark.NOT_MET)
    late = Cell("9", tone="no", strong=True, sign=Mark.NOT_MET)
    table = GridTable(columns, tr("Hồ sơ mẫu"), adds=True)
    table.show_rows(
        [
            Row("a", (Cell(), Cell("H20.52-261005-0142"), Cell("Đăng ký biến động"), Cell("30/10/26"), late, missing)),
            Row("b", (Cell(), Cell("H20.52-261006-0017"), Cell("Đăng ký khai sinh"), odd, Cell("0"), Cell())),
        ]
    )
    table.setMinimumHeight(look().px(190))
    return table


def _empty() -> EmptyState:
    return EmptyState(
        tr("Chưa có cuộc kiểm tra nào trên máy này"),
        tr("Chọn một cách để bắt đầu. Làm sai có thể hoàn tác."),
        [
            Way(tr("Lập cuộc kiểm tra mới"), tr("Chọn đơn vị, ngày, bộ tiêu chí."), "plus", _nothing, "Ctrl+N"),
            Way(tr("Nhận từ máy khác, USB"), tr("Lấy cuộc kiểm tra đã có của đoàn."), "refresh-cw", _nothing, "F5"),
            Way(tr("Xem dữ liệu mẫu"), tr("Tách riêng, xóa được bất cứ lúc nào."), "eye", _nothing, "Enter"),
        ],
    )


def _acts(page: QWidget) -> Acts:
    acts = Acts(page)
    for command in ("palette", "next-pane", "help"):
        acts.bind(command, _nothing, page)
    return acts


def _nothing() -> None:
    """The buttons of the gallery lead nowhere."""
