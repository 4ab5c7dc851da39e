from __future__ import annotations

import json

import pytest

from inspector.domain.errors import BadInput, Damaged
from inspector.system.identity import (
    Certificate,
    Person,
    SignedCertificate,
    issue_certificate,
    new_identity,
    read_certificate,
)
from inspector.system.keys import SigningKey, verify

RIGHTS = ("write", "draft", "decide", "plan", "enrol")
WALL = "2026-11-22T09:15:03.123+07:00"
ROOT = SigningKey.from_bytes(bytes(range(32)))
PERSON = Person("0190-p", "Nguyễn Thị “Hà”", "Sở Nội vụ")
CERTIFICATE = Certificate(ROOT.public, "0190-d", bytes(32), PERSON, "Tỉnh Đồng Tháp", RIGHTS, WALL)


def signed(content: object) -> SignedCertificate:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return SignedCertificate(body, ROOT.sign(b"CCHC-CERT-1\0" + body))


def changed(**values: object) -> SignedCertificate:
    return signed(json.loads(issue_certificate(ROOT, CERTIFICATE).body) | values)


def test_a_new_identity_certifies_its_own_device() -> None:
    identity = new_identity("Lê Văn Đức", "UBND xã Cái Bè", "Tỉnh Đồng Tháp", RIGHTS, WALL)
    certificate = read_certificate(identity.certificate)
    assert certificate.root == identity.root.public
    assert certificate.key == identity.device.public != identity.root.public
    assert (certificate.person.name, certificate.person.agency) == ("Lê Văn Đức", "UBND xã Cái Bè")
    assert (certificate.organisation, certificate.rights, certificate.wall) == ("Tỉnh Đồng Tháp", RIGHTS, WALL)
    assert len({certificate.person.id, certificate.device}) == 2


def test_names_are_stored_composed() -> None:
    identity = new_identity("Le\u0302", "Sở\r\nNội vụ", "", RIGHTS, WALL)
    person = read_certificate(identity.certificate).person
    assert (person.name, person.agency) == ("Lê", "Sở\nNội vụ")


def test_the_text_of_a_certificate_never_changes() -> None:
    assert issue_certificate(ROOT, CERTIFICATE).body.decode() == (
        '{"v":1,"root":"03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8","dev":"0190-d","key":"'
        + "00" * 32
        + '","person":{"id":"0190-p","name":"Nguyễn Thị “Hà”","agency":"Sở Nội vụ"},"org":"Tỉnh Đồng Tháp",'
        '"rights":["write","draft","decide","plan","enrol"],"wt":"2026-11-22T09:15:03.123+07:00"}'
    )


def test_the_signature_is_for_certificates_alone() -> None:
    certificate = issue_certificate(ROOT, CERTIFICATE)
    assert verify(ROOT.public, certificate.signature, b"CCHC-CERT-1\0" + certificate.body)
    assert read_certificate(certificate) == CERTIFICATE


def test_a_root_signs_only_in_its_own_name() -> None:
    with pytest.raises(ValueError, match=ROOT.public.hex()):
        issue_certificate(SigningKey.generate(), CERTIFICATE)


def test_every_flipped_byte_of_body_and_signature_shows() -> None:
    good = issue_certificate(ROOT, CERTIFICATE)
    for place in range(len(good.body)):
        body = good.body[:place] + bytes([good.body[place] ^ 1]) + good.body[place + 1 :]
        with pytest.raises((Damaged, BadInput), match="certificate-"):
            read_certificate(SignedCertificate(body, good.signature))
    for place in range(64):
        signature = good.signature[:place] + bytes([good.signature[place] ^ 1]) + good.signature[place + 1 :]
        with pytest.raises(Damaged, match="certificate-damaged"):
            read_certificate(SignedCertificate(good.body, signature))


@pytest.mark.parametrize(
    "foreign",
    [
        pytest.param(signed(b""), id="empty"),
        pytest.param(signed(b"[" * 100_000), id="deep"),
        pytest.param(signed(b"\xff\xfe"), id="not text"),
        pytest.param(signed([1]), id="list"),
        pytest.param(signed(b'{"v":1,"v":1}'), id="key twice"),
        pytest.param(signed({"v": 1}), id="fields missing"),
        pytest.param(signed(b'{"x":"' + b"x" * 70_000 + b'"}'), id="huge"),
        pytest.param(changed(v=0), id="version"),
        pytest.param(changed(root="00" * 31), id="short root"),
        pytest.param(changed(root="00" * 32), id="other root"),
        pytest.param(changed(key=5), id="key a number"),
        pytest.param(changed(person=[]), id="person a list"),
        pytest.param(changed(rights="write"), id="rights a text"),
        pytest.param(changed(rights=[1]), id="right a number"),
        pytest.param(changed(org=None), id="no organisation"),
    ],
)
def test_foreign_certificates_are_damage_and_never_a_traceback(foreign: SignedCertificate) -> None:
    with pytest.raises(Damaged, match="certificate-damaged"):
        read_certificate(foreign)


def test_a_certificate_of_a_newer_program_is_told_apart() -> None:
    with pytest.raises(BadInput, match="certificate-newer"):
        read_certificate(changed(v=2))


def test_what_a_later_program_adds_is_passed_over() -> None:
    assert read_certificate(changed(pin="47811…")) == CERTIFICATE
