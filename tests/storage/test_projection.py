from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.domain import registry
from inspector.domain.changeset import Json
from inspector.domain.registry import Field, Type
from inspector.storage import projection
from inspector.storage.workspace import Workspace
from tests.storage.office import change, field, write

VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.sampled_from(list(Type)), VALUES)
def test_any_value_in_any_field_comes_back_as_it_was(kind: Type, value: Json) -> None:
    """Also a value that is not of the field's type: another version may have written it."""
    one = Field("f", kind, "F")
    assert projection.loaded(one, projection.stored(one, value)) == value


def test_every_entity_and_field_has_its_column() -> None:
    tables = projection.tables()
    assert {(name, column) for name, table in tables.items() for column in table.columns} == {
        (entity.name, one.name) for entity in registry.ENTITIES.values() for one in entity.fields
    }


def test_values_of_another_type_are_projected(workspace: Workspace, space: str) -> None:
    write(workspace, space, field("finding", "f", "content", {"a": [1, None]}), field("finding", "f", "kind", 7))
    record = workspace.record(space, "finding", "f")
    assert record is not None
    assert record.values == {"content": {"a": [1, None]}, "kind": 7}
    assert workspace.verify().problems == []


def test_fields_of_a_newer_program_are_kept_and_counted(workspace: Workspace, space: str) -> None:
    write(workspace, space, field("finding", "f", "content", "một"), field("finding", "f", "from_later", "x"))
    record = workspace.record(space, "finding", "f")
    assert record is not None
    assert (record.unknown, record.values) == (1, {"content": "một"})
    assert [head.value for head in workspace.heads(space, "finding", "f", "from_later")] == ["x"]


def test_entities_of_a_newer_program_are_kept(workspace: Workspace, space: str) -> None:
    write(workspace, space, field("from_later", "x", "name", "một"))
    assert workspace.record(space, "from_later", "x") is None
    assert workspace.records(space, "from_later") == []
    assert [head.value for head in workspace.heads(space, "from_later", "x", "name")] == ["một"]
    assert workspace.verify().problems == []


def test_an_emptied_field_is_left_out(workspace: Workspace, space: str) -> None:
    change(workspace, space, "finding", "f", "content", "một")
    change(workspace, space, "finding", "f", "content", None)
    record = workspace.record(space, "finding", "f")
    assert record is not None
    assert record.values == {}


def test_deleted_records_are_listed_only_when_asked_for(workspace: Workspace, space: str) -> None:
    change(workspace, space, "finding", "a", "content", "một")
    change(workspace, space, "finding", "b", "content", "hai")
    change(workspace, space, "finding", "a", "_del", True)
    assert [record.id for record in workspace.records(space, "finding")] == ["b"]
    assert [(record.id, record.deleted) for record in workspace.records(space, "finding", deleted=True)] == [
        ("a", True),
        ("b", False),
    ]


@pytest.mark.parametrize(("values", "shown"), [([True, False], True), ([False, True], True), ([False, False], False)])
def test_of_links_set_apart_present_wins(workspace: Workspace, space: str, values: list[Json], shown: bool) -> None:
    for value in values:
        write(workspace, space, field("evidence_link", "l", "linked", value))
    record = workspace.record(space, "evidence_link", "l")
    assert record is not None
    assert (record.values["linked"], record.conflicts) == (shown, ())


def test_of_orders_set_apart_the_last_counts(workspace: Workspace, space: str) -> None:
    write(workspace, space, field("finding", "f", "order", "1"))
    write(workspace, space, field("finding", "f", "order", "2"))
    record = workspace.record(space, "finding", "f")
    assert record is not None
    assert (record.values["order"], record.conflicts) == ("2", ())


def test_blobs_named_by_values_are_found() -> None:
    sha256 = "ab" * 32
    entity = registry.ENTITIES["evidence"].field("file")
    assert entity is not None
    assert projection.names_blobs(entity)
    assert projection.blobs_in(entity, {"hash": sha256, "name": "a.jpg"}) == [sha256]
    assert projection.blobs_in(entity, {"hash": "not a hash"}) == []
    assert projection.blobs_in(entity, "odd") == []
