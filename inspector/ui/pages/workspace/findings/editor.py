"""Everything about one finding, field by field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from inspector.domain.checklist import Item
from inspector.domain.inspection import Finding
from inspector.domain.legal_prose import legal_basis
from inspector.domain.phrases import short_code
from inspector.domain.registry import DELETED
from inspector.domain.text import fold
from inspector.services.earlier import EarlierFinding
from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.language import Phrase, Words, tr
from inspector.ui.pages.workspace.choice_bar import ChoiceBar, Option
from inspector.ui.pages.workspace.disagreeing import Disagreements, Disputed
from inspector.ui.pages.workspace.evidence.pane import EvidencePane
from inspector.ui.pages.workspace.findings.finding_list import KINDS
from inspector.ui.pages.workspace.findings.tasks import Tasks
from inspector.ui.pages.workspace.growing_area import GrowingArea
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.pages.workspace.talk import COMMENT, Talk
from inspector.ui.pages.workspace.tied_fields import Picking, lines_or_none, lock, text_or_none
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.where import Screen, Tab, Where
from inspector.ui.widgets.button import Button
from inspector.ui.widgets.button import Kind as ButtonKind
from inspector.ui.widgets.card import Line
from inspector.ui.widgets.field import Field
from inspector.ui.widgets.news import Banner, Tone
from inspector.ui.widgets.pick_field import Choice, PickField
from inspector.ui.widgets.search_field import SearchField
from inspector.ui.widgets.signs import Chip
from inspector.ui.widgets.text import Text
from inspector.ui.writing import Post, Spot, Writing

_WIDE = 640
"""Logical width from which fields stand side by side."""
_SEVERITY = 300
_CHOICES = 30

SEVERITIES = (
    Option("minor", tr("Nhẹ"), "accent"),
    Option("significant", tr("Vừa"), "part"),
    Option("serious", tr("Nặng"), "no"),
)
_KEPT = ("severity", "cause_internal", "cause_external", "unit_opinion")
"""What only shortcomings show; other kinds keep it folded away."""


class FindingEditor(QWidget):
    """``kind_chosen`` asks for another kind; ``menu_wanted`` for the menu of this finding."""

    kind_chosen = Signal(str)
    menu_wanted = Signal()

    def __init__(self, acts: Acts, opened: OpenInspection, disagreements: Disagreements, *, keys_in: QWidget) -> None:
        super().__init__()
        self._opened, self._disagreements = opened, disagreements
        self.finding: Finding | None = None
        self._number = 0
        self._unfolded = False
        self._earlier: tuple[EarlierFinding, ...] = ()
        self.fields: dict[str, Field] = {}
        self._disputed: dict[str, Disputed] = {}
        self._make_head()
        self._make_fields()
        self.tasks = Tasks(opened, disagreements)
        self.evidence = EvidencePane(opened.session, acts, opened, keys_in=keys_in)
        self.talk = Talk(opened)
        self._lay_out()
        disagreements.changed.connect(self._show_opinions)

    # -------------------------------------------------------- showing

    def show_finding(self, finding: Finding, number: int) -> None:
        """The same finding again leaves alone what is being typed."""
        if self.finding is None or self.finding.id != finding.id:
            self._unfolded = False
            self._scroll.verticalScrollBar().setValue(0)
        self.finding, self._number = finding, number
        self._show_head(finding, number)
        self._show_texts(finding)
        self._show_choices(finding)
        self.tasks.show_finding(finding)
        self.evidence.show("finding", finding.id)
        self.talk.show_about("finding", finding.id)
        self._show_folding(finding)
        self._lock(self._opened.why_read_only)
        self._show_opinions()

    def show_earlier(self, found: Sequence[EarlierFinding]) -> None:
        """What can be said to have come back."""
        self._earlier = tuple(found)
        choices = [Choice(each.id, f"{each.year}: {each.content}") for each in self._earlier]
        self.repeats.offer([Choice("", tr("Không lặp lại")), *choices])
        if self.finding is not None:
            self.show_finding(self.finding, self._number)

    def clear(self) -> None:
        """Nothing is shown; what was typed is committed."""
        self.finding = None
        for writing in self._writings.values():
            writing.clear()
        self.tasks.clear()
        self.talk.clear()

    def focus_field(self, name: str) -> None:
        """Put the caret into a field of the registry; the content where that is none."""
        name = name.partition(".")[0]
        if name == COMMENT:
            self.talk.write()
            return
        if name in _KEPT and not self._is_unfolded():
            self._unfold()
        target: QWidget = self.fields["content"]
        if name in self.fields:
            target = self.fields[name]
        elif name in ("severity", "section", "repeats"):
            target = {"severity": self.severity.button("minor"), "section": self.section, "repeats": self.repeats}[name]
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._come_to(target)

    def focus_task(self, task: str, name: str) -> None:
        """Put the caret into a field of a recommendation."""
        if not self._is_unfolded():
            self._unfold()
        card = self.tasks.card(task)
        if card is not None:
            card.field(name).setFocus(Qt.FocusReason.OtherFocusReason)
            self._come_to(card)

    def _come_to(self, target: QWidget) -> None:
        """Now, and once what was just shown has found its place."""
        self._scroll.ensureWidgetVisible(target)
        QTimer.singleShot(0, target, lambda: self._scroll.ensureWidgetVisible(target))

    # -------------------------------------------------------- building

    def _make_head(self) -> None:
        self.title = Text(size=Size.HEAD, weight=Weight.STRONG)
        self.to_item = Button("", self._go_to_item, kind=ButtonKind.QUIET, icon="list", height=tokens.SMALL_CONTROL)
        self.repeated = Chip("", "part", icon="rotate-ccw")
        self.menu = Button(
            "",
            self.menu_wanted.emit,
            kind=ButtonKind.QUIET,
            icon="ellipsis",
            height=tokens.SMALL_CONTROL,
            name=tr("Việc khác với phát hiện này"),
        )
        keys = {"strength": "Alt+1", "good_practice": "Alt+2", "shortcoming": "Alt+3"}
        options = [Option(kind.key, kind.words, kind.tone, kind.icon, keys[kind.key]) for kind in KINDS.values()]
        self.kinds = ChoiceBar(tr("Loại phát hiện"), options)
        self.kinds.chosen.connect(self.kind_chosen)
        self.merged = Banner(Tone.INFORMATION, "", icon="git-merge")
        self.deleted = Banner(
            Tone.ATTENTION,
            tr("Đã xóa ở máy khác trong khi đang sửa. Trưởng đoàn quyết định."),
            act=tr("Giữ lại"),
            run=self._keep,
            icon="triangle-alert",
        )

    def _make_fields(self) -> None:
        self._writings: dict[str, Writing] = {}
        self._text("content", GrowingArea(tr("Nội dung phát hiện")), tr("Nội dung phát hiện"))
        self._text("facts", GrowingArea(tr("Dữ kiện, dẫn chứng")), tr("Dữ kiện, dẫn chứng"))
        self._text("cause_internal", GrowingArea(tr("Nguyên nhân chủ quan")), tr("Nguyên nhân chủ quan"))
        self._text("cause_external", GrowingArea(tr("Nguyên nhân khách quan")), tr("Nguyên nhân khách quan"))
        laws = tr("Căn cứ, mỗi dòng một văn bản")
        self._text("legal_bases", GrowingArea(laws, least=1), laws)
        opinion = tr("Ý kiến của đơn vị")
        self._text("unit_opinion", GrowingArea(opinion), opinion)
        self._text("item", SearchField(tr("Mục của bộ tiêu chí"), self._find_items), tr("Mục của bộ tiêu chí"))
        self.severity = ChoiceBar(tr("Mức độ"), SEVERITIES)
        self.severity.chosen.connect(self._choose_severity)
        self.section = PickField(tr("Nội dung kiểm tra"))
        self.repeats = PickField(tr("Lặp lại từ lần kiểm tra trước"))
        self._picks = {
            "section": Picking(self._opened.session, self.section, self._post),
            "repeats": Picking(self._opened.session, self.repeats, self._post),
        }
        self.take_laws = Button("", self._take_laws, kind=ButtonKind.QUIET, icon="scale", height=tokens.SMALL_CONTROL)
        self.fold = Button("", self._unfold, kind=ButtonKind.QUIET, icon="chevron-down")

    def _text(self, name: str, field: Field, words: Words) -> None:
        self.fields[name] = field
        self._writings[name] = Writing(self._opened.session, field, self._post)
        self._disputed[name] = Disputed(words, field, self._laws_words if name == "legal_bases" else _said)

    def _lay_out(self) -> None:
        severity = QWidget()
        column = QVBoxLayout(severity)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addWidget(Text(tr("Mức độ"), size=Size.META, weight=Weight.MEDIUM, tone="text2"))
        column.addWidget(self.severity)
        column.addStretch(1)
        self._severity = Disputed(tr("Mức độ"), severity, _severity_words)
        self._disputed["severity"] = self._severity
        self._disputed["section"] = Disputed(tr("Nội dung kiểm tra"), self.section)
        self._disputed["repeats"] = Disputed(tr("Lặp lại từ lần kiểm tra trước"), self.repeats, self._earlier_words)
        self._pairs: list[QBoxLayout] = []
        self._causes = QWidget()
        self._pair_in(self._causes, self._disputed["cause_internal"], self._disputed["cause_external"])
        page = QWidget()
        page.setProperty("scrolled", True)
        rows = QVBoxLayout(page)
        rows.setContentsMargins(tokens.GROUP + 4, tokens.GAP, tokens.GROUP + 4, tokens.GROUP)
        rows.setSpacing(tokens.GAP)
        rows.addWidget(self.kinds)
        rows.addLayout(self._pair(self._disputed["content"], self._severity, (1, 0)))
        rows.addWidget(self._disputed["facts"])
        rows.addWidget(self._causes)
        rows.addWidget(self.tasks)
        rows.addWidget(self._disputed["unit_opinion"])
        rows.addWidget(self.evidence)
        rows.addWidget(Line())
        rows.addLayout(self._pair(self._disputed["item"], self._disputed["section"]))
        rows.addWidget(self._disputed["legal_bases"])
        rows.addWidget(self.take_laws, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self._disputed["repeats"])
        rows.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(Line())
        rows.addWidget(self.talk)
        self.rows = rows
        rows.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(page)
        self._whole()

    def _whole(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(tokens.GROUP + 4, tokens.GAP, tokens.GROUP + 4, 0)
        head.setSpacing(tokens.GAP)
        for widget in (self.title, self.to_item, self.repeated):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.menu)
        news = QVBoxLayout()
        news.setContentsMargins(tokens.GROUP + 4, 0, tokens.GROUP + 4, 0)
        news.addWidget(self.merged)
        news.addWidget(self.deleted)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.TIGHT)
        whole.addLayout(head)
        whole.addLayout(news)
        whole.addWidget(self._scroll, 1)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _pair(self, one: QWidget, other: QWidget, stretch: tuple[int, int] = (1, 1)) -> QBoxLayout:
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GROUP)
        row.addWidget(one, stretch[0], Qt.AlignmentFlag.AlignTop)
        row.addWidget(other, stretch[1], Qt.AlignmentFlag.AlignTop)
        self._pairs.append(row)
        return row

    def _pair_in(self, parent: QWidget, one: QWidget, other: QWidget) -> None:
        parent.setLayout(self._pair(one, other))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= look().px(_WIDE)
        for pair in self._pairs:
            pair.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
            pair.setSpacing(tokens.GROUP if wide else tokens.GAP)
        self._severity.setMinimumWidth(look().px(_SEVERITY) if wide else 0)

    # -------------------------------------------------------- filling

    def _show_head(self, finding: Finding, number: int) -> None:
        kind = KINDS.get(finding.kind, KINDS["shortcoming"])
        self.title.say(kind.titled(number) if number else kind.words)
        self.kinds.show_chosen(kind.key)
        item = self._item(finding.item)
        self.to_item.setVisible(item is not None)
        if item is not None:
            self.to_item.say(tr("Mục {code}", code=short_code(item.code)))
        self.repeated.setVisible(bool(finding.repeats))
        self.repeated.show_state(self._repeated_words(finding), "part")
        into = self._opened.inspection.read_through().get(finding.id, finding.id)
        self.merged.setVisible(into != finding.id)
        if into != finding.id:
            target = next((each for each in self._opened.inspection.findings if each.id == into), None)
            self.merged.say(tr("Đã gộp vào: {content}", content=(target.content if target else "") or "…"))
        self.deleted.setVisible(f"finding/{finding.id}/{DELETED}" in self._opened.inspection.conflicts)

    def _show_texts(self, finding: Finding) -> None:
        texts = {
            name: getattr(finding, name) or ""
            for name in ("content", "facts", "cause_internal", "cause_external", "unit_opinion")
        }
        texts["legal_bases"] = "\n".join(map(self._law_words, finding.legal_bases))
        item = self._item(finding.item)
        texts["item"] = _item_words(item) if item else ""
        sight = self._opened.sight
        for name, writing in self._writings.items():
            spot = Spot(sight.inspection.id, "finding", finding.id, name)
            writing.show(spot, texts[name], sight.operations("finding", finding.id, name))

    def _show_choices(self, finding: Finding) -> None:
        sight = self._opened.sight
        checklist = self._opened.checklist
        sections = [Choice(part.code, f"{part.code}. {part.title}") for part in checklist.sections] if checklist else []
        offered = [Choice("", tr("Chưa chọn")), *sections]
        if [choice.key for choice in offered] != self._sections:
            self._sections = [choice.key for choice in offered]
            self.section.offer(offered)
        self.severity.show_chosen(finding.severity)
        for name, picking in self._picks.items():
            spot = Spot(sight.inspection.id, "finding", finding.id, name)
            picking.show(spot, getattr(finding, name), sight.operations("finding", finding.id, name))
        item = self._item(finding.item)
        more = [law for law in item.legal_basis if law not in finding.legal_bases] if item else []
        self.take_laws.setVisible(bool(more) and not self._opened.is_read_only)
        if more and item:
            self.take_laws.say(tr("Lấy {count} căn cứ của mục {code}", count=len(more), code=short_code(item.code)))

    _sections: Sequence[str] = ()

    def _show_folding(self, finding: Finding) -> None:
        kept = sum(bool(getattr(finding, name)) for name in _KEPT) + len(finding.recommendations)
        open_ = self._is_unfolded()
        for widget in (self._severity, self._causes, self.tasks, self._disputed["unit_opinion"]):
            widget.setVisible(open_)
        self._disputed["repeats"].setVisible(open_ and bool(self._earlier or finding.repeats))
        self.fold.setVisible(not open_)
        words: Phrase = tr("Phần dành cho tồn tại, hạn chế")
        if kept:
            words = tr("Đang giữ {count} nội dung của phần tồn tại, hạn chế", count=kept)
        self.fold.say(words)

    def _is_unfolded(self) -> bool:
        return self._unfolded or self.finding is None or self.finding.kind not in ("strength", "good_practice")

    def _unfold(self) -> None:
        self._unfolded = True
        if self.finding is not None:
            self._show_folding(self.finding)

    def _lock(self, reason: Words) -> None:
        for field in self.fields.values():
            lock(field, reason)
        for pick in (self.section, self.repeats):
            lock(pick, reason)
        self.kinds.setEnabled(not str(reason))
        self.severity.setEnabled(not str(reason))
        self.menu.setVisible(not str(reason))

    def _show_opinions(self) -> None:
        if self.finding is None:
            return
        for name, disputed in self._disputed.items():
            disputed.show_opinions(self._disagreements.of("finding", self.finding.id, name))

    # -------------------------------------------------------- doing

    def _post(self, spot: Spot, value: object) -> Post:
        if spot.field == "unit_opinion":
            words = tr("Đã ghi ý kiến của đơn vị")
            return Post("state_opinion_on", {"finding": spot.record, "unit_opinion": text_or_none(value)}, words)
        stored = text_or_none(value)
        if spot.field == "legal_bases":
            stored = lines_or_none(value)
            if isinstance(stored, list):
                stored = [self._law_code(str(line)) for line in stored]
        return Post("edit_finding", {"finding": spot.record, spot.field: stored}, tr("Đã sửa phát hiện"))

    def _choose_severity(self, key: str) -> None:
        finding = self.finding
        if finding is None:
            return
        severity = None if finding.severity == key else key
        self._edit(finding, "severity", severity, tr("Đã chọn mức độ"))

    def _take_laws(self) -> None:
        finding = self.finding
        item = self._item(finding.item) if finding else None
        if finding is not None and item is not None:
            laws = list(dict.fromkeys((*finding.legal_bases, *item.legal_basis)))
            self._edit(finding, "legal_bases", laws, tr("Đã lấy căn cứ của mục"))

    def _edit(self, finding: Finding, name: str, value: object, words: Words) -> None:
        self._opened.perform(
            "edit_finding",
            {"finding": finding.id, name: value},
            at=("finding", finding.id, (name,)),
            words=words,
        )

    def _keep(self) -> None:
        if self.finding is not None:
            self._opened.perform(
                "restore_record",
                {"entity": "finding", "record": self.finding.id},
                at=("finding", self.finding.id, (DELETED,)),
                words=tr("Đã giữ lại phát hiện"),
            )

    def _go_to_item(self) -> None:
        if self.finding is not None and self.finding.item:
            inspection = self._opened.inspection.id
            self._opened.session.go(
                Where(Screen.WORKSPACE, inspection, Tab.CONTENTS, entity="item", record=self.finding.item)
            )

    # -------------------------------------------------------- words

    def _item(self, key: str | None) -> Item | None:
        items = self._opened.checklist.items if self._opened.checklist else ()
        return next((item for item in items if item.key == key), None)

    def _find_items(self, text: str) -> list[Choice]:
        if not self._opened.is_here or self._opened.checklist is None:
            return []
        words = fold(text).split()
        found = (Choice(item.key, _item_words(item)) for item in self._opened.checklist.items)
        return [choice for choice in found if all(word in fold(str(choice.words)) for word in words)][:_CHOICES]

    def _law_words(self, law: str) -> str:
        basis = legal_basis(self._opened.grounds, law)
        return law if basis is None else basis.title

    def _laws_words(self, value: object) -> str:
        return "; ".join(self._law_words(str(law)) for law in value) if isinstance(value, list) else ""

    def _law_code(self, line: str) -> str:
        """The code behind a title that stands there unchanged; anything else is free text."""
        codes = [basis.code for basis in self._opened.checklist.legal_index] if self._opened.checklist else []
        codes += list(self._opened.grounds.law)
        return next((code for code in codes if fold(self._law_words(code)) == fold(line)), line)

    def _repeated_words(self, finding: Finding) -> Words:
        year = next((each.year for each in self._earlier if each.id == finding.repeats), "")
        return tr("Lặp lại năm {year}", year=year) if year else tr("Lặp lại")

    def _earlier_words(self, value: object) -> str:
        return next((f"{each.year}: {each.content}" for each in self._earlier if each.id == value), _said(value))


def _item_words(item: Item) -> str:
    return f"{short_code(item.code)}. {item.text}"


def _said(value: object) -> str:
    return "" if value is None else str(value)


def _severity_words(value: object) -> str:
    return next((str(option.words) for option in SEVERITIES if option.key == value), _said(value))
