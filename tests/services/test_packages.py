"""Packages as a person meets them: written for somebody, looked at, taken in, confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from inspector.domain.errors import InspectorError, Refused
from inspector.services import standing
from inspector.services.incoming import asks_code, look_into, looking_into, packages_at
from inspector.services.packages import (
    Carried,
    laptops,
    meant,
    named_laptop,
    new_code,
    passages,
    take_receipts,
    write_package,
)
from tests.services.furnished import Furnished
from tests.services.laptops import Laptop, exchange

pytestmark = pytest.mark.usefixtures("little_work")

AT = datetime.fromisoformat("2026-11-26T10:38:00+07:00")
CODE = "7K2M-QX4T-9FHD-R3WA"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


@pytest.fixture
def other(another: Callable[..., Laptop]) -> Laptop:
    return another()


def carry(laptop: Laptop, stick: Path, inspection: str, code: str = CODE) -> Carried:
    return write_package(laptop.desk, stick, [inspection], code=code, at=AT)


def taken(laptop: Laptop, stick: Path) -> Path:
    """Takes a package in and returns its receipt."""
    with looking_into(laptop.desk, stick, CODE) as incoming:
        incoming.take()
        return incoming.write_receipt()


def remark(laptop: Laptop, inspection: str, text: str) -> None:
    laptop.act("answer_item", {"item": "X-I.1", "remark": text}, inspection)


def code_of(error: pytest.ExceptionInfo[InspectorError]) -> str:
    return error.value.code


def test_a_preview_says_who_how_much_and_what_is_new(
    laptop: Laptop, other: Laptop, inspection: str, stick: Path
) -> None:
    carry(laptop, stick, inspection)
    assert asks_code(stick)
    with looking_into(other.desk, stick, CODE) as incoming:
        preview = incoming.preview
        assert (preview.sender, preview.agency, preview.own) == ("Nguyễn Văn An", "Sở Nội vụ", False)
        assert (preview.new_changes, preview.known_changes, preview.brings_nothing) == (2, 0, False)
        (visit,) = preview.visits
        assert (visit.id, visit.is_new) == (inspection, True)
        assert visit.unit
        assert not other.desk.workspace.spaces()
        assert incoming.take().changes == 2
    assert other.read(inspection).id == inspection
    with looking_into(other.desk, stick, CODE) as incoming:
        assert incoming.preview.brings_nothing
        assert incoming.preview.read_at is not None


def test_what_came_another_way_is_old_and_not_read(laptop: Laptop, other: Laptop, inspection: str, stick: Path) -> None:
    carry(laptop, stick, inspection)
    exchange(laptop, other, inspection)
    with looking_into(other.desk, stick, CODE) as incoming:
        assert incoming.preview.brings_nothing
        assert incoming.preview.read_at is None


def test_a_preview_names_where_people_will_disagree(
    laptop: Laptop, other: Laptop, inspection: str, stick: Path
) -> None:
    exchange(laptop, other, inspection)
    remark(laptop, inspection, "Sáng")
    remark(other, inspection, "Chiều")
    carry(laptop, stick, inspection)
    with looking_into(other.desk, stick, CODE) as incoming:
        (place,) = incoming.preview.disagreements
        assert "I.1" in place
        assert incoming.preview.known_changes > 0
        assert incoming.take().changes == incoming.preview.new_changes
    (found,) = standing.standings(other.desk, [inspection])
    assert found.held == ()


def test_a_receipt_makes_it_a_delivery(laptop: Laptop, other: Laptop, inspection: str, stick: Path) -> None:
    carry(laptop, stick, inspection)
    receipt = taken(other, stick)
    (before,) = standing.standings(laptop.desk, [inspection])
    assert (before.changes_only_here, before.is_only_here, before.others) == (2, True, ())
    (passage,) = passages(laptop.desk)
    assert (passage.written, passage.confirmed) == (True, None)
    (who,) = take_receipts(laptop.desk, stick)
    assert who.name == "Trần Thị Bình"
    (after,) = standing.standings(laptop.desk, [inspection])
    assert (after.changes_only_here, [one.name for one in after.same]) == (0, ["Trần Thị Bình"])
    assert standing.total([after]).changes == 2
    (there,) = standing.standings(other.desk, [inspection])
    assert there.code == after.code
    assert passages(laptop.desk)[0].confirmed is not None
    assert take_receipts(laptop.desk, receipt) == (who,)


def test_a_receipt_for_somebody_else_is_told(laptop: Laptop, other: Laptop, inspection: str, stick: Path) -> None:
    carry(laptop, stick, inspection)
    receipt = taken(other, stick)
    with pytest.raises(Refused) as refused:
        take_receipts(other.desk, receipt)
    assert code_of(refused) == "package-not-for-here"
    with pytest.raises(Refused) as refused:
        take_receipts(other.desk, stick.parent)
    assert code_of(refused) == "receipt-missing"


def test_after_one_package_the_other_laptop_can_be_named(
    laptop: Laptop, other: Laptop, inspection: str, stick: Path
) -> None:
    assert laptops(other.desk) == ()
    carry(laptop, stick, inspection)
    taken(other, stick)
    (known,) = laptops(other.desk)
    assert named_laptop(other.desk, "nguyễn văn an") == known.device == named_laptop(other.desk, known.device[-8:])
    remark(other, inspection, "Chiều")
    back = write_package(other.desk, stick / "back", [inspection], devices=[known.device], at=AT)
    assert (back.party, back.changes) == ("Nguyễn Văn An", 2)  # the first record of the stream, and the answer
    assert not asks_code(stick / "back")
    with looking_into(laptop.desk, stick / "back") as incoming:
        assert incoming.take().changes == 2


def test_photos_come_along(full: Furnished, another: Callable[..., Laptop], stick: Path) -> None:
    carried = carry(full.laptop, stick, full.inspection)
    assert carried.photos > 0
    other = another()
    with looking_into(other.desk, stick, CODE) as incoming:
        assert incoming.preview.new_photos == carried.photos
        assert incoming.take().photos == carried.photos
    assert other.read(full.inspection) == full.laptop.read(full.inspection)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"inspections": []}, "package-of-nothing"),
        ({"code": " "}, "package-for-nobody"),
        ({"code": "ngắn"}, "package-code-short"),
        ({"devices": ["nobody"]}, "package-laptop-unknown"),
        ({"inspections": ["nowhere"]}, "inspection-not-found"),
        ({"cancelled": lambda: True}, "package-write-stopped"),
    ],
)
def test_what_cannot_be_written_is_said(
    laptop: Laptop, inspection: str, stick: Path, changed: dict[str, object], code: str
) -> None:
    given: dict[str, object] = {"inspections": [inspection], "code": CODE, "at": AT} | changed
    with pytest.raises(InspectorError) as error:
        write_package(laptop.desk, stick, **given)  # type: ignore[arg-type]  # the arguments of this function
    assert code_of(error) == code
    assert not stick.exists() or not list(stick.iterdir())


def test_somebody_can_stop_reading(laptop: Laptop, other: Laptop, inspection: str, stick: Path) -> None:
    carry(laptop, stick, inspection)
    with pytest.raises(Refused) as refused:
        look_into(other.desk, stick, CODE, cancelled=lambda: True)
    assert code_of(refused) == "package-read-stopped"
    assert list(other.workspace.places.temporary.iterdir()) == []


def test_codes_can_be_typed_as_people_type() -> None:
    made = new_code()
    assert meant(made.lower().replace("-", " ")) == made == meant(f" {made.replace('-', '')} ")
    assert meant("7k2m qx4t 9fhd r3wa") == CODE
    assert meant("OOOO IIII LLLL 0000") == "0000-1111-1111-0000"
    assert meant(" Một mật khẩu tự đặt ") == "Một mật khẩu tự đặt"


def test_several_packages_on_one_stick_can_be_chosen_from(laptop: Laptop, inspection: str, stick: Path) -> None:
    first, second = carry(laptop, stick, inspection), carry(laptop, stick, inspection)
    assert set(packages_at(stick)) == {first.file, second.file}
    assert packages_at(first.file) == (first.file,)


def test_what_waits_has_a_name(laptop: Laptop, other: Laptop, inspection: str) -> None:
    exchange(laptop, other, inspection)
    remark(other, inspection, "Sáng")
    remark(other, inspection, "Chiều")
    missed = other.change_sets(inspection)[-1:]
    laptop.workspace.accept(missed, received_from="USB")
    (found,) = standing.standings(laptop.desk, [inspection])
    assert [(group.count, group.author, group.of_author) for group in found.held] == [(1, "USB", True)]
