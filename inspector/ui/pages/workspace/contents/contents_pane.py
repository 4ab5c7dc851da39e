"""How far the inspection is: progress, provisional points, the contents, and four saved filters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.ui import tokens
from inspector.ui.commands import COMMANDS
from inspector.ui.language import Phrase, tr
from inspector.ui.pages.workspace.contents.board import Board, ContentLine, Saved, points_text
from inspector.ui.pages.workspace.contents.choice_list import ChoiceList, ChoiceRow
from inspector.ui.painting import Mark
from inspector.ui.theme import look
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import Button, Kind
from inspector.ui.widgets.card import Line
from inspector.ui.widgets.signs import ProgressBar
from inspector.ui.widgets.text import CutText, Text

SAVED_WORDS: dict[Saved, Phrase] = {
    Saved.UNCHECKED: tr("Chưa kiểm tra"),
    Saved.DISAGREED: tr("Chưa thống nhất"),
    Saved.MINE: tr("Phần của tôi"),
    Saved.BARE: tr("Thiếu minh chứng"),
}


class ContentsPane(QWidget):
    """``chosen`` carries the code of a content or a ``Saved``; ``taken`` comes with Enter, ``left`` with Esc."""

    chosen = Signal(object)
    taken = Signal()
    left = Signal()

    def __init__(self, settle: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done = Text("", size=Size.META, weight=Weight.MEDIUM, tone="text2")
        self._bar = ProgressBar()
        self._points = QWidget()
        self._points_are = Text("", weight=Weight.STRONG, size=Size.META)
        self._left_out = CutText(size=Size.META, tone="text2")
        self.contents = ChoiceList(tr("Nội dung"))
        self.saved = ChoiceList(tr("Lọc đã lưu"))
        self.settle = Button(
            tr("Lý do chưa kiểm tra…"), settle, kind=Kind.QUIET, height=tokens.SMALL_CONTROL, icon="pencil"
        )
        self._reason = CutText(size=Size.META, tone="text2", lines=2)
        self._lay_out()
        self._connect()
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def show_board(self, board: Board) -> None:
        whole = board.whole
        self._done.say(tr("{done}/{total} mục", done=whole.checked, total=whole.total))
        self._bar.show_counts(whole.counts, whole.total)
        self._show_points(board)
        self.contents.show_rows([_content_row(content) for content in board.contents])
        self.saved.show_rows([_saved_row(saved, board) for saved in Saved])
        self._fit()

    def show_scope(self, scope: object) -> None:
        """What the items are narrowed by: the code of a content, or a ``Saved``."""
        self.contents.show_chosen(scope if isinstance(scope, str) else "")
        self.saved.show_chosen(scope.value if isinstance(scope, Saved) else "")

    def show_settling(self, reason: str, *, offered: bool, allowed: bool) -> None:
        """The lead's one reason for what nobody checked, and the act that gives it."""
        self._reason.say(tr("Lý do chưa kiểm tra: {reason}", reason=reason) if reason else "")
        self._reason.setVisible(bool(reason))
        self.settle.setVisible(offered)
        self.settle.setEnabled(allowed)
        if not allowed:
            self.settle.setToolTip(str(tr("Trưởng đoàn nêu lý do chung.")))
        self._below.setVisible(offered or bool(reason))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def _lay_out(self) -> None:
        head = QWidget()
        rows = QVBoxLayout(head)
        rows.setContentsMargins(tokens.GROUP, 12, tokens.GROUP - 2, 12)
        rows.setSpacing(6)
        line = QHBoxLayout()
        line.addWidget(Text(tr("Tiến độ"), weight=Weight.STRONG), 1)
        line.addWidget(self._done)
        rows.addLayout(line)
        rows.addWidget(self._bar)
        rows.addWidget(self._points)
        points = QVBoxLayout(self._points)
        points.setContentsMargins(0, 0, 0, 0)
        points.setSpacing(2)
        of_points = QHBoxLayout()
        of_points.addWidget(Text(tr("Điểm tạm tính"), size=Size.META, tone="text2"), 1)
        of_points.addWidget(self._points_are)
        points.addLayout(of_points)
        points.addWidget(self._left_out)
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(tokens.TIGHT, 0, tokens.GROUP - 2, tokens.TIGHT)
        below.setSpacing(0)
        said = QHBoxLayout()
        said.setContentsMargins(12, 0, 0, 0)
        said.addWidget(self._reason)
        below.addLayout(said)
        button = QHBoxLayout()
        button.addWidget(self.settle)
        button.addStretch(1)
        below.addLayout(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (head, Line()):
            whole.addWidget(part)
        whole.addWidget(self.contents, 1)
        whole.addWidget(Line())
        whole.addWidget(self.saved)
        whole.addWidget(self._below)
        self.saved.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _connect(self) -> None:
        self.contents.chosen.connect(lambda code: self.chosen.emit(code))
        self.saved.chosen.connect(lambda key: self.chosen.emit(Saved(key)))
        self.contents.off_end.connect(self.saved.go_to_first)
        self.saved.off_top.connect(self.contents.go_to_last)
        for choices in (self.contents, self.saved):
            choices.taken.connect(self.taken)
            choices.left.connect(self.left)

    def _show_points(self, board: Board) -> None:
        """Only where the office adopted the points, and never without saying what they leave out."""
        found = board.points
        self._points.setVisible(found is not None and found.final.of_100 is not None)
        if found is None or found.final.of_100 is None:
            return
        band = f" · {found.band.label}" if found.band is not None else ""
        self._points_are.say(f"{points_text(found.final.of_100)}/100{band}")
        self._left_out.say(tr("Chưa gồm {count} mục chưa kiểm tra", count=found.unchecked) if found.unchecked else "")
        self._left_out.setVisible(bool(found.unchecked))

    def _fit(self) -> None:
        self.saved.setFixedHeight(self.saved.whole_height() + look().px(tokens.GAP))
        self.contents.setMinimumHeight(look().px(84))


def _content_row(content: ContentLine) -> ChoiceRow:
    return ChoiceRow(
        content.code,
        content.title,
        f"{content.checked}/{content.total}",
        code=content.code,
        counts=tuple(sorted(content.counts.items(), key=lambda each: each[0].name)),
        total=content.total,
        is_done=content.checked == content.total,
    )


def _saved_row(saved: Saved, board: Board) -> ChoiceRow:
    signs = {Saved.UNCHECKED: Mark.UNCHECKED, Saved.DISAGREED: Mark.DISAGREED}
    icons = {Saved.MINE: "users", Saved.BARE: "camera"}
    keys = {Saved.UNCHECKED: "next-unchecked", Saved.DISAGREED: "next-open"}
    return ChoiceRow(
        saved.value,
        SAVED_WORDS[saved],
        str(len(board.of(saved))),
        mark=signs.get(saved),
        icon=icons.get(saved, ""),
        keys=COMMANDS[keys[saved]].keys[0] if saved in keys else "",
    )
