"""Signing: who signed and who did not, the day, the scan; afterwards what was signed and what came later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from inspector.domain.inspection import Inspection, Signer
from inspector.domain.wording import short_day
from inspector.services import papers
from inspector.services.desk import Desk, Receipt
from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.flow import Flow
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.prompting import FileQuestion
from inspector.ui.session import Session
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.card import Line, SectionHead
from inspector.ui.widgets.field import Entry, TextArea, TextField
from inspector.ui.widgets.pick_field import Choice, PickField
from inspector.ui.widgets.signs import Chip
from inspector.ui.widgets.text import CutText, Text
from inspector.ui.widgets.value_fields import DateField

_OUTCOMES = (
    Choice("signed", tr("Đã ký")),
    Choice("refused", tr("Từ chối ký")),
    Choice("absent", tr("Vắng mặt khi ký")),
)
_SAID = {"signed": (tr("Đã ký"), "ok"), "refused": (tr("Từ chối ký"), "no"), "absent": (tr("Vắng mặt"), "part")}
MOST_SIGNERS = 6
_MOST_OFFERS = 5
_SIDES = {"team": tr("Đoàn kiểm tra"), "unit": tr("Đơn vị được kiểm tra"), "other": tr("Bên khác")}
SCANS = ((tr("Bản quét: PDF hoặc ảnh"), ("*.pdf", "*.jpg", "*.jpeg", "*.png", "*.heic", "*.tif", "*.tiff")),)


_POSITIONS = {"lead": "TRƯỞNG ĐOÀN", "secretary": "THƯ KÝ"}
"""Printed as they stand: positions of the team are named in capitals."""


def offered_signers(inspection: Inspection) -> list[dict[str, str]]:
    """Lead, secretary, and the people of the unit who were there, without those who sign already."""
    known = {signer.name for signer in inspection.signers}
    offers = [
        {"side": "team", "name": member.name, "position": _POSITIONS[member.role]}
        for member in inspection.team
        if member.name and member.role in _POSITIONS
    ]
    if inspection.form != "remote":
        offers += [
            {"side": "unit", "name": person.name, "position": (person.title or "").upper()}
            for person in inspection.unit_people
            if person.name and person.attendance.present is not False
        ]
    return [offer for offer in offers if offer["name"] not in known][:_MOST_OFFERS]


class SignerLine(QWidget):
    """One signer with what became of the signature; a refusal is kept with its reason."""

    def __init__(self, opened: OpenInspection, signer: Signer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self.signer = opened, signer
        self._who = Text("", weight=Weight.MEDIUM, wrap=True)
        self._what = Text("", size=Size.META, tone="text2", wrap=True)
        self._said = Chip("")
        self.outcome = PickField(tr("Việc ký"), _OUTCOMES)
        self.reason = TextField(tr("Lý do không ký"))
        self.outcome.committed.connect(self._picked)
        self.reason.committed.connect(self._reasoned)
        head = QHBoxLayout()
        head.setSpacing(tokens.GAP)
        head.addWidget(self._who, 1)
        head.addWidget(self._said, 0, Qt.AlignmentFlag.AlignTop)
        self.remove = Button("", self._remove, kind=Kind.QUIET, icon="x", name=tr("Bỏ người ký này"))
        head.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, tokens.GAP, 0, tokens.GAP)
        rows.setSpacing(tokens.TIGHT)
        rows.addLayout(head)
        rows.addWidget(self._what)
        rows.addWidget(self.outcome)
        rows.addWidget(self.reason)
        self.show_signer(signer)

    def show_signer(self, signer: Signer) -> None:
        self.signer = signer
        closed = self._opened.inspection.signed is not None
        self._who.say(signer.name or tr("Chưa ghi tên người ký"))
        parts = [str(part) for part in (_SIDES.get(signer.side or ""), signer.capacity, signer.position) if part]
        reason = f" – {signer.reason}" if closed and signer.reason else ""
        self._what.say(", ".join(parts) + reason)
        operations = self._opened.sight.operations("signer", signer.id, "outcome")
        self.outcome.show_value(signer.outcome, operations)
        self.reason.show_value(signer.reason or "", operations)
        words, tone = _SAID.get(signer.outcome or "", (tr("Chưa ghi"), "na"))
        self._said.show_state(words, tone)
        self._said.setVisible(closed)
        self.outcome.setVisible(not closed)
        self.remove.setVisible(not self._opened.is_read_only)
        self._show_reason()

    def _show_reason(self) -> None:
        wanted = self.outcome.key() in ("refused", "absent") and self._opened.inspection.signed is None
        self.reason.setVisible(wanted)

    def _remove(self) -> None:
        self._opened.perform("remove_signer", {"signer": self.signer.id}, words=tr("Đã bỏ người ký"))

    def _picked(self, entry: Entry) -> None:
        self._show_reason()
        if entry.value == "signed":
            self._keep({"state": "signed"})
        elif self.reason.text().strip():
            self._keep({"state": str(entry.value), "reason": self.reason.text().strip()})
        else:
            self.outcome.mark_unsaved(tr("Ghi lý do để lưu"), can_retry=False)
            self.reason.set_help(tr("Ghi lý do để lưu; lý do được in vào biên bản"))
            self.reason.setFocus()

    def _reasoned(self, entry: Entry) -> None:
        self._keep({"state": str(self.outcome.key()), "reason": entry.text.strip()})

    def _keep(self, outcome: dict[str, str]) -> None:
        def saved(_receipt: Receipt) -> None:
            for field in (self.outcome, self.reason):
                field.mark_saved(datetime.now())
            self.reason.set_help("")

        def failed(why: str) -> None:
            self.outcome.mark_unsaved(why)
            self.reason.mark_unsaved(why)

        self._opened.perform(
            "edit_signer",
            {"signer": self.signer.id, "outcome": outcome},
            at=("signer", self.signer.id, ("outcome",)),
            words=tr("Đã ghi việc ký"),
            then=saved,
            failed=failed,
            owner=self,
        )


class SignPane(QScrollArea):
    """``made`` asks for the paper of supplementary minutes, ``scan_wanted`` for the scan that was bound."""

    made = Signal(str)
    scan_wanted = Signal()

    def __init__(self, session: Session, opened: OpenInspection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._opened = session, opened
        self._lines: dict[str, SignerLine] = {}
        self._supplements: list[QWidget] = []
        self._scans: list[Path] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.head = Text("", size=Size.HEAD, weight=Weight.STRONG, wrap=True)
        self.lock = Chip(tr("Chỉ đọc"), icon="lock")
        self.line = Text("", size=Size.META, tone="text2", wrap=True)
        self.nobody = Text(tr("Chưa có người ký"), weight=Weight.MEDIUM, tone="part", wrap=True)
        self.offered = Text(tr("Thêm người ký từ thành phần:"), size=Size.META, tone="text2", wrap=True)
        self._offers: list[_Offer] = []
        self.day = DateField(tr("Ngày ký"), date.today)
        self.scan_words = Text("", size=Size.META, tone="text2", wrap=True)
        self.scan = Button(tr("Đính kèm bản quét"), self.attach, icon="paperclip", keys="Ctrl+O")
        self.open_scan = Button(tr("Mở bản quét"), self.scan_wanted.emit, icon="eye")
        self.sign = Button(
            tr("Ghi nhận biên bản đã ký"), self._sign, kind=Kind.PRIMARY, icon="file-check", height=tokens.MAIN_CONTROL
        )
        self.why = Text("", size=Size.META, tone="text2", wrap=True)
        self.form = SupplementForm(opened)
        self.day.committed.connect(self._day_given)
        self._lay_out()

    # -------------------------------------------------------- showing

    def refresh(self) -> None:
        inspection = self._opened.inspection
        signed = inspection.signed
        closed = signed is not None
        self.head.say(tr("Biên bản đã ký") if closed else tr("Ký biên bản"))
        self.lock.setVisible(closed)
        if signed is not None:
            day = short_day(signed.date) if signed.date else "…"
            self.line.say(
                tr("Ký ngày {day}. Nội dung không sửa được nữa; có thay đổi thì lập biên bản bổ sung.", day=day)
            )
        elif inspection.sealed is not None:
            self.line.say(tr("In, ký, đóng dấu rồi ghi ai đã ký, ai không ký và vì sao."))
        else:
            self.line.say(tr("Ghi ai đã ký, ai không ký và vì sao. Sau bước này nội dung không sửa được nữa."))
        self._show_signers(inspection.signers)
        self._show_scan()
        self._show_supplements()
        self.day.setVisible(not closed)
        self.sign.setVisible(not closed)
        self._show_why()
        self._after.setVisible(self._opened.is_read_only)
        self.form.setVisible(self._opened.is_read_only)
        self._set_order()

    def set_order(self, after: QWidget) -> None:
        """Tab comes here after that widget."""
        QWidget.setTabOrder(after, self._start)
        self._set_order()

    def _set_order(self) -> None:
        """Tab goes down the pane, whatever came later."""
        stops: list[QWidget] = []
        for line in self._lines.values():
            stops += [line.remove, line.outcome.picker, line.reason.editor]
        stops += [*(line.add for line in self._offers), self.day.editor, self.scan, self.open_scan, self.sign]
        stops += [button for line in self._supplements for button in line.findChildren(Button)]
        stops += [self.form.reason.editor, self.form.content.editor, self.form.number.editor, self.form.day.editor]
        for before, after in pairwise([self._start, *stops, self.form.add]):
            QWidget.setTabOrder(before, after)

    def leave(self) -> None:
        self._scans = []

    def set_focus(self) -> None:
        closed = self._opened.inspection.signed is not None
        first: QWidget = self.scan if closed else self.day
        if not closed and self._lines:
            first = next(iter(self._lines.values())).outcome
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def closed_because(self) -> list[Words]:
        """Why the signatures cannot be recorded yet."""
        reasons: list[Words] = []
        if not any(document.kind == "minutes" for document in self._opened.inspection.documents):
            reasons.append(tr("Chốt dữ liệu và lập biên bản trước."))
        if not self.day.text().strip():
            reasons.append(tr("Ghi ngày ký."))
        return reasons

    def _show_signers(self, signers: Sequence[Signer]) -> None:
        wanted = [signer.id for signer in signers]
        for gone in [key for key in self._lines if key not in wanted]:
            self._lines.pop(gone).deleteLater()
        for place, signer in enumerate(signers):
            if signer.id in self._lines:
                self._lines[signer.id].show_signer(signer)
            else:
                self._lines[signer.id] = SignerLine(self._opened, signer)
                self._people.insertWidget(place, self._lines[signer.id])
        self.nobody.setVisible(not signers)
        self._show_offers()

    def _show_offers(self) -> None:
        """Who usually signs and does not stand here yet: one press each."""
        for line in self._offers:
            line.hide()
            line.deleteLater()
        self._offers = []
        self.offered.hide()
        inspection = self._opened.inspection
        if self._opened.is_read_only or len(inspection.signers) >= MOST_SIGNERS:
            return
        for offer in offered_signers(inspection):
            line = _Offer(offer["name"], offer["position"], partial(self._add_signer, offer))
            self._offers.append(line)
            self._offering.addWidget(line)
        self.offered.setVisible(bool(self._offers))

    def _add_signer(self, offer: dict[str, str]) -> None:
        self._opened.perform("add_signer", offer, words=tr("Đã thêm người ký"), owner=self)

    def _show_scan(self) -> None:
        signed = self._opened.inspection.signed
        bound = signed is not None and signed.scan is not None
        self.open_scan.setVisible(bound)
        if bound:
            self.scan_words.say(tr("Đã có bản quét có chữ ký, đóng dấu."))
        elif self._scans:
            self.scan_words.say(tr("Sẽ gắn: {names}", names=", ".join(path.name for path in self._scans)))
        elif signed is not None:
            self.scan_words.say(tr("Chưa có bản quét đã ký, đóng dấu"))
        else:
            self.scan_words.say(tr("Bản quét có thể gắn sau. Nhiều ảnh được ghép thành một tệp PDF."))
        self.scan.say(tr("Thay bản quét") if bound else tr("Đính kèm bản quét"))

    def _show_supplements(self) -> None:
        for widget in self._supplements:
            widget.hide()
            widget.deleteLater()
        self._supplements = []
        for supplement in self._opened.inspection.supplements:
            line = _SupplementLine(supplement.reason or "", supplement.date, self._maker(supplement.id))
            self._later.addWidget(line)
            self._supplements.append(line)

    def _maker(self, supplement: str) -> Callable[[], object]:
        return lambda: self.made.emit(supplement)

    def _show_why(self) -> None:
        reasons = [] if self._opened.inspection.signed is not None else self.closed_because()
        self.sign.setEnabled(not reasons)
        self.why.say(" ".join(str(reason) for reason in reasons))
        self.why.setVisible(bool(reasons))

    # -------------------------------------------------------- acts

    def attach(self) -> None:
        """Choose the scan; after the signature it is bound at once, before together with it."""
        self._session.prompter.choose_files(FileQuestion(tr("Chọn bản quét có chữ ký"), SCANS), self._attached)

    def _attached(self, files: list[Path]) -> None:
        if not files:
            return
        self._scans = files
        self._show_scan()
        if self._opened.inspection.signed is not None:
            self._bind(files)

    def _bind(self, files: list[Path]) -> None:
        inspection = self._opened.id

        def work(desk: Desk, _progress: object, _cancelled: object) -> None:
            with papers.scan_of(desk, files) as scan:
                desk.perform("bind_scan", {"scan": str(scan)}, inspection=inspection)

        self._scans = []
        self._session.work(tr("Đang gắn bản quét"), work, lambda _none: None, owner=self)

    def _day_given(self, _entry: Entry) -> None:
        """The day waits for the act that records the signatures."""
        self.day.mark_saved()
        self.day.state.show_quiet()
        self._show_why()

    def _sign(self) -> None:
        self.day.finish()
        if self.closed_because():
            self._show_why()
            return
        inspection, files = self._opened.id, list(self._scans)
        day = _iso(self.day.text())

        def work(desk: Desk, _progress: object, _cancelled: object) -> None:
            given: dict[str, object] = {"date": day}
            if not files:
                desk.perform("sign_minutes", given, inspection=inspection)
                return
            with papers.scan_of(desk, files) as scan:
                desk.perform("sign_minutes", {**given, "scan": str(scan)}, inspection=inspection)

        def signed(_none: None) -> None:
            self._scans = []
            self._session.forget_acts()

        self._session.work(tr("Đang ghi nhận biên bản đã ký"), work, signed, owner=self)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("scrolled", True)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(tokens.GROUP, tokens.GROUP, tokens.GROUP, tokens.GROUP)
        rows.setSpacing(tokens.GAP)
        head = QHBoxLayout()
        head.setSpacing(tokens.GAP)
        head.addWidget(self.head, 1)
        head.addWidget(self.lock, 0, Qt.AlignmentFlag.AlignTop)
        self._people = QVBoxLayout()
        self._people.setSpacing(0)
        self._offering = QVBoxLayout()
        self._offering.setSpacing(tokens.TIGHT)
        self._after = SectionHead(tr("Phát sinh sau khi ký"))
        self._later = QVBoxLayout()
        self._later.setSpacing(tokens.GAP)
        # Never seen: what Tab comes to next is set behind it, in a place that does not move.
        self._start = QWidget(inner)
        self._start.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._start.hide()
        rows.addLayout(head)
        rows.addWidget(self.line)
        rows.addWidget(Line())
        rows.addWidget(self.nobody)
        rows.addLayout(self._people)
        rows.addWidget(self.offered)
        rows.addLayout(self._offering)
        rows.addWidget(self.day)
        rows.addWidget(self.scan_words)
        rows.addWidget(Flow(self.scan, self.open_scan))
        rows.addSpacing(tokens.GAP)
        rows.addWidget(self.sign)
        rows.addWidget(self.why)
        rows.addWidget(self._after)
        rows.addLayout(self._later)
        rows.addWidget(self.form)
        rows.addStretch(1)
        self.setWidget(inner)


class _Offer(QWidget):
    """Somebody who may sign: one press; the position, as long as it is, stands beside the name and gives way."""

    def __init__(self, name: str, position: str, add: Callable[[], object]) -> None:
        super().__init__()
        words = tr("Thêm người ký {name}", name=", ".join(part for part in (name, position) if part))
        self.add = Button(name, add, kind=Kind.QUIET, icon="plus", name=words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        row.addWidget(self.add)
        row.addWidget(CutText(position, size=Size.META, tone="text2"), 1)


class _SupplementLine(QWidget):
    """Supplementary minutes that were recorded, and the act that makes their paper."""

    def __init__(self, reason: str, day: date | None, run: Callable[[], object]) -> None:
        super().__init__()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(reason, weight=Weight.MEDIUM, wrap=True))
        words.addWidget(Text(short_day(day) if day else tr("Chưa ghi ngày"), size=Size.META, tone="text2"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        row.addLayout(words, 1)
        row.addWidget(Button(tr("Lập văn bản"), run, icon="file-text"), 0, Qt.AlignmentFlag.AlignTop)


class SupplementForm(QWidget):
    """What became known after the signatures: why, what, and when it is written down."""

    def __init__(self, opened: OpenInspection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.reason = TextField(tr("Lý do lập biên bản bổ sung"))
        self.content = TextArea(tr("Nội dung bổ sung"))
        self.number = TextField(tr("Số biên bản bổ sung"))
        self.day = DateField(tr("Ngày lập"), date.today)
        self.add = Button(tr("Lập biên bản bổ sung"), self._add, icon="plus", height=tokens.MAIN_CONTROL)
        pair = QHBoxLayout()
        pair.setSpacing(tokens.GAP)
        pair.addWidget(self.number, 1, Qt.AlignmentFlag.AlignBottom)
        pair.addWidget(self.day, 1, Qt.AlignmentFlag.AlignBottom)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.GAP)
        rows.addWidget(self.reason)
        rows.addWidget(self.content)
        rows.addLayout(pair)
        rows.addWidget(self.add)
        for field in (self.reason, self.content, self.number, self.day):
            field.committed.connect(lambda _entry, field=field: (field.mark_saved(), field.state.show_quiet()))

    def begin(self, content: str) -> None:
        """Begin with this content; it is the author's from here on."""
        self.content.editor.put(content)
        self.reason.setFocus()

    def _add(self) -> None:
        for field in (self.reason, self.content):
            field.finish()
            if not field.text().strip():
                field.show_problem(tr("Ghi phần này trước"))
                field.setFocus()
                return
        given: dict[str, object] = {"reason": self.reason.text(), "content": self.content.text()}
        if self.number.text().strip():
            given["number"] = self.number.text().strip()
        if self.day.text().strip():
            given["date"] = _iso(self.day.text())
        self._opened.perform("add_supplement", given, words=tr("Đã lập biên bản bổ sung"), then=self._clear, owner=self)

    def _clear(self, _receipt: Receipt) -> None:
        for field in (self.reason, self.content, self.number, self.day):
            field.turn_to("")


def _iso(text: str) -> str:
    """What a date field shows once it was left."""
    return datetime.strptime(text.strip(), "%d/%m/%Y").date().isoformat()
