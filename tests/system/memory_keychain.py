"""A keychain in memory, as the tests' stand-in for the one of the system."""

from __future__ import annotations

from inspector.domain.errors import Unavailable


class MemoryKeychain:
    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, service: str) -> str | None:
        return self.kept.get(service)

    def put(self, service: str, secret: str) -> None:
        self.kept[service] = secret

    def forget(self, service: str) -> None:
        self.kept.pop(service, None)


class NoKeychain:
    def get(self, service: str) -> str | None:
        raise Unavailable("keychain-missing")

    def put(self, service: str, secret: str) -> None:
        raise Unavailable("keychain-missing")

    def forget(self, service: str) -> None:
        raise Unavailable("keychain-missing")
