"""What records say about who wrote them, read from each of them alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from inspector.domain.changeset import Malformed, parse
from inspector.domain.credentials import certificate_message, check_run, needs, parse_certificate
from tests.merge.pen import Pen, op
from tests.merge.signing import certificate, public_of, verify


def test_a_certificate_is_read() -> None:
    shown = certificate(b"r", "d", bytes(32), ["write", "later"])
    found = parse_certificate(str(shown["cert"]))
    assert (found.root, found.device, found.key, found.person) == (public_of(b"r"), "d", bytes(32), "p-d")
    assert found.rights == {"write", "later"}
    assert verify(found.root, bytes.fromhex(str(shown["sig"])), certificate_message(str(shown["cert"])))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("root", "00"),
        ("root", "zz" * 32),
        ("root", " 1" * 32),
        ("root", None),
        ("key", 1),
        ("dev", 1),
        ("person", "An"),
        ("person", {"name": "An"}),
        ("rights", "write"),
        ("rights", [1]),
    ],
)
def test_what_is_not_a_certificate_is_malformed(key: str, value: Any) -> None:
    body = json.loads(str(certificate(b"r", "d", bytes(32), [])["cert"]))
    with pytest.raises(Malformed):
        parse_certificate(json.dumps(body | {key: value}))


@pytest.mark.parametrize("body", ["", "[]", "{}", "\ud800"])
def test_foreign_text_is_not_a_certificate(body: str) -> None:
    with pytest.raises(Malformed):
        parse_certificate(body)


def test_one_signature_covers_a_run_and_a_break_in_it_needs_another() -> None:
    chi = Pen("chi")
    run = [chi.epoch(), *(chi.put(str(i), id=str(i)) for i in range(4))]
    key = public_of(chi.secret)
    bare = [parse(changeset.body, bytes(64)) for changeset in run]
    assert check_run(run, key, verify) == [True] * 5
    assert check_run([*bare[:4], run[4]], key, verify) == [True] * 5
    assert check_run([*bare[:2], run[2], *bare[3:]], key, verify) == [True, True, True, False, False]
    assert check_run([*bare[:2], *bare[3:4], run[4]], key, verify) == [False, False, True, True]
    assert check_run(run, bytes(32), verify) == [False] * 5


def test_a_change_set_needs_what_it_names() -> None:
    chi, dung = Pen("chi"), Pen("dung")
    begun, late = [chi.epoch(), dung.epoch()], dung.put("muộn")
    revocation = chi.revoke(dung, begun[1])
    settled = chi.settle(late, take=True, seen=[revocation])
    assert needs(settled) == [changeset.hash[:20] for changeset in (revocation, revocation, late)]
    assert needs(revocation) == [changeset.hash[:20] for changeset in begun]
    assert needs(chi.put("x", op(late, 0), op(late, 1)))[1:] == [late.hash[:20]] * 2
    assert needs(begun[0]) == []
