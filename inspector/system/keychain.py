"""The system's keychain (kho khóa): Windows Credential Manager, macOS Keychain, Secret Service on Linux."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from inspector.domain.errors import Unavailable

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

MOST_CHARACTERS = 1280
"""What Windows keeps in one entry; it refuses more with an error that keyring does not translate."""

_USER = "inspector"


class Keychain(Protocol):
    """A place of the system that keeps short secrets, one per ``service``."""

    def get(self, service: str) -> str | None:
        """The secret, or None when there is none. Raises ``Unavailable``."""

    def put(self, service: str, secret: str) -> None:
        """Keep the secret and make sure it can be read back. Raises ``Unavailable``."""

    def forget(self, service: str) -> None:
        """Drop the secret; not having one is no error. Raises ``Unavailable``."""


class SystemKeychain:
    """The keychain of this laptop, through keyring.

    Every failure is ``Unavailable``: ``keychain-missing`` (this machine has none, or one that forgets),
    ``keychain-failed`` (locked, or the person closed its window), ``keychain-too-long``, ``keychain-forgets``.
    """

    def get(self, service: str) -> str | None:
        backend = _backend()
        try:
            return backend.get_password(service, _USER)
        except Exception as error:  # backends let errors of their own libraries through besides KeyringError
            raise Unavailable("keychain-failed", reason=type(error).__name__) from error

    def put(self, service: str, secret: str) -> None:
        if len(secret) > MOST_CHARACTERS:
            raise Unavailable("keychain-too-long", most=MOST_CHARACTERS)
        backend = _backend()
        try:
            backend.set_password(service, _USER, secret)
        except Exception as error:  # as above; on Windows too long a secret is a pywintypes error
            raise Unavailable("keychain-failed", reason=type(error).__name__) from error
        if self.get(service) != secret:
            raise Unavailable("keychain-forgets")

    def forget(self, service: str) -> None:
        from keyring.errors import PasswordDeleteError

        backend = _backend()
        try:
            with suppress(PasswordDeleteError):
                backend.delete_password(service, _USER)
        except Exception as error:  # as above
            raise Unavailable("keychain-failed", reason=type(error).__name__) from error


def has_keychain() -> bool:
    """Whether this machine has a keychain that keeps what it is given; it may still turn out to be locked."""
    try:
        _backend()
    except Unavailable:
        return False
    return True


def _backend() -> KeyringBackend:
    import keyring

    try:
        backend = keyring.get_keyring()
        # keyring's own stand-ins (fail, null) and plain-text files rank below 1
        keeps = float(backend.priority) >= 1
    except Exception as error:  # a backend named in the person's configuration may not even load
        raise Unavailable("keychain-missing") from error
    if not keeps:
        raise Unavailable("keychain-missing")
    for part in getattr(backend, "backends", [backend]):
        if hasattr(part, "persist"):
            # Windows: stay on this machine, do not roam with the profile
            part.persist = "local machine"
    return backend
