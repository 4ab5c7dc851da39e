"""What holds for every act: repeated ids, refusals that write nothing, rights, signatures, undo and redo."""

from __future__ import annotations

import pytest

from inspector.domain.errors import BadInput, InspectorError, Refused
from inspector.domain.registry import Type
from inspector.services.acts import ACTS
from inspector.services.wording import sentence
from tests.services.furnished import AFTER_SIGNING, CALLS, Call, Furnished
from tests.services.laptops import COMMUNE, VISIT, Laptop

every_call = pytest.mark.parametrize("call", CALLS, ids=str)
DECIDING = Call("decide", {"entity": "finding", "record": "@finding", "field": "content", "value": "Chậm"})
INSIDE = [call for call in CALLS if call.inside]


def test_a_valid_call_of_every_act_is_known() -> None:
    known = {call.name for call in (*CALLS, *AFTER_SIGNING)}
    judging = {name for name, act in ACTS.items() if act.handler.__module__.endswith(".machines")}
    assert set(ACTS) - known - judging == {"undo", "remove_inspection", "decide", "seal_minutes", "void_seal"}


@every_call
def test_an_act_is_one_change_set_named_in_its_receipt(full: Furnished, call: Call) -> None:
    before = full.laptop.position()
    receipt = full.do(call.on(full), act="act-1")
    after = full.laptop.position()
    begun = receipt.space not in before
    assert receipt.hash is not None
    assert after.pop(receipt.space) - before.pop(receipt.space, 0) == (2 if begun else 1)
    assert after == before
    written = full.laptop.workspace.change_set(bytes.fromhex(receipt.hash))
    assert written is not None
    assert (written.space, written.act, receipt.act, receipt.name) == (receipt.space, "act-1", "act-1", call.name)
    if call.name not in ("link_evidence", "unlink_evidence"):
        assert receipt.ref in {write.id for write in written.writes}


@every_call
def test_an_id_stands_for_one_act(full: Furnished, call: Call) -> None:
    first = full.do(call.on(full), act="act-1")
    position = full.laptop.position()
    assert full.do(call.on(full), act="act-1") == first
    with pytest.raises(Refused, match="act-id-reused"):
        full.laptop.act("state_opinion", {"unit_opinion": "Ý kiến khác hẳn"}, full.inspection, act="act-1")
    assert full.laptop.position() == position


def refused(full: Furnished, name: str, arguments: dict[str, object], inspection: str | None) -> InspectorError:
    """The refusal of an act, after which everything is as it was and the same id is free."""
    before = full.laptop.position()
    with pytest.raises(InspectorError) as caught:
        full.laptop.act(name, arguments, inspection, act="act-refused")
    assert full.laptop.position() == before
    assert full.laptop.desk.ref_of("act-refused") is None
    assert "{" not in sentence(caught.value)
    return caught.value


@every_call
def test_an_argument_nobody_knows_is_refused(standing: Furnished, call: Call) -> None:
    known = call.on(standing)
    error = refused(
        standing, call.name, {**known.arguments, "weather": "mưa"}, standing.inspection if call.inside else None
    )
    assert (error.code, error.params["field"]) == ("act-unknown-argument", "weather")


@pytest.mark.parametrize("name", sorted(ACTS))
def test_what_is_required_is_asked_for(standing: Furnished, name: str) -> None:
    declared = ACTS[name]
    for argument in declared.arguments:
        if argument.required:
            others = {call.name: call.on(standing).arguments for call in (*CALLS, *AFTER_SIGNING, DECIDING)}.get(
                name, {}
            )
            given = {key: value for key, value in others.items() if key != argument.name}
            error = refused(standing, name, given, standing.inspection if declared.inside else None)
            assert error.code == "act-missing-argument"


@pytest.mark.parametrize("name", sorted(name for name, act in ACTS.items() if act.inside))
def test_an_act_inside_an_inspection_needs_one(standing: Furnished, name: str) -> None:
    error = refused(standing, name, {}, None)
    assert (error.code, error.params["field"]) == ("act-missing-argument", "inspection")


@pytest.mark.parametrize("name", sorted(name for name, act in ACTS.items() if act.inside))
@pytest.mark.parametrize("inspection", ["", "28360", "8500cf7e-0e70-5943-83a2-c1eabe80cf51"])
def test_an_inspection_nobody_began_is_not_found(standing: Furnished, name: str, inspection: str) -> None:
    assert refused(standing, name, {}, inspection).code == "inspection-not-found"


def test_the_space_of_shared_content_is_no_inspection(standing: Furnished) -> None:
    reference = standing.laptop.workspace.spaces("reference")[0].id
    assert refused(standing, "state_opinion", {"unit_opinion": "a"}, reference).code == "inspection-not-found"


_WRONG: dict[Type, object] = {
    Type.TEXT: 5,
    Type.LONG_TEXT: ["a"],
    Type.BOOL: "có",
    Type.INT: -1,
    Type.DECIMAL: "một",
    Type.DATE: "26/11/2026",
    Type.TIME: "8 giờ",
    Type.INSTANT: "hôm nay",
    Type.CODE: "khác",
    Type.BLOB: "abc",
    Type.REF: 7,
    Type.LIST: "một dòng",
    Type.GROUP: "chữ",
}


@pytest.mark.parametrize("name", sorted(ACTS))
def test_a_value_of_another_type_is_refused_by_name(standing: Furnished, name: str) -> None:
    declared = ACTS[name]
    for argument in declared.arguments:
        error = refused(
            standing, name, {argument.name: _WRONG[argument.type]}, standing.inspection if declared.inside else None
        )
        assert isinstance(error, BadInput)
        assert error.params["field"] == argument.name


@pytest.mark.parametrize("name", sorted(ACTS))
def test_a_record_that_is_not_there_is_refused(standing: Furnished, name: str) -> None:
    declared = ACTS[name]
    others = {call.name: call.on(standing).arguments for call in (*CALLS, *AFTER_SIGNING, DECIDING)}.get(name, {})
    for argument in declared.arguments:
        if argument.type is Type.REF and argument.required:
            given = {**others, argument.name: "01a203ff-4472-719a-8d7f-6659163ebc6a"}
            error = refused(standing, name, given, standing.inspection if declared.inside else None)
            assert error.code in ("record-not-found", "inspection-not-found")


@every_call
def test_a_person_without_the_right_is_refused(standing: Furnished, call: Call) -> None:
    author = standing.laptop.workspace.author
    rights = author.rights
    object.__setattr__(author, "rights", rights - {ACTS[call.name].right.value})
    try:
        error = refused(standing, call.name, call.on(standing).arguments, standing.inspection if call.inside else None)
    finally:
        object.__setattr__(author, "rights", rights)
    assert error.code == "right-missing"


def test_an_act_nobody_declared_is_refused(standing: Furnished) -> None:
    assert refused(standing, "burn_papers", {}, standing.inspection).code == "act-unknown"


@pytest.mark.parametrize("call", INSIDE, ids=str)
def test_undo_brings_back_what_was_there(full: Furnished, call: Call) -> None:
    before = full.laptop.read(full.inspection)
    full.do(call.on(full), act="act-1")
    after = full.laptop.read(full.inspection)
    if call.name == "sign_minutes":
        return
    undo = full.act("undo", undone="act-1")
    assert full.laptop.read(full.inspection) == before
    full.act("undo", undone=undo.act)
    assert full.laptop.read(full.inspection) == after


@pytest.mark.parametrize("call", INSIDE, ids=str)
def test_an_act_done_again_after_its_undo_has_its_effect_again(full: Furnished, call: Call) -> None:
    if call.name == "sign_minutes":
        return
    done = full.do(call.on(full), act="act-1")
    after = full.laptop.read(full.inspection)
    if done.hash is None:
        return
    full.act("undo", undone="act-1")
    again = full.do(call.on(full), act="act-2")
    if again.ref == done.ref:
        assert full.laptop.read(full.inspection) == after


def test_signed_minutes_close_every_act_that_is_not_for_afterwards(full: Furnished) -> None:
    full.act("sign_minutes", date=VISIT)
    for call in INSIDE:
        if not ACTS[call.name].after_signing:
            known = call.on(full)
            assert refused(full, call.name, known.arguments, full.inspection).code == "inspection-signed"
    assert refused(full, "undo", {"undone": "x"}, full.inspection).code == "inspection-signed"


def test_a_cancelled_inspection_takes_nothing_until_it_is_opened_again(full: Furnished) -> None:
    full.act("change_status", status="cancelled", reason="Bão số 9")
    for call in INSIDE:
        declared = ACTS[call.name]
        if not (declared.after_signing or declared.on_deleted or declared.on_cancelled):
            assert refused(full, call.name, call.on(full).arguments, full.inspection).code == "inspection-cancelled"
    full.act("change_status", status="open")
    full.act("add_finding", kind="strength", content="Ghi tiếp được.")


@pytest.mark.parametrize("call", AFTER_SIGNING, ids=str)
def test_what_comes_after_the_signatures_can_be_written(full: Furnished, call: Call) -> None:
    full.act("sign_minutes", date=VISIT)
    receipt = full.do(call.on(full), act="act-1")
    assert receipt.hash is not None
    assert full.do(call.on(full), act="act-1") == receipt


@pytest.mark.parametrize("call", AFTER_SIGNING[:2], ids=str)
def test_nothing_is_added_to_a_signature_that_is_not_there(full: Furnished, call: Call) -> None:
    known = call.on(full)
    error = refused(full, call.name, known.arguments, full.inspection)
    assert error.code in ("record-not-found", "not-signed-yet")


def test_another_inspection_is_untouched(full: Furnished) -> None:
    other = full.refs["earlier"]
    before = full.laptop.read(other)
    for call in INSIDE[:-1]:
        if call.name not in (
            "remove_finding",
            "remove_dossier",
            "remove_headcount",
            "remove_unit_person",
            "change_status",
        ):
            full.do(call.on(full))
    assert full.laptop.read(other) == before


def test_a_second_laptop_reads_the_same(full: Furnished, laptop: Laptop) -> None:
    for space in full.laptop.workspace.spaces():
        laptop.workspace.accept(full.laptop.change_sets(space.id))
    assert laptop.read(full.inspection) == full.laptop.read(full.inspection)


def test_departments_and_communes_get_their_own_checklist(laptop: Laptop) -> None:
    commune, department = laptop.begin(COMMUNE), laptop.begin("82/home_affairs")
    assert [laptop.read(one).checklist.level for one in (commune, department)] == ["commune", "department"]  # type: ignore[union-attr]  # both have one


def test_a_new_inspection_takes_header_and_team_of_another(full: Furnished) -> None:
    laptop, earlier = full.laptop, full.inspection
    laptop.act("add_member", {"name": "Người thay", "role": "member", "substitute_for": "Ông An"}, earlier)
    laptop.act("mark_member", {"member": full.refs["member"], "attendance": {"present": True}}, earlier)
    laptop.act("edit_inspection", {"team_name": "Đoàn kiểm tra", "venue": "Hội trường"}, earlier)
    begun = laptop.read(laptop.begin(header_from=earlier, team_from=earlier))
    told = [(member.name, member.role, member.attendance.present) for member in begun.team]
    assert told == [
        (member.name, member.role, None) for member in laptop.read(earlier).team if not member.substitute_for
    ]
    assert (begun.header.team_name, begun.header.venue, begun.previous) == ("Đoàn kiểm tra", None, None)


def test_the_team_and_the_inspection_are_one_act(full: Furnished) -> None:
    laptop = full.laptop
    given = {"unit": COMMUNE, "form": "on_site", "visit_date": VISIT, "team_from": full.inspection}
    receipt = laptop.act("open_inspection", given, act="act-1")
    laptop.act("undo", {"undone": "act-1"}, receipt.space)
    assert laptop.workspace.record(receipt.space, "inspection", receipt.space).deleted  # type: ignore[union-attr]  # it was begun
    assert laptop.workspace.records(receipt.space, "team_member") == []


def test_a_removed_inspection_is_on_no_list_until_it_is_brought_back(laptop: Laptop, inspection: str) -> None:
    before = laptop.read(inspection)
    removed = laptop.act("remove_inspection", {}, inspection)
    assert laptop.workspace.inspections() == []
    with pytest.raises(Refused, match="inspection-not-found"):
        laptop.act("state_opinion", {"unit_opinion": "Thống nhất."}, inspection)
    laptop.act("undo", {"undone": removed.act}, inspection)
    assert laptop.read(inspection) == before
