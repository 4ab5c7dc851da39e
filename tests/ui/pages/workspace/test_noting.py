"""Documents, figures and statements become evidence by one act each, typed by keyboard."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.ids import natural_id
from inspector.domain.inspection import Evidence
from inspector.ui.actions import Acts
from inspector.ui.pages.workspace.evidence.noting import Noting
from inspector.ui.pages.workspace.evidence.pane import EvidencePane
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from tests.ui import walker
from tests.ui.fields import Show
from tests.ui.sittings import Sitting
from tests.ui.typing import compose, press, type_text


class Desk:
    """A pane turned to the first item of an inspection."""

    def __init__(self, at: Sitting, show: Show) -> None:
        self.at = at
        self.inspection = at.begin()
        self.window = QWidget()
        self.window.resize(1000, 640)
        opened = OpenInspection(at.session, self.window)
        opened.open(self.inspection)
        at.settle()
        self.acts = Acts(self.window)
        pane = EvidencePane(at.session, self.acts, opened, keys_in=self.window)
        QVBoxLayout(self.window).addWidget(pane)
        show(self.window)
        assert opened.checklist is not None
        self.answer = natural_id(self.inspection, "answer", opened.checklist.items[0].key)
        pane.show("answer", self.answer)

    def ask(self, command: str) -> Noting:
        (act,) = (act for act in self.acts.all() if act.command.id == command)
        act.trigger()
        (dialog,) = self.window.findChildren(Noting)
        self.at.qtbot.waitUntil(dialog.isVisible)
        return dialog

    def stored(self) -> Evidence:
        self.at.settle()
        (piece,) = self.at.inspection(self.inspection).evidence
        assert [(subject.entity, subject.id) for subject in piece.subjects] == [("answer", self.answer)]
        return piece


@pytest.fixture
def desk(sit: Sitting, show: Show) -> Desk:
    return Desk(sit, show)


def test_a_document_is_cited_and_taken_back_by_its_name(desk: Desk) -> None:
    dialog = desk.ask("cite-document")
    assert (walker.faults(dialog), walker.faint(dialog)) == ([], [])
    type_text(dialog.fields["number"].editor, "12/KH-UBND")
    type_text(dialog.fields["date"].editor, "5/1/2026")
    compose(dialog.fields["issuer"].editor, ["U", "UB"], "UBND xã")
    press(dialog.act, "Return")
    cited = desk.stored().document
    assert cited is not None
    assert (cited.number, cited.date, cited.issuer, cited.abstract) == (
        "12/KH-UBND",
        date(2026, 1, 5),
        "UBND xã",
        None,
    )
    done = desk.at.session.undoable
    assert done is not None
    assert str(done.words) == "Đã dẫn văn bản"


def test_a_figure_keeps_its_source_and_time(desk: Desk) -> None:
    dialog = desk.ask("note-figure")
    type_text(dialog.fields["name"].editor, "Hồ sơ quá hạn")
    type_text(dialog.fields["value"].editor, "17")
    type_text(dialog.fields["extracted_at"].editor, "14:17 26/11/2026")
    press(dialog.act, "Return")
    piece = desk.stored()
    assert (piece.figure_name, piece.figure_value) == ("Hồ sơ quá hạn", "17")
    assert piece.figure_extracted_at is not None
    assert piece.figure_extracted_at.isoformat(timespec="minutes") == "2026-11-26T14:17"


def test_what_cannot_be_read_or_is_missing_keeps_the_question_open(desk: Desk) -> None:
    dialog = desk.ask("note-statement")
    press(dialog.act, "Return")
    assert str(dialog.fields["text"].note.words()) == "Ghi ô này trước"
    type_text(dialog.fields["text"].editor, "Chưa cập nhật do lỗi mạng")
    type_text(dialog.fields["at"].editor, "hôm qua")
    press(dialog.act, "Return")
    assert dialog.isVisible()
    assert desk.at.inspection(desk.inspection).evidence == ()
    dialog.fields["at"].drop()
    press(dialog.act, "Return")
    assert desk.stored().statement == "Chưa cập nhật do lỗi mạng"
