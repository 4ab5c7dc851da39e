"""One item with everything an answer needs: criterion, result, points, remark, evidence, law, pictures, findings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from inspector.domain.checklist import Item
from inspector.domain.inspection import Inspection
from inspector.domain.phrases import short_code
from inspector.domain.scoring import ItemScore
from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.contents.answering import ANSWER, Answering
from inspector.ui.pages.workspace.contents.board import Line as ItemLine
from inspector.ui.pages.workspace.contents.board import mark_of, owners, points_text
from inspector.ui.pages.workspace.contents.fed import Fed
from inspector.ui.pages.workspace.contents.figures import Figures, Sources
from inspector.ui.pages.workspace.contents.law_list import Law, LawList, LawText, laws_of
from inspector.ui.pages.workspace.contents.linked import LinkedFindings, linked
from inspector.ui.pages.workspace.contents.locking import lock
from inspector.ui.pages.workspace.contents.news_band import NewsBand
from inspector.ui.pages.workspace.contents.opinion_cards import OpinionCards
from inspector.ui.pages.workspace.contents.result_row import ResultRow, left_out_button
from inspector.ui.pages.workspace.contents.scores import Scores
from inspector.ui.pages.workspace.contents.seen_list import SeenList, summary
from inspector.ui.pages.workspace.contents.sheet import Sheet
from inspector.ui.pages.workspace.contents.tab_order import follow, precede
from inspector.ui.pages.workspace.evidence.pane import EvidencePane
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.pages.workspace.talk import COMMENT, Talk
from inspector.ui.pages.workspace.visit_words import joined
from inspector.ui.painting import Mark
from inspector.ui.session import Session
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.card import Card
from inspector.ui.widgets.field import TextArea
from inspector.ui.widgets.text import CutText, Text
from inspector.ui.writing import Post, Spot, Writing

_MARGIN = 20
_MARGIN_NARROW = 12
_ROOMY = 600
"""Logical width from which the pane can afford the wide margin."""


@dataclass(frozen=True)
class Ways:
    """Where the detail leads: to the item before and after, to its records, to a finding, to a new one."""

    previous: Callable[[], object]
    next: Callable[[], object]
    records: Callable[[], object]
    finding: Callable[[str], object]
    new_finding: Callable[[], object]


class DetailPane(QWidget):
    """``left`` comes with Esc, ``ended`` where Enter leaves the last figure."""

    left = Signal()
    ended = Signal()

    def __init__(
        self,
        session: Session,
        acts: Acts,
        opened: OpenInspection,
        answering: Answering,
        ways: Ways,
        *,
        keys_in: QWidget,
    ) -> None:
        super().__init__(keys_in)
        self._session, self._opened, self._answering = session, opened, answering
        self._item: Item | None = None
        self._narrow = False
        self.may_decide = True
        self._ways = ways
        self._make_head(ways)
        self.result = ResultRow(session, answering)
        self.figures = Figures(session, answering)
        self.figures.ended.connect(self.ended)
        self.fed = Fed(ways.records)
        self.sources = Sources(session, answering, date.today)
        self.scores = Scores(session, answering)
        self.opinions = OpinionCards(opened, self)
        self.band = NewsBand(session, opened, self._look_at_news)
        self.remark = TextArea(tr("Nhận xét"))
        # It takes the height that is left over, and asks for none.
        self.remark.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._remark = Writing(session, self.remark, self._post_remark)
        self.seen = SeenList(self._see)
        self.laws = LawList(self._open_law)
        self.evidence = EvidencePane(session, acts, opened, keys_in=keys_in)
        self.linked = LinkedFindings(ways.finding, ways.new_finding)
        self.talk = Talk(opened)
        self.sheet = Sheet(self)
        self.sheet.closed.connect(self._take_back_lower)
        self._lay_out()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._show_anything(there=False)

    # -------------------------------------------------------- showing

    @property
    def item(self) -> Item | None:
        return self._item

    def show_item(self, item: Item | None, line: ItemLine | None) -> None:
        """Turn to an item, or show the same one again as it is now; fields with the caret are left alone."""
        if item is None or line is None:
            self._clear()
            return
        turned = self._item is None or item.key != self._item.key
        if turned:
            self.sheet.close_sheet()
            self._scroll.verticalScrollBar().setValue(0)
        self._item = item
        self._show_anything(there=True)
        self._show_head(item)
        self.band.turn_to(item, self._answering.record(item))
        self._show_answer(item, line)
        self._show_lower(item)
        if turned:
            precede(self.result.buttons(), self.result.reason.editor)
            follow(self.remark.editor, [*self.seen.ticks.values(), *self.laws.links])

    def show_narrow(self, *, narrow: bool) -> None:
        """Evidence, law, pictures and findings become buttons that open a sheet."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.sheet.close_sheet()
            self._arrange_lower()
            if self._item is not None:
                self._show_lower(self._item)

    # -------------------------------------------------------- going in

    def focus_remark(self) -> None:
        (self.remark.editor if self.remark.isVisible() else self.evidence.button).setFocus()

    def focus_field(self, name: str) -> None:
        """The field of that name in the registry, with the part of it after a point; else the remark."""
        if name == COMMENT:
            self.talk.write()
            return
        fields: dict[str, QWidget] = {
            "result.numerator": self.figures.top,
            "result.denominator": self.figures.bottom,
            "result.count": self.figures.count,
            "result.reason": self.result.reason,
            "result.appraised_score": self.scores.appraised,
            "result.appraised_reason": self.scores.reason,
            "figures_from": self.sources.source,
            "figures_from.source": self.sources.source,
            "figures_from.extracted_at": self.sources.at,
            "self_score": self.scores.own,
            "final_score": self.scores.final,
        }
        found = fields.get(name)
        if name == "result" and self._item is not None and not self._item.type.choices:
            found = self.figures.first()
        (found if found is not None and found.isVisible() else self.remark).setFocus()

    def start_figure(self, digit: str) -> bool:
        """Begin the first figure with this digit; False where the item asks for none."""
        item = self._item
        if item is None or not (item.type.asks_ratio or item.type.asks_count):
            return False
        self.figures.start(digit)
        return True

    def choose(self, mark: Mark) -> bool:
        return self.result.choose(mark)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() == Qt.Key.Key_Escape:
            self.result.give_up()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # -------------------------------------------------------- parts

    def _show_head(self, item: Item) -> None:
        inspection = self._opened.inspection
        self._code.say(short_code(item.code))
        parts: list[Words] = []
        if inspection.scored:
            parts.append(tr("tối đa {points} điểm", points=points_text(item.max_points)))
        if owner := _owner(inspection, item.section):
            parts.append(owner)
        self._meta.say(joined(parts))
        self._criterion.say(item.text)

    def _show_answer(self, item: Item, line: ItemLine) -> None:
        answer, score = self._answering.answer(item), self._score(item)
        locked = self._opened.why_read_only
        disputed = self.opinions.show_record(item, self._answering.record(item))
        closed = {
            field: locked or (tr("Các ý kiến khác nhau. Trưởng đoàn quyết định.") if field in disputed else "")
            for field in ("result", "remark", "figures_from", "self_score")
        }
        asks_figures = item.type.asks_ratio or item.type.asks_count
        applies = not answer.not_applicable
        mark = line.mark if "result" in disputed else mark_of(score)
        self.result.show_item(item, answer, mark, closed["result"])
        self.figures.setVisible(asks_figures and applies)
        self._method.setVisible(asks_figures and applies)
        self._left_out.setVisible(not item.type.choices and item.na_allowed and applies and not locked)
        self.fed.setVisible(item.type.from_records and applies)
        if asks_figures:
            self.figures.show_item(item, answer, scored=self._opened.inspection.scored)
            self.figures.set_locked(closed["result"])
            self.sources.show_item(item, answer)
            self.sources.set_locked(closed["figures_from"])
        else:
            self.figures.clear()
            self.sources.clear()
        if item.type.from_records:
            self.fed.show_item(self._opened.grounds, item)
        self.scores.setVisible(self._opened.inspection.scored and applies)
        if self._opened.inspection.scored:
            closed_score = closed["result"] or closed["self_score"]
            self.scores.show_item(item, answer, score, closed_score, may_decide=self.may_decide)
        spot = self._answering.spot(item, "remark")
        self._remark.show(spot, answer.remark or "", self._answering.operations(item, "remark"))
        lock(self.remark, closed["remark"])
        # The opinions about it stand in its place.
        self.remark.setVisible("remark" not in disputed)

    def _show_lower(self, item: Item) -> None:
        seen, laws = self._answering.evidence_seen(item), laws_of(self._opened.grounds, item)
        self.seen.show_asked(item.evidence, seen, self._opened.why_read_only)
        self.laws.show_laws(laws)
        self.evidence.show(ANSWER, self._answering.record(item))
        found = linked(self._opened.inspection, item.key)
        self.linked.show_linked(found, locked=self._opened.is_read_only)
        self._found_card.setVisible(bool(found) or not self._opened.is_read_only)
        self._buttons["seen"].say(summary(item.evidence, seen))
        self._buttons["seen"].setVisible(bool(item.evidence))
        self._buttons["laws"].say(tr("Căn cứ {count}", count=len(laws)))
        self._buttons["laws"].setVisible(bool(laws))
        self._buttons["evidence"].say(tr("Ảnh {count}", count=len(self.evidence.pieces)))
        self._buttons["linked"].say(tr("Phát hiện {count}", count=len(found)))
        self.talk.show_about(ANSWER, self._answering.record(item))

    def _score(self, item: Item) -> ItemScore:
        return next(score for score in self._opened.scores if score.key == item.key)

    def _clear(self) -> None:
        self.sheet.close_sheet()
        self._item = None
        self._remark.clear()
        for part in (self.result, self.figures, self.sources, self.scores, self.talk):
            part.clear()
        self._show_anything(there=False)

    def _show_anything(self, *, there: bool) -> None:
        self._whole.setVisible(there)

    # -------------------------------------------------------- acts

    def _post_remark(self, spot: Spot, value: object) -> Post:
        return self._answering.post_remark(self._answering.item_of(spot), str(value or ""))

    def _see(self, evidence: str, is_seen: bool) -> None:
        if self._item is not None:
            self._answering.see(self._item, evidence, is_seen=is_seen)

    def _leave_out(self) -> None:
        self.result.choose(Mark.NOT_APPLICABLE)

    def _open_law(self, law: Law) -> None:
        text = LawText(law, self.sheet.close_sheet)
        self.sheet.open_with(tr("Căn cứ"), text, text.focusProxy())

    def _look_at_news(self) -> None:
        """What somebody else wrote is shown, also where the caret was; what was typed here is committed before."""
        self.left.emit()

    # -------------------------------------------------------- laying out

    def _make_head(self, ways: Ways) -> None:
        self._code = Text("", weight=Weight.STRONG, tone="accent2")
        self._meta = CutText(tone="text2")
        self._criterion = Text("", size=Size.HEAD, weight=Weight.STRONG, wrap=True)
        self._before = Button("", ways.previous, kind=Kind.QUIET, icon="chevron-up", name=tr("Mục trước"))
        self._after = Button("", ways.next, kind=Kind.QUIET, icon="chevron-down", name=tr("Mục sau"))
        for button in (self._before, self._after):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _lay_out(self) -> None:
        self._edged: list[QLayout] = []
        # From the outside in: what hangs in the window once is not moved there again with everything in it.
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._whole = QWidget(self)
        outer.addWidget(self._whole)
        rows = QVBoxLayout(self._whole)
        rows.setContentsMargins(0, 6, 0, 0)
        rows.setSpacing(0)
        top, self._scroll, self._foot_row = QWidget(self._whole), QScrollArea(self._whole), QWidget(self._whole)
        for part, stretch in ((top, 0), (self._scroll, 1), (self._foot_row, 0)):
            rows.addWidget(part, stretch)
        self._fill_top(top)
        self._fill_middle()
        self._fill_foot()
        self._arrange_lower()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_margin()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_edged"):
            self._keep_margin()

    def _keep_margin(self) -> None:
        """Every part ends at the same edge: what scrolls gives the width of its bar out of its margin."""
        margin = _MARGIN if self.width() >= look().px(_ROOMY) else _MARGIN_NARROW
        bar = self._scroll.verticalScrollBar()
        thick = bar.sizeHint().width() if bar.maximum() > 0 else 0
        for rows in self._edged:
            room = rows.contentsMargins()
            right = margin - thick if rows is self._middle_rows else margin
            rows.setContentsMargins(margin, room.top(), right, room.bottom())

    def _fill_top(self, top: QWidget) -> None:
        """Never scrolls away: which item this is, and its result."""
        line = QHBoxLayout()
        line.setSpacing(tokens.GAP)
        for widget, stretch in ((self._code, 0), (self._meta, 1), (self._before, 0), (self._after, 0)):
            line.addWidget(widget, stretch)
        self._left_out = left_out_button(self._leave_out)
        rows = QVBoxLayout(top)
        self._edged.append(rows)
        rows.setContentsMargins(_MARGIN, 0, _MARGIN, tokens.GAP)
        rows.setSpacing(6)
        rows.addLayout(line)
        for part in (self.band, self._criterion, self.result, self.figures, self.fed):
            rows.addWidget(part)

    def _fill_middle(self) -> None:
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # In the lowest window this part gives way, not the figures above it.
        self._scroll.setMinimumHeight(tokens.CONTROL)
        content = QWidget(self._scroll)
        content.setProperty("scrolled", True)
        self._scroll.setWidget(content)
        self._scroll.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._keep_margin())
        self._middle_rows = rows = QVBoxLayout(content)
        self._edged.append(rows)
        rows.setContentsMargins(_MARGIN, 0, _MARGIN, tokens.GAP)
        rows.setSpacing(tokens.GAP)
        self._method, self._lower = QWidget(content), QWidget(content)
        # Tab goes in the order in which fields come into the window.
        self._fill_method()
        for part in (self.opinions, self._method, self._left_out, self.scores):
            rows.addWidget(part)
        rows.addWidget(self.remark, 1)
        rows.addWidget(self._lower)
        rows.addWidget(self.talk)
        self._lower_rows = QVBoxLayout(self._lower)
        self._lower_rows.setContentsMargins(0, 0, 0, 0)
        self._lower_rows.setSpacing(tokens.GAP)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(tokens.EDGE)
        self._lower_rows.addLayout(self._columns)
        self._found_card = Card(quiet=True)
        self._found_card.rows.setContentsMargins(0, 0, 0, 0)

    def _fill_method(self) -> None:
        method = QHBoxLayout(self._method)
        method.setContentsMargins(0, 0, 0, 0)
        method.setSpacing(tokens.EDGE)
        steps = QVBoxLayout()
        steps.setSpacing(2)
        steps.addWidget(Text(tr("Cách tính điểm"), size=Size.META, weight=Weight.MEDIUM, tone="text2"))
        steps.addWidget(self.figures.steps)
        steps.addStretch(1)
        method.addLayout(steps, 1)
        method.addWidget(self.sources, 1, Qt.AlignmentFlag.AlignTop)

    def _fill_foot(self) -> None:
        """The buttons that stand for what has no room in a narrow window."""
        row = QHBoxLayout(self._foot_row)
        self._edged.append(row)
        row.setContentsMargins(_MARGIN, 0, _MARGIN, tokens.GAP)
        row.setSpacing(tokens.TIGHT + 2)
        signs = {"seen": "check", "laws": "scale", "evidence": "camera", "linked": "flag"}
        self._buttons = {name: Button("", self._opener(name), icon=icon) for name, icon in signs.items()}
        for button in self._buttons.values():
            row.addWidget(button)
        row.addStretch(1)

    def _opener(self, name: str) -> Callable[[], object]:
        return lambda: self._open_part(name)

    def _open_part(self, name: str) -> None:
        parts: dict[str, tuple[Words, QWidget, QWidget | None]] = {
            "seen": (tr("Minh chứng cần xem"), self.seen, next(iter(self.seen.ticks.values()), None)),
            "laws": (tr("Căn cứ"), self.laws, next(iter(self.laws.links), None)),
            "evidence": (tr("Ảnh, tài liệu"), self.evidence, self.evidence.button),
            "linked": (tr("Phát hiện"), self._found_card, next(iter(self.linked.links), self.linked.new)),
        }
        title, content, focus = parts[name]
        self.sheet.open_with(title, content, focus)

    def _take_back_lower(self) -> None:
        self.sheet.take_content()
        self._arrange_lower()

    def _arrange_lower(self) -> None:
        """Every part back where it stands in a wide window; in a narrow one they wait unseen for their button."""
        self._columns.addWidget(self.seen, 1)
        self._columns.addWidget(self.laws, 1)
        self._lower_rows.addWidget(self.evidence)
        self._found_card.rows.addWidget(self.linked)
        self._lower_rows.addWidget(self._found_card)
        for head in (self.seen.head, self.laws.head):
            # The sheet has the same words as its title.
            head.setVisible(not self._narrow)
        self._lower.setVisible(not self._narrow)
        self._foot_row.setVisible(self._narrow)
        follow(self.remark.editor if self._narrow else self.linked.new, [self.talk.button, self.talk.line])


def _owner(inspection: Inspection, section: str) -> Words:
    found = owners(inspection, section)
    said = ", ".join(f"{member.name} – {member.agency}" if member.agency else str(member.name) for member in found)
    return tr("Phụ trách: {people}", people=said) if said else ""
