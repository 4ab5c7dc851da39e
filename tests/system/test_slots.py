from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from inspector.domain.errors import BadInput, Damaged, InspectorError, Refused, Unavailable
from inspector.system.checked import checked_bytes
from inspector.system.folders import Workspace
from inspector.system.keys import new_database_key
from inspector.system.recovery_code import new_code
from inspector.system.slot_file import read_slots, slots_bytes, write_slots
from inspector.system.slot_secrets import Demonstration, InKeychain, KeyFile, Passphrase, RecoveryCode, Secret
from inspector.system.slots import (
    add_slot,
    create_slots,
    is_demonstration,
    open_slots,
    open_with_key_file,
    open_with_keychain,
    open_with_passphrase,
    open_with_recovery_code,
    open_without_asking,
    put_slots_from_backup,
    remove_slot,
    slot_check,
    slots_for_backup,
    ways_in,
)
from tests.system.memory_keychain import MemoryKeychain, NoKeychain

KEY = new_database_key()
CODE = new_code()
PHRASE = "Mười hai con giáp"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path / "home")
    made.make()
    return made


@pytest.fixture
def keychain() -> MemoryKeychain:
    return MemoryKeychain()


def code_of(action: Callable[[], object]) -> str:
    """The code of the error that ``action`` ends in."""
    with pytest.raises(InspectorError) as caught:
        action()
    return caught.value.code


def test_every_way_in_gives_the_same_key(workspace: Workspace, keychain: MemoryKeychain, tmp_path: Path) -> None:
    file = tmp_path / "usb" / "cchc.key"
    file.parent.mkdir()
    ways: list[Secret] = [InKeychain(keychain), RecoveryCode(CODE), Passphrase(PHRASE), KeyFile(file)]
    create_slots(workspace, KEY, ways)
    assert open_with_keychain(workspace, keychain) == KEY
    assert open_with_recovery_code(workspace, CODE.lower().replace("-", " ")) == KEY
    assert open_with_passphrase(workspace, PHRASE) == KEY
    assert open_with_key_file(workspace, file) == KEY
    assert ways_in(read_slots(workspace)) == ["keychain", "recovery", "passphrase", "key_file"]


def test_each_wrong_secret_has_its_own_code(workspace: Workspace, keychain: MemoryKeychain, tmp_path: Path) -> None:
    create_slots(
        workspace, KEY, [RecoveryCode(CODE), Passphrase(PHRASE), KeyFile(tmp_path / "a"), InKeychain(keychain)]
    )
    (tmp_path / "b").write_text("ab" * 32, encoding="utf-8")
    keychain.kept = dict.fromkeys(keychain.kept, "ab" * 32)
    assert code_of(lambda: open_with_recovery_code(workspace, new_code())) == "recovery-code-wrong"
    assert code_of(lambda: open_with_recovery_code(workspace, CODE[:-1] + "?")) == "recovery-code-mistyped"
    assert code_of(lambda: open_with_passphrase(workspace, PHRASE + "!")) == "passphrase-wrong"
    assert code_of(lambda: open_with_key_file(workspace, tmp_path / "b")) == "key-file-wrong"
    assert code_of(lambda: open_with_keychain(workspace, keychain)) == "keychain-key-wrong"


def test_a_passphrase_is_the_same_however_its_marks_are_composed(workspace: Workspace) -> None:
    create_slots(workspace, KEY, [RecoveryCode(CODE), Passphrase("Hòa Bình quê tôi")])
    assert open_with_passphrase(workspace, "Ho\u0300a Bi\u0300nh que\u0302 to\u0302i ") == KEY


def test_a_short_passphrase_makes_no_workspace(workspace: Workspace, keychain: MemoryKeychain) -> None:
    with pytest.raises(Refused) as caught:
        create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE), Passphrase(" 123456789 ")])
    assert (caught.value.code, caught.value.params) == ("passphrase-too-short", {"least": 10})
    assert not workspace.exists()
    assert keychain.kept == {}


@pytest.mark.parametrize(
    "content", ["", "ab" * 31, "ab" * 33, "xy" * 32, "ab" * 31 + "a ", "Đ" * 64, "ab" * 600], ids=range(7)
)
def test_what_is_not_a_key_file_is_said(workspace: Workspace, tmp_path: Path, content: str) -> None:
    create_slots(workspace, KEY, [RecoveryCode(CODE), KeyFile(tmp_path / "a")])
    (tmp_path / "a").write_text(content, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        open_with_key_file(workspace, tmp_path / "a")
    assert (caught.value.code, caught.value.params) == ("key-file-unreadable", {"file": str(tmp_path / "a")})


def test_a_key_file_that_is_there_is_used_and_one_that_is_gone_is_said(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("AB" * 32 + "\r\n", encoding="utf-8")
    create_slots(workspace, KEY, [RecoveryCode(CODE), KeyFile(file)])
    assert file.read_text(encoding="utf-8") == "AB" * 32 + "\n"
    assert open_with_key_file(workspace, file) == KEY
    file.unlink()
    assert code_of(lambda: open_with_key_file(workspace, file)) == "key-file-missing"


def test_a_lost_keychain_entry_opens_with_the_recovery_code_and_is_put_back(
    workspace: Workspace, keychain: MemoryKeychain
) -> None:
    create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE)])
    keychain.kept.clear()
    assert code_of(lambda: open_without_asking(workspace, keychain)) == "keychain-entry-missing"
    add_slot(workspace, open_with_recovery_code(workspace, CODE), InKeychain(keychain))
    assert open_without_asking(workspace, keychain) == KEY
    assert ways_in(read_slots(workspace)) == ["recovery", "keychain"]
    assert len(keychain.kept) == 1


def test_a_new_keychain_entry_clears_the_old_one_away(workspace: Workspace, keychain: MemoryKeychain) -> None:
    create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE)])
    before = set(keychain.kept)
    add_slot(workspace, KEY, InKeychain(keychain))
    assert len(keychain.kept) == 1
    assert set(keychain.kept) != before


def test_a_machine_without_keychain_opens_with_its_key_file(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "a"
    assert code_of(lambda: create_slots(workspace, KEY, [RecoveryCode(CODE), InKeychain(NoKeychain())])) == (
        "keychain-missing"
    )
    create_slots(workspace, KEY, [RecoveryCode(CODE), KeyFile(file)])
    assert open_without_asking(workspace, NoKeychain(), file) == KEY
    assert code_of(lambda: open_without_asking(workspace, NoKeychain())) == "no-keychain-slot"


def test_a_named_key_file_that_does_not_open_is_never_passed_over(
    workspace: Workspace, keychain: MemoryKeychain, tmp_path: Path
) -> None:
    create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE)])
    assert code_of(lambda: open_without_asking(workspace, keychain, tmp_path / "a")) == "no-key-file-slot"


def test_only_the_demonstration_carries_its_key_beside_itself(workspace: Workspace) -> None:
    create_slots(workspace, KEY, [Demonstration()])
    assert open_without_asking(workspace, NoKeychain()) == KEY
    assert is_demonstration(workspace)
    assert (workspace.folder.parent / "home.key").read_text(encoding="utf-8").strip() != KEY.hex()
    (workspace.folder.parent / "home.key").write_text("ab" * 32, encoding="utf-8")
    assert code_of(lambda: open_without_asking(workspace, NoKeychain())) == "demonstration-key-wrong"


@pytest.mark.parametrize("kinds", [[], ["recovery"], ["keychain"]])
def test_a_workspace_starts_with_two_ways_in(workspace: Workspace, keychain: MemoryKeychain, kinds: list[str]) -> None:
    known: dict[str, Secret] = {"recovery": RecoveryCode(CODE), "keychain": InKeychain(keychain)}
    with pytest.raises(Refused) as caught:
        create_slots(workspace, KEY, [known[kind] for kind in kinds])
    assert (caught.value.code, caught.value.params) == ("too-few-ways", {"ways": len(kinds), "least": 2})
    assert not workspace.exists()


def test_two_ways_in_stay_whatever_is_removed(workspace: Workspace, keychain: MemoryKeychain) -> None:
    slots = create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE), Passphrase(PHRASE)])
    entry, code, phrase = slots.slots
    remove_slot(workspace, code.id, keychain)
    assert code_of(lambda: open_with_recovery_code(workspace, CODE)) == "no-recovery-slot"
    for slot in (entry, phrase):
        assert code_of(partial(remove_slot, workspace, slot.id, keychain)) == "too-few-ways"
    assert code_of(lambda: remove_slot(workspace, code.id, keychain)) == "slot-unknown"
    assert open_with_keychain(workspace, keychain) == open_with_passphrase(workspace, PHRASE) == KEY


def test_removing_the_keychain_slot_clears_the_keychain(workspace: Workspace, keychain: MemoryKeychain) -> None:
    slots = create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE), Passphrase(PHRASE)])
    remove_slot(workspace, slots.slots[0].id, keychain)
    assert keychain.kept == {}


def test_a_new_recovery_code_takes_the_place_of_a_lost_one(workspace: Workspace, keychain: MemoryKeychain) -> None:
    slots = create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE)])
    newer = new_code()
    add_slot(workspace, KEY, RecoveryCode(newer))
    assert open_with_recovery_code(workspace, newer) == open_with_recovery_code(workspace, CODE) == KEY
    remove_slot(workspace, slots.slots[1].id)
    assert code_of(lambda: open_with_recovery_code(workspace, CODE)) == "recovery-code-wrong"
    assert open_with_recovery_code(workspace, newer) == KEY


def test_a_slot_for_another_key_is_never_added(workspace: Workspace, keychain: MemoryKeychain) -> None:
    create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE)])
    assert code_of(lambda: add_slot(workspace, new_database_key(), Passphrase(PHRASE))) == "not-this-key"
    assert ways_in(read_slots(workspace)) == ["keychain", "recovery"]


def test_slots_are_never_made_over_others(workspace: Workspace, keychain: MemoryKeychain) -> None:
    create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE)])
    workspace.slots[0].unlink()
    again: list[Secret] = [InKeychain(keychain), RecoveryCode(CODE)]
    assert code_of(lambda: create_slots(workspace, new_database_key(), again)) == "slots-exist"
    assert open_with_keychain(workspace, keychain) == KEY


def test_the_check_says_which_slots_open(workspace: Workspace, keychain: MemoryKeychain) -> None:
    create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE)])
    assert [one.state for one in slot_check(workspace, keychain)] == ["opens", "unchecked"]
    keychain.kept = dict.fromkeys(keychain.kept, "ab" * 32)
    assert [one.state for one in slot_check(workspace, keychain)] == ["lost", "unchecked"]
    assert [one.state for one in slot_check(workspace, NoKeychain())] == ["lost", "unchecked"]


def test_nothing_secret_stands_in_the_file(workspace: Workspace, keychain: MemoryKeychain, tmp_path: Path) -> None:
    create_slots(
        workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE), Passphrase(PHRASE), KeyFile(tmp_path / "a")]
    )
    text = workspace.slots[0].read_text(encoding="utf-8").lower()
    hidden = [KEY.hex(), *keychain.kept.values(), (tmp_path / "a").read_text(encoding="utf-8").strip()]
    hidden += [CODE.lower(), CODE.lower().replace("-", ""), PHRASE.lower()]
    assert [secret for secret in hidden if secret in text] == []


# Copies and damage


def test_a_damaged_copy_is_repaired_from_the_other(workspace: Workspace, keychain: MemoryKeychain) -> None:
    create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE)])
    whole = workspace.slots[0].read_bytes()
    for path in workspace.slots:
        path.write_bytes(whole[:100])
        assert open_with_keychain(workspace, keychain) == KEY
        assert path.read_bytes() == whole
        path.unlink()
        assert open_with_keychain(workspace, keychain) == KEY
        assert path.read_bytes() == whole


def test_of_two_whole_copies_the_newer_counts(workspace: Workspace, keychain: MemoryKeychain) -> None:
    create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE)])
    older = workspace.slots[1].read_bytes()
    add_slot(workspace, KEY, Passphrase(PHRASE))
    for path in workspace.slots:
        path.write_bytes(older)
        assert open_with_passphrase(workspace, PHRASE) == KEY
        assert path.read_bytes() != older


def test_two_damaged_copies_and_none_are_told_apart(workspace: Workspace, keychain: MemoryKeychain) -> None:
    create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE)])
    for path in workspace.slots:
        path.write_bytes(b"\0" * 500)
    with pytest.raises(Damaged) as caught:
        open_with_keychain(workspace, keychain)
    assert (caught.value.code, caught.value.params) == ("slots-damaged", {"place": str(workspace.folder)})
    for path in workspace.slots:
        path.unlink()
    assert code_of(lambda: open_with_keychain(workspace, keychain)) == "slots-missing"


def test_a_copy_that_cannot_be_repaired_keeps_nobody_out(workspace: Workspace, keychain: MemoryKeychain) -> None:
    create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE)])
    workspace.slots[1].unlink()
    workspace.slots[1].mkdir()
    assert open_with_keychain(workspace, keychain) == KEY


def test_every_flipped_byte_in_both_copies_is_damage(workspace: Workspace, keychain: MemoryKeychain) -> None:
    create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE)])
    whole = workspace.slots[0].read_bytes()
    for place in range(len(whole)):
        flipped = whole[:place] + bytes([whole[place] ^ 0x01]) + whole[place + 1 :]
        for path in workspace.slots:
            path.write_bytes(flipped)
        assert code_of(lambda: open_with_recovery_code(workspace, CODE)) == "slots-damaged"


@pytest.mark.parametrize("name", ["id", "kind", "made", "cost", "salt", "nonce", "wrapped"])
def test_a_slot_that_was_tampered_with_never_opens(workspace: Workspace, tmp_path: Path, name: str) -> None:
    create_slots(workspace, KEY, [RecoveryCode(CODE), KeyFile(tmp_path / "a")])
    content = json.loads(workspace.slots[0].read_bytes().split(b"\n")[0])
    row = content["slots"][0]
    changed = {"kind": "keychain", "cost": row["cost"] + 1, "id": "x", "made": "x"}
    row[name] = changed.get(name) or ("00" if row[name][:2] != "00" else "01") + row[name][2:]
    for path in workspace.slots:
        path.write_bytes(checked_bytes(content))
    expected = "no-recovery-slot" if name == "kind" else "recovery-code-wrong"
    assert code_of(lambda: open_with_recovery_code(workspace, CODE)) == expected


@pytest.mark.parametrize("cost", [0, 1, 2**15 - 1, 2**15 + 1, 2**19, 2**40, -5])
def test_a_tampered_cost_is_not_computed(workspace: Workspace, cost: int) -> None:
    create_slots(workspace, KEY, [RecoveryCode(CODE), Passphrase(PHRASE)])
    content = json.loads(workspace.slots[0].read_bytes().split(b"\n")[0])
    content["slots"][1]["cost"] = cost
    for path in workspace.slots:
        path.write_bytes(checked_bytes(content))
    assert code_of(lambda: open_with_passphrase(workspace, PHRASE)) == "passphrase-wrong"


def test_a_slot_of_another_workspace_opens_nothing_here(tmp_path: Path) -> None:
    one, other = Workspace(tmp_path / "one"), Workspace(tmp_path / "other")
    for each, key in ((one, KEY), (other, new_database_key())):
        each.make()
        create_slots(each, key, [RecoveryCode(CODE), KeyFile(tmp_path / "a")])
    mixed = read_slots(one)
    write_slots(one, mixed.with_slots(read_slots(other).slots))
    assert code_of(lambda: open_with_recovery_code(one, CODE)) == "recovery-code-wrong"


@pytest.mark.parametrize(
    "change",
    [
        {"slots": 5},
        {"slots": [5]},
        {"slots": [{}]},
        {"mark": "x"},
        {"generation": "x"},
        {"v": "1"},
    ],
    ids=str,
)
def test_a_whole_file_of_another_shape_is_damage(
    workspace: Workspace, keychain: MemoryKeychain, change: dict[str, object]
) -> None:
    create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE)])
    content = json.loads(workspace.slots[0].read_bytes().split(b"\n")[0])
    for path in workspace.slots:
        path.write_bytes(checked_bytes(content | change))
    assert code_of(lambda: open_with_recovery_code(workspace, CODE)) == "slots-damaged"


def test_slots_of_a_newer_program_are_left_alone(workspace: Workspace, keychain: MemoryKeychain) -> None:
    create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE)])
    workspace.slots[1].write_bytes(checked_bytes({"v": 2}))
    with pytest.raises(Unavailable, match="slots-newer"):
        open_with_keychain(workspace, keychain)
    assert workspace.slots[1].read_bytes() == checked_bytes({"v": 2})


def test_a_slot_that_only_a_newer_program_can_open_is_kept(workspace: Workspace, keychain: MemoryKeychain) -> None:
    slots = create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE)])
    foreign = replace(slots.slots[1], id="0190-f", kind="office")
    write_slots(workspace, slots.with_slots((*slots.slots, foreign)))
    add_slot(workspace, open_with_keychain(workspace, keychain), Passphrase(PHRASE))
    assert foreign in read_slots(workspace).slots
    assert [one.state for one in slot_check(workspace, keychain)] == ["opens", "unchecked", "unchecked", "unchecked"]


# Backups


def test_a_backup_opens_elsewhere_with_everything_but_the_keychain(
    workspace: Workspace, keychain: MemoryKeychain, tmp_path: Path
) -> None:
    create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE), Passphrase(PHRASE)])
    files = slots_for_backup(workspace)
    assert list(files) == ["slots.json"]
    restored = Workspace(tmp_path / "restored")
    restored.make()
    put_slots_from_backup(restored, files)
    assert ways_in(read_slots(restored)) == ["recovery", "passphrase"]
    assert open_with_recovery_code(restored, CODE) == open_with_passphrase(restored, PHRASE) == KEY
    assert code_of(lambda: open_without_asking(restored, keychain)) == "no-keychain-slot"


def test_a_restored_copy_on_the_same_machine_leaves_the_keychain_of_the_original(
    workspace: Workspace, keychain: MemoryKeychain, tmp_path: Path
) -> None:
    create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE)])
    restored = Workspace(tmp_path / "restored")
    restored.make()
    put_slots_from_backup(restored, slots_for_backup(workspace))
    add_slot(restored, open_with_recovery_code(restored, CODE), InKeychain(keychain))
    assert open_with_keychain(restored, keychain) == open_with_keychain(workspace, keychain) == KEY


def test_the_backup_of_a_demonstration_carries_its_key(workspace: Workspace, tmp_path: Path) -> None:
    create_slots(workspace, KEY, [Demonstration()])
    files = slots_for_backup(workspace)
    assert list(files) == ["slots.json", "demonstration.key"]
    restored = Workspace(tmp_path / "restored")
    restored.make()
    put_slots_from_backup(restored, files)
    assert open_without_asking(restored, NoKeychain()) == KEY


def test_the_key_of_another_demonstration_is_never_written_over(workspace: Workspace, tmp_path: Path) -> None:
    create_slots(workspace, KEY, [Demonstration()])
    restored = Workspace(tmp_path / "restored")
    restored.make()
    restored.demonstration_key.write_text("ab" * 32, encoding="utf-8")
    assert code_of(lambda: put_slots_from_backup(restored, slots_for_backup(workspace))) == "key-file-exists"
    assert restored.demonstration_key.read_text(encoding="utf-8") == "ab" * 32
    create_slots(restored, KEY, [Demonstration()])
    assert restored.demonstration_key.read_text(encoding="utf-8") == "ab" * 32
    assert open_without_asking(restored, NoKeychain()) == KEY


def test_the_backup_of_a_demonstration_without_its_key_is_damage(workspace: Workspace, tmp_path: Path) -> None:
    create_slots(workspace, KEY, [Demonstration()])
    restored = Workspace(tmp_path / "restored")
    restored.make()
    files = {"slots.json": slots_for_backup(workspace)["slots.json"]}
    assert code_of(lambda: put_slots_from_backup(restored, files)) == "slots-damaged"


@pytest.mark.parametrize("data", [b"", b"{}", b"\0" * 100])
def test_damaged_slots_in_a_backup_are_said_and_nothing_is_written(workspace: Workspace, data: bytes) -> None:
    with pytest.raises(Damaged, match="slots-damaged"):
        put_slots_from_backup(workspace, {"slots.json": data})
    assert not workspace.exists()


def test_a_folder_with_slots_takes_none_from_a_backup(workspace: Workspace, keychain: MemoryKeychain) -> None:
    create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE)])
    assert code_of(lambda: put_slots_from_backup(workspace, slots_for_backup(workspace))) == "slots-exist"


def test_a_workspace_with_nothing_but_a_keychain_slot_is_not_backed_up(
    workspace: Workspace, keychain: MemoryKeychain
) -> None:
    slots = create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE)])
    for path in workspace.slots:
        path.write_bytes(slots_bytes(slots.with_slots(slots.of_kind("keychain"))))
    assert code_of(lambda: slots_for_backup(workspace)) == "backup-without-key"


def test_open_slots_takes_any_way(workspace: Workspace, keychain: MemoryKeychain) -> None:
    create_slots(workspace, KEY, [InKeychain(keychain), RecoveryCode(CODE)])
    assert open_slots(workspace, InKeychain(keychain)) == KEY
