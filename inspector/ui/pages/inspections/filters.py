"""The line of filters over the list: a text, and a few choices that show what they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.services.visits import Choices
from inspector.ui import tokens
from inspector.ui.editing import LineEditor
from inspector.ui.keys import ENTER, is_plain
from inspector.ui.language import Words, tr
from inspector.ui.pages.flow import Flow
from inspector.ui.pages.inspections.narrowing import Period, Wanted
from inspector.ui.pages.visit_words import FORMS, level_words
from inspector.ui.theme import look
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.pick_field import Choice, PickField, said

_TEXT, _TEXT_LEAST = 240, 168
_LEAST, _MOST = 96, 204
_PAUSE_MS = 120
_IN_PLAN, _OUTSIDE = "in-plan", "outside"


class FilterEditor(LineEditor):
    """Filters while somebody types and never touches what is typed. ↓ and Enter go on to the list, Esc empties it."""

    gone_down = Signal()

    def __init__(self) -> None:
        super().__init__(icon="search", keys="Ctrl+F")
        self.is_dirty = lambda: bool(self.text())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._retranslate()

    def sizeHint(self) -> QSize:
        return QSize(look().px(_TEXT), look().px(tokens.CONTROL))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(_TEXT_LEAST), look().px(tokens.CONTROL))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        keys = "Ctrl+F" if self.width() >= look().px(_TEXT) - 8 else ""
        if keys != self._keys:
            self._keys = keys
            self._make_room()
        self._say_what()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = is_plain(event)
        if plain and event.key() in (Qt.Key.Key_Down, *ENTER):
            self.gone_down.emit()
        elif plain and event.key() == Qt.Key.Key_Escape and self.text() and not self.preedit:
            self.put("")
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()

    def _retranslate(self) -> None:
        self.setAccessibleName(str(tr("Lọc danh sách")))
        self._say_what()
        self.setToolTip(str(tr("Tên đơn vị, số biên bản, người trong đoàn; gõ có dấu hoặc không dấu")))

    def _say_what(self) -> None:
        """In full where there is room."""
        words = str(tr("Tên đơn vị, số biên bản, người trong đoàn"))
        margins = self.textMargins()
        room = self.width() - margins.left() - margins.right() - look().px(tokens.EDGE)
        whole = QFontMetrics(look().font()).horizontalAdvance(words) <= room
        self.setPlaceholderText(words if whole else str(tr("Đơn vị, số, người")))


class FilterPick(PickField):
    """As wide as what is chosen, without a label: its first choice says what it is about."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.hide_label()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.picker.currentIndexChanged.connect(self._fit_width)

    def offer(self, choices: Sequence[Choice]) -> None:
        super().offer(choices)
        self._fit_width()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self._fit_width()

    def _fit_width(self) -> None:
        shown = self.picker.currentText()
        wide = QFontMetrics(look().font()).horizontalAdvance(shown) + look().px(40)
        self.setFixedWidth(max(look().px(_LEAST), min(look().px(_MOST), wide)))
        self.picker.setToolTip(shown)
        self._fit_list()

    def _fit_list(self) -> None:
        """The open list is as wide as its widest choice."""
        metrics = QFontMetrics(look().font())
        widest = max((metrics.horizontalAdvance(said(choice)) for choice in self._choices), default=0)
        self.picker.view().setMinimumWidth(widest + look().px(40))


class Filters(Flow):
    """``changed`` follows whatever a person narrows; ``wanted`` is what they narrowed to."""

    changed = Signal()
    gone_down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, first_grows=True)
        self.text = FilterEditor()
        self.period, self.form = FilterPick(tr("Thời gian")), FilterPick(tr("Hình thức"))
        self.level, self.lead = FilterPick(tr("Loại đơn vị")), FilterPick(tr("Trưởng đoàn"))
        self.clear = Button(tr("Bỏ lọc"), self._clear, kind=Kind.QUIET, icon="x")
        self._choices = Choices()
        self._wanted = Wanted()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._take_text)
        for widget in (self.text, *self._picks(), self.clear):
            self.flow.addWidget(widget)
        self.text.typed.connect(self._pause.start)
        self.text.left.connect(self._take_text)
        self.text.gone_down.connect(self._go_down)
        for pick in self._picks():
            pick.committed.connect(self._take_picks)
        self.show_choices(self._choices)

    @property
    def wanted(self) -> Wanted:
        return self._wanted

    def show_choices(self, choices: Choices) -> None:
        """What there is to choose from; what was chosen stays chosen."""
        self._choices = choices
        coming = [Choice(Period.COMING, tr("Sắp tới")), Choice(Period.MONTH, tr("Tháng này"))]
        years = [Choice(str(year), tr("Năm {year}", year=str(year))) for year in choices.years]
        plan = [Choice(_IN_PLAN, tr("Theo kế hoạch")), Choice(_OUTSIDE, tr("Ngoài kế hoạch"))]
        forms = [Choice(form, words) for form, words in FORMS.items()]
        self.period.offer([Choice("", tr("Mọi thời gian")), *coming, *years])
        self.form.offer([Choice("", tr("Mọi hình thức")), *forms, *plan])
        levels = [Choice(level, level_words(level)) for level in choices.levels]
        self.level.offer([Choice("", tr("Mọi loại đơn vị")), *levels])
        self.lead.offer([Choice("", tr("Mọi trưởng đoàn")), *(Choice(name, name) for name in choices.leads)])
        self.show_wanted(self._wanted)

    def show_wanted(self, wanted: Wanted, *, anew: bool = False) -> None:
        """Show it without telling anybody. What somebody is typing is left alone, unless all begins ``anew``."""
        self._wanted = wanted
        if (anew or not self.text.hasFocus()) and self.text.raw() != wanted.text:
            self.text.put(wanted.text)
        plan = {True: _IN_PLAN, False: _OUTSIDE}.get(wanted.planned) if wanted.planned is not None else None
        for pick, key in zip(
            self._picks(), (wanted.period, wanted.form or plan or "", wanted.level, wanted.lead), strict=True
        ):
            pick.show_value(key)
        self.clear.setVisible(wanted.is_narrowed)

    def choose_state(self, state: str) -> None:
        self._tell(state=state)

    def _picks(self) -> tuple[FilterPick, ...]:
        return self.period, self.form, self.level, self.lead

    def _take_text(self) -> None:
        self._pause.stop()
        text = " ".join(self.text.draft().text.split())
        if text != self._wanted.text:
            self._tell(text=text)

    def _take_picks(self) -> None:
        for pick in self._picks():
            pick.state.show_quiet()
        form = self.form.key() or ""
        planned = {_IN_PLAN: True, _OUTSIDE: False}.get(form)
        self._tell(
            period=self.period.key() or "",
            form="" if planned is not None else form,
            planned=planned,
            level=self.level.key() or "",
            lead=self.lead.key() or "",
        )

    def _clear(self) -> None:
        self.text.put("")
        self._pause.stop()
        self.show_wanted(Wanted())
        self.changed.emit()
        self.gone_down.emit()

    def _go_down(self) -> None:
        self._take_text()
        self.gone_down.emit()

    def _tell(self, **what: object) -> None:
        make: Callable[..., Wanted] = replace
        self._wanted = make(self._wanted, **what)
        self.clear.setVisible(self._wanted.is_narrowed)
        self.changed.emit()
