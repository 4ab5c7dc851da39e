"""Packages as a person meets them: written for somebody, looked at, taken in, confirmed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from inspector.domain.errors import InspectorError, Refused
from inspector.domain.registry import SpaceKind
from inspector.services import standing
from inspector.services.incoming import asks_code, look_into, looking_into, packages_at
from inspector.services.packages import (
    Carried,
    laptops,
    meant,
    named_laptop,
    new_code,
    passages,
    readable_inspections,
    take_receipts,
    write_package,
)
from inspector.storage.packages import Recipient
from inspector.system.age import AgeKey
from inspector.system.identity import read_certificate
from tests.services.furnished import Furnished
from tests.services.laptops import Laptop, exchange
from tests.storage import office

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


def test_a_member_sees_when_the_lead_has_everything(
    laptop: Laptop, member: Laptop, inspection: str, stick: Path
) -> None:
    lead = laptop.workspace.author.person
    laptop.act("add_member", {"name": "Nguyễn Văn An", "role": "lead", "person": lead}, inspection)
    join(laptop, member, inspection)
    exchange(laptop, member, inspection)
    (at_leads,), (before,) = (standing.standings(one.desk, [inspection]) for one in (laptop, member))
    assert (at_leads.is_leads, at_leads.lead, before.is_leads, before.lead) == (True, None, False, None)
    remark(member, inspection, "Chiều")
    write_package(member.desk, stick, [inspection], devices=[laptop.workspace.author.device], at=AT)
    assert standing.standings(member.desk, [inspection])[0].lead is None  # that a package was written says nothing
    with looking_into(laptop.desk, stick) as incoming:
        incoming.take()
        receipt = incoming.write_receipt()
    take_receipts(member.desk, receipt)
    (told,) = standing.standings(member.desk, [inspection])
    assert told.lead is not None
    assert (told.lead.name, told.lead.is_all, told.office) == ("Nguyễn Văn An", True, None)
    remark(member, inspection, "Tối")
    (after,) = standing.standings(member.desk, [inspection])
    assert after.lead is not None
    assert not after.lead.whole


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


@pytest.fixture
def member(laptop: Laptop, another: Callable[..., Laptop]) -> Laptop:
    """A laptop that may only write, and whose key is known by what it wrote in an inspection it then left."""
    made = another("Lê Thị Hoa", rights=("write",))
    made.workspace.age_key()
    common = laptop.begin()
    join(laptop, made, common)
    exchange(laptop, made, common)
    remark(made, common, "Sáng")
    exchange(laptop, made, common)
    office.change(laptop.workspace, common, "team_member", "m", "_del", True)
    return made


def join(laptop: Laptop, member: Laptop, inspection: str) -> None:
    """The person of a laptop is in the team from now on."""
    person = read_certificate(member.workspace.author.certificate).person.id
    office.change(laptop.workspace, inspection, "team_member", "m", "person", person)


def test_a_package_for_a_laptop_holds_what_its_person_may_read(laptop: Laptop, member: Laptop, stick: Path) -> None:
    to = [named_laptop(laptop.desk, "Lê Thị Hoa")]
    with pytest.raises(Refused) as refused:
        readable_inspections(laptop.desk, to)
    assert code_of(refused) == "package-nothing-theirs"
    surprise, planned, foreign = laptop.begin(form="surprise"), laptop.begin(), laptop.begin()
    for inspection in (surprise, planned):
        join(laptop, member, inspection)
    assert readable_inspections(laptop.desk, to) == (planned,)
    for inspection in (surprise, foreign):
        with pytest.raises(Refused) as refused:
            write_package(laptop.desk, stick, [planned, inspection], devices=to, at=AT)
        assert (code_of(refused), refused.value.params["name"]) == ("package-not-theirs", "Lê Thị Hoa")
    assert not stick.exists()
    laptop.act("edit_inspection", {"opened": {"date": "2026-11-26", "time": "08:00"}}, surprise)
    write_package(laptop.desk, stick, readable_inspections(laptop.desk, to), devices=to, at=AT)
    with looking_into(member.desk, stick) as incoming:
        assert {visit.id for visit in incoming.preview.visits} == {surprise, planned}
        assert incoming.preview.besides == ()


def test_a_lead_gets_a_surprise_visit_before_it_begins(
    laptop: Laptop, another: Callable[..., Laptop], stick: Path
) -> None:
    lead = another("Võ Quốc Bảo", rights=("write", "decide"))
    lead.workspace.age_key()
    surprise = laptop.begin(form="surprise")
    join(laptop, lead, surprise)
    exchange(laptop, lead, surprise)
    remark(lead, surprise, "Sáng")
    exchange(laptop, lead, surprise)
    to = [named_laptop(laptop.desk, "Võ Quốc Bảo")]
    assert write_package(laptop.desk, stick, [surprise], devices=to, at=AT).party == "Võ Quốc Bảo"


def test_a_key_somebody_claims_for_a_laptop_opens_nothing(laptop: Laptop, member: Laptop, stick: Path) -> None:
    """The name of a device says nothing: who may read is said by certificates that name the key itself."""
    common = laptop.begin()
    join(laptop, member, common)
    device = member.workspace.author.device
    with laptop.workspace.unit_of_work() as unit:
        unit.note_age_key(Recipient(device, "Lê Thị Hoa", "", AgeKey.generate().public))
        unit.commit()
    with pytest.raises(Refused) as refused:
        write_package(laptop.desk, stick, [common], devices=[device], at=AT)
    assert code_of(refused) == "package-not-theirs"


def test_what_the_office_shares_goes_along(
    laptop: Laptop, member: Laptop, another: Callable[..., Laptop], inspection: str, stick: Path
) -> None:
    catalogue = office.open_space(laptop.workspace, SpaceKind.REFERENCE)
    plan = office.open_space(laptop.workspace, SpaceKind.SEASON)
    join(laptop, member, inspection)
    colleagues = another("Trần Thị Bình")
    colleagues.workspace.age_key()
    exchange(laptop, colleagues, inspection)
    remark(colleagues, inspection, "Sáng")
    exchange(laptop, colleagues, inspection)
    for name, reader, shared in (
        ("Lê Thị Hoa", member, {catalogue}),
        ("Trần Thị Bình", colleagues, {catalogue, plan}),
    ):
        place = stick / reader.workspace.author.device
        write_package(laptop.desk, place, [inspection], devices=[named_laptop(laptop.desk, name)], at=AT)
        with looking_into(reader.desk, place) as incoming:
            assert [visit.id for visit in incoming.preview.visits] == [inspection]
            assert len(incoming.preview.besides) == len(shared)
            incoming.take()
            receipt = incoming.write_receipt()
        assert shared <= {space.id for space in reader.workspace.spaces()}
        take_receipts(laptop.desk, receipt)
        for space in shared:
            assert reader.workspace.position(space).root == laptop.workspace.position(space).root
            assert laptop.workspace.claims(space, reader.workspace.author.device) is not None
    carry(laptop, stick / "code", inspection)
    with looking_into(another("Phạm Thị Thu Hà").desk, stick / "code", CODE) as incoming:
        assert incoming.preview.besides == ()


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
