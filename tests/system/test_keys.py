from __future__ import annotations

import secrets

from inspector.system.keys import SigningKey, blob_keys, derive, new_database_key, verify

KEY = bytes(range(32))


def test_database_keys_are_32_bytes_and_never_the_same() -> None:
    keys = {new_database_key() for _ in range(50)}
    assert len(keys) == 50
    assert {len(key) for key in keys} == {32}


def test_derived_keys_never_change() -> None:
    # stored blobs are opened with these for ever
    assert blob_keys(KEY).content.hex() == "21d0076b42587de639f360f01dabd3a85401f645f03324e49733aa5d2a078a84"
    assert blob_keys(KEY).name.hex() == "dbf7028c403dd3e2c81c3d85562c191948eed4f03dd4397537f5949f8e1994af"


def test_purpose_and_salt_give_other_keys() -> None:
    assert len({KEY, derive(KEY, b"a"), derive(KEY, b"b"), derive(KEY, b"a", b"salt")}) == 4


def test_a_signature_of_rfc_8032_is_made_again() -> None:
    secret = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    key = SigningKey.from_bytes(secret)
    assert key.public.hex() == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
    assert key.sign(b"\x72").hex() == (
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert key.to_bytes() == secret


def test_a_signature_holds_for_its_message_and_key_alone() -> None:
    key = SigningKey.generate()
    signature = key.sign(b"message")
    assert verify(key.public, signature, b"message")
    assert not verify(key.public, signature, b"massage")
    assert not verify(SigningKey.generate().public, signature, b"message")


def test_every_flipped_bit_of_a_signature_shows() -> None:
    key = SigningKey.from_bytes(KEY)
    signature = key.sign(b"message")
    for place in range(len(signature) * 8):
        flipped = bytearray(signature)
        flipped[place // 8] ^= 1 << place % 8
        assert not verify(key.public, bytes(flipped), b"message")


def test_malformed_keys_and_signatures_are_a_no() -> None:
    signature = SigningKey.generate().sign(b"m")
    assert not verify(b"", signature, b"m")
    assert not verify(KEY, signature[:-1], b"m")
    assert not verify(KEY, b"", b"m")
    for _ in range(50):
        assert not verify(secrets.token_bytes(32), signature, b"m")
    assert not verify(b"\xff" * 32, signature, b"m")
    assert not verify(b"\0" * 32, b"\0" * 64, b"m")
