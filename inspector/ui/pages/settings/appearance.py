"""Colours, size of text, language: applied at once and kept on this laptop."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtWidgets import QApplication

from inspector.services.desk import Desk
from inspector.services.preferences import Preferences, load, save
from inspector.ui.actions import Acts
from inspector.ui.application import Application
from inspector.ui.language import LanguageCode, Words, tr
from inspector.ui.pages.settings.panel import FieldGrid, Panel
from inspector.ui.session import Session
from inspector.ui.theme import Theme
from inspector.ui.widgets.field import Entry
from inspector.ui.widgets.pick_field import Choice, PickField

_SCALES = (80, 90, 100, 110, 125, 150, 175, 200)


class AppearancePanel(Panel):
    """What other folders and moments the preferences hold stays as it is."""

    def __init__(self, session: Session, acts: Acts) -> None:
        super().__init__(session, acts, tr("Giao diện"), tr("Đổi là thấy ngay; chỉ lưu trên máy này."))
        self.theme = PickField(
            tr("Màu sắc"),
            [
                Choice("system", tr("Theo hệ thống")),
                Choice("light", tr("Sáng")),
                Choice("dark", tr("Tối")),
            ],
        )
        self.scale = PickField(tr("Cỡ chữ"), [Choice(str(each), _percent(each)) for each in _SCALES])
        self.language = PickField(
            tr("Ngôn ngữ của cửa sổ"), [Choice("vi", tr("Tiếng Việt")), Choice("en", tr("Tiếng Anh"))]
        )
        self._picks = {"theme": self.theme, "text_scale": self.scale, "language": self.language}
        for name, pick in self._picks.items():
            pick.state.hide()
            pick.committed.connect(lambda entry, name=name: self._choose(name, entry))
        self.rows.addWidget(FieldGrid(*self._picks.values()))
        self.rows.addStretch(1)
        self.setFocusProxy(self.theme)

    def arrive(self) -> None:
        self.session.ask(lambda desk: load(desk.workspace.places), self._take, owner=self)

    def _take(self, kept: Preferences) -> None:
        self.theme.show_value(kept.theme)
        self.language.show_value(kept.language)
        if kept.text_scale not in _SCALES:
            known = sorted({*_SCALES, kept.text_scale})
            self.scale.offer([Choice(str(each), _percent(each)) for each in known])
        self.scale.show_value(str(kept.text_scale))

    def _choose(self, name: str, entry: Entry) -> None:
        value: object = int(str(entry.value)) if name == "text_scale" else entry.value
        pick = self._picks[name]

        def keep(desk: Desk) -> Preferences:
            home = desk.workspace.places
            changed = replace(load(home), **{name: value})  # type: ignore[arg-type] # the fields of this panel
            save(home, changed)
            return changed

        def kept(preferences: Preferences) -> None:
            pick.mark_saved()
            pick.state.show_quiet()
            _apply(preferences)

        self.session.ask(keep, kept, self.fail, self)


def _apply(preferences: Preferences) -> None:
    application = QApplication.instance()
    if isinstance(application, Application):
        application.choose(
            language=cast(LanguageCode, preferences.language),
            theme=cast(Theme, preferences.theme),
            scale=preferences.text_scale,
        )


def _percent(scale: int) -> Words:
    return f"{scale} %"
