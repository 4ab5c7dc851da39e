"""The evidence of one subject: a strip of pictures and files, what can be done with them, and what was not taken."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from inspector.domain.inspection import Evidence as Piece
from inspector.services.evidence_files import Presence, copy_to_open
from inspector.ui import tokens
from inspector.ui.actions import Acts
from inspector.ui.language import tr
from inspector.ui.pages.workspace.evidence.attaching import Attaching, Outcome, drop_kept, keep_picture, words_of
from inspector.ui.pages.workspace.evidence.noting import NOTES, Noting
from inspector.ui.pages.workspace.evidence.preview import Preview
from inspector.ui.pages.workspace.evidence.refusals import Refusals
from inspector.ui.pages.workspace.evidence.subject import On, name_of, shown
from inspector.ui.pages.workspace.evidence.thumbnails import Thumbnail, Thumbnails
from inspector.ui.pages.workspace.open_inspection import WHOLE, OpenInspection
from inspector.ui.prompting import FileQuestion
from inspector.ui.session import Session
from inspector.ui.tokens import Size, Weight
from inspector.ui.widgets.button import ActionButton, Kind
from inspector.ui.widgets.evidence_strip import EvidenceStrip
from inspector.ui.widgets.text import Text

_OWN = frozenset(("evidence", "evidence_link", "inspection", "signature"))


class EvidencePane(QWidget):
    """Turned to one subject after the other with ``show``; keeps itself up to date.

    ``keys_in`` is the widget within which Ctrl+O and Ctrl+V attach, such as the page; without it only while the focus
    is in the pane. The preview lies over the window of the pane.
    """

    def __init__(
        self,
        session: Session,
        acts: Acts,
        opened: OpenInspection,
        parent: QWidget | None = None,
        *,
        keys_in: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._opened = session, opened
        self._on: On | None = None
        self._preview: Preview | None = None
        self._running: list[Attaching] = []
        self.strip = EvidenceStrip()
        self.refusals = Refusals()
        self.thumbnails = Thumbnails(session, self)
        self.thumbnails.came.connect(self._came)
        self._bind(acts, keys_in or self)
        self.head = Text("", size=Size.META, weight=Weight.MEDIUM, tone="text2")
        self.button = ActionButton(self.attach_act, kind=Kind.QUIET, height=tokens.SMALL_CONTROL)
        self._lay_out()
        self.setAcceptDrops(True)
        self.strip.opened.connect(self.open)
        self.strip.offered.connect(self.attach)
        self.strip.pasted.connect(self.attach_picture)
        self.strip.wanted.connect(self.choose)
        self.strip.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.strip.view.customContextMenuRequested.connect(self._menu)
        opened.refreshed.connect(self._refreshed)
        self._fill()

    # -------------------------------------------------------- what is shown

    def show(self, entity: str = "", record: str = "") -> None:
        """Show the evidence of an ``answer``, ``finding``, ``dossier`` or ``headcount``, or of the ``inspection``.

        Without a subject it is what ``show`` of any widget is.
        """
        if not entity:
            super().show()
            return
        on = On(entity, record)
        if on != self._on:
            self._on = on
            self.close_preview()
            self.refusals.clear()
        self._fill()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The evidence shown, in its order."""
        return self._on.pieces(self._opened) if self._on is not None and self._opened.is_here else ()

    def piece(self, evidence: str) -> Piece | None:
        return next((piece for piece in self.pieces if piece.id == evidence), None)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Dropping beside the strip is meant for it."""
        if self.strip.acceptDrops():
            self.strip.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.strip.dropEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self._on is not None:
            self._fill()

    def _refreshed(self, entities: frozenset[str]) -> None:
        if entities == WHOLE:
            self.thumbnails.forget_absent()
        if entities == WHOLE or entities & _OWN:
            self._fill()

    def _fill(self) -> None:
        pieces = self.pieces
        known = {piece.id: self.thumbnails.known(piece) for piece in pieces}
        self.strip.show_evidence([shown(piece, _presence(known[piece.id])) for piece in pieces])
        for piece in pieces:
            found = known[piece.id]
            if found is None:
                self.strip.model.drop_picture(piece.id)
            elif found.picture is not None:
                self.strip.set_picture(piece.id, found.picture)
        self.thumbnails.want(pieces)
        closed = self._opened.is_read_only or self._on is None
        self.strip.set_closed(closed=closed)
        for act in (self.attach_act, self.paste_act, *self._notes, *self._piece_acts):
            act.close(self._opened.why_read_only) if closed else act.open()
        self.button.setVisible(not closed)
        self._say_head(len(pieces))
        if self._preview is not None and self._preview.isVisible():
            self._preview.show_pieces(pieces)

    def _say_head(self, count: int) -> None:
        if count:
            self.head.say(tr("Ảnh, tài liệu ({count})", count=count))
        else:
            self.head.say(tr("Không có ảnh, tài liệu") if self._opened.is_read_only else tr("Ảnh, tài liệu"))

    def _came(self, evidence: str, found: Thumbnail) -> None:
        piece = self.piece(evidence)
        if piece is None:
            return
        if found.picture is not None:
            self.strip.set_picture(evidence, found.picture)
        elif found.presence is not Presence.HERE:
            self._fill()

    # -------------------------------------------------------- attaching

    def choose(self) -> None:
        """Ask which files to attach."""
        pictures = ("*.jpg", "*.jpeg", "*.png", "*.heic", "*.heif", "*.webp", "*.tif", "*.tiff", "*.bmp")
        kinds = ((tr("Tất cả tệp"), ("*",)), (tr("Ảnh"), pictures), (tr("Văn bản"), ("*.pdf", "*.docx", "*.xlsx")))
        question = FileQuestion(tr("Chọn ảnh, tài liệu để đính kèm"), kinds, Path.home())
        self._session.prompter.choose_files(question, self.attach)

    def attach(self, files: list[Path]) -> None:
        """Attach these files to what is shown now, whatever is shown when it ends."""
        if self._on is None or not files or self._opened.is_read_only:
            return
        on = self._on
        self.refusals.clear()
        attaching = Attaching(self._session, self._opened, on, files, lambda outcome: self._attached(on, outcome))
        attaching.job.progressed.connect(self.refusals.show_progress)
        self.refusals.stop = attaching.job.cancel
        attaching.start()

    def attach_picture(self, picture: QImage) -> None:
        """Attach a pasted picture as a PNG."""
        if self._on is None or self._opened.is_read_only:
            return
        on = self._on

        def attach(path: Path) -> None:
            def ended(outcome: Outcome) -> None:
                drop_kept(self._session, path)
                self._attached(on, outcome)

            Attaching(self._session, self._opened, on, [path], ended).start()

        keep_picture(self._session, picture, attach, self)

    def note(self, command: str) -> None:
        """Ask for evidence that is no file and attach it to what is shown now."""
        on = self._on
        if on is None or self._opened.is_read_only:
            return
        note = NOTES[command]

        def keep(values: dict[str, object]) -> None:
            given = {note.group: values, **on.arguments(self._opened)}
            self._opened.perform(note.act, given, words=note.done)

        Noting(note, keep, self.window()).open()

    def paste(self) -> None:
        """What lies on the clipboard; words are told to be none."""
        if not self.strip.paste():
            self._session.trouble.emit(str(tr("Trong bộ nhớ tạm không có ảnh hay tệp để đính kèm.")))

    def _attached(self, on: On, outcome: Outcome) -> None:
        if on == self._on:
            self.refusals.show_words(words_of(outcome))

    # -------------------------------------------------------- one piece

    def open(self, evidence: str) -> None:
        """A document in the program of the system, anything else in the large view."""
        piece = self.piece(evidence)
        if piece is None:
            return
        if piece.file is not None and not piece.file.is_picture:
            self.open_document(piece)
            return
        self.preview(evidence)

    def preview(self, evidence: str, *, caption: bool = False) -> None:
        """The large view of a piece, with the caret in its caption where that is wanted."""
        preview = self._preview
        if preview is None or preview.parentWidget() is not self.window():
            preview = self._preview = Preview(self._session, self._opened, self.window())
            preview.closed.connect(self._preview_closed)
            preview.document_wanted.connect(self.open_document)
            self.destroyed.connect(preview.deleteLater)
        preview.turn_to(self.pieces, evidence, caption=caption)

    def close_preview(self) -> None:
        if self._preview is not None and self._preview.isVisible():
            self._preview.leave()

    def open_document(self, piece: Piece) -> None:
        """Open a read-only copy of the file in the program of the system."""
        file = piece.file
        if file is None:
            return

        def opened(path: Path) -> None:
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                self._session.trouble.emit(str(tr("Máy này không có chương trình mở được {name}.", name=file.name)))

        self._session.ask(lambda desk: copy_to_open(desk, file), opened, owner=self)

    def remove(self) -> None:
        """Take the chosen piece away; undo brings it back."""
        piece = self.piece(self.strip.chosen() or "")
        if piece is not None and not self._opened.is_read_only:
            words = tr("Đã bỏ {name}", name=name_of(piece))
            self._opened.perform("remove_evidence", {"evidence": piece.id}, words=words)

    def rotate(self, turn: int) -> None:
        """Turn the chosen picture by 90 or -90 degrees."""
        piece = self.piece(self.strip.chosen() or "")
        if piece is None or piece.file is None or not piece.file.is_picture or self._opened.is_read_only:
            return
        arguments = {"evidence": piece.id, "rotation": (piece.rotation + turn) % 360}
        self._opened.perform(
            "rotate_photo",
            arguments,
            at=("evidence", piece.id, ("rotation",)),
            words=tr("Đã xoay {name}", name=name_of(piece)),
        )

    # -------------------------------------------------------- inside

    def _bind(self, acts: Acts, keys_in: QWidget) -> None:
        self.attach_act = acts.bind("attach", self.choose, keys_in)
        self.attach_act.say(tr("Đính kèm"))
        self.paste_act = acts.bind("paste-picture", self.paste, keys_in)
        self._notes = [acts.bind(command, partial(self.note, command), keys_in) for command in NOTES]
        view = self.strip.view
        self._piece_acts = [
            acts.bind("edit", self._caption_chosen, view, tr("Sửa chú thích")),
            acts.bind("rotate-left", lambda: self.rotate(-90), view),
            acts.bind("rotate-right", lambda: self.rotate(90), view),
            acts.bind("remove-evidence", self.remove, view),
        ]

    def _caption_chosen(self) -> None:
        if chosen := self.strip.chosen():
            self.preview(chosen, caption=True)

    def _menu(self, place: QPoint) -> None:
        view = self.strip.view
        index = view.currentIndex()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if index.isValid():
            menu.addAction(str(tr("Mở")), lambda: self.open(self.strip.model.evidence(index).id))
            menu.addActions(list(self._piece_acts))
            menu.addSeparator()
        menu.addActions(list(self._notes))
        menu.popup(view.viewport().mapToGlobal(place))

    def _preview_closed(self) -> None:
        if self._preview is not None:
            self._choose(self._preview.current)

    def _choose(self, evidence: str) -> None:
        for row in range(self.strip.model.rowCount()):
            index = self.strip.model.index(row)
            if self.strip.model.evidence(index).id == evidence:
                self.strip.view.setCurrentIndex(index)
                self.strip.view.setFocus()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(tokens.GAP)
        top.addWidget(self.head, 1)
        top.addWidget(self.button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(tokens.TIGHT)
        rows.addLayout(top)
        rows.addWidget(self.strip)
        rows.addWidget(self.refusals)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def _presence(found: Thumbnail | None) -> Presence:
    return Presence.HERE if found is None else found.presence
