"""Every act of the program can be done in the window, and one knows where."""

from __future__ import annotations

import ast

from inspector.services.acts import ACTS
from tests.architecture.tree import modules

PLACES = {
    "workspace/dossiers": "add_dossier describe_sample edit_dossier remove_dossier",
    "workspace/findings": (
        "add_finding add_recommendation edit_finding edit_recommendation merge_findings remove_finding "
        "remove_recommendation restore_record state_opinion_on"
    ),
    "workspace/people": (
        "add_member add_signer add_unit_person copy_header count_heads edit_headcount edit_inspection "
        "edit_member edit_signer edit_unit_person mark_member remove_headcount remove_member remove_signer "
        "remove_unit_person state_opinion use_letterhead"
    ),
    "workspace/minutes": "add_supplement bind_scan drop_section seal_minutes sign_minutes void_seal write_section",
    "checklists": "adopt_checklist adopt_points confirm_law",
    "settings": "adopt_holidays adopt_template edit_person remove_reference save_letterhead save_person",
    "units": "adopt_departments adopt_units",
    "workspace/contents": "adopt_scoring_here answer_item remark_item score_item see_evidence",
    "workspace/evidence": (
        "attach_file cite_document edit_evidence link_evidence note_figure note_statement remove_evidence "
        "rotate_photo unlink_evidence"
    ),
    "workspace/talk.py": "add_comment",
    "workspace/unchecked.py": "settle_unchecked",
    "inspections": "change_status remove_inspection",
    "new_inspection": "open_inspection",
    "session.py": "undo",
    "workspace/decisions": "decide",
}
"""Where a person finds the acts: pages and tabs of the window, ``session.py`` for Ctrl+Z everywhere."""

INDIRECTLY = {
    "enter_document": "making the minutes enters them",
    "admit_member": "adding somebody to the team lets their laptops in",
    "invite_machine": "writing an invitation lets its laptop in",
    "adopt_machine": "the settings do it for every inspection that is open to this laptop",
    "revoke_machine": "the settings take a laptop out of all its inspections at once",
    "revoke_invitation": "the settings take an invitation back everywhere at once",
    "take_records": "the settings say which records by their ids",
    "hide_records": "the settings say which records by their ids",
}


def done_in() -> dict[str, set[str]]:
    """Act → the modules of the window that name it, from ``inspector/ui`` and within its pages."""
    found: dict[str, set[str]] = {name: set() for name in ACTS}
    for path, tree in modules("inspector/ui"):
        names = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value in ACTS}
        for name in names:
            found[str(name)].add(path.removeprefix("inspector/ui/").removeprefix("pages/"))
    return found


def test_every_act_has_a_place() -> None:
    named = {act for acts in PLACES.values() for act in acts.split()}
    assert sorted(set(ACTS) - named - set(INDIRECTLY)) == []
    assert sorted((named | set(INDIRECTLY)) - set(ACTS)) == []


def test_it_is_done_there() -> None:
    found = done_in()
    astray = [
        f"{act}: not in {place}, but in {sorted(found[act])}"
        for place, acts in PLACES.items()
        for act in acts.split()
        if not any(path == place or path.startswith(f"{place}/") for path in found[act])
    ]
    assert astray == []


def test_what_is_done_indirectly_has_no_place() -> None:
    found = done_in()
    assert [act for act in INDIRECTLY if found[act]] == []
