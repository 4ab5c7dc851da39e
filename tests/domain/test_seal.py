"""The seal: the tree of RFC 6962, the code on the paper, and what a seal says."""

from __future__ import annotations

import hashlib

import pytest

from inspector.domain.seal import merkle_root, seal_code, square_text, typed_code

# The leaves and roots of the tests of Certificate Transparency (google/certificate-transparency, merkle tree tests).
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("count", range(9))
def test_the_tree_is_that_of_certificate_transparency(count: int) -> None:
    assert merkle_root(LEAVES[:count]).hex() == ROOTS[count]


@pytest.mark.parametrize("count", [1, 2, 3, 7, 64, 65, 100])
def test_the_tree_is_as_the_rfc_words_it(count: int) -> None:
    """MTH(D[n]) = SHA-256(0x01 || MTH(D[0:k]) || MTH(D[k:n])), k the largest power of two below n."""

    def rfc(leaves: list[bytes]) -> bytes:
        if len(leaves) == 1:
            return hashlib.sha256(b"\x00" + leaves[0]).digest()
        k = 1
        while k * 2 < len(leaves):
            k *= 2
        return hashlib.sha256(b"\x01" + rfc(leaves[:k]) + rfc(leaves[k:])).digest()

    leaves = [str(number).encode() for number in range(count)]
    assert merkle_root(leaves) == rfc(leaves)


def test_a_node_does_not_pass_for_a_leaf() -> None:
    pair = [b"a", b"b"]
    inside = b"".join(hashlib.sha256(b"\x00" + leaf).digest() for leaf in pair)
    assert merkle_root([inside]) != merkle_root(pair)


def test_the_code_is_twenty_letters_nobody_misreads() -> None:
    root = bytes(range(32))
    code = seal_code(root)
    assert (len(code), code.count("-")) == (24, 4)
    assert not set(code) & set("ILOU")
    assert typed_code(code) == typed_code(f" {code.lower().replace('-', ' ')} ") == code
    assert typed_code(square_text(root)) == typed_code(root.hex()) == code


def test_letters_that_look_alike_are_taken_for_the_figures() -> None:
    code = seal_code(bytes(32))
    assert code == "0000-0000-0000-0000-0000"
    assert typed_code(code.replace("0", "O")) == code


@pytest.mark.parametrize("text", ["", "A7KQ-19", "K7QF-2MTX-R3TA-5HWD-6PL", "Ừ" * 20, "K7QF-2MTX-R3TA-5HWD-6PUC"])
def test_another_text_is_no_code(text: str) -> None:
    assert typed_code(text) is None
