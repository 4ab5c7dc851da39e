"""Records that are not what they say: none counts, none is destroyed, and the good ones beside them go on.

Each way to cheat has its row: what everybody who gets it thinks of it, and whether it travels. Real keys, real disks.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from inspector.domain.changeset import ChangeSet, Json, Write, compose, hash_of, parse
from inspector.domain.ids import new_id
from inspector.storage.workspace import Workspace
from inspector.sync.exchange import Exchange
from inspector.sync.host import Host
from inspector.sync.messages import Hello
from inspector.sync.store import WorkspaceStore
from inspector.system.identity import SignedCertificate, issue_certificate, read_certificate
from inspector.system.keys import SigningKey
from tests.storage import office
from tests.storage.office import change


@dataclass
class Cheat:
    """Somebody with a laptop of their own and what travels: the space of An, and Binh's own keys."""

    an: Workspace
    binh: Workspace
    space: str

    def genuine(self) -> ChangeSet:
        """A record of An's that went out: the last one."""
        return [found for _, found in self.an.change_sets(self.space)][-1]

    def write(self, **other: object) -> ChangeSet:
        """A record that goes on where An's stream stopped, signed with the key named."""
        last = self.genuine()
        key = other.pop("key", self.binh.identity.device)
        assert isinstance(key, SigningKey)
        said: dict[str, object] = {
            "space": self.space, "stream": last.stream, "n": last.n + 1, "previous": last.hash, "kind": "write",
            "device": last.device, "author": last.author, "app": "1", "registry": "2026.11", "wall": last.wall,
            "lamport": last.lamport + 1, "up": (1, 1), "act": new_id(),
            "writes": [Write("finding", "g", "content", "giả", ())],
        } | other  # fmt: skip
        body = compose(**said)  # type: ignore[arg-type]  # the arguments of one function
        return parse(body, key.sign(hash_of(body)))

    def begin(self, certificate: SignedCertificate, key: SigningKey, **other: object) -> list[ChangeSet]:
        """A stream of its own under a certificate, and one record on it."""
        payload: dict[str, Json] = {"cert": certificate.body.decode(), "sig": certificate.signature.hex()}
        device = str(json.loads(certificate.body)["dev"])
        said = {"stream": new_id(), "device": device, "key": key, **other}
        first = self.write(
            **{**said, "n": 1, "previous": None, "kind": "epoch", "writes": (), "payload": {**payload, "reason": "new"}}
        )
        return [first, self.write(**{**said, "n": 2, "previous": first.hash})]


def forged(cheat: Cheat) -> list[ChangeSet]:
    """Written into An's stream with another key."""
    return [cheat.write()]


def altered(cheat: Cheat) -> list[ChangeSet]:
    """A record of An's with another value and the signature it had."""
    last = cheat.genuine()
    return [parse(last.body.replace(b"chung", b"rieng"), last.signature)]


def expired(cheat: Cheat) -> list[ChangeSet]:
    """Signed with a key that An's device had before its certificate named another."""
    return [cheat.write(key=SigningKey.generate())]


def self_made(cheat: Cheat) -> list[ChangeSet]:
    """A certificate in An's name that An's root never signed."""
    own = read_certificate(cheat.an.author.certificate)
    key = cheat.binh.identity.device
    body = cheat.an.author.certificate.body.replace(own.key.hex().encode(), key.public.hex().encode())
    return cheat.begin(SignedCertificate(body, cheat.an.author.certificate.signature), key)


def stolen(cheat: Cheat) -> list[ChangeSet]:
    """An's own certificate on a stream whose records another key signs."""
    return cheat.begin(cheat.an.author.certificate, cheat.binh.identity.device)


def under_foreign_stream(cheat: Cheat) -> list[ChangeSet]:
    """A stranger's own certificate, under the name of An's stream."""
    return cheat.begin(cheat.binh.author.certificate, cheat.binh.identity.device, stream=cheat.genuine().stream)


def of_a_stranger(cheat: Cheat) -> list[ChangeSet]:
    return cheat.begin(cheat.binh.author.certificate, cheat.binh.identity.device)


def of_a_named_root(cheat: Cheat) -> list[ChangeSet]:
    """A certificate that names the right root's device and person, signed by a root of one's own."""
    own = read_certificate(cheat.an.author.certificate)
    binh = cheat.binh.identity
    mine = replace(own, root=binh.root.public, key=binh.device.public)
    return cheat.begin(issue_certificate(binh.root, mine), binh.device)


def from_another_space(cheat: Cheat) -> list[ChangeSet]:
    """A genuine record of another space of An's, brought as one of this."""
    other = office.open_space(cheat.an)
    change(cheat.an, other, "finding", "x", "content", "chỗ khác")
    last = [found for _, found in cheat.an.change_sets(other)][-1]
    return [parse(last.body.replace(other.encode(), cheat.space.encode()), last.signature)]


BAD, OUT = "bad-signature", "not-admitted"
TABLE: dict[Callable[[Cheat], list[ChangeSet]], tuple[list[str], bool]] = {
    forged: ([BAD], False),
    altered: ([BAD], False),
    expired: ([BAD], False),
    self_made: (["bad-certificate"] * 2, False),
    stolen: ([BAD] * 2, False),
    under_foreign_stream: ([OUT] * 2, True),
    of_a_stranger: ([OUT] * 2, True),
    of_a_named_root: ([OUT] * 2, True),
    from_another_space: (["held"], False),
}
"""The cheat → why each of its records does not count, and whether it goes on to others: signed is, unsigned is not."""


@pytest.fixture
def cheat(workspace: Workspace, other: Workspace, space: str) -> Cheat:
    change(workspace, space, "finding", "f", "content", "chung")
    return Cheat(workspace, other, space)


def thought(workspace: Workspace, space: str) -> dict[bytes, str]:
    found = workspace.waiting(space)
    return {each.changeset.hash: "held" if each.held else str(each.reason) for each in found}


@pytest.mark.parametrize("how", TABLE, ids=lambda how: how.__name__)
def test_nothing_forged_counts_and_nothing_is_destroyed(cheat: Cheat, how: Callable[[Cheat], list[ChangeSet]]) -> None:
    expected, travels = TABLE[how]
    before = cheat.an.position(cheat.space).root
    records = how(cheat)
    for _ in range(2):  # a second time changes nothing
        cheat.an.accept(records, received_from="kẻ lạ")
        assert [thought(cheat.an, cheat.space).get(record.hash) for record in records] == expected
    assert [cheat.an.change_set(record.hash) is not None for record in records] == [True] * len(records)
    assert [head.value for head in cheat.an.heads(cheat.space, "finding", "f", "content")] == ["chung"]
    assert cheat.an.heads(cheat.space, "finding", "g", "content") == ()
    assert (cheat.an.position(cheat.space).root != before) is travels
    cheat.binh.accept([found for _, found in cheat.an.change_sets(cheat.space)])
    host = Host(WorkspaceStore(cheat.binh), Hello("b", "Bình"), {cheat.space})
    assert Exchange(WorkspaceStore(cheat.an), Hello("a", "An"), host).run(cheat.space).matched
    assert {record.hash for record in records} <= set(thought(cheat.binh, cheat.space)) if travels else True
    change(cheat.an, cheat.space, "finding", "f", "content", "tiếp")
    assert cheat.an.verify().problems == []


def test_the_genuine_record_replaces_the_altered_bytes(cheat: Cheat) -> None:
    """Bytes with a damaged signature came first; the good ones are taken when they come."""
    genuine = cheat.genuine()
    records = [found for _, found in cheat.an.change_sets(cheat.space)]
    damaged = parse(genuine.body, bytes(64))
    cheat.binh.accept([*records[:-1], damaged])
    assert thought(cheat.binh, cheat.space) == {genuine.hash: BAD}
    cheat.binh.accept([genuine])
    assert thought(cheat.binh, cheat.space) == {}
    assert [head.value for head in cheat.binh.heads(cheat.space, "finding", "f", "content")] == ["chung"]
