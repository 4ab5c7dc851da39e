"""What earlier visits found, and who wrote what where people disagree."""

from __future__ import annotations

from inspector.services.earlier import EarlierFinding, earlier_findings
from inspector.services.opinions import opinions
from tests.services.laptops import DEPARTMENT, Laptop


def test_shortcomings_of_earlier_visits_to_the_unit_are_found(laptop: Laptop, inspection: str) -> None:
    before, after = laptop.begin(visit_date="2025-10-02"), laptop.begin(visit_date="2027-01-04")
    elsewhere = laptop.begin(DEPARTMENT, visit_date="2025-10-03")
    for space in (before, after, elsewhere, inspection):
        laptop.act("add_finding", {"kind": "strength", "content": "tốt"}, space)
    old = laptop.act("add_finding", {"kind": "shortcoming", "content": "trễ\nhạn", "item": "X-III.5"}, before).ref
    found = earlier_findings(laptop.desk, inspection)
    assert found == (EarlierFinding(old, "2025", "trễ. hạn", found[0].item),)
    assert found[0].item is not None


def test_opinions_name_their_authors(laptop: Laptop, inspection: str) -> None:
    finding = laptop.act("add_finding", {"kind": "shortcoming", "content": "một"}, inspection).ref
    seen = {"content": laptop.seen(inspection, "finding", finding, "content")}
    for text in ("hai", "ba"):
        laptop.act("edit_finding", {"finding": finding, "content": text}, inspection, seen=seen)
    place = ("finding", finding, "content")
    found = opinions(laptop.desk, inspection, [place])[place]
    assert sorted(str(opinion.value) for opinion in found) == ["ba", "hai"]
    assert len({opinion.author for opinion in found}) == 1
    assert all(opinion.author and opinion.at for opinion in found)
