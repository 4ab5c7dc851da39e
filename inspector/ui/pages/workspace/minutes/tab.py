"""The last tab of the workspace: from what was recorded to paper that is signed."""

from __future__ import annotations

from enum import Enum
from functools import partial

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent, Qt
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector.domain.pages import Page as PaperPage
from inspector.domain.readiness import Condition
from inspector.domain.sections import SECTIONS
from inspector.services import papers
from inspector.services.desk import Desk
from inspector.services.papers import Standing
from inspector.ui import tokens
from inspector.ui.actions import Act, Acts
from inspector.ui.language import Words, tr
from inspector.ui.pages.workspace.minutes.conditions_pane import ConditionsPane
from inspector.ui.pages.workspace.minutes.freeze_pane import FreezePane
from inspector.ui.pages.workspace.minutes.making import Making
from inspector.ui.pages.workspace.minutes.papers_pane import NOW, PapersPane, document_of
from inspector.ui.pages.workspace.minutes.places import where as where_of
from inspector.ui.pages.workspace.minutes.preview_pane import PreviewPane
from inspector.ui.pages.workspace.minutes.sign_pane import SignPane
from inspector.ui.pages.workspace.minutes.texts_pane import TextEditor, TextsList
from inspector.ui.pages.workspace.open_inspection import WHOLE, OpenInspection
from inspector.ui.pages.workspace.tab_page import TabPage
from inspector.ui.pages.workspace.tab_strip import TabButton
from inspector.ui.pages.workspace.unchecked import ask_why_unchecked
from inspector.ui.session import Job, Session
from inspector.ui.theme import look
from inspector.ui.where import Screen, Tab, Where
from inspector.ui.widgets.card import Line
from inspector.ui.widgets.news import NewsPlace, Tone

_PAUSE_MS = 700
"""How long nothing may have changed before pages are made anew."""
_ALL = (1 << 24) - 1
"""No limit of a size, as Qt counts."""
_LEFT, _LEFT_NARROW, _RIGHT, _MIDDLE_LEAST = 420, 352, 304, 420


class Part(Enum):
    """What the left pane shows; in narrow windows the papers and the pages take its place too."""

    CONDITIONS = tr("Điều kiện")
    TEXTS = tr("Lời văn")
    FREEZE = tr("Chốt")
    SIGN = tr("Ký")
    PAPERS = tr("Văn bản")
    PAGES = tr("Trang in")


_DRAFT = tr("Mở dự thảo trong Word")
_SHOWN_BY = {
    "minutes_section": Part.TEXTS,
    "signer": Part.SIGN,
    "supplement": Part.SIGN,
    "issued_document": Part.PAPERS,
    "laptop": Part.FREEZE,
}


class MinutesTab(TabPage):
    """Readiness at the left, pages in the middle, papers at the right. ``make_draft`` is what Ctrl+P does."""

    def __init__(self, session: Session, acts: Acts, opened: OpenInspection, parent: QWidget | None = None) -> None:
        super().__init__(session, acts, opened, parent)
        self.part = Part.CONDITIONS
        self.standing: Standing | None = None
        self.shown_paper = NOW
        self._visited: dict[str, int] = {}
        self._making_pages: Job | None = None
        self._asked = 0
        self._pages_of = ("", "")
        self._shown = ""
        self._begins = True
        self._stale = True
        self._panes, self._scale = 0, 0
        self._inside = False
        self.making = Making(session, opened, self)
        self._bind()
        self.conditions = ConditionsPane(self._make, self._explain)
        self.texts = TextsList(opened)
        self.editor = TextEditor(session, opened)
        self._sign: SignPane | None = None
        self._freeze: FreezePane | None = None
        self.papers = PapersPane((self._draft, self._pdf, self._print, self._exact))
        self.preview = PreviewPane()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._make_pages)
        self._lay_out()
        self._connect()
        acts.name("open", self.conditions.list, tr("Đến nơi cần xử lý")).hint = tr("Đến nơi cần xử lý")
        if opened.is_here:
            self._refresh(WHOLE)

    # -------------------------------------------------------- a form, made when first gone to

    @property
    def sign(self) -> SignPane:
        if self._sign is None:
            self._sign = SignPane(self.session, self.opened)
            self._left_stack.addWidget(self._sign)
            self._sign.set_order(self.texts)
            self._sign.made.connect(self.making.supplement)
            self._sign.scan_wanted.connect(self.making.scan)
            if self.opened.is_here:
                self._sign.refresh()
        return self._sign

    @property
    def freeze(self) -> FreezePane:
        if self._freeze is None:
            self._freeze = FreezePane(self.session, self.opened)
            self._left_stack.addWidget(self._freeze)
            self._freeze.set_order(self.texts)
            self._freeze.sealed.connect(self.making.official)
            self._freeze.late_wanted.connect(self._write_late)
        return self._freeze

    # -------------------------------------------------------- as a page

    def title(self) -> Words:
        return tr("Biên bản")

    def help(self) -> Words:
        return tr(
            "Bên trái là việc còn phải làm: Enter đến nơi cần xử lý, Alt+← quay lại. Giữa là các trang sẽ in. "
            "Ctrl+P mở bản dự thảo trong Word bất cứ lúc nào; chốt dữ liệu và lập biên bản được khi không còn việc "
            "phải xong."
        )

    def panes(self) -> list[QWidget]:
        return [self._first_of_left(), self._first_of_middle(), self.papers.list]

    def badge(self) -> Words:
        count = self.conditions.open_count()
        return str(count) if count and not self.opened.is_read_only else ""

    def arrive(self, where: Where) -> None:
        part = _SHOWN_BY.get(where.entity)
        if part is None:
            part = self.part if self.part is not Part.PAGES else Part.CONDITIONS
            if self.opened.is_read_only and part is Part.CONDITIONS:
                part = Part.SIGN
        self.show_part(part)
        if where.entity == "minutes_section":
            self._open_section(where.record)
        else:
            self._focus_left()

    def whereabouts(self) -> Where | None:
        if not self.opened.is_here:
            return None
        entity = {Part.TEXTS: "minutes_section", Part.SIGN: "signer"}.get(self.part, "")
        record = self.texts.key() if self.part is Part.TEXTS else ""
        return Where(Screen.WORKSPACE, self.opened.id, Tab.MINUTES, entity, record)

    def leave(self) -> None:
        super().leave()
        self._drop_pages()

    # -------------------------------------------------------- acts

    def make_draft(self) -> None:
        """Make a draft and open it in Word; of signed minutes the file that was signed."""
        if self.opened.is_here:
            self.making.draft()

    def _bind(self) -> None:
        bind = self.acts.bind
        self._draft: Act = self.acts.find("draft-minutes") or bind("draft-minutes", self.make_draft, owner=self)
        self._make = bind("make-minutes", self._freeze_and_make, owner=self)
        self._explain = bind("settle-unchecked", partial(ask_why_unchecked, self.opened), owner=self)
        self._pdf = bind("save-pdf", lambda: self.making.pdf(self._document()), owner=self)
        self._print = bind("print", self._print_pages, owner=self)
        self._exact = bind("view-print", lambda: self.making.view(self._document(), ".pdf"), owner=self)
        words = tr("Việc chưa xong tiếp theo")
        self._steps = (
            bind("next-open", lambda: self._step(1), self, words, hint=tr("Việc chưa xong")),
            bind("previous-open", lambda: self._step(-1), owner=self, words=tr("Việc chưa xong trước đó")),
        )
        bind("attach", self._attach_scan, owner=self, words=tr("Đính kèm bản quét"))
        for number, part in enumerate((Part.CONDITIONS, Part.TEXTS, Part.FREEZE, Part.SIGN), 1):
            bind(f"minutes-part-{number}", partial(self._choose_part, part), owner=self)

    def _freeze_and_make(self) -> None:
        """Who has handed in what is shown; where nobody is waited for, it is asked at once."""
        self._choose_part(Part.FREEZE)
        self.freeze.begin()

    def _print_pages(self) -> None:
        makes_pdf = self.standing is None or self.standing.makes_pdf
        self.making.view(self._document(), ".pdf" if makes_pdf else ".docx")

    def _attach_scan(self) -> None:
        self._choose_part(Part.SIGN)
        self.sign.attach()

    def _document(self) -> str:
        """The hash of the paper that is shown; empty for the minutes as they are now."""
        found = document_of(self.opened.inspection, self.shown_paper)
        return found.hash if found is not None else ""

    def _write_late(self, words: str) -> None:
        """What came late as the beginning of supplementary minutes; their author goes on writing."""
        self._choose_part(Part.SIGN)
        self.sign.form.begin(words)

    def _step(self, step: int) -> None:
        self.show_part(Part.CONDITIONS)
        self.conditions.step(step)

    def _settle_condition(self, condition: Condition) -> None:
        """Go to what the condition is about: pressed again after coming back, to the next of its places."""
        if not condition.places:
            return
        number = self._visited.get(condition.code, -1) + 1
        self._visited[condition.code] = number
        place = condition.places[number % len(condition.places)]
        if condition.code == "minutes-disagreements":
            at = (place.entity, place.id, place.field or "")
            self.session.go(Where(Screen.WORKSPACE, self.opened.id, Tab.DECISIONS, *at))
        else:
            self.session.go(where_of(self.opened.inspection, place))

    # -------------------------------------------------------- parts and panes

    def show_part(self, part: Part) -> None:
        """Show a part at the left; what stands in the middle follows."""
        if part is Part.PAPERS and self._panes == 3:
            part = Part.CONDITIONS if not self.opened.is_read_only else Part.SIGN
        self.part = part
        self._inside = False
        for other, button in self._buttons.items():
            button.setChecked(other is part)
        widget = self._pane_of(part)
        if widget is not None:
            self._left_stack.setCurrentWidget(widget)
        self._middle.setCurrentWidget(self.editor if part is Part.TEXTS else self.preview)
        self._fold()

    def _pane_of(self, part: Part) -> QWidget | None:
        """What stands at the left for a part; nothing for the pages."""
        if part is Part.SIGN:
            return self.sign
        if part is Part.FREEZE:
            return self.freeze
        return {Part.CONDITIONS: self.conditions, Part.TEXTS: self.texts, Part.PAPERS: self.papers}.get(part)

    def _choose_part(self, part: Part) -> None:
        self.show_part(part)
        if part is Part.PAGES:
            self.preview.view.setFocus()
        else:
            self._focus_left()

    def _focus_left(self) -> None:
        if self.part is Part.SIGN:
            self.sign.set_focus()
        elif self.part is Part.FREEZE:
            self.freeze.list.setFocus()
        else:
            self._first_of_left().setFocus()

    def _first_of_left(self) -> QWidget:
        if self.part in (Part.CONDITIONS, Part.PAPERS):
            return self.conditions.list if self.part is Part.CONDITIONS else self.papers.list
        if self.part is Part.FREEZE:
            return self.freeze.list
        return self._pane_of(self.part) or self.preview.view

    def _first_of_middle(self) -> QWidget:
        return self.editor.text if self.part is Part.TEXTS else self.preview.view

    def _open_section(self, key: str) -> None:
        """A section in the editor, the caret in its words."""
        self.texts.choose(key if key in SECTIONS or key.startswith("content_") else self.texts.key())
        self._enter_section(self.texts.key())

    def _enter_section(self, key: str) -> None:
        if not key:
            return
        self.editor.show_section(key)
        self._inside = True
        self._fold()
        self.editor.text.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list, and from there to where one came from."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
            return
        at_list = self._first_of_left().hasFocus() and self.part is not Part.PAGES
        if at_list and self.part is Part.CONDITIONS:
            self.session.back()
            return
        inside_left = self._left.isAncestorOf(QApplication.focusWidget() or self)
        self.show_part(Part.CONDITIONS if inside_left or self.part is Part.PAGES else self.part)
        self._focus_left()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LanguageChange) and hasattr(self, "preview"):
            self._scale = 0
            QTimer.singleShot(0, self, self._fold)

    def _fold(self) -> None:
        """Three panes, two, or one at a time."""
        px, room = look().px, self.width()
        wide = px(_LEFT) + px(_RIGHT) + _MIDDLE_LEAST
        panes = 3 if room >= wide else 2 if room >= px(_LEFT_NARROW) + _MIDDLE_LEAST else 1
        if not room:
            return
        if (panes, look().scale) != (self._panes, self._scale):
            self._panes, self._scale = panes, look().scale
            self._change_panes(panes)
        one, inside = panes == 1, self._is_inside()
        self._left_stack.setVisible(not (one and inside))
        self._middle.setVisible(not one or inside)
        self._left.setMaximumHeight(px(tokens.TABS) + 1 if one and inside else _ALL)

    def _change_panes(self, panes: int) -> None:
        px, one = look().px, panes == 1
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if one else QBoxLayout.Direction.LeftToRight)
        for line, least in zip(self._lines, (2, 3), strict=True):
            line.setVisible(panes >= least)
        if panes == 3:
            self._row.addWidget(self.papers)
            self.papers.set_order(self.editor.proposal.editor)
            self.papers.setFixedWidth(max(px(_RIGHT), _RIGHT))  # caps of keys do not shrink
            self.papers.show()
        else:
            self.papers.setMinimumWidth(0)
            self.papers.setMaximumWidth(_ALL)
            self._left_stack.addWidget(self.papers)
            self.papers.set_order(self.texts)
        for button in self._buttons.values():
            button.setFixedHeight(px(tokens.TABS))
        self._buttons[Part.PAPERS].setVisible(panes < 3)
        self._buttons[Part.PAGES].setVisible(one)
        strip = sum(button.sizeHint().width() for button in self._buttons.values() if not button.isHidden())
        width = max(px(_LEFT if panes == 3 else _LEFT_NARROW), strip + 2 * tokens.TIGHT)
        self._left.setMinimumWidth(0 if one else width)
        self._left.setMaximumWidth(_ALL if one else width)
        if (panes == 3 and self.part is Part.PAPERS) or (not one and self.part is Part.PAGES):
            self.show_part(Part.SIGN if self.opened.is_read_only else Part.CONDITIONS)

    def _is_inside(self) -> bool:
        """Where there is one pane, whether it is the one that stands in the middle otherwise."""
        return self.part is Part.PAGES or (self.part is Part.TEXTS and self._inside)

    # -------------------------------------------------------- following the record

    def _connect(self) -> None:
        self.opened.refreshed.connect(self._refresh)
        self.conditions.entered.connect(self._settle_condition)
        self.texts.chose.connect(self.editor.show_section)
        self.texts.entered.connect(self._enter_section)
        self.papers.chose.connect(self._show_paper)
        self.papers.opened_copy.connect(self._open_paper)
        self.papers.saved_copy.connect(self._save_paper)
        self.making.said.connect(lambda words: self._show_notice(Tone.INFORMATION, words))
        self.making.failed.connect(lambda words: self._show_notice(Tone.ERROR, words))

    def _refresh(self, entities: frozenset[str]) -> None:
        if not self.opened.is_here:
            return
        closed = self.opened.is_read_only
        if entities == WHOLE:
            self._forget()
            if self._shown != self.opened.id:
                self._shown = self.opened.id
                self._begins = True
                self.show_part(Part.SIGN if closed else Part.CONDITIONS)
        for act in self._steps:
            act.close(self.opened.why_read_only) if closed else act.open()
        self._buttons[Part.CONDITIONS].setVisible(not closed)
        signed = self.opened.inspection.signed is not None
        self._buttons[Part.SIGN].show_words(tr("Sau khi ký") if signed else tr("Ký"))
        if closed and self.part is Part.CONDITIONS:
            self.show_part(Part.SIGN)
        self.papers.show_inspection(self.opened.inspection)
        if self._sign is not None:
            self._sign.refresh()
        if self._freeze is not None:
            self._freeze.refresh()
        self._draft.say(
            tr("Mở bản chính thức")
            if self.opened.inspection.is_closed and not signed
            else tr("Mở bản đã ký")
            if signed
            else _DRAFT
        )
        self._ask_standing()
        if entities == WHOLE or entities - {"issued_document", "comment"}:
            self._stale = True
            self._soon()

    def _forget(self) -> None:
        """Another inspection: nothing of the last one stays."""
        self.shown_paper = NOW
        self._visited.clear()
        self.editor.leave()
        if self._sign is not None:
            self._sign.leave()
        self._show_notice(Tone.INFORMATION, "")
        if self._pages_of[0] != self.opened.id:
            self.preview.show_nothing()
        self.standing = None
        if self.part is Part.PAGES:
            self.part = Part.CONDITIONS

    def _ask_standing(self) -> None:
        inspection = self.opened.inspection
        self._asked += 1
        number = self._asked

        def told(standing: Standing) -> None:
            if number == self._asked and self.opened.id == inspection.id:
                self._show_standing(standing)

        self.session.ask(lambda desk: papers.standing(desk, inspection), told, self._fail, self)

    def _show_standing(self, standing: Standing) -> None:
        self.standing = standing
        self.conditions.show_standing(self.opened.inspection, standing)
        if self._begins:
            self._begins = False
            self.conditions.list.choose_first()
        self.texts.show_standing(standing)
        self.editor.show_standing(standing)
        if not self.editor.key and self.texts.key():
            self.editor.show_section(self.texts.key())
        self._exact.setVisible(standing.makes_pdf)
        self.papers.exact.setVisible(standing.makes_pdf)
        if self.opened.is_read_only:
            self._make.close(self.opened.why_read_only)
            self._explain.setVisible(False)

    # -------------------------------------------------------- pages

    def _show_paper(self, key: str) -> None:
        if key == self.shown_paper:
            return
        self.shown_paper = key
        self._stale = True
        self.papers.show_as_seen(key, self.opened.inspection)
        self._make_pages()

    def _open_paper(self, key: str) -> None:
        found = document_of(self.opened.inspection, key)
        if found is not None:
            self.making.view(found.hash, ".docx")
        else:
            self.make_draft()

    def _save_paper(self, key: str) -> None:
        found = document_of(self.opened.inspection, key)
        if found is not None:
            self.making.copy(found.hash)

    def _soon(self) -> None:
        """Pages are made when nothing changed for a moment, and only while somebody can see them."""
        if self.isVisible() and self._stale:
            self._timer.start()

    def _make_pages(self) -> None:
        if not self.isVisible() or not self.opened.is_here or not self._stale:
            return
        if self._is_typing():
            self._timer.start()
            return
        self._drop_pages()
        inspection, key, document = self.opened.id, self.shown_paper, self._document()
        self._stale = False
        self.preview.show_making()

        def work(desk: Desk, _progress: object, cancelled: papers.Cancelled) -> tuple[PaperPage, ...]:
            if document:
                return papers.pages_of(desk, document, cancelled)
            return papers.pages_now(desk, inspection, cancelled)

        job: list[Job] = []

        def is_wanted() -> bool:
            return bool(job) and self._making_pages is job[0]

        def made(pages: tuple[PaperPage, ...]) -> None:
            if is_wanted():
                self._making_pages = None
                self._pages_of = (inspection, key)
                self.preview.show_pages(pages)

        def failed(reason: str) -> None:
            if is_wanted():
                self._making_pages = None
                self.preview.show_failure(reason)
                self._show_notice(Tone.ERROR, reason)

        job.append(self.session.work(tr("Đang dựng trang biên bản"), work, made, failed, owner=self))
        self._making_pages = job[0]

    def _drop_pages(self) -> None:
        """Pages that are being made are not wanted any more."""
        self._timer.stop()
        if self._making_pages is not None:
            self._making_pages.cancel()
            self._making_pages = None
            self._stale = True

    def _is_typing(self) -> bool:
        """Somebody is typing in this tab: nothing else has the machine meanwhile."""
        field = self.editor.text
        return field.is_dirty() and field.editor.hasFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.preview.view.pages and self._stale:
            self._soon()
        else:
            QTimer.singleShot(0, self, self._make_pages)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._drop_pages()

    # -------------------------------------------------------- notices, laying out

    def _fail(self, reason: str) -> None:
        self._show_notice(Tone.ERROR, reason)

    def _show_notice(self, tone: Tone, words: Words) -> None:
        self._news.tell(tone, words, tr("Đóng"), partial(self._show_notice, tone, ""))

    def _lay_out(self) -> None:
        self._buttons = {part: PartButton(part.value) for part in Part}
        strip = QHBoxLayout()
        strip.setContentsMargins(tokens.TIGHT, 0, tokens.TIGHT, 0)
        strip.setSpacing(0)
        for part, button in self._buttons.items():
            button.show_narrow(narrow=True)
            button.clicked.connect(lambda _checked=False, part=part: self._choose_part(part))
            strip.addWidget(button)
        strip.addStretch(1)
        self._left_stack = QStackedWidget()
        for widget in (self.conditions, self.texts):
            self._left_stack.addWidget(widget)
        self._left = QWidget()
        self._left.setProperty("ground", "surface")
        self._left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(strip)
        left.addWidget(Line())
        left.addWidget(self._left_stack, 1)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.preview)
        self._middle.addWidget(self.editor)
        self.editor.setProperty("ground", "bg")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._left)
        self._lines = (Line(upright=True), Line(upright=True))
        self._row.addWidget(self._lines[0])
        self._row.addWidget(self._middle, 1)
        self._row.addWidget(self._lines[1])
        self._row.addWidget(self.papers)
        self._news = NewsPlace()
        self._news.setContentsMargins(tokens.GROUP, 0, tokens.GROUP, 0)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._news)
        rows.addLayout(self._row, 1)
        self.show_part(self.part)


class PartButton(TabButton):
    """The name of a part; it may change with the state of the inspection."""

    def show_words(self, words: Words) -> None:
        if words != self._words:
            self._words = words
            self._say()
