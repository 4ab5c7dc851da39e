"""Every command of the window with its words and keys, declared once for buttons, hints, palette and key sheet.

A screen binds the commands it can do (``actions.Acts.bind``); nothing else in the program names a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import combinations

from PySide6.QtGui import QKeySequence

from inspector.ui.language import Phrase, tr


class Place(Enum):
    """Where a command works, as a way from the whole window down to one page."""

    EVERYWHERE = ""
    HOME = "home"
    LISTS = "lists"
    NEW_VISIT = "new-visit"
    WORKSPACE = "workspace"
    ITEMS = "workspace/items"
    FINDINGS = "workspace/findings"
    DOSSIERS = "workspace/dossiers"
    PEOPLE = "workspace/people"
    MINUTES = "workspace/minutes"
    EXCHANGE = "exchange"
    JOBS = "jobs"
    DECISION = "decision"
    CHECKLISTS = "checklists"
    UNITS = "units"
    SETTINGS = "settings"

    def meets(self, other: Place) -> bool:
        """Both can be in force at once: one lies within the other."""
        mine, theirs = f"{self.value}/".lstrip("/"), f"{other.value}/".lstrip("/")
        return mine.startswith(theirs) or theirs.startswith(mine)


class Focus(Enum):
    """What must have the focus for the key to count."""

    ANY = "any"
    LIST = "list"
    TABLE = "table"
    FIELD = "field"

    def meets(self, other: Focus) -> bool:
        return self is other or Focus.ANY in (self, other)


@dataclass(frozen=True)
class Command:
    """``native``: the widget with the focus does it by itself; it is named for hints and the key sheet only.

    ``hint`` is the short form for the status bar; without one the command is not hinted. ``keeps_editing``: the field
    with the caret is not committed before.
    """

    id: str
    words: Phrase
    keys: tuple[str, ...]
    place: Place = Place.EVERYWHERE
    focus: Focus = Focus.ANY
    hint: Phrase | None = None
    icon: str = ""
    native: bool = False
    keeps_editing: bool = False


def _everywhere() -> Iterator[Command]:
    yield Command("palette", tr("Tìm hoặc ra lệnh"), ("Ctrl+K",), hint=tr("Tìm hoặc ra lệnh"), icon="search")
    yield Command("next-pane", tr("Chuyển sang vùng sau"), ("F6",), hint=tr("Chuyển vùng"))
    yield Command("previous-pane", tr("Chuyển về vùng trước"), ("Shift+F6",), icon="chevron-left")
    yield Command("back", tr("Quay lại"), ("Alt+Left",), hint=tr("Quay lại"), icon="arrow-left")
    yield Command("home", tr("Về Trang chủ"), ("Alt+Home",), icon="house")
    yield Command("undo", tr("Hoàn tác"), ("Ctrl+Z",), hint=tr("Hoàn tác"), icon="undo-2", keeps_editing=True)
    yield Command("redo", tr("Làm lại"), ("Ctrl+Y",), icon="redo-2", keeps_editing=True)
    yield Command("help", tr("Trợ giúp về màn hình này"), ("F1",), hint=tr("Trợ giúp"), icon="circle-question-mark")
    yield Command("filter", tr("Lọc danh sách"), ("Ctrl+F",), hint=tr("Lọc"), icon="list-filter")
    yield Command("exchange-now", tr("Đồng bộ ngay"), ("F5",), hint=tr("Đồng bộ"), icon="refresh-cw")
    for screen, words, icon in (
        ("inspections", tr("Đến Cuộc kiểm tra"), "clipboard-check"),
        ("units", tr("Đến Đơn vị"), "building-2"),
        ("checklists", tr("Đến Bộ tiêu chí"), "list-checks"),
        ("exchange", tr("Đến Đồng bộ"), "refresh-cw"),
        ("settings", tr("Đến Cài đặt"), "settings"),
    ):
        yield Command(f"go-{screen}", words, (), icon=icon)
    yield Command("sample-data", tr("Xem dữ liệu mẫu"), (), icon="eye")
    yield Command("own-data", tr("Về dữ liệu của tôi"), (), icon="laptop")
    yield Command("quit", tr("Đóng chương trình"), (), icon="x")
    stop = tr("Dừng việc đang chạy")
    yield Command("stop-job", stop, ("Esc",), Place.JOBS, hint=tr("Dừng"), icon="x", keeps_editing=True)
    yield Command("row-menu", tr("Việc khác với dòng này"), ("Shift+F10",), hint=tr("Việc khác"), native=True)
    yield Command("choices", tr("Mở danh sách chọn"), ("F4",), focus=Focus.FIELD, native=True)
    yield Command("choices-down", tr("Mở danh sách chọn"), ("Alt+Down",), focus=Focus.FIELD, native=True)
    yield Command("next-field", tr("Sang ô sau"), ("Tab",), focus=Focus.FIELD, hint=tr("Ô sau"), native=True)


def _lists() -> Iterator[Command]:
    yield Command(
        "new", tr("Lập cuộc kiểm tra mới"), ("Ctrl+N",), Place.HOME, hint=tr("Cuộc kiểm tra mới"), icon="plus"
    )
    yield Command("new-here", tr("Thêm mới"), ("Ctrl+N",), Place.LISTS, hint=tr("Thêm mới"), icon="plus")
    yield Command(
        "commit-visit",
        tr("Lập cuộc kiểm tra"),
        ("Ctrl+Return",),
        Place.NEW_VISIT,
        hint=tr("Lập cuộc kiểm tra"),
        icon="check",
    )
    here = Place.LISTS
    yield Command("copy-inspection", tr("Lập cuộc mới từ cuộc này"), (), here, icon="copy")
    yield Command("inspection-minutes", tr("Xem và in biên bản"), (), here, icon="printer")
    yield Command("cancel-inspection", tr("Hủy cuộc kiểm tra"), (), here, icon="x")
    yield Command("reopen-inspection", tr("Mở lại cuộc đã hủy"), (), here, icon="rotate-ccw")
    yield Command("delete-inspection", tr("Xóa cuộc kiểm tra"), ("Ctrl+Delete",), here, Focus.LIST, icon="trash-2")
    yield Command("choose", tr("Chọn dòng"), ("Up", "Down"), focus=Focus.LIST, hint=tr("Chọn"), native=True)
    yield Command("open", tr("Mở dòng đang chọn"), ("Return",), focus=Focus.LIST, hint=tr("Mở"), native=True)
    yield Command("tick", tr("Đánh dấu"), ("Space",), focus=Focus.LIST, hint=tr("Đánh dấu"), native=True)
    yield Command("edit", tr("Sửa"), ("F2",), focus=Focus.LIST, hint=tr("Sửa"), icon="pencil")
    yield Command("edit-cell", tr("Sửa ô"), ("F2",), focus=Focus.TABLE, hint=tr("Sửa"), native=True)
    yield Command("copy-above", tr("Chép ô ở trên"), ("Ctrl+D",), focus=Focus.TABLE, hint=tr("Chép ô trên"))
    yield Command("remove-row", tr("Xóa dòng"), ("Ctrl+Delete",), focus=Focus.TABLE, hint=tr("Xóa dòng"))


def _workspace() -> Iterator[Command]:
    tabs = (tr("Nội dung"), tr("Phát hiện"), tr("Hồ sơ mẫu"), tr("Thành phần"), tr("Biên bản"), tr("Bất đồng"))
    for number, words in enumerate(tabs, 1):
        yield Command(f"tab-{number}", words, (f"Ctrl+{number}",), Place.WORKSPACE)
    here = Place.WORKSPACE
    yield Command("to-list", tr("Về danh sách"), ("Esc",), here, Focus.FIELD, hint=tr("Về danh sách"), native=True)
    yield Command("next", tr("Mục sau"), ("Ctrl+Down",), here, hint=tr("Mục sau"), icon="chevron-down")
    yield Command("previous", tr("Mục trước"), ("Ctrl+Up",), here, icon="chevron-up")
    yield Command("next-unchecked", tr("Mục chưa kiểm tra tiếp theo"), ("F8",), here, hint=tr("Mục chưa kiểm tra"))
    yield Command("previous-unchecked", tr("Mục chưa kiểm tra trước đó"), ("Shift+F8",), here)
    yield Command("next-open", tr("Chỗ chưa thống nhất tiếp theo"), ("F7",), here, hint=tr("Chưa thống nhất"))
    yield Command("previous-open", tr("Chỗ chưa thống nhất trước đó"), ("Shift+F7",), here)
    yield Command(
        "commit-and-next", tr("Ghi và sang mục chưa kiểm tra"), ("Ctrl+Return",), here, hint=tr("Ghi và sang mục sau")
    )
    yield Command("new-finding", tr("Ghi phát hiện mới"), ("F9",), here, hint=tr("Ghi phát hiện"), icon="flag")
    yield Command("write-comment", tr("Ghi trao đổi nội bộ"), (), here, icon="message-square")
    settle = tr("Ghi lý do chung cho mục chưa kiểm tra")
    yield Command("settle-unchecked", settle, (), here, icon="pencil")
    yield Command("attach", tr("Đính kèm tệp"), ("Ctrl+O",), here, icon="paperclip")
    yield Command("paste-picture", tr("Dán ảnh"), ("Ctrl+V",), here, icon="image")
    right, left = tr("Xoay ảnh sang phải"), tr("Xoay ảnh sang trái")
    yield Command("cite-document", tr("Dẫn văn bản làm minh chứng"), (), here, icon="book-open")
    yield Command("note-figure", tr("Ghi số liệu làm minh chứng"), (), here, icon="table")
    yield Command("note-statement", tr("Ghi lời trình bày làm minh chứng"), (), here, icon="message-square")
    yield Command("rotate-right", right, ("Ctrl+R",), here, Focus.LIST, hint=tr("Xoay"), icon="rotate-cw")
    yield Command("rotate-left", left, ("Ctrl+L",), here, Focus.LIST, icon="rotate-ccw")
    yield Command("remove-evidence", tr("Bỏ ảnh, tài liệu"), ("Ctrl+Delete",), here, Focus.LIST, icon="trash-2")
    yield Command("draft-minutes", tr("Xem dự thảo biên bản"), ("Ctrl+P",), here, icon="file-text")


def _items() -> Iterator[Command]:
    results = (("met", "1", tr("Đạt")), ("partly", "2", tr("Đạt một phần")), ("not-met", "3", tr("Không đạt")))
    for name, key, words in (*results, ("not-applicable", "0", tr("Không áp dụng"))):
        yield Command(f"result-{name}", words, (f"Alt+{key}",), Place.ITEMS)
        yield Command(f"list-result-{name}", words, (key,), Place.ITEMS, Focus.LIST)
    yield Command("clear-result", tr("Bỏ kết quả của mục"), ("Del",), Place.ITEMS, Focus.LIST)
    yield Command("score-here", tr("Chấm điểm cuộc kiểm tra này"), (), Place.ITEMS, icon="star")


def _minutes() -> Iterator[Command]:
    here = Place.MINUTES
    parts = (tr("Điều kiện"), tr("Lời văn"), tr("Chốt dữ liệu"), tr("Ký"))
    for number, words in enumerate(parts, 1):
        yield Command(f"minutes-part-{number}", words, (f"Alt+{number}",), here)
    yield Command("make-minutes", tr("Chốt dữ liệu và lập biên bản"), (), here, icon="lock")
    yield Command("save-pdf", tr("Lưu PDF"), (), here, icon="download")
    yield Command("print", tr("In"), (), here, icon="printer")
    yield Command("view-print", tr("Xem đúng như in"), (), here, icon="eye")


def _pages() -> Iterator[Command]:
    kinds = (tr("Ưu điểm"), tr("Cách làm hay"), tr("Tồn tại, hạn chế"))
    for number, words in enumerate(kinds, 1):
        yield Command(f"kind-{number}", words, (f"Alt+{number}",), Place.FINDINGS)
    for page, name in ((Place.FINDINGS, "finding"), (Place.PEOPLE, "person")):
        yield Command(f"{name}-up", tr("Chuyển lên"), ("Alt+Up",), page, Focus.LIST, hint=tr("Chuyển lên"))
        yield Command(f"{name}-down", tr("Chuyển xuống"), ("Alt+Down",), page, Focus.LIST, hint=tr("Chuyển xuống"))
    yield Command("new-person", tr("Thêm người"), ("Ctrl+N",), Place.PEOPLE, hint=tr("Thêm người"), icon="plus")
    yield Command("import-dossiers", tr("Nhập từ Excel"), (), Place.DOSSIERS, icon="table")
    yield Command("new-dossier", tr("Thêm hồ sơ"), ("Ctrl+N",), Place.DOSSIERS, hint=tr("Thêm hồ sơ"), icon="plus")
    yield from _minutes()
    yield Command("pages", tr("Lật trang"), ("PgUp", "PgDown"), Place.MINUTES, Focus.LIST, tr("Lật trang"), native=True)
    for number, words in enumerate((tr("Chọn ý kiến A"), tr("Chọn ý kiến B"), tr("Viết ý kiến chung")), 1):
        yield Command(f"side-{number}", words, (f"Alt+{number}",), Place.DECISION)
    yield Command("decide", tr("Quyết định và sang chỗ sau"), ("Ctrl+Return",), Place.DECISION, hint=tr("Quyết định"))
    yield Command("next-decision", tr("Chỗ chưa thống nhất tiếp theo"), ("F7",), Place.DECISION)
    yield Command("previous-decision", tr("Chỗ chưa thống nhất trước đó"), ("Shift+F7",), Place.DECISION)


def _office() -> Iterator[Command]:
    here = Place.CHECKLISTS
    import_ = tr("Nhập bộ tiêu chí từ Excel")
    yield Command("checklist-import", import_, ("Ctrl+O",), here, hint=tr("Nhập từ Excel"), icon="upload")
    yield Command("checklist-export", tr("Xuất ra Excel"), (), here, icon="download")
    yield Command("checklist-blank", tr("Lưu phiếu trống để in"), ("Ctrl+P",), here, icon="printer")
    yield Command("checklist-compare", tr("So sánh hai bản"), (), here, icon="columns-2")
    yield Command("checklist-points", tr("Áp dụng điểm"), (), here, icon="star")
    yield Command("checklist-law", tr("Xác nhận căn cứ"), (), here, icon="scale")
    yield Command("checklist-again", tr("Đọc lại tệp"), ("Ctrl+R",), here, hint=tr("Đọc lại tệp"), icon="refresh-cw")
    yield Command("checklist-adopt", tr("Áp dụng bộ tiêu chí này"), ("Ctrl+Return",), here, icon="check")
    here = Place.UNITS
    units = tr("Nhập danh sách đơn vị")
    yield Command("units-import", units, ("Ctrl+O",), here, hint=tr("Nhập danh sách"), icon="upload")
    yield Command("units-adopt", tr("Áp dụng danh sách này"), ("Ctrl+Return",), here, icon="check")


def _exchange() -> Iterator[Command]:
    here = Place.EXCHANGE
    yield Command("package-write", tr("Ghi ra USB"), ("Ctrl+U",), here, hint=tr("Ghi ra USB"), icon="usb")
    yield Command("package-read", tr("Nhận từ USB"), ("Ctrl+O",), here, hint=tr("Nhận từ USB"), icon="folder-open")
    yield Command("package-go", tr("Ghi gói"), ("Ctrl+Return",), here, hint=tr("Ghi gói"), icon="check")
    yield Command("package-take", tr("Nhận vào máy này"), (), here, icon="check")
    yield Command("package-open", tr("Mở gói bằng mã"), (), here, icon="key-round")
    yield Command("exchange-room", tr("Trao đổi với máy khác"), (), here, icon="refresh-cw")
    yield Command("point-open", tr("Mở điểm trao đổi"), (), here, icon="users")
    yield Command("point-close", tr("Đóng điểm trao đổi"), (), here, icon="x")
    yield Command("laptops-find", tr("Tìm máy trong phòng"), (), here, icon="search")
    yield Command("exchange-with", tr("Trao đổi với địa chỉ này"), (), here, icon="refresh-cw")
    why = tr("Vì sao chưa trao đổi được")
    yield Command("exchange-diagnose", why, (), here, icon="circle-question-mark")
    yield Command("code-same", tr("Đúng mã này"), (), here, icon="check")
    yield Command("code-differs", tr("Mã khác"), (), here, icon="x")


def _settings() -> Iterator[Command]:
    here = Place.SETTINGS
    yield Command("settings-add", tr("Thêm dòng mới"), ("Ctrl+N",), here, hint=tr("Thêm dòng"), icon="plus")
    remove = tr("Xóa dòng đang chọn")
    yield Command("settings-remove", remove, ("Ctrl+Delete",), here, Focus.LIST, hint=tr("Xóa dòng"), icon="trash-2")
    yield Command("holidays-in", tr("Nhập lịch nghỉ từ tệp"), (), here, icon="upload")
    yield Command("holidays-out", tr("Xuất lịch nghỉ ra tệp"), (), here, icon="download")
    yield Command("template-out", tr("Lấy mẫu biên bản ra để sửa"), (), here, icon="download")
    yield Command("template-in", tr("Áp dụng mẫu biên bản đã sửa"), (), here, icon="upload")
    yield Command("recovery-new", tr("Tạo mã khôi phục mới"), (), here, icon="key-round")
    yield Command("passphrase-add", tr("Đặt mật khẩu"), (), here, icon="lock")
    yield Command("machine-revoke", tr("Thu hồi máy đang chọn"), (), here, icon="x")
    yield Command("machines-adopt", tr("Nhận cuộc kiểm tra máy khác lập riêng"), (), here, icon="check")
    yield Command("invitation-write", tr("Ghi giấy mời"), ("Ctrl+Return",), here, icon="file-text")
    yield Command("invitation-accept", tr("Nhận giấy mời"), ("Ctrl+O",), here, icon="download")
    yield Command("invitation-revoke", tr("Thu hồi giấy mời đang chọn"), (), here, icon="x")
    yield Command("records-take", tr("Nhận bản ghi đang chọn"), (), here, icon="check")
    yield Command("records-hide", tr("Không nhận bản ghi đang chọn"), (), here, icon="x")
    yield Command("backup-now", tr("Sao lưu ngay"), (), here, icon="download")
    yield Command("backup-folder", tr("Chọn thư mục sao lưu"), (), here, icon="folder-open")
    yield Command("check-data", tr("Kiểm tra dữ liệu"), (), here, icon="file-check")


COMMANDS: dict[str, Command] = {
    command.id: command
    for part in (_everywhere, _lists, _workspace, _items, _pages, _office, _exchange, _settings)
    for command in part()
}

CAPS = {
    "Up": "↑",
    "Down": "↓",
    "Left": "←",
    "Right": "→",
    "Return": "Enter",
    "PgDown": "PgDn",
    "Ctrl+Return": "Ctrl+Enter",
}


def cap(key: str) -> str:
    """What stands on the cap of a key: "Ctrl+Down" → "Ctrl+↓"."""
    return "+".join(CAPS.get(part, part) for part in key.split("+"))


def sequences(keys: Iterable[str]) -> list[QKeySequence]:
    """The keys as Qt's, that of the number pad with each Enter: to Qt it is a key of its own.

    Read as portable text: in the language of the window "Enter" would be what Qt calls "Return".
    """
    pad = [key.replace("Return", "Enter") for key in keys if "Return" in key]
    return [QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText) for key in (*keys, *pad)]


_FORBIDDEN = (
    (re.compile(r"Ctrl\+Shift\b|Shift\+Ctrl\b"), "switches the Vietnamese typing tools"),
    (re.compile(r"Alt\+Shift\b|Shift\+Alt\b"), "switches the keyboard layout"),
    (re.compile(r"Ctrl\+Alt\b|Alt\+Ctrl\b"), "is AltGr"),
    (re.compile(r"Alt\+Z$"), "switches the Vietnamese typing tools"),
    (re.compile(r"Ctrl\+Space$"), "switches the input method"),
    (re.compile(r"Meta\b"), "belongs to the system"),
)
_TEXT_ENTRY = re.compile(r"(Shift\+)?(.|Space|Return|Backspace|Delete|Tab|Up|Down|Left|Right|Home|End|PgUp|PgDown)")
_EDITING = {f"Ctrl+{key}" for key in ("A", "C", "X", "Left", "Right", "Home", "End", "Backspace", "Delete")}


def key_faults(commands: Iterable[Command]) -> list[str]:
    """What is wrong with the keys of these commands: forbidden, eating what is typed, or given twice in one place."""
    found = list(commands)
    faults = []
    for command in found:
        for key in command.keys:
            faults += [f"{command.id}: {key} {why}" for pattern, why in _FORBIDDEN if pattern.search(key)]
            if command.focus is Focus.ANY and not command.native and (_TEXT_ENTRY.fullmatch(key) or key in _EDITING):
                faults.append(f"{command.id}: {key} is needed while typing")
    for one, other in combinations(found, 2):
        if one.place.meets(other.place) and one.focus.meets(other.focus):
            faults += [f"{one.id} and {other.id}: {key}" for key in sorted({*one.keys} & {*other.keys})]
    return faults
