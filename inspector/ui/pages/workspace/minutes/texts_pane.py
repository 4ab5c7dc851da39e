"""The words of the minutes, section by section: what is proposed, and what a person made of it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.ids import natural_id
from inspector.domain.sections import SECTIONS, SectionState, content_key
from inspector.services.papers import Standing
from inspector.ui import tokens
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.minutes.editable import set_editable
from inspector.ui.pages.workspace.minutes.rows import Row, RowsView
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.session import Session
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.field import TextArea
from inspector.ui.widgets.signs import Chip
from inspector.ui.widgets.text import CutText, Text
from inspector.ui.writing import Post, Spot, Writing

_WITH_PROPOSAL = 300
_TITLES = {
    "legal_bases": tr("Căn cứ"),
    "scope": tr("Nội dung, phạm vi kiểm tra"),
    "method": tr("Phương pháp kiểm tra"),
    "strengths": tr("Ưu điểm"),
    "good_practices": tr("Cách làm hay"),
    "shortcomings": tr("Tồn tại, hạn chế"),
    "causes_internal": tr("Nguyên nhân chủ quan"),
    "causes_external": tr("Nguyên nhân khách quan"),
    "opinion": tr("Ý kiến của đơn vị được kiểm tra"),
    "conclusion": tr("Kết luận của Đoàn kiểm tra"),
}


class TextsList(RowsView):
    """The sections in the order of the paper, each with how its words came about."""

    def __init__(self, opened: OpenInspection, parent: QWidget | None = None) -> None:
        super().__init__(tr("Các phần của biên bản"), parent)
        self._opened = opened

    def show_standing(self, standing: Standing) -> None:
        self.show_rows([self._row(key, state) for key, state in standing.sections.items() if self._is_here(key)])

    def _is_here(self, key: str) -> bool:
        """Contents the checklist of this inspection does not have are not printed."""
        checklist = self._opened.checklist
        contents = {content_key(section.code) for section in checklist.sections} if checklist else set()
        return not key.startswith("content_") or key in contents or key in self._opened.inspection.sections

    def _row(self, key: str, state: SectionState) -> Row:
        head = title(self._opened, key)
        if state.changed_since:
            return Row(key, head, tr("Đề xuất đã đổi từ khi bạn sửa"), sign="triangle-alert", tone="part")
        if state.edited:
            return Row(key, head, tr("Đã sửa tay"), sign="pencil", tone="accent2")
        if not state.text.strip():
            return Row(key, head, tr("Chưa có gì để viết, sẽ in dòng chấm"), sign="ellipsis", tone="text2")
        return Row(key, head, tr("Theo đề xuất"), sign="check", tone="ok")


def title(opened: OpenInspection, key: str) -> Words:
    """What a section is called: contents by their own title."""
    if key in _TITLES:
        return _TITLES[key]
    checklist = opened.checklist
    for section in checklist.sections if checklist else ():
        if content_key(section.code) == key:
            return f"{section.code}. {section.title}"
    return SECTIONS[key].title if key in SECTIONS else key


class TextEditor(QWidget):
    """One section: the words that are printed, and beside them what is proposed now."""

    def __init__(self, session: Session, opened: OpenInspection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._opened = session, opened
        self._standing: Standing | None = None
        self.key = ""
        self.head = CutText("", size=Size.HEAD, weight=Weight.STRONG)
        self.state = Chip(tr("Theo đề xuất"))
        self.news = Text("", wrap=True)
        self.take = Button(tr("Lấy đề xuất mới"), self._take_proposal)
        self.keep = Button(tr("Giữ bản đã sửa"), self._keep_own, kind=Kind.QUIET)
        self.back = Button(tr("Trở lại câu đề xuất"), self._take_proposal, kind=Kind.QUIET, icon="undo-2")
        self.text = TextArea(tr("Lời in trong biên bản"))
        self.proposal = TextArea(tr("Đề xuất từ những gì đã ghi"))
        self.proposal.set_read_only()
        for field in (self.text, self.proposal):
            if isinstance(field.editor, QAbstractScrollArea):
                field.editor.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._writing = Writing(session, self.text, self._post)
        self._lay_out()

    def show_standing(self, standing: Standing) -> None:
        self._standing = standing
        if self.key:
            self.show_section(self.key)

    def show_section(self, key: str) -> None:
        """Turn to a section; the one that is shown is brought up to date around what is being typed."""
        self.key = key
        if self._standing is None:
            return
        state = self._standing.sections.get(key, SectionState("", edited=False))
        inspection = self._opened.inspection
        record = natural_id(inspection.id, "minutes_section", key)
        self.head.say(title(self._opened, key))
        operations = self._opened.sight.operations("minutes_section", record, "body")
        self._writing.show(Spot(inspection.id, "minutes_section", record, "body"), state.text, operations)
        self.proposal.show_value(self._standing.proposals.get(key, ""))
        set_editable(self.text, self._opened.why_read_only)
        self._show_state(state)

    def leave(self) -> None:
        """Nothing is shown any more; what was typed is committed."""
        self.key = ""
        self._writing.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """The proposal stands under the words while they can differ, and where both have room."""
        room = self.height() >= look().px(_WITH_PROPOSAL)
        self.proposal.setVisible(room and not self._opened.is_read_only)

    def _show_state(self, state: SectionState) -> None:
        closed = self._opened.is_read_only
        self._make_room()
        if state.changed_since:
            self.state.show_state(tr("Đề xuất đã đổi"), "part")
        elif state.edited:
            self.state.show_state(tr("Đã sửa tay"), "accent")
        else:
            self.state.show_state(tr("Theo đề xuất"), "ok")
        self.news.say("\n".join(_news(state)))
        self._changed.setVisible(bool(state.changed_since))
        self.take.setEnabled(not closed)
        self.keep.setEnabled(not closed)
        self.back.setVisible(state.edited and not state.changed_since and not closed)

    def _post(self, spot: Spot, value: object) -> Post:
        key = self._key_of(spot)
        proposal = self._standing.proposals.get(key, "") if self._standing is not None else ""
        body = {"text": value or "", "proposal": proposal}
        return Post("write_section", {"section": key, "body": body}, tr("Đã sửa một phần biên bản"))

    def _key_of(self, spot: Spot) -> str:
        keys = self._standing.sections if self._standing is not None else ()
        return next((k for k in keys if natural_id(spot.inspection, "minutes_section", k) == spot.record), self.key)

    def _take_proposal(self) -> None:
        self._perform("drop_section", {"section": self.key}, tr("Đã lấy câu đề xuất"))

    def _keep_own(self) -> None:
        """The words stay; the proposal counts as seen."""
        if self._standing is not None:
            body = {"text": self.text.text(), "proposal": self._standing.proposals.get(self.key, "")}
            self._perform("write_section", {"section": self.key, "body": body}, tr("Đã giữ bản sửa tay"))

    def _perform(self, act: str, arguments: dict[str, object], words: Words) -> None:
        self.text.finish()
        record = natural_id(self._opened.id, "minutes_section", self.key)
        self._opened.perform(act, arguments, at=("minutes_section", record, ("body",)), words=words, owner=self)
        self.text.setFocus()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(tokens.GAP)
        head.addWidget(self.head, 1)
        head.addWidget(self.state)
        acts = QHBoxLayout()
        acts.setSpacing(tokens.GAP)
        acts.addWidget(self.take)
        acts.addWidget(self.keep)
        acts.addStretch(1)
        self._changed = QWidget()
        changed = QVBoxLayout(self._changed)
        changed.setContentsMargins(0, 0, 0, 0)
        changed.setSpacing(tokens.GAP)
        changed.addWidget(Text(tr("Đề xuất đã đổi từ khi bạn sửa"), weight=Weight.MEDIUM, tone="part", wrap=True))
        changed.addWidget(self.news)
        changed.addLayout(acts)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(tokens.GROUP, tokens.GROUP, tokens.GROUP, tokens.GROUP)
        rows.setSpacing(tokens.GAP)
        rows.addLayout(head)
        rows.addWidget(self._changed)
        rows.addWidget(self.text, 3)
        rows.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self.proposal, 2)


def _news(state: SectionState) -> Iterator[str]:
    """At most six sentences that came or went."""
    for change in state.changed_since[:6]:
        yield f"{'+' if change.kind == 'added' else '−'} {change.text}"
    if len(state.changed_since) > 6:
        yield "…"
