"""Content of the office: adopted by date and version, beside what the program ships."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inspector.domain.checklist import Checklist
from inspector.domain.checklist_file import parse_checklist, readable_bytes
from inspector.domain.errors import BadInput, InspectorError, Refused
from inspector.export.checklist_sheet import write_checklist_sheet
from inspector.services.wording import sentence
from tests.services.furnished import RESOURCES
from tests.services.laptops import COMMUNE, DEPARTMENT, VISIT, Laptop, deliver

SHIPPED = json.loads((RESOURCES / "checklists" / "commune.json").read_bytes())


def own_checklist(**changes: Any) -> Checklist:
    return parse_checklist(json.dumps({**SHIPPED, "title": "Bộ tiêu chí của tỉnh", "version": "1", **changes}).encode())


def adopt(laptop: Laptop, place: Path, checklist: Checklist, since: str | None = None) -> str:
    file = place / f"{checklist.hash[:8]}.json"
    file.write_bytes(readable_bytes(checklist))
    return laptop.act("adopt_checklist", {"path": str(file), "effective_from": since}).ref


def pinned(laptop: Laptop, inspection: str) -> str:
    found = laptop.read(inspection).checklist
    assert found is not None
    return found.hash


def begun(laptop: Laptop, day: str = VISIT) -> str:
    return pinned(laptop, laptop.begin(visit_date=day))


def test_a_new_inspection_takes_the_adopted_checklist(laptop: Laptop, place: Path) -> None:
    own = own_checklist()
    adopt(laptop, place, own)
    assert begun(laptop) == own.hash


def test_a_checklist_keeps_to_its_level(laptop: Laptop, place: Path) -> None:
    before = pinned(laptop, laptop.begin(DEPARTMENT))
    adopt(laptop, place, own_checklist())
    assert pinned(laptop, laptop.begin(DEPARTMENT)) == before


def test_an_inspection_begun_keeps_its_checklist(laptop: Laptop, place: Path) -> None:
    inspection = laptop.begin()
    before = pinned(laptop, inspection)
    adopt(laptop, place, own_checklist(items=SHIPPED["items"][:10]))
    assert pinned(laptop, inspection) == before
    laptop.act("answer_item", {"item": "X-VIII.4", "result": {"numerator": 1, "denominator": 2}}, inspection)
    assert len(laptop.read(inspection).answers) == 1


def test_a_checklist_applies_from_its_day(laptop: Laptop, place: Path) -> None:
    shipped = begun(laptop)
    first, second = own_checklist(), own_checklist(version="2")
    adopt(laptop, place, second, "2027-01-01")
    adopt(laptop, place, first, "2026-11-01")
    days = ("2026-10-31", "2026-11-01", "2026-12-31", "2027-01-01", "2028-05-05")
    expected = [shipped, first.hash, first.hash, second.hash, second.hash]
    assert [begun(laptop, day) for day in days] == expected


@pytest.mark.parametrize("titles", [("A", "B"), ("B", "A"), ("Một", "Hai"), ("Hai", "Một")])
def test_of_two_for_the_same_day_the_one_adopted_later_applies(
    laptop: Laptop, place: Path, titles: tuple[str, str]
) -> None:
    for title in titles:
        adopt(laptop, place, own_checklist(title=title))
    found = laptop.read(laptop.begin()).checklist
    assert found is not None
    assert found.title == titles[1]


def test_the_same_version_again_replaces_it(laptop: Laptop, place: Path) -> None:
    first, corrected = own_checklist(), own_checklist(items=SHIPPED["items"][:20])
    assert adopt(laptop, place, first) == adopt(laptop, place, corrected)
    assert begun(laptop) == corrected.hash
    assert laptop.desk.library.checklist(first.hash) == first


def test_a_checklist_can_be_named_by_level_or_hash(laptop: Laptop, place: Path) -> None:
    own = own_checklist(version="0")
    adopt(laptop, place, own, "2030-01-01")
    assert pinned(laptop, laptop.begin(checklist=own.hash)) == own.hash
    assert pinned(laptop, laptop.begin(checklist="department")) == pinned(laptop, laptop.begin(DEPARTMENT))


@pytest.mark.parametrize("wanted", ["x", "../../etc/passwd", "0" * 64, "zz" * 32, "COMMUNE"])
def test_a_checklist_nobody_has_is_refused(laptop: Laptop, wanted: str) -> None:
    before = laptop.position()
    with pytest.raises(BadInput) as caught:
        laptop.begin(checklist=wanted)
    assert caught.value.code == "checklist-unknown"
    assert laptop.position() == before


def test_a_kept_file_that_is_no_checklist_is_none(laptop: Laptop, place: Path) -> None:
    inspection = laptop.begin()
    (place / "note.txt").write_text("không phải bộ tiêu chí", "utf-8")
    laptop.act("attach_file", {"path": str(place / "note.txt")}, inspection)
    (piece,) = laptop.read(inspection).evidence
    assert piece.file is not None
    with pytest.raises(InspectorError, match="checklist-unreadable"):
        laptop.begin(checklist=piece.file.hash)


def test_a_workbook_is_adopted_like_its_json(laptop: Laptop, place: Path) -> None:
    own = own_checklist()
    write_checklist_sheet(own, place / "own.xlsx")
    laptop.act("adopt_checklist", {"path": str(place / "own.xlsx")})
    assert begun(laptop) == own.hash


def test_another_laptop_uses_what_was_adopted(laptop: Laptop, place: Path, another: Any) -> None:
    own = own_checklist()
    adopt(laptop, place, own)
    theirs = another()
    for space in laptop.workspace.spaces():
        deliver(laptop, theirs, space.id)
    shipped = begun(theirs)
    assert shipped != own.hash
    (place / "own.json").write_bytes(own.canonical)
    theirs.workspace.blobs.add(place / "own.json")
    assert begun(theirs) == own.hash


def test_points_are_off_until_the_office_adopts_them(laptop: Laptop) -> None:
    first = laptop.begin()
    laptop.act("adopt_points", {"checklist": "commune", "adopted": {"adopted": True, "decision": "9/QĐ-UBND"}})
    second, department = laptop.begin(), laptop.begin(DEPARTMENT)
    laptop.act("adopt_points", {"checklist": "commune", "adopted": {"adopted": False}})
    third = laptop.begin()
    assert [laptop.read(one).scored for one in (first, second, department, third)] == [False, True, False, False]


def test_points_of_one_inspection_can_be_switched(laptop: Laptop, inspection: str) -> None:
    laptop.act("adopt_scoring_here", {"scored": True}, inspection)
    assert laptop.read(inspection).scored
    laptop.act("adopt_scoring_here", {"scored": False}, inspection)
    assert not laptop.read(inspection).scored


def test_law_is_printed_when_somebody_checked_it(laptop: Laptop) -> None:
    assert laptop.desk.library.law() == {}
    laptop.act("confirm_law", {"code": "NQ76", "confirmation": {"confirmed": True, "title": "Nghị quyết 76/NQ-CP"}})
    laptop.act("confirm_law", {"code": "KHTINH", "confirmation": {"confirmed": True}})
    law = laptop.desk.library.law()
    assert {code: (basis.title, basis.status) for code, basis in law.items()} == {
        "NQ76": ("Nghị quyết 76/NQ-CP", "confirmed"),
        "KHTINH": (next(row["title"] for code, row in SHIPPED["legal_index"].items() if code == "KHTINH"), "confirmed"),
    }
    laptop.act("confirm_law", {"code": "NQ76", "confirmation": {"confirmed": False}})
    assert set(laptop.desk.library.law()) == {"KHTINH"}


def test_the_offices_list_of_units_goes_over_ours(laptop: Laptop, place: Path) -> None:
    (place / "units.csv").write_text("Mã,Loại,Tên,Mã cấp trên\n28360,phường,Cái Bè Mới,82\n", "utf-8")
    before = laptop.begin()
    laptop.act("adopt_units", {"path": str(place / "units.csv")})
    after = laptop.read(laptop.begin()).unit
    assert (after.name, after.kind) == ("Cái Bè Mới", "phường")
    assert laptop.read(before).unit.name == "Cái Bè"


def test_the_offices_list_of_departments_is_used(laptop: Laptop, place: Path) -> None:
    (place / "so-nganh.csv").write_text('Tên cơ quan,Cấp\nSở Chuyển đổi số,"Sở, ban, ngành"\n', "utf-8")
    laptop.act("adopt_departments", {"path": str(place / "so-nganh.csv")})
    (department,) = laptop.desk.library.departments.departments
    unit = laptop.read(laptop.begin(f"82/{department.key}")).unit
    assert unit.name == "Sở Chuyển đổi số"
    with pytest.raises(BadInput):
        laptop.begin(DEPARTMENT)


def test_the_offices_holidays_are_counted(laptop: Laptop, place: Path) -> None:
    calendar = json.loads((RESOURCES / "calendar" / "vn.json").read_bytes())
    calendar["title"] = "Lịch nghỉ của tỉnh"
    calendar["years"]["2026"]["holidays"]["2026-11-27"] = "Ngày hội của tỉnh"
    (place / "lich.json").write_text(json.dumps(calendar), "utf-8")
    assert laptop.desk.library.calendar().is_working_day(date(2026, 11, 27))
    laptop.act("adopt_holidays", {"path": str(place / "lich.json")})
    assert not laptop.desk.library.calendar().is_working_day(date(2026, 11, 27))


ADOPT = ("adopt_checklist", "adopt_units", "adopt_departments", "adopt_holidays")


@pytest.mark.parametrize("act", ADOPT)
@pytest.mark.parametrize(
    "name", ["none.xlsx", "folder.xlsx", "empty.xlsx", "\x00", "a" * 5000, "text.xlsx", "text.json"]
)
def test_a_file_that_is_none_is_refused_with_a_sentence(laptop: Laptop, place: Path, act: str, name: str) -> None:
    (place / "folder.xlsx").mkdir()
    (place / "empty.xlsx").write_bytes(b"")
    for end in ("xlsx", "json"):
        (place / f"text.{end}").write_text("Hôm nay trời mưa\n", "utf-16")
    before = laptop.position()
    with pytest.raises(InspectorError) as caught:
        laptop.act(act, {"path": str(place / name)})
    assert "{" not in sentence(caught.value)
    assert sentence(caught.value) != str(caught.value)
    assert laptop.position() == before


def test_a_list_that_is_too_large_is_refused(laptop: Laptop, place: Path) -> None:
    with open(place / "big.csv", "wb") as file:
        file.truncate(33 * 1024 * 1024)
    with pytest.raises(BadInput) as caught:
        laptop.act("adopt_units", {"path": str(place / "big.csv")})
    assert caught.value.params == {"field": "path", "path": "big.csv", "megabytes": 33, "most": 32}


def test_a_saved_head_fills_the_minutes(laptop: Laptop, inspection: str) -> None:
    given = {"superior_body": "UBND TỈNH", "recipients": ["Như trên"], "copies": 3, "place": "Mỹ Tho"}
    laptop.act("save_letterhead", {"name": "Đoàn số 1", **given})
    laptop.act("edit_inspection", {"summary": "Kiểm tra CCHC", "copies": 2}, inspection)
    laptop.act("use_letterhead", {"name": "Đoàn số 1"}, inspection)
    header = laptop.read(inspection).header
    assert (header.superior_body, header.recipients, header.copies, header.place, header.summary) == (
        "UBND TỈNH", ("Như trên",), 3, "Mỹ Tho", "Kiểm tra CCHC",
    )  # fmt: skip


def test_a_head_nobody_saved_is_not_found(laptop: Laptop, inspection: str) -> None:
    with pytest.raises(Refused, match="record-not-found"):
        laptop.act("use_letterhead", {"name": "Đoàn số 2"}, inspection)


def test_a_removed_head_is_saved_again_under_its_name(laptop: Laptop) -> None:
    first = laptop.act("save_letterhead", {"name": "Đoàn số 1", "place": "Mỹ Tho"}).ref
    laptop.act("remove_reference", {"entity": "letterhead", "record": first})
    with pytest.raises(Refused):
        laptop.desk.library.letterhead("Đoàn số 1")
    assert laptop.act("save_letterhead", {"name": "Đoàn số 1", "copies": 5}).ref == first
    assert laptop.desk.library.letterhead("Đoàn số 1")["copies"] == 5


@pytest.mark.parametrize("entity", ["adoption", "scoring", "inspection", "weather"])
def test_only_heads_and_people_are_removed_from_shared_content(laptop: Laptop, place: Path, entity: str) -> None:
    record = adopt(laptop, place, own_checklist())
    with pytest.raises(Refused, match="record-not-found"):
        laptop.act("remove_reference", {"entity": entity, "record": record})


def test_the_header_of_an_earlier_inspection_is_copied_in_one_act(laptop: Laptop) -> None:
    decision = {"number": "12/QĐ-SNV", "date": "2026-02-01", "issuer": "Sở Nội vụ"}
    first = laptop.begin(team_decision=decision)
    laptop.act("edit_inspection", {"symbol": "BB-ĐKT", "legal_bases": ["NQ 76"], "number": "07", "venue": "X"}, first)
    second, third = laptop.begin(), laptop.begin(previous=first)
    receipt = laptop.act("copy_header", {"from_inspection": first}, second)
    for inspection in (second, third):
        found = laptop.read(inspection)
        assert (found.header.symbol, found.header.legal_bases) == ("BB-ĐKT", ("NQ 76",))
        assert found.team_decision.number == "12/QĐ-SNV"
        assert (found.header.number, found.header.venue) == (None, None)
    assert laptop.change_sets(second)[-1].hash.hex() == receipt.hash
    assert laptop.read(third).previous == first


@pytest.mark.parametrize("unit", ["", "99999", "28360x", "82/weather", "99/home_affairs", "/", "82/"])
def test_a_unit_that_is_not_there_is_refused(laptop: Laptop, unit: str) -> None:
    before = laptop.position()
    with pytest.raises(InspectorError) as caught:
        laptop.begin(unit)
    assert "{" not in sentence(caught.value)
    assert laptop.position() == before


def test_a_commune_of_today_is_no_unit_of_2022(laptop: Laptop) -> None:
    assert laptop.read(laptop.begin("819", visit_date="2022-09-20")).unit.level == "district"
    with pytest.raises(BadInput):
        laptop.begin("819")
    assert laptop.read(laptop.begin(COMMUNE, visit_date="2022-09-20")).unit.parent_name != "tỉnh Đồng Tháp"


TEMPLATE = RESOURCES / "templates" / "mau-bien-ban.docx"


def reworded(place: Path, name: str, *, tag: str = "") -> Path:
    """Our template with a paragraph more, as an office would add one."""
    with zipfile.ZipFile(TEMPLATE) as old, zipfile.ZipFile(place / name, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == "word/document.xml":
                text = f"<w:p><w:r><w:t>Mẫu {name} {tag}</w:t></w:r></w:p>".encode()
                content = content.replace(b"<w:body>", b"<w:body>" + text, 1)
            new.writestr(part, content)
    return place / name


def says(laptop: Laptop, day: str | None, name: str) -> bool:
    template = laptop.desk.library.template(None if day is None else date.fromisoformat(day))
    with zipfile.ZipFile(io.BytesIO(template)) as parts:
        return f"Mẫu {name} ".encode() in parts.read("word/document.xml")


def test_the_offices_template_applies_from_its_day(laptop: Laptop, place: Path) -> None:
    for name, since in (("sau.docx", "2027-01-01"), ("truoc.docx", "2026-06-01")):
        laptop.act("adopt_template", {"path": str(reworded(place, name)), "effective_from": since})
    assert laptop.desk.library.template(date(2026, 5, 31)) == TEMPLATE.read_bytes()
    assert says(laptop, "2026-06-01", "truoc.docx")
    assert says(laptop, "2027-01-01", "sau.docx")
    assert says(laptop, None, "sau.docx")


def test_a_template_with_a_wrong_tag_is_not_adopted(laptop: Laptop, place: Path) -> None:
    before = laptop.position()
    with pytest.raises(BadInput, match="template-refused") as caught:
        laptop.act("adopt_template", {"path": str(reworded(place, "sai.docx", tag="{{ khong_co }}"))})
    assert "khong_co" in sentence(caught.value)
    assert laptop.position() == before
    assert laptop.desk.library.template() == TEMPLATE.read_bytes()
