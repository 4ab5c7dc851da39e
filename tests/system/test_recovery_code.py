from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.domain.errors import Refused
from inspector.system.recovery_code import GROUPS, code_bytes, group_is_right, new_code, same_group

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODES = [new_code() for _ in range(20)]
CODE = "R2H0-12FZ-5F0G-C67S-5T3G-XFTE-PB95-Y5J1-G84C"  # fixed: it names test cases


def test_a_code_is_nine_groups_of_four_without_letters_that_are_misread() -> None:
    for code in CODES:
        assert re.fullmatch(f"[{ALPHABET}]{{4}}(-[{ALPHABET}]{{4}}){{{GROUPS - 1}}}", code)


def test_codes_use_every_character_and_never_repeat() -> None:
    many = [new_code() for _ in range(500)]
    assert len(set(many)) == 500
    assert set("".join(many)) == set(ALPHABET) | {"-"}


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", " "),
        f"  {CODE}\n",
        CODE.replace("-", "–"),
        " ".join(CODE.replace("-", "")),
        CODE.replace("0", "O").replace("1", "l"),
        CODE.replace("0", "o").replace("1", "I"),
        "".join(chr(ord(character) + 0xFEE0) for character in CODE if character != "-"),
    ],
)
def test_case_blanks_hyphens_and_lookalikes_make_no_difference(typed: str) -> None:
    assert code_bytes(typed) == code_bytes(CODE)


def test_each_code_gives_its_own_secret() -> None:
    assert len({code_bytes(code) for code in CODES}) == len(CODES)


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(CODES), st.integers(0, 35), st.sampled_from([*ALPHABET, "U", "?"]))
def test_one_wrong_character_is_found_and_its_group_named(code: str, place: int, wrong: str) -> None:
    characters = list(code.replace("-", ""))
    if characters[place] == wrong:
        assert code_bytes("".join(characters)) == code_bytes(code)
        return
    characters[place] = wrong
    with pytest.raises(Refused) as caught:
        code_bytes("".join(characters))
    assert caught.value.code == "recovery-code-mistyped"
    assert caught.value.params == {"groups": str(place // 4 + 1)}


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(CODES), st.integers(0, 34))
def test_two_neighbours_swapped_are_found_and_a_group_of_theirs_named(code: str, place: int) -> None:
    characters = list(code.replace("-", ""))
    if characters[place] == characters[place + 1]:
        return
    characters[place : place + 2] = characters[place + 1], characters[place]
    with pytest.raises(Refused) as caught:
        code_bytes("".join(characters))
    assert caught.value.code == "recovery-code-mistyped"
    named = {int(group) for group in str(caught.value.params["groups"]).split(", ")}
    assert named <= {place // 4 + 1, (place + 1) // 4 + 1}


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(CODES), st.integers(0, 8), st.integers(0, 8))
def test_two_groups_swapped_are_both_named(code: str, one: int, other: int) -> None:
    groups = code.split("-")
    if one == other:
        return
    groups[one], groups[other] = groups[other], groups[one]
    with pytest.raises(Refused) as caught:
        code_bytes("-".join(groups))
    assert caught.value.params == {"groups": f"{min(one, other) + 1}, {max(one, other) + 1}"}


def test_two_wrong_groups_are_both_named() -> None:
    groups = CODE.split("-")
    groups[2] = other(groups[2])
    groups[4] = other(groups[4])
    with pytest.raises(Refused) as caught:
        code_bytes(" ".join(groups))
    assert caught.value.params == {"groups": "3, 5"}


def other(group: str) -> str:
    return ("A" if group[0] != "A" else "B") + group[1:]


def test_a_group_with_a_character_too_few_is_named_when_groups_are_kept_apart() -> None:
    groups = CODE.split("-")
    groups[6] = groups[6][:3]
    with pytest.raises(Refused) as caught:
        code_bytes("-".join(groups))
    assert (caught.value.code, caught.value.params) == ("recovery-code-mistyped", {"groups": "7"})


@pytest.mark.parametrize(
    ("typed", "length"), [("", 0), (CODE[:-1].replace("-", ""), 35), (CODE.replace("-", "") + "7", 37)]
)
def test_a_character_missing_from_an_unbroken_code_is_counted(typed: str, length: int) -> None:
    with pytest.raises(Refused) as caught:
        code_bytes(typed)
    assert (caught.value.code, caught.value.params) == ("recovery-code-length", {"typed": length, "needed": 36})


def test_marks_from_a_vietnamese_input_method_have_a_sentence_of_their_own() -> None:
    with pytest.raises(Refused, match="recovery-code-marked"):
        code_bytes("Đ" + CODE[1:])


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_gives_a_sentence_and_never_a_traceback(typed: str) -> None:
    with pytest.raises(Refused, match="recovery-code-"):
        code_bytes(typed)


def test_a_group_is_checked_alone_while_it_is_typed() -> None:
    groups = CODE.split("-")
    assert group_is_right(groups[2].lower(), 2)
    assert not group_is_right(groups[2], 3)
    assert not group_is_right("", 2)
    assert not group_is_right(other(groups[2]), 2)


@pytest.mark.parametrize(
    ("shown", "typed"),
    [
        ("7K2M", "7k2m"),
        ("7K2M", " 7 K-2 M "),
        ("0A1B", "oaib"),
        ("7AS2", "7Á2"),
        ("KEMS", "kém"),
        ("DD7A", "Đ7A"),
        ("W7KA", "Ư7KA"),
        ("A1KM", "ÁKM"),
        ("AAS2", "Ấ2"),
        ("EE6M", "Ê6M"),
    ],
)
def test_a_group_typed_back_is_the_same_whatever_the_input_method_made_of_it(shown: str, typed: str) -> None:
    assert same_group(shown, typed)


@pytest.mark.parametrize("typed", ["", "7K2", "7K2MM", "K72M", "7K2Ḿ", "Ấ", "x" * 5000, "Ấ" * 40])
def test_another_group_is_not_the_same(typed: str) -> None:
    assert not same_group("7K2M", typed)
