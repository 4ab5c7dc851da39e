"""A package: the same result as any other way, all of it checked, and delivered only when a receipt says so."""

from __future__ import annotations

import io
import random
import shutil
from pathlib import Path

import pytest

from inspector.domain.errors import BadInput, Damaged, InspectorError, Refused, Unavailable
from inspector.storage.packages import Way
from inspector.storage.workspace import Workspace
from inspector.sync.messages import Kept
from inspector.sync.package import reading, sheet
from inspector.sync.package.names import manifest_of, volume_of
from inspector.sync.package.reading import check, find, open_package
from inspector.sync.package.receipts import take_receipt, write_receipt
from inspector.sync.package.writing import Lock, write
from inspector.sync.store import WorkspaceStore
from tests.storage import office
from tests.storage.office import change, field
from tests.storage.office import write as note
from tests.sync.sticks import CODE, MOMENT, lock_for, send, take

pytestmark = pytest.mark.usefixtures("little_work")

PHOTO = random.Random(7).randbytes(90_000)
SMALL = 32 * 1024
"""Bytes of a volume here, so that a photo lies in several."""


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


def photo(workspace: Workspace, space: str, content: bytes = PHOTO) -> str:
    sha256, size = workspace.blobs.add(io.BytesIO(content))
    note(workspace, space, field("evidence", sha256[:8], "file", {"hash": sha256, "size": size}))
    return sha256


def root(workspace: Workspace, space: str) -> str:
    return workspace.position(space).root


def code_of(error: pytest.ExceptionInfo[InspectorError]) -> str:
    return error.value.code


def test_records_and_photos_arrive_over_several_volumes(
    workspace: Workspace, other: Workspace, space: str, stick: Path
) -> None:
    note(workspace, space, field("finding", "f", "content", "Bốn hồ sơ trễ hạn"))
    sha256 = photo(workspace, space)
    written = send(workspace, stick, [space], other, volume=SMALL)
    assert (written.changes, written.blobs, written.files) == (3, 1, 5)
    assert sorted(path.name for path in stick.iterdir()) == sorted(
        [f"{written.manifest.name[:35]}_{n:03}.cchc" for n in range(1, 5)] + [written.manifest.name]
    )
    assert all(len(path.name) <= 60 and path.name.isascii() for path in stick.iterdir())
    assert all(path.stat().st_size <= SMALL for path in stick.iterdir())
    report = take(other, stick)
    assert (report.received[Kept.STORED], report.blobs) == (3, 1)
    assert other.blobs.read(sha256) == PHOTO
    assert root(other, space) == root(workspace, space)
    assert not list(other.places.temporary.iterdir())


def test_nothing_of_it_can_be_read_on_the_stick(
    workspace: Workspace, other: Workspace, space: str, stick: Path
) -> None:
    note(workspace, space, field("finding", "f", "content", "Bốn hồ sơ trễ hạn"))
    send(workspace, stick, [space], other)
    content = b"".join(path.read_bytes() for path in stick.iterdir())
    for words in ("hồ sơ", "Nguyễn Văn An", space, workspace.author.device, "words"):
        assert words.encode() not in content


def test_a_passphrase_opens_it_on_any_laptop(workspace: Workspace, other: Workspace, space: str, stick: Path) -> None:
    write(workspace, stick, [space], Lock({}, CODE), moment=MOMENT)
    assert reading.asks_passphrase(find(stick))
    with pytest.raises(Refused) as refused:
        take(other, stick, "quên rồi")
    assert code_of(refused) == "age-code-wrong"
    take(other, stick, CODE)
    assert root(other, space) == root(workspace, space)


def test_it_is_never_unlocked(workspace: Workspace, space: str, stick: Path) -> None:
    with pytest.raises(ValueError, match="locked"):
        write(workspace, stick, [space], Lock({}), moment=MOMENT)


def test_twice_changes_nothing(workspace: Workspace, other: Workspace, space: str, stick: Path) -> None:
    written = send(workspace, stick, [space], other)
    take(other, stick)
    before = root(other, space)
    report = take(other, stick)
    assert (report.received[Kept.DUPLICATE], report.received[Kept.STORED]) == (1, 0)
    assert root(other, space) == before
    assert other.package(written.id, Way.READ) is not None


def test_writing_alone_delivers_nothing(workspace: Workspace, other: Workspace, space: str, stick: Path) -> None:
    photo(workspace, space)
    written = send(workspace, stick, [space], other)
    take(other, stick)
    assert (workspace.copies(space).only_here, workspace.copies(space).blobs_only_here) == (2, 1)
    passed = workspace.package(written.id, Way.WRITTEN)
    assert passed is not None
    assert passed.confirmed is None


def test_a_receipt_does(workspace: Workspace, other: Workspace, space: str, stick: Path) -> None:
    photo(workspace, space)
    written = send(workspace, stick, [space], other)
    take(other, stick)
    opened = open_package(find(stick), other.age_key())
    file = write_receipt(other, opened, stick)
    assert len(file.name) <= 60
    confirmed = take_receipt(workspace, file)
    assert (confirmed.package.id, confirmed.person.name) == (written.id, "Nguyễn Văn An")
    assert (workspace.copies(space).only_here, workspace.copies(space).blobs_only_here) == (0, 0)
    passed = workspace.package(written.id, Way.WRITTEN)
    assert passed is not None
    assert passed.confirmed is not None
    note(workspace, space, field("finding", "g", "content", "ghi sau"))
    assert workspace.copies(space).only_here == 1


def test_whoever_reads_knows_that_the_sender_has_it(
    workspace: Workspace, other: Workspace, space: str, stick: Path
) -> None:
    photo(workspace, space)
    send(workspace, stick, [space], other)
    take(other, stick)
    assert (other.copies(space).only_here, other.copies(space).blobs_only_here) == (0, 0)


def test_the_next_one_holds_only_what_is_lacking(
    workspace: Workspace, other: Workspace, space: str, stick: Path, tmp_path: Path
) -> None:
    sha256 = photo(workspace, space)
    send(workspace, stick, [space], other)
    take(other, stick)
    take_receipt(workspace, write_receipt(other, open_package(find(stick), other.age_key()), stick))
    note(workspace, space, field("finding", "g", "content", "ghi sau"))
    written = send(workspace, tmp_path / "next", [space], other)
    assert (written.changes, written.blobs) == (1, 0)
    take(other, tmp_path / "next")
    assert root(other, space) == root(workspace, space)
    assert other.blobs.has(sha256)


def test_of_two_reports_only_what_both_say_counts(
    workspace: Workspace, other: Workspace, space: str, stick: Path
) -> None:
    send(workspace, stick, [space], other)
    take(other, stick)
    file = write_receipt(other, open_package(find(stick), other.age_key()), stick)
    note(workspace, space, field("finding", "g", "content", "ghi sau"))
    store = WorkspaceStore(workspace)
    with workspace.holdings(space) as holdings:
        store.meet(space, WorkspaceStore(other).hello(), holdings.holds())
    assert workspace.copies(space).only_here == 0
    take_receipt(workspace, file)
    assert workspace.copies(space).only_here == 1


def test_a_receipt_for_a_package_of_somebody_else_counts_for_nothing(
    workspace: Workspace, other: Workspace, space: str, stick: Path
) -> None:
    send(workspace, stick, [space], other)
    opened = open_package(find(stick), other.age_key())
    take(other, stick)
    with pytest.raises(Refused) as refused:
        take_receipt(other, write_receipt(workspace, opened, stick))
    assert code_of(refused) == "package-not-for-here"
    with workspace.unit_of_work() as unit:
        unit._sql.run("DELETE FROM package")  # type: ignore[union-attr]  # inside the unit of work it is there
        unit.commit()
    with pytest.raises(Refused) as refused:
        take_receipt(workspace, write_receipt(other, opened, stick))
    assert code_of(refused) == "receipt-unknown"


def test_a_package_for_another_laptop_is_not_opened(
    workspace: Workspace, other: Workspace, space: str, stick: Path
) -> None:
    send(workspace, stick, [space], workspace)
    with pytest.raises(Refused) as refused:
        take(other, stick)
    assert code_of(refused) == "package-not-for-here"


def test_what_is_missing_or_not_whole_has_its_own_sentence(
    workspace: Workspace, other: Workspace, space: str, stick: Path, tmp_path: Path
) -> None:
    photo(workspace, space)
    manifest = send(workspace, stick, [space], other, volume=SMALL).manifest
    stem = manifest.name.removesuffix("_MANIFEST.cchc")

    def found(name: str, what: bytes | None) -> str:
        place = tmp_path / "spoiled"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(stick, place)
        if what is None:
            (place / name).unlink()
        else:
            (place / name).write_bytes(what)
        with pytest.raises(InspectorError) as error:
            take(other, place)
        return code_of(error)

    second = volume_of(stick, stem, 2)
    data = second.read_bytes()
    assert found(manifest.name, None) == "package-half"
    assert found(second.name, None) == "package-half"
    assert found(second.name, data[:-1]) == "package-cut"
    assert found(second.name, data + b"x") == "package-file-damaged"
    assert found(second.name, data[:-1] + bytes([data[-1] ^ 1])) == "package-file-damaged"
    first = volume_of(stick, stem, 1).read_bytes()
    assert found(second.name, first[: len(data)].ljust(len(data), b"x")) == "package-file-damaged"
    assert found(manifest.name, manifest.read_bytes()[:-1]) == "package-damaged"
    assert other.spaces() == []


def test_whatever_is_no_package_has_its_own_sentence(other: Workspace, tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(b"Kinh gui")
    (tmp_path / "CCHC_a_b_202611261038_MANIFEST.cchc").write_bytes(b"Kinh gui")
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput) as bad:
        find(tmp_path / "letter.docx")
    assert code_of(bad) == "package-not-one"
    for missing in ("empty", "nowhere"):
        with pytest.raises(Unavailable) as absent:
            find(tmp_path / missing)
        assert code_of(absent) == "package-missing"
    with pytest.raises(Damaged):
        take(other, tmp_path)


def test_of_several_packages_one_must_be_named(workspace: Workspace, other: Workspace, space: str, stick: Path) -> None:
    first, second = (send(workspace, stick, [space], other) for _ in range(2))
    assert first.manifest != second.manifest
    with pytest.raises(BadInput) as several:
        find(stick)
    assert code_of(several) == "package-several"
    assert find(second.manifest) == second.manifest


def restated(workspace: Workspace, stick: Path, **changed: object) -> None:
    """Writes the manifest on a stick again, signed by the same laptop, with something else in it."""
    from inspector.system import age

    manifest = find(stick)
    content = {**open_package(manifest, workspace.age_key()).manifest.content(), **changed}
    text = sheet.state(workspace.author, content)  # type: ignore[arg-type]  # what is written here may be anything
    target = io.BytesIO()
    age.encrypt(io.BytesIO(sheet.head(text)), target, [workspace.age_key().public])
    manifest.write_bytes(target.getvalue())


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"v": 2}, "package-newer"),
        ({"kind": "letter"}, "package-not-one"),
        ({"frames": [[0, 10**12, "00" * 32, 1]]}, "package-damaged"),
        ({"frames": [[7, 5, "00" * 32, 1]]}, "package-damaged"),
        ({"volumes": [[1, 1]]}, "package-damaged"),
        ({"spaces": "none"}, "package-damaged"),
        ({"age": "age1"}, "package-damaged"),
        ({"key": "AGE-SECRET-KEY-1"}, "package-file-damaged"),
        ({"id": "another"}, "package-file-damaged"),
    ],
)
def test_a_manifest_that_says_something_else(
    workspace: Workspace, space: str, stick: Path, changed: dict[str, object], code: str
) -> None:
    send(workspace, stick, [space], workspace)
    restated(workspace, stick, **changed)
    with pytest.raises(InspectorError) as error:
        take(workspace, stick)
    assert code_of(error) == code


def test_a_manifest_signed_by_nobody(workspace: Workspace, space: str, stick: Path) -> None:
    send(workspace, stick, [space], workspace)
    author = workspace.author
    fields = sheet.fields_of(sheet.state(author, {"kind": "package"}))
    for name, value in (("sig", "00" * 64), ("certsig", "00" * 64), ("words", '{"v":1}')):
        with pytest.raises(Damaged) as damaged:
            sheet.stated({**fields, name: value}, "package")
        assert code_of(damaged) == "package-signature"


def test_a_person_can_stop_it_and_nothing_is_left(
    workspace: Workspace, other: Workspace, space: str, stick: Path
) -> None:
    photo(workspace, space)

    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done > total // 2:
            raise Stopped

    with pytest.raises(Stopped):
        write(workspace, stick, [space], lock_for(other), moment=MOMENT, progress=stop, volume=SMALL)
    assert list(stick.iterdir()) == []
    send(workspace, stick, [space], other, volume=SMALL)
    opened = open_package(find(stick), other.age_key())
    with pytest.raises(Stopped):
        check(other, opened, stop)
    assert list(other.places.temporary.iterdir()) == []
    assert other.spaces() == []


def test_what_a_killed_reading_left_decrypted_is_gone_at_the_next_opening(
    workspace: Workspace, space: str, stick: Path, folder: Path
) -> None:
    send(workspace, stick, [space], workspace)
    left = check(workspace, open_package(find(stick), workspace.age_key()))
    assert left.file.is_file()
    workspace.close()
    with office.reopen(folder / "an") as opened:
        assert list(opened.places.temporary.iterdir()) == []


def test_a_stick_that_keeps_other_bytes_is_found_out(
    workspace: Workspace, other: Workspace, space: str, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inspector.sync.package import writing

    monkeypatch.setattr(writing, "_hash", lambda path, told: (0, "00"))
    with pytest.raises(Damaged) as damaged:
        send(workspace, stick, [space], other)
    assert code_of(damaged) == "write-not-kept"
    assert list(stick.iterdir()) == []


def test_what_the_own_laptop_lost_comes_back_and_a_new_epoch_begins(
    workspace: Workspace, other: Workspace, space: str, stick: Path, folder: Path, tmp_path: Path
) -> None:
    workspace.close()
    office.copy(folder / "an", tmp_path / "image")
    with office.reopen(folder / "an") as opened:
        note(opened, space, field("finding", "f", "content", "sau khi chụp ảnh đĩa"))
        send(opened, stick, [space], opened)
    with office.reopen(tmp_path / "image") as image:
        assert take(image, stick).own is not None
        record = image.record(space, "finding", "f")
        assert record is not None
        change(image, space, "finding", "f", "content", "viết tiếp")
        with image.holdings(space) as holdings:
            assert len(list(holdings.streams())) == 2


def test_a_laptop_set_up_before_there_were_packages_gets_a_key(workspace: Workspace) -> None:
    from dataclasses import replace

    from inspector.storage.author import identity_bytes
    from inspector.storage.own_streams import IDENTITY
    from inspector.system.identity import issue_certificate, read_certificate

    identity = workspace.identity
    old = issue_certificate(identity.root, replace(read_certificate(identity.certificate), age=""))
    workspace.identity = replace(identity, age=None, certificate=old)
    key = workspace.age_key()
    assert read_certificate(workspace.author.certificate).age == key.public
    assert workspace.own(IDENTITY) == identity_bytes(workspace.identity)
    assert workspace.age_key() == key


def test_the_keys_of_others_are_known_from_records_and_from_packages(
    workspace: Workspace, other: Workspace, space: str, stick: Path
) -> None:
    assert [one.device for one in workspace.recipients()] == []
    theirs = office.open_space(other)
    write(other, stick, [theirs], Lock({}, CODE), moment=MOMENT)
    take(workspace, stick, CODE)
    (found,) = workspace.recipients()
    assert (found.device, found.public, found.agency) == (other.author.device, other.age_key().public, "Sở Nội vụ")


def test_manifest_names_are_found_again(tmp_path: Path) -> None:
    for name in ("CCHC_xacaibe_tuphap_202611261038", "CCHC_a_b_202611261038-2"):
        manifest_of(tmp_path, name).touch()
        assert find(volume_of(tmp_path, name, 1).parent / manifest_of(tmp_path, name).name).name.startswith(name)
