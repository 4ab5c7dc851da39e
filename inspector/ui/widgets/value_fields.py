"""Fields whose text means a number or a date. They read it after they were left; what cannot be read stays as typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QVBoxLayout, QWidget

from inspector.domain.wording import number, short_day
from inspector.ui.editing import LineEditor
from inspector.ui.language import Phrase, Words, tr
from inspector.ui.theme import look
from inspector.ui.typed_values import read_date, read_number
from inspector.ui.widgets.field import Field, Reading


class NumberField(Field):
    """A number, at the right. ``Entry.value`` is a ``Decimal`` or None; ``decimals`` is how many may be typed.

    With a ``unit`` behind it, such as *ngày làm việc*, the number stands at the left.
    """

    def __init__(self, words: Words, *, decimals: int = 0, unit: Words = "", parent: QWidget | None = None) -> None:
        editor = LineEditor(unit=unit, selects_all=True)
        if not unit:
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        super().__init__(words, editor, parent=parent)
        self._decimals = decimals

    def show_number(self, value: Decimal | int | None, seen: object = None) -> bool:
        """As ``show_value``."""
        return self.show_value("" if value is None else number(value), seen)

    def value(self) -> Decimal | None:
        """What the text means now; None as long as it means no number. For figures computed beside the field."""
        found = read_number(self.editor.draft().text, self._decimals)
        return found if isinstance(found, Decimal) else None

    def _read(self, text: str) -> Reading | Phrase:
        found = read_number(text, self._decimals)
        if isinstance(found, Phrase):
            return found
        return Reading(found, "" if found is None else number(found))


class DateField(Field):
    """A date that is typed; F4, Alt+↓ or the sign in the field opens a calendar. ``Entry.value`` is a date or None."""

    def __init__(self, words: Words, today: Callable[[], date], *, parent: QWidget | None = None) -> None:
        self._line = editor = DateEditor()
        super().__init__(words, editor, parent=parent)
        self._today = today
        editor.asked.connect(self.open_calendar)

    def show_date(self, value: date | None, seen: object = None) -> bool:
        """As ``show_value``."""
        return self.show_value("" if value is None else short_day(value), seen)

    def open_calendar(self) -> CalendarPopup | None:
        """Show the month of the typed date, or this month; choosing a day commits it."""
        if self.is_read_only():
            return None
        typed = read_date(self.editor.raw(), self._today())
        popup = CalendarPopup(self, typed if isinstance(typed, date) else self._today())
        popup.chosen.connect(self._take)
        popup.move(self.editor.mapToGlobal(QPoint(0, self.editor.height())))
        popup.show()
        return popup

    def _take(self, day: date) -> None:
        self._line.setText(short_day(day))
        self.finish()

    def _read(self, text: str) -> Reading | Phrase:
        found = read_date(text, self._today())
        if isinstance(found, Phrase):
            return found
        return Reading(found, "" if found is None else short_day(found))


class DateEditor(LineEditor):
    """A line with the sign of a calendar; ``asked`` when the calendar is wanted."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__(icon="calendar", selects_all=True)
        self.icon_pressed.connect(self.asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if down or event.key() == Qt.Key.Key_F4:
            self.asked.emit()
        else:
            super().keyPressEvent(event)


class CalendarPopup(QWidget):
    """A month under a date field: arrows move, Enter chooses, Esc leaves everything as it was."""

    chosen = Signal(date)

    def __init__(self, field: QWidget, day: date) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale())
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.setAccessibleName(str(tr("Lịch")))
        self._dress()
        self.calendar.activated.connect(self._choose)
        self.calendar.clicked.connect(self._choose)
        room = QVBoxLayout(self)
        room.setContentsMargins(1, 1, 1, 1)
        room.addWidget(self.calendar)
        self.setProperty("ground", "surface")
        self.calendar.setFocus()

    def _dress(self) -> None:
        """Qt draws black arrows and red weekends on every ground."""
        plain = QTextCharFormat()
        plain.setForeground(look().colour("text"))
        for weekday in Qt.DayOfWeek:
            self.calendar.setWeekdayTextFormat(weekday, plain)
        ratio = self.devicePixelRatioF()
        for name, icon in (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right")):
            button = self.calendar.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(QIcon(look().icons.pixmap(icon, look().colour("text"), 16, ratio)))

    def _choose(self, day: QDate) -> None:
        # Enter and click both answer; the first one closes.
        if self.isVisible():
            self.close()
            self.chosen.emit(date(day.year(), day.month(), day.day()))
