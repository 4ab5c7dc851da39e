"""Đồng bộ: where the data is, and the ways to other laptops; over it the room, or a package written or looked into."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from inspector.services import incoming as packages_in
from inspector.services.desk import Change, Desk
from inspector.services.diagnosis import Diagnosis
from inspector.services.incoming import Incoming, Taken
from inspector.services.packages import (
    Carried,
    Laptop,
    Passage,
    Receipted,
    laptops,
    passages,
    take_receipts,
    write_package,
)
from inspector.services.standing import Standing, standings
from inspector.services.visits import Narrowed, listing
from inspector.ui.actions import Acts
from inspector.ui.language import Words, tr
from inspector.ui.network import network_of
from inspector.ui.pages.exchange import met, words
from inspector.ui.pages.exchange.diagnosis_pane import DiagnosisPane, WayActs
from inspector.ui.pages.exchange.incoming_pane import IncomingPane
from inspector.ui.pages.exchange.network_pane import NetworkPane, RoomActs
from inspector.ui.pages.exchange.overview import Overview
from inspector.ui.pages.exchange.writing import WritingPane
from inspector.ui.pages.page import Page
from inspector.ui.pages.title_bar import TitleBar
from inspector.ui.prompting import FileQuestion
from inspector.ui.session import Progress, Session
from inspector.ui.where import Screen, Tab, Where
from inspector.ui.widgets.button import Button
from inspector.ui.widgets.empty_state import EmptyState, Way

_CHUNK = 40
"""Inspections asked about at once: the first ones show while the others are still read."""
PACKAGES = ((tr("Gói dữ liệu, giấy báo nhận"), ("*.cchc",)),)
_RECEIPT = "_RECEIPT.cchc"


class ExchangePage(Page):
    """A stack; Esc goes back to the overview and leaves everything as it was."""

    def __init__(self, session: Session, acts: Acts, parent: QWidget | None = None) -> None:
        super().__init__(session, acts, parent)
        self._found: tuple[Standing, ...] = ()
        self._everything = 0
        self._laptops: tuple[Laptop, ...] = ()
        self._round = 0
        self._place = Path.home()
        write = acts.bind("package-write", self.start_writing, self)
        read = acts.bind("package-read", self.choose_package, self)
        self._go = acts.bind("package-go", self.write, self)
        take = acts.bind("package-take", self.take, self)
        open_ = acts.bind("package-open", self.open_by_code, self)
        self.network = network_of(session)
        room = acts.bind("exchange-room", self.show_room, self)
        self._room: NetworkPane | None = None
        self._diagnosis: DiagnosisPane | None = None
        self._usb = write, read
        self._room_acts = RoomActs(
            acts.bind("point-open", self.open_point, self),
            acts.bind("point-close", self.network.close_point, self),
            acts.bind("laptops-find", self.look_for_laptops, self),
            acts.bind("exchange-with", self.exchange_with_address, self),
            acts.bind("exchange-diagnose", self.diagnose, self),
            acts.bind("code-same", lambda: self.network.answer(True), self),
            acts.bind("code-differs", lambda: self.network.answer(False), self),
        )
        self.overview = Overview(room, self._room_acts.open, write, read)
        self.writing = WritingPane(self._go, self._leave())
        self.incoming = IncomingPane(take, open_, self._leave())
        self.empty = EmptyState(
            tr("Chưa có cuộc kiểm tra nào trên máy này"),
            tr("Nhận gói của máy khác, hoặc lập cuộc kiểm tra đầu tiên."),
            (
                Way(tr("Nhận từ USB"), tr("Xem trước rồi mới nhận."), "folder-open", self.choose_package, "Ctrl+O"),
                Way(tr("Trao đổi với máy khác"), tr("Qua mạng trong phòng."), "refresh-cw", self.show_room),
                Way(tr("Lập cuộc kiểm tra"), tr("Chọn đơn vị và ngày."), "plus", self._new),
            ),
        )
        self._bar = TitleBar(acts, tr("Đồng bộ"))
        self.stack = QStackedWidget()
        for view in (self.overview, self.writing, self.incoming, self.empty):
            self.stack.addWidget(view)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._bar)
        rows.addWidget(self.stack, 1)
        self._go.close(tr("Chọn Ghi ra USB trước"))
        session.changed.connect(self._hear)
        session.received.connect(self._receive)
        self.network.changed.connect(self._show_network)
        self._show_network()

    # -------------------------------------------------------- as a page

    def title(self) -> Words:
        return tr("Đồng bộ")

    def help(self) -> Words:
        return tr(
            "Màn hình này cho biết dữ liệu của từng cuộc kiểm tra đang có ở những máy nào. Các máy cùng mạng trao đổi "
            "thẳng với nhau: một máy mở điểm trao đổi, các máy khác tìm máy đó. Không có mạng thì ghi ra USB và nhận "
            "từ USB. Không có gì bị ghi đè hay xóa. Máy khác chỉ được tính là đã có dữ liệu khi hai máy đã khớp, hoặc "
            "giấy báo nhận của máy đó về tới đây."
        )

    def arrive(self, where: Where) -> None:
        self._read()
        (self.stack.currentWidget() or self.overview).setFocus()

    def panes(self) -> list[QWidget]:
        over = self.overview
        return [
            over.ways,
            over.list,
            over.detail,
            *(self._room.stops() if self._room is not None else ()),
            self.writing.list,
            self.writing.laptops,
            self.writing.code,
            self.incoming,
            *((self._diagnosis,) if self._diagnosis is not None else ()),
        ]

    def page_count(self) -> Words:
        return tr("{count} cuộc kiểm tra", count=self._everything) if self._everything else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is self._diagnosis is not None:
            self.show_room()
        elif event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() in (
            self._room,
            self.writing,
            self.incoming,
        ):
            self.show_overview()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            if self._found:
                self.overview.show_standings(self._found, self._everything)
            self._show_network()

    def show_overview(self) -> None:
        """Back to where the data is; what was being looked into is forgotten."""
        self._forget(self.incoming.incoming)
        self.incoming.show_nothing()
        self._go.close(tr("Chọn Ghi ra USB trước"))
        self._show(self.overview if self._everything else self.empty)

    # -------------------------------------------------------- in the room

    @property
    def room(self) -> NetworkPane:
        """Made when it is first wanted: it is as large as the rest of the page."""
        if self._room is None:
            back = Button(tr("Quay lại"), self.show_overview, keys="Esc")
            self._room = NetworkPane(self.network, self._room_acts, back, self._to_disagreements)
            self._room.offer([(one.id, one.unit) for one in self._found])
            self.stack.addWidget(self._room)
        return self._room

    def show_room(self) -> None:
        """The other laptops of the room; what goes on there goes on also when somebody leaves."""
        self._bar.tell("")
        self._show(self.room)

    def open_point(self) -> None:
        self.room.open_point()
        self.show_room()

    def look_for_laptops(self) -> None:
        self.room.look_for()
        self.show_room()

    def exchange_with_address(self) -> None:
        self.show_room()
        self.room.exchange_typed()

    @property
    def diagnosis(self) -> DiagnosisPane:
        """Made when it is first wanted."""
        if self._diagnosis is None:
            acts, back = self._room_acts, Button(tr("Quay lại"), self.show_room, keys="Esc")
            self._diagnosis = DiagnosisPane(WayActs(self._exchange_again, acts.find, acts.open, *self._usb), back)
            self.stack.addWidget(self._diagnosis)
        return self._diagnosis

    def diagnose(self) -> None:
        """Looks why it does not work with the address that was tried last, or with anybody."""
        pane, address = self.diagnosis, self.room.tried()
        pane.show_looking(address)
        self._show(pane)

        def told(found: Diagnosis) -> None:
            if pane.address == address:
                pane.show_diagnosis(found)
                if self.stack.currentWidget() is pane:
                    pane.setFocus()

        self.network.diagnose(address, told, pane.state.say, self)

    def _exchange_again(self) -> None:
        self.show_room()
        if self.diagnosis.address:
            self.room.exchange(self.diagnosis.address)
        else:
            self.room.look_for()

    def _to_disagreements(self, inspection: str) -> None:
        self.session.go(Where(Screen.WORKSPACE, inspection, Tab.DECISIONS))

    def _show_network(self) -> None:
        network = self.network
        self.overview.ways.show_network(met.state(network), is_open=network.point is not None)
        acts, is_open = self._room_acts, network.point is not None
        turning: Words = tr("Đang mở hoặc đóng điểm trao đổi") if network.is_turning else ""
        acts.open.turn(turning or (tr("Điểm trao đổi đang mở") if is_open else ""))
        acts.close.turn(turning or ("" if is_open else tr("Điểm trao đổi chưa mở")))
        nobody: Words = tr("Không có máy nào chờ so mã") if network.comparison is None else ""
        acts.same.turn(nobody)
        acts.differs.turn(nobody)
        if self.network.comparison is not None and self.isVisible() and self.stack.currentWidget() is self.overview:
            self.show_room()

    # -------------------------------------------------------- reading

    def _read(self) -> None:
        self._round += 1
        number = self._round

        def read(desk: Desk) -> tuple[tuple[str, ...], tuple[Passage, ...], tuple[Laptop, ...]]:
            return listing(desk, Narrowed()).ids, passages(desk), laptops(desk)

        def take(found: tuple[tuple[str, ...], tuple[Passage, ...], tuple[Laptop, ...]]) -> None:
            ids, passed, self._laptops = found
            self._everything = len(ids)
            self.overview.ways.show_passages(passed)
            if self.stack.currentWidget() in (self.overview, self.empty):
                self._show(self.overview if ids else self.empty, focus=False)
            self._read_on(number, ids, ())

        self.session.ask(read, take, self._fail_reading, self)

    def _read_on(self, number: int, ids: tuple[str, ...], known: tuple[Standing, ...]) -> None:
        """The next inspections, unless somebody has begun to read anew."""
        chunk = ids[len(known) : len(known) + _CHUNK]
        if number != self._round:
            return
        if not chunk:
            self._found = known
            return

        def take(found: tuple[Standing, ...]) -> None:
            if number == self._round:
                every = (*known, *found)
                if self._room is not None:
                    self._room.offer([(one.id, one.unit) for one in every])
                self.overview.show_standings(every, self._everything)
                rest = ids[: len(known)] + tuple(one.id for one in found) + ids[len(known) + len(chunk) :]
                self._read_on(number, rest, every)

        self.session.ask(lambda desk: standings(desk, chunk), take, self._fail_reading, self)

    def _fail_reading(self, reason: str) -> None:
        self._bar.tell(reason, tr("Thử lại"), self._read, bad=True)

    def _hear(self, _change: Change) -> None:
        if self.isVisible():
            self._read()

    def _receive(self, _inspections: frozenset[str]) -> None:
        self._read()

    # -------------------------------------------------------- writing

    def start_writing(self) -> None:
        """Choose what goes along; ticked is what lies on this laptop only."""
        if not self._everything:
            self.empty.set_focus()
            return
        self._bar.tell("")
        self.writing.begin(self._found, self._laptops)
        self._show(self.writing)

    def write(self) -> None:
        """Ask where to, then write, read back, and say so only then."""
        question = FileQuestion(tr("Ghi gói vào đâu, ví dụ ổ USB"), start=self._place)
        self.session.prompter.choose_folder(question, self._write_into)

    def _write_into(self, folder: Path) -> None:
        self._place = folder
        chosen, devices, code = self.writing.inspections(), sorted(self.writing.devices), self.writing.typed_code()
        at = datetime.now().astimezone()

        def work(desk: Desk, progress: Progress, cancelled: Callable[[], bool]) -> Carried:
            return write_package(
                desk, folder, chosen, devices=devices, code=code, at=at, progress=progress, cancelled=cancelled
            )

        def done(carried: Carried) -> None:
            amount = words.amount(carried.changes, carried.photos)
            written = tr(
                "Đã ghi xong và đọc lại đủ: {name}, {files} tệp, {amount}.",
                name=carried.file.name,
                files=carried.files,
                amount=amount,
            )
            locked = tr("Mã mở gói: {code}", code=code) if code else tr("Khóa cho máy của {name}", name=carried.party)
            self._bar.tell(f"{written} {locked}")
            self.show_overview()
            self._read()

        self._bar.tell("")
        self.session.work(tr("Đang ghi gói"), work, done, self._fail, self)

    # -------------------------------------------------------- reading packages

    def choose_package(self) -> None:
        """A package to look into, or receipts to take."""
        question = FileQuestion(tr("Chọn tệp của gói, hoặc giấy báo nhận"), PACKAGES, self._place)
        self.session.prompter.choose_files(question, self._take_files)

    def _take_files(self, files: list[Path]) -> None:
        if not files:
            return
        self._place = files[0].parent
        receipts = [file for file in files if file.name.endswith(_RECEIPT)]
        if receipts:
            self._take_receipts(receipts)
        else:
            self.look_at(files[0])

    def look_at(self, place: Path) -> None:
        """Ask for the code of a package, or check it at once."""
        self._bar.tell("")
        self._forget(self.incoming.incoming)
        self.incoming.show_nothing()

        def asked(code_needed: bool) -> None:
            if code_needed:
                self.incoming.ask_code(place)
                self._show(self.incoming)
            else:
                self._check(place, "")

        self.session.ask(lambda _desk: packages_in.asks_code(place), asked, self._fail, self)

    def open_by_code(self) -> None:
        """Check the package with the code that was typed."""
        code = self.incoming.code.text()
        if code.strip():
            self._check(self.incoming.place, code)
        else:
            self.incoming.refuse_code(str(tr("Gõ mã mở gói trước")))
            self.incoming.setFocus()

    def _check(self, place: Path, code: str) -> None:
        self.incoming.show_checking(place)
        self._show(self.incoming)

        def work(desk: Desk, progress: Progress, cancelled: Callable[[], bool]) -> Incoming:
            return packages_in.look_into(desk, place, code, progress, cancelled)

        def done(found: Incoming) -> None:
            if self.stack.currentWidget() is not self.incoming or self.incoming.place != place:
                self._forget(found)  # somebody has gone back meanwhile
                return
            self.incoming.show_incoming(found)
            self.incoming.setFocus()

        def failed(reason: str) -> None:
            if code:
                self.incoming.ask_code(place)
                self.incoming.refuse_code(reason)
                self.incoming.setFocus()
            else:
                self._fail(reason)
                self.show_overview()

        self.session.work(tr("Đang kiểm tra gói"), work, done, failed, self)

    def take(self) -> None:
        """Take in what was looked at, and write the receipt beside it."""
        found = self.incoming.incoming
        if found is None:
            return
        receipt = self.incoming.wants_receipt()

        def work(_desk: Desk, progress: Progress, cancelled: Callable[[], bool]) -> tuple[Taken, str]:
            taken = found.take(progress, cancelled)
            return taken, found.write_receipt().name if receipt else ""

        def done(result: tuple[Taken, str]) -> None:
            taken, name = result
            head = tr("Đã nhận {amount}.", amount=words.amount(taken.changes, taken.photos))
            line = tr("Giấy báo nhận đã ghi vào USB: {name}", name=name) if name else tr("Chưa ghi giấy báo nhận")
            self._bar.tell(f"{head} {line}")
            inspections = frozenset(visit.id for visit in found.preview.visits)
            self.show_overview()
            self.session.tell_received(inspections)

        self._bar.tell("")
        self.session.work(tr("Đang nhận gói"), work, done, self._fail, self)

    def _take_receipts(self, files: list[Path]) -> None:
        def work(desk: Desk, _progress: Progress, _cancelled: object) -> tuple[Receipted, ...]:
            return tuple(one for file in files for one in take_receipts(desk, file))

        def done(found: tuple[Receipted, ...]) -> None:
            names = ", ".join(dict.fromkeys(one.name for one in found))
            self._bar.tell(tr("Đã nhận giấy báo của {names}: dữ liệu đã có ở máy đó.", names=names))
            self.show_overview()
            self._read()

        self.session.work(tr("Đang đọc giấy báo nhận"), work, done, self._fail, self)

    # -------------------------------------------------------- parts

    def _forget(self, found: Incoming | None) -> None:
        """Remove the decrypted copy of a package that is not looked at any more."""
        if found is not None:
            self.session.ask(lambda _desk: found.close(), lambda _none: None)

    def _show(self, view: QWidget, *, focus: bool = True) -> None:
        self.stack.setCurrentWidget(view)
        if focus:
            view.setFocus()

    def _leave(self) -> Button:
        return Button(tr("Hủy"), self.show_overview, keys="Esc")

    def _fail(self, reason: str) -> None:
        self._bar.tell(reason, bad=True)

    def _new(self) -> None:
        self.session.go(Where(Screen.NEW_INSPECTION))
