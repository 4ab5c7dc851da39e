"""What is shown and what it stands for are read as one, and read again only where something changed."""

from __future__ import annotations

from inspector.domain.ids import natural_id
from inspector.services.desk import Change
from inspector.services.drafts import drop_draft, keep_draft, kept_drafts
from inspector.services.reading import RECORDED
from inspector.services.sight import look, look_again
from tests.services.laptops import Laptop

ITEM = "X-I.1"


def test_a_field_names_the_operations_that_stand_in_it(laptop: Laptop) -> None:
    inspection = laptop.begin()
    receipt = laptop.act("remark_item", {"item": ITEM, "remark": "tốt"}, inspection)
    sight = look(laptop.desk, inspection)
    (head,) = laptop.workspace.heads(inspection, "answer", receipt.ref, "remark")
    assert sight.operations("answer", receipt.ref, "remark") == (head.operation,)
    assert sight.seen("answer", receipt.ref, "remark", "result") == {
        f"answer/{receipt.ref}/remark": (head.operation,),
        f"answer/{receipt.ref}/result": (),
    }
    assert sight.inspection == laptop.read(inspection)


def test_only_what_changed_is_read_again(laptop: Laptop) -> None:
    inspection = laptop.begin()
    before = look(laptop.desk, inspection)
    laptop.act("remark_item", {"item": ITEM, "remark": "tốt"}, inspection)
    laptop.act("add_finding", {"kind": "strength", "content": "Niêm yết đủ"}, inspection)
    after = look_again(laptop.desk, before, {"answer"})
    assert [answer.remark for answer in after.inspection.answers.values()] == ["tốt"]
    assert after.inspection.findings == ()
    assert look_again(laptop.desk, after, RECORDED).inspection == laptop.read(inspection)


def test_an_act_tells_its_listeners_what_it_wrote(laptop: Laptop) -> None:
    inspection = laptop.begin()
    heard: list[Change] = []
    laptop.desk.listeners.append(heard.append)
    receipt = laptop.act("remark_item", {"item": ITEM, "remark": "tốt"}, inspection)
    laptop.act("remark_item", {"item": ITEM, "remark": "tốt"}, inspection)
    first, again = heard
    assert (first.receipt, first.entities, first.label) == (receipt, frozenset({"answer"}), "Ghi nhận xét mục")
    heads = laptop.workspace.heads(inspection, "answer", receipt.ref, "remark")
    assert [op for write, op in first.writes if write.field == "remark"] == [head.operation for head in heads]
    assert again.writes == ()


def test_a_draft_ends_with_the_act_that_commits_it(laptop: Laptop) -> None:
    inspection = laptop.begin()
    place = (inspection, "answer", natural_id(inspection, "answer", "x"), "remark")
    other = (inspection, "inspection", inspection, "venue")
    keep_draft(laptop.desk, place, "đang gõ", ("a.0",))
    keep_draft(laptop.desk, other, "hội trường", ())
    assert [(draft.place, draft.text, draft.seen) for draft in kept_drafts(laptop.desk, inspection)] == [
        (other, "hội trường", ()),
        (place, "đang gõ", ("a.0",)),
    ]
    laptop.desk.perform("remark_item", {"item": ITEM, "remark": "x"}, inspection=inspection, typed=[place])
    assert [draft.place for draft in kept_drafts(laptop.desk)] == [other]
    drop_draft(laptop.desk, other)
    assert kept_drafts(laptop.desk) == []


def test_a_draft_that_is_stored_by_now_is_none(laptop: Laptop) -> None:
    inspection = laptop.begin()
    ref = laptop.act("remark_item", {"item": ITEM, "remark": "tốt"}, inspection).ref
    keep_draft(laptop.desk, (inspection, "answer", ref, "remark"), "tốt", ())
    assert kept_drafts(laptop.desk) == []
