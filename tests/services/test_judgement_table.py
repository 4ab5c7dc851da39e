"""Every act × every set of rights × every relation to the space, and what is thought of it, written down beforehand.

``NEEDS`` and ``JUDGED`` are the table; the test lets every act write what it writes, signs that with another laptop's
key and asks the judgement. Nothing of the table comes from the code under test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import pytest

from inspector.domain.changeset import ChangeSet, Json, Write, name_of
from inspector.domain.credentials import CONTROL_KINDS
from inspector.domain.errors import Refused
from inspector.domain.merge import Known
from inspector.domain.registry import right_of, rule_of
from inspector.services.acts import ACTS
from tests.merge.pen import Pen
from tests.merge.replica import ALL_RIGHTS
from tests.merge.signing import public_of, verify
from tests.services.furnished import AFTER_SIGNING, CALLS, Furnished

NEEDS: Mapping[str, str] = {
    # recording what is found: any member
    "write": """
        add_comment add_dossier add_finding add_recommendation answer_item attach_file cite_document count_heads
        describe_sample edit_dossier edit_evidence edit_finding edit_headcount edit_recommendation link_evidence
        note_figure note_statement remark_item remove_dossier remove_evidence remove_finding remove_headcount
        remove_recommendation restore_record rotate_photo see_evidence state_opinion state_opinion_on unlink_evidence
    """,
    # minutes and people: the secretary
    "draft": """
        add_signer add_supplement add_unit_person drop_section edit_signer edit_unit_person enter_document mark_member
        remove_signer remove_unit_person use_letterhead write_section
    """,
    # the team, the state, what is signed: the lead
    "decide": "bind_scan change_status edit_member merge_findings remove_member settle_unchecked sign_minutes",
    "write decide": "add_member score_item",
    # plan and content of the office
    "plan": """
        adopt_checklist adopt_departments adopt_holidays adopt_points adopt_scoring_here adopt_template adopt_units
        confirm_law copy_header edit_person remove_reference save_letterhead save_person
    """,
    "draft plan": "edit_inspection",
    "write decide plan": "open_inspection",
}
"""Rights → the acts whose records need exactly these to count."""

KINDS: Mapping[str, str] = {
    "member": "enrol",
    "revoke": "enrol",
    "settle": "decide",
    "seal": "decide",
    "void_seal": "decide",
    "issue": "draft",
    "witness": "write",
    "blob_lost": "write",
}
"""What a record of a kind needs, whatever act wrote it."""

OTHER_ACTS = {"undo", "remove_inspection", "decide", "seal_minutes", "void_seal"}
"""What these write depends on what was there, or is a kind of its own."""

JUDGED = {
    # relation of the laptop to the space: (with the rights it needs, without one of them)
    "let in": ("accepted", "right-missing"),
    "let in, minutes signed": ("accepted", "right-missing"),
    "let in, minutes sealed": ("accepted", "right-missing"),
    "let in again after a revocation": ("accepted", "right-missing"),
    "its root adopted for good": ("accepted", "right-missing"),
    "its root adopted up to here": ("not-admitted", "not-admitted"),
    "revoked": ("revoked", "revoked"),
    "its invitation revoked": ("revoked", "revoked"),
    "stranger": ("not-admitted", "not-admitted"),
    "opened the space": ("accepted", "right-missing"),
}
SUBSETS = [tuple(found) for count in range(6) for found in combinations(ALL_RIGHTS, count)]
FEW = [(), ("write",), ("write", "draft", "decide"), tuple(ALL_RIGHTS)]
"""For relations other than the first, where the rights alone were looked at in all their sets."""


@dataclass(frozen=True)
class Asked:
    """A record to be judged: what it needs by the table, its kind and what it writes."""

    name: str
    needs: frozenset[str]
    kind: str = "write"
    writes: tuple[Write, ...] = ()


@pytest.fixture(scope="module")
def asked(furnished_asked: Sequence[tuple[str, tuple[Write, ...]]]) -> list[Asked]:
    needs = {name: frozenset(rights.split()) for rights, names in NEEDS.items() for name in names.split()}
    found: dict[str, dict[tuple[str, str, str], Write]] = {}
    for name, writes in furnished_asked:
        found.setdefault(name, {}).update({(w.entity, w.id, w.field): w for w in writes})
    acts = [Asked(name, needs[name], "write", tuple(writes.values())) for name, writes in found.items()]
    return [*acts, *(Asked(kind, frozenset({right}), kind) for kind, right in KINDS.items())]


@pytest.fixture(scope="module")
def furnished_asked(request: pytest.FixtureRequest) -> list[tuple[str, tuple[Write, ...]]]:
    """What every act writes on the furnished inspection, without anything being kept."""
    full: Furnished = request.getfixturevalue("standing")
    desk, found = full.laptop.desk, []
    for call in (*CALLS, *AFTER_SIGNING):
        known = call.on(full)
        inspection = full.inspection if call.inside else None
        with full.laptop.workspace.unit_of_work() as unit:
            if call in AFTER_SIGNING:
                desk._carry_out(ACTS["sign_minutes"], unit, "s", {"date": "2026-11-26"}, full.inspection, None)
            try:
                change = desk._carry_out(ACTS[call.name], unit, "x", known.arguments, inspection, None)
            except Refused:
                continue  # it needs the minutes signed; the other call of this act shows what it writes
        found.append((call.name, tuple(Write(w.entity, w.id, w.field, w.value, ()) for w, _ in change.writes)))
    return found


class Space:
    """Chi opened it; Dung's laptop stands to it as the table says, and writes one record after another."""

    def __init__(self, relation: str, rights: Sequence[str]) -> None:
        self.chi = Pen("chi")
        opened = relation == "opened the space"
        self.dung = Pen("dung", rights=rights) if opened else Pen("dung", root=b"root of dung")
        begun = [self.chi.epoch(), self.dung.epoch()]
        self.records: list[ChangeSet] = [*begun, *self._stand(relation, rights, begun[1])]

    def _stand(self, relation: str, rights: Sequence[str], begun: ChangeSet) -> list[ChangeSet]:
        chi, dung = self.chi, self.dung
        if relation in ("stranger", "opened the space"):
            return []
        if relation.startswith("its root"):
            return [chi.adopt(b"root of dung", *rights, frontier=[begun] if relation.endswith("here") else None)]
        first = chi.enrol(dung, *rights)
        if relation == "let in":
            return [first]
        if relation == "let in, minutes signed":
            signed = Write("signature", "s", "signed", {"date": "2026-11-26"}, ())
            return [first, chi.record("write", [signed])]
        if relation == "let in, minutes sealed":
            return [first, chi.record("seal", payload={})]
        if relation == "its invitation revoked":
            tip: Json = [begun.stream, 1, begun.hash.hex()]
            root = public_of(b"root of dung").hex()
            return [first, chi.record("revoke", payload={"root": root, "frontier": [tip], "seen": []})]
        revoked = chi.revoke(dung, begun)
        return [first, revoked] if relation == "revoked" else [first, revoked, chi.enrol(dung, *rights)]

    def write(self, one: Asked) -> ChangeSet:
        if one.kind == "member":
            return self.dung.enrol(Pen("ha", root=b"root of ha"), "write")
        if one.kind == "revoke":
            seen: Json = [name_of(record.hash) for record in self.records if record.kind in CONTROL_KINDS]
            return self.dung.record("revoke", payload={"dev": "nobody", "frontier": [], "seen": seen})
        if one.kind == "settle":
            return self.dung.settle(self.records[0], take=False)
        return self.dung.record(one.kind, one.writes, payload=None if one.kind == "write" else {})


def test_the_table_names_every_act() -> None:
    named = [name for names in NEEDS.values() for name in names.split()]
    judging = {name for name, act in ACTS.items() if act.handler.__module__.endswith(".machines")}
    assert sorted(named) == sorted(set(ACTS) - OTHER_ACTS - judging)


@pytest.mark.parametrize("relation", JUDGED)
def test_what_is_thought_of_every_act(asked: list[Asked], relation: str) -> None:
    faults = []
    for rights in SUBSETS if relation == "let in" else FEW:
        space = Space(relation, rights)
        known = Known(verify, right_of=right_of, rule_of=rule_of)
        written = [(one, space.write(one)) for one in asked]
        for record in (*space.records, *(record for _, record in written)):
            known.add(record)
        for one, record in written:
            verdict = known.status(record.hash)
            found = str(verdict.reason or verdict.status) if verdict else "lost"
            if found != JUDGED[relation][not one.needs <= set(rights)]:
                faults.append((one.name, rights, found))
    assert faults == []
