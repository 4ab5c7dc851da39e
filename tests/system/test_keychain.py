from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError

from inspector.domain.errors import InspectorError
from inspector.system.keychain import MOST_CHARACTERS, SystemKeychain, has_keychain

ROOT = Path(__file__).parents[2]


class MemoryBackend(KeyringBackend):
    """As keyring's own backends behave, in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring leaves it without types
        self.kept: dict[tuple[str, str], str] = {}
        self.persist = "enterprise"

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(service)


class LockedBackend(MemoryBackend):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("locked")

    def delete_password(self, service: str, username: str) -> None:
        raise KeyringLocked("locked")


class WindowsBackend(MemoryBackend):
    """Fails with an error of its own, as pywintypes does."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise Exception(1783, "CredWrite", "The stub received bad data")


class ForgetfulBackend(MemoryBackend):
    def set_password(self, service: str, username: str, password: str) -> None:
        """Keeps nothing."""


@pytest.fixture
def backend() -> Iterator[MemoryBackend]:
    before = keyring.get_keyring()
    memory = MemoryBackend()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


def use(backend: KeyringBackend) -> None:
    keyring.set_keyring(backend)


def test_a_secret_is_kept_read_and_forgotten(backend: MemoryBackend) -> None:
    keychain = SystemKeychain()
    assert keychain.get("KiemTraCCHC a") is None
    keychain.put("KiemTraCCHC a", "ab" * 32)
    keychain.put("KiemTraCCHC b", "cd" * 32)
    assert keychain.get("KiemTraCCHC a") == "ab" * 32
    keychain.forget("KiemTraCCHC a")
    keychain.forget("KiemTraCCHC a")
    assert backend.kept == {("KiemTraCCHC b", "inspector"): "cd" * 32}


def test_a_secret_stays_on_this_machine(backend: MemoryBackend) -> None:
    SystemKeychain().get("x")
    assert backend.persist == "local machine"


def test_what_windows_would_refuse_is_refused_everywhere(backend: MemoryBackend) -> None:
    keychain = SystemKeychain()
    keychain.put("x", "a" * MOST_CHARACTERS)
    with pytest.raises(InspectorError, match="keychain-too-long"):
        keychain.put("y", "a" * (MOST_CHARACTERS + 1))
    assert ("y", "inspector") not in backend.kept


@pytest.mark.parametrize("stand_in", [fail.Keyring, null.Keyring])
def test_the_stand_ins_of_keyring_are_no_keychain(backend: MemoryBackend, stand_in: type[KeyringBackend]) -> None:
    assert has_keychain()
    use(stand_in())
    assert not has_keychain()
    with pytest.raises(InspectorError, match="keychain-missing"):
        SystemKeychain().get("x")


@pytest.mark.parametrize("broken", [LockedBackend, WindowsBackend])
def test_every_failure_of_a_keychain_is_a_sentence(backend: MemoryBackend, broken: type[MemoryBackend]) -> None:
    use(broken())
    with pytest.raises(InspectorError, match="keychain-failed"):
        SystemKeychain().put("x", "y")


def test_a_locked_keychain_cannot_forget(backend: MemoryBackend) -> None:
    use(LockedBackend())
    with pytest.raises(InspectorError, match="keychain-failed"):
        SystemKeychain().forget("x")


def test_a_keychain_that_forgets_is_found_out_at_once(backend: MemoryBackend) -> None:
    use(ForgetfulBackend())
    with pytest.raises(InspectorError, match="keychain-forgets"):
        SystemKeychain().put("x", "y")


REAL = """
import sys
from pathlib import Path
from inspector.system.folders import Workspace
from inspector.system.keychain import SystemKeychain, has_keychain
from inspector.system.recovery_code import new_code
from inspector.system.slot_secrets import InKeychain, RecoveryCode
from inspector.system.slots import create_slots, open_without_asking, slot_check
workspace = Workspace(Path(sys.argv[1]))
assert has_keychain()
if not workspace.exists():
    workspace.make()
    create_slots(workspace, bytes(range(32)), [InKeychain(SystemKeychain()), RecoveryCode(new_code())])
print(open_without_asking(workspace, SystemKeychain()).hex(), slot_check(workspace, SystemKeychain())[0].state)
"""


@pytest.mark.keychain
def test_the_real_keychain_opens_a_workspace_in_a_later_process(tmp_path: Path, keychain: None) -> None:
    command = [sys.executable, "-c", REAL, str(tmp_path / "workspace")]
    for _ in range(2):
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
        assert ended.stdout == f"{bytes(range(32)).hex()} opens\n"
