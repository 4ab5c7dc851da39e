"""From the log to an inspection: order, merged findings, and values that another program wrote."""

from __future__ import annotations

import random
from typing import Any

import pytest

from inspector.domain.changeset import Json
from inspector.domain.ids import new_id
from inspector.domain.registry import ENTITIES, Field, SpaceKind, Type
from tests.services.laptops import Laptop, deliver, exchange, field


def test_members_come_in_the_order_they_were_added(laptop: Laptop, inspection: str) -> None:
    names = [f"Thành viên {number}" for number in range(12)]
    for name in names:
        laptop.act("add_member", {"name": name, "role": "member"}, inspection)
    assert [member.name for member in laptop.read(inspection).team] == names


def test_what_has_an_order_comes_in_it(laptop: Laptop, inspection: str) -> None:
    orders = ["2", "-1", "0", "1.5", "1"]
    for order in orders:
        laptop.act("add_finding", {"kind": "strength", "content": order, "order": order}, inspection)
    laptop.act("add_finding", {"kind": "strength", "content": "sau cùng"}, inspection)
    found = [finding.content for finding in laptop.read(inspection).findings]
    assert found == ["-1", "0", "1", "1.5", "2", "sau cùng"]


def test_findings_made_in_one_moment_keep_their_order(laptop: Laptop, inspection: str) -> None:
    contents = [str(number) for number in range(30)]
    for content in contents:
        laptop.act("add_finding", {"kind": "strength", "content": content}, inspection)
    assert [finding.content for finding in laptop.read(inspection).findings] == contents


def test_dossiers_come_by_code_and_headcounts_by_time(laptop: Laptop, inspection: str) -> None:
    for code in ("0003", "0001", "0002"):
        laptop.act("add_dossier", {"code": code}, inspection)
    for place, at in (("B", "08:30"), ("A", "09:00"), ("C", "08:15")):
        count = {"place": place, "at": f"2026-11-26T{at}", "counts": {"due": 1}}
        laptop.act("count_heads", count, inspection)
    found = laptop.read(inspection)
    assert [dossier.code for dossier in found.dossiers] == ["0001", "0002", "0003"]
    assert [count.place for count in found.headcounts] == ["C", "B", "A"]


def findings(laptop: Laptop, inspection: str, *contents: str) -> list[str]:
    given = [{"kind": "shortcoming", "content": content} for content in contents]
    return [laptop.act("add_finding", each, inspection).ref for each in given]


def printed(laptop: Laptop, inspection: str) -> set[str | None]:
    return {finding.content for finding in laptop.read(inspection).findings_of("shortcoming")}


def test_a_merged_finding_is_read_through_the_other(laptop: Laptop, inspection: str) -> None:
    one, two, three = findings(laptop, inspection, "một", "hai", "ba")
    laptop.act("merge_findings", {"finding": one, "into": two}, inspection)
    laptop.act("merge_findings", {"finding": two, "into": three}, inspection)
    assert printed(laptop, inspection) == {"ba"}
    assert laptop.read(inspection).read_through() == {one: three, two: three, three: three}


def test_no_text_disappears_with_the_finding_it_was_merged_into(laptop: Laptop, inspection: str) -> None:
    one, two = findings(laptop, inspection, "một", "hai")
    laptop.act("merge_findings", {"finding": one, "into": two}, inspection)
    laptop.act("remove_finding", {"finding": two}, inspection)
    assert printed(laptop, inspection) == {"một"}


def test_two_findings_merged_into_each_other_apart_both_stand(laptop: Laptop, inspection: str, another: Any) -> None:
    one, two = findings(laptop, inspection, "một", "hai")
    theirs = another()
    deliver(laptop, theirs, inspection)
    laptop.act("merge_findings", {"finding": one, "into": two}, inspection)
    theirs.act("merge_findings", {"finding": two, "into": one}, inspection)
    exchange(laptop, theirs, inspection)
    assert printed(laptop, inspection) == {"một", "hai"}


_ODD: tuple[Json, ...] = (
    0, 7, -1, 10**14, True, "", "abc", "NaN", "Infinity", "1e999999999", "2026-13-45", "99:99", [], ["a", 5, None], {},
    {"date": "hôm nay", "time": 8, "hash": 5, "signed": [], "value": {}, "due": "nhiều", "working_days": "x"},
    {"present": "có", "weather": "mưa", "numerator": "5", "not_applicable": "không", "appraised_score": "nhiều"},
    [[["x"]]], "\u0000",
)  # fmt: skip


def _kinds() -> list[str]:
    return [name for name, entity in ENTITIES.items() if entity.space is SpaceKind.INSPECTION]


@pytest.mark.parametrize("entity", _kinds())
def test_values_of_other_types_never_hide_the_rest(laptop: Laptop, inspection: str, entity: str) -> None:
    """A newer or a faulty program may have written them; one bad record never blocks the others (I12)."""
    laptop.act("state_opinion", {"unit_opinion": "Thống nhất."}, inspection)
    chance = random.Random(entity)
    for value in _ODD:
        record = inspection if entity == "inspection" else new_id()
        fields = [known for known in ENTITIES[entity].fields if known.name != "unit_opinion"]
        chosen = [each for each in fields if chance.random() < 0.8]
        writes = [
            field(entity, record, each.name, value, _seen(laptop, inspection, entity, record, each)) for each in chosen
        ]
        laptop.write(inspection, *writes)
    found = laptop.read(inspection)
    assert found.unit_opinion == "Thống nhất."
    laptop.act("add_finding", {"kind": "strength", "content": "Vẫn ghi được."}, inspection)
    assert "Vẫn ghi được." in {finding.content for finding in laptop.read(inspection).findings}


def _seen(laptop: Laptop, inspection: str, entity: str, record: str, known: Field) -> tuple[str, ...]:
    return laptop.seen(inspection, entity, record, known.name)


def test_a_field_only_a_newer_program_knows_stays_in_the_log(laptop: Laptop, inspection: str) -> None:
    laptop.write(inspection, field("finding", "f1", "content", "Chậm."), field("finding", "f1", "mood", "tốt"))
    assert [finding.content for finding in laptop.read(inspection).findings] == ["Chậm."]
    laptop.act("edit_finding", {"finding": "f1", "content": "Rất chậm."}, inspection)
    assert laptop.heads(inspection, "finding", "f1", "mood") == ["tốt"]


def test_an_option_only_a_newer_program_knows_is_shown_as_it_is(laptop: Laptop, inspection: str) -> None:
    laptop.write(inspection, field("finding", "f1", "kind", "innovation"))
    assert [finding.kind for finding in laptop.read(inspection).findings] == ["innovation"]


def test_types_of_the_registry_are_all_read() -> None:
    used = {known.type for entity in ENTITIES.values() for known in entity.fields}
    assert used <= set(Type)
