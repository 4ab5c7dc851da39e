"""Undo (hoàn tác): the former values, written as a new act that names the undone act's own writes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inspector.domain.changeset import operation_id
from inspector.domain.disagreements import between_of
from inspector.domain.errors import Refused
from inspector.domain.registry import DELETED, Type
from inspector.services.acts.declare import Given, act, argument
from inspector.services.case import Case

if TYPE_CHECKING:
    from inspector.storage.reading import Head


@act(
    "undo",
    "Hoàn tác",
    argument("undone", Type.TEXT, "Mã việc cần hoàn tác", required=True),
    on_deleted=True,
    in_office=True,
)
def undo(case: Case, given: Given) -> str:
    """Possible only while what the act wrote are the sole values; otherwise says who wrote since.

    Undoing an undo does the act again. A record the act began is hidden, not taken apart. A decision between
    disagreeing values is changed by deciding again.
    """
    undone = case.change_set_of(str(given["undone"]))
    if between_of(undone):
        raise Refused("undo-decision")
    if not undone.writes:  # what others are judged by is changed by writing the next such record
        raise Refused("undo-nothing", id=str(given["undone"]))
    before = [case.before(write) for write in undone.writes]
    own = [operation_id(undone.hash, index) for index in range(len(undone.writes))]
    begun = {(write.entity, write.id) for write in undone.writes if case.began(undone, write.entity, write.id)}
    for entity, record in sorted(begun):
        _only_own(case, case.standing(entity, record), own)
        case.put(entity, record, {DELETED: True})
    for write, operation, value in zip(undone.writes, own, before, strict=True):
        if (write.entity, write.id) not in begun:
            _only_own(case, case.standing(write.entity, write.id, write.field), own)
            case.take_back(write, operation, value)
    return undone.writes[0].id


def _only_own(case: Case, standing: Sequence[Head], own: Sequence[str]) -> None:
    for head in standing:
        if head.operation not in own:
            raise Refused("undo-changed-since", person=case.name_of(head.author))
