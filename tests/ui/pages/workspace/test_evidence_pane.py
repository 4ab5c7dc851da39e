"""The evidence of an item, a finding or the inspection: attached, shown, described, taken away and brought back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.domain.ids import natural_id
from inspector.domain.inspection import Evidence
from inspector.ui.actions import Acts
from inspector.ui.application import Application
from inspector.ui.language import LanguageCode
from inspector.ui.pages.workspace.evidence.pane import EvidencePane
from inspector.ui.pages.workspace.evidence.preview import Preview
from inspector.ui.pages.workspace.open_inspection import OpenInspection
from inspector.ui.theme import Theme
from tests.inputs.foreign import png
from tests.ui import walker
from tests.ui.fields import Show
from tests.ui.sittings import Sitting
from tests.ui.typing import compose, press, type_text


@dataclass
class Desk:
    """A window with a pane over one inspection."""

    at: Sitting
    inspection: str
    opened: OpenInspection
    window: QWidget
    pane: EvidencePane

    def answer(self, number: int) -> str:
        """The record of an item, and the pane turned to it."""
        assert self.opened.checklist is not None
        key = self.opened.checklist.items[number].key
        record = natural_id(self.inspection, "answer", key)
        self.pane.show("answer", record)
        self.at.settle()
        return record

    def stored(self) -> tuple[Evidence, ...]:
        return self.at.inspection(self.inspection).evidence

    def captions(self) -> list[str]:
        model = self.pane.strip.model
        return [model.evidence(model.index(row)).caption for row in range(model.rowCount())]

    def preview(self) -> Preview:
        (found,) = self.window.findChildren(Preview)
        return found


@pytest.fixture
def desk(sit: Sitting, show: Show) -> Desk:
    inspection = sit.begin()
    window = QWidget()
    window.resize(1000, 640)
    opened = OpenInspection(sit.session, window)
    opened.open(inspection)
    sit.settle()
    pane = EvidencePane(sit.session, Acts(window), opened, keys_in=window)
    rows = QVBoxLayout(window)
    rows.addWidget(pane)
    rows.addStretch(1)
    show(window)
    made = Desk(sit, inspection, opened, window, pane)
    made.answer(0)
    return made


def picture(folder: Path, name: str, colour: str = "red") -> Path:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    folder.mkdir(exist_ok=True)
    assert image.save(str(folder / name))
    return folder / name


def test_many_files_are_attached_and_the_bad_ones_named(desk: Desk, fast_tmp: Path) -> None:
    good = picture(fast_tmp / "in", "một.png")
    bad = fast_tmp / "in" / "hỏng.jpg"
    bad.write_bytes(b"no picture")
    letter = fast_tmp / "in" / "công văn.pdf"
    letter.write_bytes(b"%PDF-1.4")
    desk.at.prompter.answers.append([good, bad, letter])
    press(desk.window, "Ctrl+O")
    desk.at.settle()
    assert desk.captions() == ["một.png", "công văn.pdf"]
    (line,) = desk.pane.refusals.lines()
    assert line.startswith("hỏng.jpg: ")
    assert [str(done.words) for done in desk.at.done] == ["Đã đính kèm một.png", "Đã đính kèm công văn.pdf"]
    index = desk.pane.strip.model.index(0)
    assert desk.pane.strip.model.picture(index) is not None


def test_files_are_attached_to_what_was_shown_when_they_were_dropped(desk: Desk, fast_tmp: Path) -> None:
    files = [picture(fast_tmp / "in", f"{number}.png") for number in range(3)]
    desk.pane.attach(files)
    other = desk.answer(1)
    desk.at.settle()
    assert desk.captions() == []
    assert [subject.id for piece in desk.stored() for subject in piece.subjects].count(other) == 0
    desk.answer(0)
    assert desk.captions() == ["0.png", "1.png", "2.png"]


def test_stopping_keeps_what_was_attached(desk: Desk, fast_tmp: Path) -> None:
    files = [picture(fast_tmp / "in", f"{number}.png") for number in range(4)]
    desk.at.session.began.connect(lambda job: job.cancel())
    desk.pane.attach(files)
    desk.at.settle()
    assert desk.captions() == []
    assert desk.pane.refusals.lines() == ["Đã dừng; 4 tệp chưa đính kèm."]


def test_a_pasted_picture_is_kept_as_png_and_its_file_removed(desk: Desk) -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("blue"))
    QGuiApplication.clipboard().setImage(image)
    press(desk.window, "Ctrl+V")
    desk.at.settle()
    (piece,) = desk.stored()
    assert piece.file is not None
    assert piece.file.mime == "image/png"
    assert piece.file.name.startswith("anh-dan-")
    assert list(desk.at.desk.workspace.places.temporary.iterdir()) == []


def test_copied_files_are_attached_by_pasting(desk: Desk, fast_tmp: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(picture(fast_tmp / "in", "a.png")))])
    QGuiApplication.clipboard().setMimeData(mime)
    press(desk.window, "Ctrl+V")
    desk.at.settle()
    assert desk.captions() == ["a.png"]


def test_pasted_words_are_told_to_be_none(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("chữ")
    press(desk.window, "Ctrl+V")
    assert desk.at.troubles == ["Trong bộ nhớ tạm không có ảnh hay tệp để đính kèm."]


def test_removing_can_be_undone(desk: Desk, fast_tmp: Path) -> None:
    desk.pane.attach([picture(fast_tmp / "in", "a.png")])
    desk.at.settle()
    choose(desk, 0)
    press(desk.pane.strip.view, "Ctrl+Delete")
    desk.at.settle()
    assert desk.captions() == []
    desk.at.session.undo()
    desk.at.settle()
    assert desk.captions() == ["a.png"]


def test_a_picture_is_turned_and_shown_so(desk: Desk, fast_tmp: Path) -> None:
    desk.pane.attach([picture(fast_tmp / "in", "a.png")])
    desk.at.settle()
    choose(desk, 0)
    press(desk.pane.strip.view, "Ctrl+R")
    desk.at.settle()
    assert [piece.rotation for piece in desk.stored()] == [90]
    press(desk.pane.strip.view, "Ctrl+L")
    press(desk.pane.strip.view, "Ctrl+L")
    desk.at.settle()
    assert desk.pane.strip.model.picture(desk.pane.strip.model.index(0)) is not None
    assert desk.at.inspection(desk.inspection).conflicts == ()


def test_the_preview_goes_through_and_describes(desk: Desk, fast_tmp: Path) -> None:
    desk.pane.attach([picture(fast_tmp / "in", f"{number}.png") for number in range(2)])
    desk.at.settle()
    choose(desk, 0)
    press(desk.pane.strip.view, "F2")
    preview = desk.preview()
    editor = preview.caption.editor
    assert editor.hasFocus()
    compose(editor, ["S", "Sô", "Sổ"], "Sổ")
    type_text(editor, " theo dõi")
    press(editor, "PgDown")
    desk.at.settle()
    assert [piece.caption for piece in desk.stored()] == ["Sổ theo dõi", None]
    assert preview.caption.text() == ""
    assert preview.view.has_picture
    press(preview.view, "Escape")
    assert desk.pane.strip.view.hasFocus()
    assert desk.captions() == ["Sổ theo dõi", "1.png"]
    assert desk.pane.strip.chosen() == desk.stored()[1].id


def test_place_and_time_are_typed(desk: Desk, fast_tmp: Path) -> None:
    desk.pane.attach([picture(fast_tmp / "in", "a.png")])
    desk.at.settle()
    desk.pane.preview(desk.stored()[0].id)
    preview = desk.preview()
    preview.taken_at.editor.setFocus()
    type_text(preview.taken_at.editor, "8h05 26/11/2026")
    preview.place.editor.setFocus()
    type_text(preview.place.editor, "Một cửa")
    preview.leave()
    desk.at.settle()
    (piece,) = desk.stored()
    assert (str(piece.taken_at), piece.place) == ("2026-11-26 08:05:00", "Một cửa")


def test_a_second_subject_is_linked_and_taken_off(desk: Desk, fast_tmp: Path) -> None:
    finding = desk.at.act("add_finding", desk.inspection, kind="shortcoming", content="Chậm trả")
    desk.pane.attach([picture(fast_tmp / "in", "a.png")])
    desk.at.settle()
    (piece,) = desk.stored()
    desk.pane.preview(piece.id)
    links = desk.preview()._links
    type_text(links.search.editor, "chậm")
    (choice,) = links._find("chậm")
    links.search._take(choice)
    desk.at.settle()
    assert {subject.entity for subject in desk.stored()[0].subjects} == {"answer", "finding"}
    desk.pane.close_preview()
    desk.pane.show("finding", finding)
    desk.at.settle()
    assert desk.captions() == ["a.png"]


def test_what_is_not_here_is_said(desk: Desk, fast_tmp: Path) -> None:
    desk.pane.attach([picture(fast_tmp / "in", "a.png"), picture(fast_tmp / "in", "b.png", "blue")])
    desk.at.settle()
    first, second = (piece.file for piece in desk.stored())
    assert first is not None
    assert second is not None
    blobs = desk.at.desk.workspace.blobs
    for path in [path for path in blobs._folder.rglob("*") if path.is_file() and "derived" in path.parts]:
        path.unlink()
    blobs.path(first.hash).unlink()
    blobs.path(second.hash).write_bytes(b"x" * 200)
    desk.pane.thumbnails._known.clear()
    desk.answer(1)
    desk.answer(0)
    model = desk.pane.strip.model
    absent = [str(model.evidence(model.index(row)).absent) for row in range(2)]
    assert absent == ["Ảnh chỉ có trên máy khác", "Ảnh bị hỏng"]


def test_where_and_when_it_was_taken_is_asked_of_pictures_only(desk: Desk, fast_tmp: Path) -> None:
    letter = fast_tmp / "công văn.pdf"
    letter.write_bytes(b"%PDF-1.4")
    desk.pane.attach([picture(fast_tmp / "in", "một.png"), letter])
    desk.at.settle()
    asked = []
    for piece in desk.pane.pieces:
        desk.pane.preview(piece.id)
        desk.at.settle()
        asked.append([field.isVisible() for field in (desk.preview().caption, desk.preview().place)])
    assert asked == [[True, True], [True, False]]


def test_a_document_is_opened_as_a_copy(desk: Desk, fast_tmp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (fast_tmp / "công văn.pdf").write_bytes(b"%PDF-1.4 x")
    desk.pane.attach([fast_tmp / "công văn.pdf"])
    desk.at.settle()
    paths: list[Path] = []

    def opened(url: QUrl) -> bool:
        paths.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", opened)
    choose(desk, 0)
    press(desk.pane.strip.view, "Return")
    desk.at.settle()
    (path,) = paths
    assert path.parent == desk.at.desk.workspace.places.temporary
    assert (path.read_bytes(), path.stat().st_mode & 0o222) == (b"%PDF-1.4 x", 0)


def test_after_the_signature_nothing_is_changed(desk: Desk, fast_tmp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OpenInspection, "is_read_only", property(lambda _opened: True))
    desk.answer(0)
    assert not desk.pane.strip.tile.isVisible()
    assert not desk.pane.attach_act.isEnabled()
    desk.pane.attach([picture(fast_tmp / "in", "a.png")])
    desk.at.settle()
    assert desk.stored() == ()


def test_the_strip_keeps_what_is_chosen_while_more_comes(desk: Desk, fast_tmp: Path) -> None:
    desk.pane.attach([picture(fast_tmp / "in", "a.png"), picture(fast_tmp / "in", "b.png")])
    desk.at.settle()
    choose(desk, 1)
    chosen = desk.pane.strip.chosen()
    desk.pane.attach([picture(fast_tmp / "in", "c.png")])
    desk.at.settle()
    assert desk.pane.strip.chosen() == chosen
    assert desk.captions() == ["a.png", "b.png", "c.png"]


def test_whole_inspection_evidence_belongs_to_no_item(desk: Desk, fast_tmp: Path) -> None:
    (fast_tmp / "a.png").write_bytes(png(20, 10))
    desk.pane.show("inspection", desk.inspection)
    desk.pane.attach([fast_tmp / "a.png"])
    desk.at.settle()
    assert desk.captions() == ["a.png"]
    desk.answer(0)
    assert desk.captions() == []


@pytest.mark.every_screen
@pytest.mark.parametrize(
    ("theme", "language", "scale"),
    [("light", "vi", 100), ("dark", "vi", 150), ("dark", "en", 100), ("light", "vi", 200)],
)
def test_nothing_is_cut_or_covered(
    desk: Desk, qapp: Application, fast_tmp: Path, theme: Theme, language: LanguageCode, scale: int
) -> None:
    qapp.choose(theme=theme, language=language, scale=scale)
    bad = fast_tmp / "hỏng.jpg"
    bad.write_bytes(b"no picture")
    desk.pane.attach([picture(fast_tmp / "in", "a.png"), bad])
    desk.at.settle()
    desk.at.qtbot.waitUntil(lambda: bool(desk.pane.refusals.lines()))
    desk.at.settle()
    assert walker.faults(desk.window) == []
    desk.pane.preview(desk.stored()[0].id)
    desk.at.settle()
    assert walker.faults(desk.preview()) == []


def choose(desk: Desk, row: int) -> None:
    view = desk.pane.strip.view
    view.setFocus()
    view.setCurrentIndex(desk.pane.strip.model.index(row))
