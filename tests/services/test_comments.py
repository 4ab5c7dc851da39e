"""Comments are read by what they are about, in the order they were written, with the names of their authors."""

from __future__ import annotations

from collections.abc import Callable

from inspector.domain.ids import natural_id
from inspector.services.comments import comments
from inspector.services.desk import Desk
from tests.services.laptops import Laptop, exchange

ITEM = "X-I.1"


def said(desk: Desk, inspection: str, entity: str, record: str) -> list[tuple[str, str]]:
    return [(comment.author, comment.text) for comment in comments(desk, inspection).get((entity, record), ())]


def comment(laptop: Laptop, inspection: str, entity: str, record: str, text: str) -> None:
    laptop.act("add_comment", {"entity": entity, "subject": record, "text": text}, inspection)


def test_each_record_has_its_own_in_the_order_they_were_written(laptop: Laptop, inspection: str) -> None:
    finding = laptop.act("add_finding", {"kind": "strength"}, inspection).ref
    answer = natural_id(inspection, "answer", ITEM)
    comment(laptop, inspection, "finding", finding, "một")
    comment(laptop, inspection, "answer", answer, "hai")
    comment(laptop, inspection, "finding", finding, "ba")
    laptop.act("add_comment", {"text": "bốn"}, inspection)
    author = laptop.workspace.person_name(inspection, laptop.workspace.author.person)
    assert said(laptop.desk, inspection, "finding", finding) == [(author, "một"), (author, "ba")]
    assert said(laptop.desk, inspection, "answer", answer) == [(author, "hai")]
    assert said(laptop.desk, inspection, "", "") == [(author, "bốn")]


def test_one_that_was_taken_back_is_not_read(laptop: Laptop, inspection: str) -> None:
    receipt = laptop.act("add_comment", {"text": "nhầm"}, inspection)
    laptop.act("undo", {"undone": receipt.act}, inspection)
    assert comments(laptop.desk, inspection) == {}


def test_a_colleague_is_named(laptop: Laptop, inspection: str, another: Callable[..., Laptop]) -> None:
    other = another("Trần Thị Bình")
    exchange(laptop, other, inspection)
    comment(other, inspection, "inspection", inspection, "nhờ xem lại")
    exchange(other, laptop, inspection)
    (found,) = comments(laptop.desk, inspection)[("inspection", inspection)]
    assert (found.author, found.text) == ("Trần Thị Bình", "nhờ xem lại")
    assert found.at is not None
