"""``verify``, ``backup``, ``restore``, ``self-test``: that nothing gets lost, and that it can be shown."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from inspector.cli.console import Console
from inspector.cli.opening import opened, recovery_code, ways
from inspector.cli.parser import Commands

_RESTORE = """\
Đưa dữ liệu từ tệp sao lưu về một thư mục còn trống (--home). Mở bằng mã khôi phục, tệp khóa hoặc mật khẩu đã đặt; sổ
trình diễn thì không hỏi. Không ghi đè dữ liệu đang có.
"""


_SALVAGE = """\
Đọc từng bản ghi còn nguyên vẹn trong dữ liệu bị hỏng (--home) và ghi sang một thư mục mới, mở bằng chính các cách mở
cũ. Dữ liệu bị hỏng chỉ được đọc, không bị sửa. Hãy thử khôi phục từ bản sao lưu trước.
"""


def declare(commands: Commands) -> None:
    check = commands.add("verify", "kiểm tra toàn bộ dữ liệu: mã băm, chữ ký, ảnh, tệp", verify)
    check.may.add_argument("--json", action="store_true", help="in dạng JSON")

    keep = commands.add("backup", "sao lưu toàn bộ dữ liệu vào một tệp mới", backup)
    keep.needs.add_argument("file", metavar="TỆP", help="tệp sao lưu, chưa có")

    back = commands.add("restore", "khôi phục dữ liệu từ tệp sao lưu", restore, description=_RESTORE)
    back.needs.add_argument("file", metavar="TỆP", help="tệp sao lưu")

    rescue = commands.add("salvage", "cứu phần còn đọc được của dữ liệu bị hỏng", salvage, description=_SALVAGE)
    rescue.needs.add_argument("folder", metavar="THƯ_MỤC_MỚI", help="thư mục còn trống để chứa phần cứu được")

    trial = commands.add("self-test", "thử xem máy này có dùng được chương trình không", self_test)
    trial.may.add_argument("--json", action="store_true", help="in dạng JSON")


def verify(arguments: Namespace, console: Console) -> int:
    """Exit code 1 where something is not as it was written."""
    from dataclasses import asdict

    from inspector.services.keeping import check

    with opened(arguments, console) as desk:
        checked = check(desk)
    if arguments.json:
        console.data(asdict(checked))
        return 0 if checked.is_whole else 1
    console.say(f"Đã kiểm tra {checked.spaces} không gian, {checked.change_sets} thay đổi, {checked.files} tệp.")
    if checked.elsewhere:
        console.say(f"{checked.elsewhere} tệp mới chỉ có trên máy khác.")
    for finding in checked.findings:
        console.note(f"{finding.sentence} [{finding.code}]")
    console.say("Dữ liệu nguyên vẹn." if checked.is_whole else f"Có {len(checked.findings)} chỗ sai.")
    return 0 if checked.is_whole else 1


def backup(arguments: Namespace, console: Console) -> int:
    from inspector.services.keeping import back_up

    with opened(arguments, console) as desk:
        size = back_up(desk, Path(arguments.file))
    console.say(f"Đã sao lưu vào {arguments.file} ({_megabytes(size)} MB), đọc lại và thấy nguyên vẹn.")
    return 0


def restore(arguments: Namespace, console: Console) -> int:
    from inspector.services.door import home_of
    from inspector.services.keeping import bring_back

    home = home_of(arguments.home)
    bring_back(Path(arguments.file), home, ways(arguments), lambda: recovery_code(console.prompter))
    console.say(f"Đã khôi phục vào {home.folder}.")
    return 0


def salvage(arguments: Namespace, console: Console) -> int:
    """Exit code 1 where records known to have been there could not be read."""
    from inspector.services.door import home_of
    from inspector.services.keeping import save_what_is_readable

    home, target = home_of(arguments.home), home_of(arguments.folder)
    saved = save_what_is_readable(home, ways(arguments), target, lambda: recovery_code(console.prompter))
    console.say(f"Đã cứu {saved.records} bản ghi, {saved.files} tệp vào {target.folder}.")
    if saved.missing or saved.unreadable:
        console.say(f"Không đọc được {saved.unreadable} dòng; thiếu {saved.missing} bản ghi, tìm ở máy khác của đoàn.")
    return 1 if saved.missing else 0


def self_test(arguments: Namespace, console: Console) -> int:
    """Exit code 1 where something does not work."""
    from inspector.services.self_test import try_everything

    trials = try_everything()
    if arguments.json:
        console.data([{"name": trial.name, "works": trial.works, "told": trial.told} for trial in trials])
    else:
        console.table(("được" if trial.works else "KHÔNG", trial.name, trial.told) for trial in trials)
    return 0 if all(trial.works for trial in trials) else 1


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".replace(".", ",")
