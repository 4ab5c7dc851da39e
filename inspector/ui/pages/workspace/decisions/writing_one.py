"""The common opinion (ý kiến chung): a text written from the opinions, or a value put together part by part."""

from __future__ import annotations

import json

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.changeset import Json, canonical
from inspector.domain.registry import ENTITIES, Field, Type
from inspector.services.deciding import Line
from inspector.services.recorded_words import member_words
from inspector.ui import tokens
from inspector.ui.editing import Draft
from inspector.ui.language import tr
from inspector.ui.pages.workspace.growing_area import GrowingArea
from inspector.ui.widgets.pick_field import Choice, PickField

_TEXTS = (Type.TEXT, Type.LONG_TEXT)


class CommonOpinion(QWidget):
    """``value`` is what an act takes, None while there is nothing to take. Leaving the text never decides anything."""

    drafted = Signal(object)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._line: Line | None = None
        self.text = GrowingArea(tr("Ý kiến chung"), least=3, most=8)
        self.text.drafted.connect(self.drafted)
        self.text.committed.connect(self._keep)
        self.text.editor.typed.connect(self.changed)
        self.picks: dict[str, PickField] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(tokens.GAP)
        self._rows.addWidget(self.text, 1)

    def show_line(self, line: Line) -> None:
        """Another place: nothing of the last one stays."""
        self._line = line
        for pick in self.picks.values():
            pick.hide()
            pick.deleteLater()
        self.picks = {}
        self.text.turn_to("")
        self.text.setVisible(self.is_text)
        if not self.is_text:
            self._offer(line)

    def restore(self, text: str) -> None:
        """What somebody had begun to write when the program ended."""
        self.text.restore(Draft(text, len(text)))

    @property
    def is_possible(self) -> bool:
        """Whether a value can be put together here; otherwise one of the opinions is taken."""
        return self.is_text or bool(self.picks)

    @property
    def is_text(self) -> bool:
        line = self._line
        if line is None:
            return False
        shape = _shape(line)
        return _is_section(line) or (shape is not None and shape.type in (*_TEXTS, Type.LIST))

    def begin_from(self, number: int) -> None:
        """Start from one of the opinions: its text, or its parts."""
        if self._line is None or number >= len(self._line.opinions):
            return
        value = self._line.opinions[number].value
        if self.is_text:
            self.text.editor.put(_as_text(self._line, value))
        parts = value if isinstance(value, dict) else {}
        for name, pick in self.picks.items():
            pick.show_value(canonical(parts.get(name)))
        self.changed.emit()

    def focus(self) -> None:
        first = self.text.editor if self.is_text else next(iter(self.picks.values())).picker
        first.setFocus()

    def value(self) -> str | None:
        line = self._line
        if line is None:
            return None
        if self.is_text:
            return _from_text(line, self.text.text())
        chosen = {name: pick.key() for name, pick in self.picks.items()}
        if not chosen or any(key is None for key in chosen.values()):
            return None
        first = line.opinions[0].value
        whole: dict[str, Json] = dict(first) if isinstance(first, dict) else {}
        whole |= {name: json.loads(str(key)) for name, key in chosen.items()}
        return json.dumps({name: part for name, part in whole.items() if part is not None}, ensure_ascii=False)

    def _keep(self, _entry: object) -> None:
        """The caret left: the text stands here as a draft until somebody decides."""
        self.text.mark_unsaved(tr("Chưa quyết định"), can_retry=False)

    def _offer(self, line: Line) -> None:
        """A choice for every part that differs."""
        shape = _shape(line)
        values = [opinion.value for opinion in line.opinions]
        if shape is None or shape.type is not Type.GROUP or not all(isinstance(value, dict) for value in values):
            return
        for member in shape.members:
            found = {canonical(value.get(member.name)): value for value in values if isinstance(value, dict)}
            if len(found) > 1:
                said = {key: member_words(member, value.get(member.name)) for key, value in found.items()}
                choices = [Choice(key, words or tr("Để trống")) for key, words in said.items()]
                pick = PickField(member.label, choices)
                pick.committed.connect(lambda _entry: self.changed.emit())
                self.picks[member.name] = pick
                self._rows.addWidget(pick)


def _shape(line: Line) -> Field | None:
    known = ENTITIES.get(line.at.entity)
    return known.field(line.at.field) if known else None


def _is_section(line: Line) -> bool:
    return (line.at.entity, line.at.field) == ("minutes_section", "body")


def _as_text(line: Line, value: Json) -> str:
    if _is_section(line):
        return str(value.get("text") or "") if isinstance(value, dict) else ""
    if isinstance(value, list):
        return "\n".join(str(part) for part in value)
    return "" if value is None else str(value)


def _from_text(line: Line, text: str) -> str | None:
    shape = _shape(line)
    if not text.strip():
        return None
    if _is_section(line):
        first = line.opinions[0].value
        proposal = first.get("proposal") if isinstance(first, dict) else None
        return json.dumps({"text": text, **({"proposal": proposal} if proposal else {})}, ensure_ascii=False)
    if shape is not None and shape.type is Type.LIST:
        return json.dumps([part for part in text.split("\n") if part.strip()], ensure_ascii=False)
    return text
