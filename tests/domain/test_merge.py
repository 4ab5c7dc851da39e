"""What becomes of fields as change sets come in."""

from __future__ import annotations

import json
from itertools import permutations

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from inspector.domain.changeset import ChangeSet, Json, Write, compose, hash_of, name_of, parse
from inspector.domain.credentials import Reason
from inspector.domain.ids import space_id
from inspector.domain.judgement import Status
from inspector.domain.merge import Known, Outcome
from inspector.domain.registers import ConflictClass
from tests.merge.pen import Pen, op
from tests.merge.replica import SPACE, right_of, rule_of
from tests.merge.signing import sign, verify


def known(*changesets: ChangeSet) -> Known:
    found = Known(verify, right_of=right_of, rule_of=rule_of)
    for changeset in changesets:
        found.add(changeset)
    return found


def values(found: Known, field: str = "content", identity: str = "1") -> list[Json]:
    return [head.value for head in found.heads(SPACE, "finding", identity, field)]


def reason(found: Known, changeset: ChangeSet) -> Reason | None:
    verdict = found.status(changeset.hash)
    assert verdict is not None
    return verdict.reason


def status(found: Known, changeset: ChangeSet) -> Status | None:
    verdict = found.status(changeset.hash)
    return verdict.status if verdict else None


def unsigned(changeset: ChangeSet) -> ChangeSet:
    return parse(changeset.body, bytes(64))


class Two:
    """Two members of one inspection who both start from what An wrote."""

    def __init__(self) -> None:
        self.an, self.binh = Pen("an"), Pen("binh")
        self.begun = [self.an.epoch(), self.binh.epoch()]
        self.first = self.an.put("đạt")
        self.begun.append(self.first)


# values


def test_a_write_that_saw_a_value_replaces_it() -> None:
    two = Two()
    second = two.binh.put("không đạt", op(two.first))
    assert values(known(*two.begun, second)) == ["không đạt"]


def test_a_head_says_who_wrote_it() -> None:
    two = Two()
    [head] = known(*two.begun).heads(SPACE, "finding", "1", "content")
    assert (head.operation, head.value, head.author, head.device) == (op(two.first), "đạt", "p-an", "an")


def test_values_written_apart_all_stand_and_none_is_chosen() -> None:
    two = Two()
    found = known(*two.begun, two.an.put("một", op(two.first)), two.binh.put("hai", op(two.first)))
    assert sorted(map(str, values(found))) == ["hai", "một"]
    assert found.value(SPACE, "finding", "1", "content") is None
    assert found.conflict(SPACE, "finding", "1", "content") is ConflictClass.C2


def test_there_and_back_is_not_the_value_it_was() -> None:
    two = Two()
    away = two.an.put("không đạt", op(two.first))
    back = two.an.put("đạt", op(away))
    found = known(*two.begun, away, back, two.binh.put("một phần", op(two.first)))
    assert found.conflict(SPACE, "finding", "1", "content") is ConflictClass.C2


def test_equal_values_written_apart_are_one_value_of_two_authors() -> None:
    two = Two()
    found = known(*two.begun, two.an.put("tốt", op(two.first)), two.binh.put("tốt", op(two.first)))
    assert values(found) == ["tốt", "tốt"]
    assert found.value(SPACE, "finding", "1", "content") == "tốt"
    assert found.conflict(SPACE, "finding", "1", "content") is None


def test_a_decision_replaces_exactly_what_it_names() -> None:
    two = Two()
    one, other = two.an.put("một", op(two.first)), two.binh.put("hai", op(two.first))
    both = known(*two.begun, one, other, two.an.put("ba", op(one), op(other), why="đã hỏi"))
    assert values(both) == ["ba"]
    two = Two()
    one, other = two.an.put("một", op(two.first)), two.binh.put("hai", op(two.first))
    half = known(*two.begun, one, other, two.an.put("ba", op(one), why="đã hỏi"))
    assert sorted(map(str, values(half))) == ["ba", "hai"]


def test_naming_a_value_twice_counts_once() -> None:
    two = Two()
    second = two.binh.put("không đạt", op(two.first), op(two.first))
    hidden = two.an.settle(second, take=False)
    found = known(*two.begun, second, hidden, two.an.revoke(two.binh, seen=[hidden]))
    assert values(found) == ["đạt"]


def test_naming_a_value_of_another_field_does_not_replace_it() -> None:
    two = Two()
    found = known(*two.begun, two.binh.put("vì", op(two.first), field="cause"))
    assert (values(found), values(found, "cause")) == (["đạt"], ["vì"])


def test_naming_a_write_that_is_not_there_is_harmless() -> None:
    two = Two()
    assert len(values(known(*two.begun, two.binh.put("hai", op(two.first, 5))))) == 2


def test_a_group_is_one_value() -> None:
    two = Two()
    one, other = two.an.put({"value": "3", "reason": None}), two.binh.put({"reason": None, "value": "3"})
    assert known(*two.begun[:2], one, other).conflict(SPACE, "finding", "1", "content") is None


@pytest.mark.parametrize(
    ("field", "expected", "conflict"),
    [("position", "z", None), ("caption", None, ConflictClass.MINOR), ("content", None, ConflictClass.C2)],
)
def test_only_the_order_of_a_list_is_chosen_by_itself(
    field: str, expected: Json, conflict: ConflictClass | None
) -> None:
    two = Two()
    found = known(*two.begun, two.binh.put("a", id="2", field=field), two.an.put("z", id="2", field=field))
    assert found.value(SPACE, "finding", "2", field) == expected
    assert found.conflict(SPACE, "finding", "2", field) is conflict


@pytest.mark.parametrize("pair", [(True, False), (False, True)])
def test_a_link_present_for_one_is_present(pair: tuple[bool, bool]) -> None:
    two = Two()
    found = known(*two.begun, two.an.put(pair[0], id="2", field="link"), two.binh.put(pair[1], id="2", field="link"))
    assert found.value(SPACE, "finding", "2", "link") is True
    assert found.conflict(SPACE, "finding", "2", "link") is None


def test_a_field_nobody_wrote_has_nothing() -> None:
    found = known()
    assert found.heads(SPACE, "finding", "1", "content") == ()
    assert found.value(SPACE, "finding", "1", "content") is None
    assert found.conflict(SPACE, "finding", "1", "content") is None
    assert found.spaces() == ()


# deleting


def test_a_deletion_by_somebody_who_did_not_know_the_edit_leaves_it_visible() -> None:
    two = Two()
    edit = two.binh.put("hai", op(two.first))
    gone = two.an.put(True, op(two.first), field="_del")
    found = known(*two.begun, edit, gone)
    assert found.conflict(SPACE, "finding", "1", "_del") is ConflictClass.C3
    assert found.conflict(SPACE, "finding", "1", "content") is ConflictClass.C3
    assert values(found) == ["hai"]


def test_a_deletion_that_names_what_stood_is_no_conflict() -> None:
    two = Two()
    edit = two.binh.put("hai", op(two.first))
    found = known(*two.begun, edit, two.an.put(True, op(edit), field="_del"))
    assert found.conflict(SPACE, "finding", "1", "_del") is None
    assert found.conflict(SPACE, "finding", "1", "content") is None


def test_a_device_knew_what_it_wrote_itself_before() -> None:
    two = Two()
    found = known(*two.begun, two.an.put(True, field="_del"))
    assert found.conflict(SPACE, "finding", "1", "_del") is None


def test_an_edit_by_somebody_who_knew_of_the_deletion_is_no_conflict() -> None:
    two = Two()
    gone = two.an.put(True, op(two.first), field="_del")
    found = known(*two.begun, gone, two.binh.put("hai", op(two.first), op(gone)))
    assert found.conflict(SPACE, "finding", "1", "_del") is None


def test_a_record_brought_back_by_one_and_deleted_by_another_waits_for_a_person() -> None:
    two = Two()
    gone = two.an.put(True, op(two.first), field="_del")
    found = known(
        *two.begun, gone, two.an.put(False, op(gone), field="_del"), two.binh.put(True, op(gone), field="_del")
    )
    assert found.conflict(SPACE, "finding", "1", "_del") is ConflictClass.C3


def test_other_fields_written_apart_are_information() -> None:
    two = Two()
    found = known(*two.begun, two.binh.put("vì", field="cause"))
    assert found.conflict(SPACE, "finding", "1", "content") is ConflictClass.C1
    assert found.conflict(SPACE, "finding", "1", "cause") is ConflictClass.C1


# arriving


def test_what_came_before_is_not_taken_twice() -> None:
    two = Two()
    found = known(*two.begun)
    outcome = found.add(two.first)
    assert (outcome.new, outcome.status) == (False, Status.ACCEPTED)
    assert len(found.arrivals(SPACE)) == 3


def test_an_effect_waits_for_its_cause() -> None:
    two = Two()
    second = two.binh.put("hai", op(two.first))
    found = known(*two.begun[:2])
    assert found.add(second).status is Status.HELD
    assert [(held.hash, held.missing) for held in found.held()] == [(second.hash, (name_of(two.first.hash),))]
    assert found.add(two.first) == Outcome(known(*two.begun).add(two.first).verdict, released=(second.hash,))
    assert (values(found), found.held()) == (["hai"], ())
    assert found.arrivals(SPACE)[-2:] == (two.first.hash, second.hash)


def test_a_stream_waits_for_its_beginning() -> None:
    an = Pen("an")
    records = [an.epoch(), an.put("a"), an.put("b"), an.put("c")]
    found = known(*reversed(records[1:]))
    assert [held.hash for held in found.held()] == [record.hash for record in reversed(records[1:])]
    assert set(found.add(records[0]).released) == {record.hash for record in records[1:]}
    assert found.arrivals(SPACE) == tuple(record.hash for record in records)


def test_any_order_of_arrival_comes_to_the_same() -> None:
    two = Two()
    one, other = two.an.put("một", op(two.first)), two.binh.put("hai", op(two.first))
    last = two.binh.put("ba", op(one), op(other))
    for order in permutations([*two.begun, one, other, last]):
        found = known(*order)
        assert (values(found), found.held()) == (["ba"], ())


def test_a_parent_of_another_space_never_comes() -> None:
    two = Two()
    body = json.loads(two.first.body)
    elsewhere = two.an.sign(json.dumps(body | {"sp": space_id(bytes(32), "?")}).encode())
    found = known(*two.begun, two.binh.put("hai", op(elsewhere)), elsewhere)
    assert len(found.held()) == 2
    assert values(found) == ["đạt"]


def test_spaces_do_not_mix() -> None:
    two = Two()
    found = known(*two.begun)
    assert found.spaces() == (SPACE,)
    assert found.arrivals("elsewhere") == ()
    assert found.heads("elsewhere", "finding", "1", "content") == ()


def test_a_kind_of_a_later_program_is_kept_counted_and_without_effect() -> None:
    two = Two()
    body = json.loads(two.binh.put("hai", op(two.first)).body)
    two.binh.tip = two.begun[1]
    later = two.binh.sign(json.dumps(body | {"k": "poll"}).encode())
    found = known(*two.begun, later)
    assert (status(found, later), found.without_effect(SPACE), values(found)) == (Status.ACCEPTED, 1, ["đạt"])


def test_an_unknown_key_changes_nothing() -> None:
    two = Two()
    body = json.loads(two.binh.put("hai", op(two.first)).body)
    two.binh.tip = two.begun[1]
    assert values(known(*two.begun, two.binh.sign(json.dumps(body | {"later": [1]}).encode()))) == ["hai"]


# signatures


def test_bytes_nobody_signed_are_not_known() -> None:
    two = Two()
    forged = unsigned(two.binh.put("giả", op(two.first)))
    found = known(*two.begun, forged)
    assert (status(found, forged), reason(found, forged)) == (Status.QUARANTINED, Reason.BAD_SIGNATURE)
    assert (values(found), found.held(), len(found.arrivals(SPACE))) == (["đạt"], (), 3)


def test_what_builds_on_unsigned_bytes_waits() -> None:
    two = Two()
    forged = unsigned(two.binh.put("giả", op(two.first)))
    after = two.an.put("sau", op(forged))
    assert status(known(*two.begun, forged, after), after) is Status.HELD


def test_another_copy_brings_the_good_signature() -> None:
    two = Two()
    second = two.binh.put("hai", op(two.first))
    found = known(*two.begun, unsigned(second))
    assert found.add(second).status is Status.ACCEPTED
    assert found.get(second.hash) == second


@pytest.mark.parametrize("good_first", [True, False])
def test_a_bad_copy_takes_nothing_from_a_waiting_good_one(good_first: bool) -> None:
    two = Two()
    second = two.binh.put("hai", op(two.first))
    copies = [second, unsigned(second)] if good_first else [unsigned(second), second]
    assert values(known(*copies, *two.begun)) == ["hai"]


def test_of_two_copies_the_good_one_is_kept_and_relayed_also_when_it_comes_in_a_run() -> None:
    an = Pen("an")
    run = [an.epoch(), an.put("một")]
    found = known(unsigned(run[1]))
    found.accept(run)
    assert found.get(run[1].hash) == run[1]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_later_signature_covers_the_records_before_it(order: tuple[int, ...]) -> None:
    two = Two()
    run = [unsigned(two.binh.put("a", op(two.first))), unsigned(two.binh.put("b", id="2")), two.binh.put("c", id="3")]
    found = known(*two.begun, *(run[i] for i in order))
    assert [status(found, record) for record in run] == [Status.ACCEPTED] * 3


def test_a_run_is_checked_by_its_last_signature() -> None:
    asked: list[bytes] = []

    def counting(key: bytes, signature: bytes, message: bytes) -> bool:
        asked.append(message)
        return verify(key, signature, message)

    an = Pen("an")
    run = [an.epoch(), *(an.put(str(i), id=str(i)) for i in range(50))]
    found = Known(counting)
    assert {outcome.status for outcome in found.accept(run)} == {Status.ACCEPTED}
    assert [message for message in asked if len(message) == 32] == [run[-1].hash]


def test_a_run_that_does_not_hang_together_is_checked_one_by_one() -> None:
    two = Two()
    records = [two.an.put("a"), unsigned(two.binh.put("b")), two.an.put("c")]
    found = known(*two.begun)
    assert [outcome.status for outcome in found.accept(records)] == [
        Status.ACCEPTED,
        Status.QUARANTINED,
        Status.ACCEPTED,
    ]


def test_a_run_of_another_space_gets_no_credit_from_this_one() -> None:
    two = Two()
    body = json.loads(two.binh.put("b").body)
    body |= {"sp": space_id(bytes(32), "?"), "ph": two.first.hash.hex(), "st": two.first.stream, "dev": "an"}
    elsewhere = parse(json.dumps(body).encode(), bytes(64))
    found = known(*two.begun[:2])
    assert [outcome.status for outcome in found.accept([two.first, elsewhere])] == [Status.ACCEPTED, Status.HELD]


def test_a_run_lends_its_key_to_no_other_stream() -> None:
    """Binh sends a record of An's stream behind one of his own, signed with his own key."""
    two = Two()
    own = two.binh.put("b", id="2")
    forged = two.an.put("giả", op(two.first))
    signed_by_binh = parse(forged.body, sign(two.binh.secret, forged.hash))
    found = known(*two.begun)
    assert [outcome.status for outcome in found.accept([own, signed_by_binh])] == [Status.ACCEPTED, Status.QUARANTINED]
    assert values(found) == ["đạt"]


def test_an_empty_run_does_nothing() -> None:
    assert known().accept([]) == []


def test_real_signatures() -> None:
    """The same with Ed25519: of two records, the one whose signature was changed is not known."""
    root, device = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    space = space_id(root.public_key().public_bytes_raw(), "n")
    body = json.dumps(
        {
            "v": 1,
            "root": root.public_key().public_bytes_raw().hex(),
            "dev": "an",
            "key": device.public_key().public_bytes_raw().hex(),
            "person": {"id": "p"},
            "rights": ["write"],
        }
    )
    shown: dict[str, Json] = {"cert": body, "sig": root.sign(b"CCHC-CERT-1\0" + body.encode()).hex(), "nonce": "n"}

    def record(
        n: int, previous: bytes | None, kind: str, writes: list[Write], payload: dict[str, Json] | None
    ) -> ChangeSet:
        text = compose(
            space=space, stream="s", n=n, previous=previous, kind=kind, device="an", author="p", app="1", registry="r",
            wall="", lamport=n, up=(1, n), act=str(n), writes=writes, payload=payload,
        )  # fmt: skip
        return parse(text, device.sign(hash_of(text)))

    def check(key: bytes, signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        except InvalidSignature:
            return False
        return True

    epoch = record(1, None, "epoch", [], {"reason": "new", **shown})
    good = record(2, epoch.hash, "write", [Write("finding", "1", "content", "đạt", ())], None)
    later = record(3, good.hash, "write", [Write("finding", "1", "content", "sai", ())], None)
    bad = parse(later.body, later.signature[:-1] + bytes([later.signature[-1] ^ 1]))
    found = Known(check)
    assert [found.add(changeset).status for changeset in (epoch, good, bad)] == [
        Status.ACCEPTED,
        Status.ACCEPTED,
        Status.QUARANTINED,
    ]
    assert found.value(space, "finding", "1", "content") == "đạt"


# forks


def test_two_records_with_one_number_both_stay_and_the_stream_is_marked() -> None:
    two = Two()
    one = two.an.put("một", op(two.first))
    two.an.tip = two.first
    other = two.an.put("hai", op(two.first))
    found = known(*two.begun, one, other)
    assert found.forked_streams() == {(SPACE, two.an.stream)}
    assert sorted(map(str, values(found))) == ["hai", "một"]


def test_a_forged_record_does_not_mark_a_stream() -> None:
    two = Two()
    one = two.an.put("một", op(two.first))
    two.an.tip = two.first
    assert known(*two.begun, one, unsigned(two.an.put("hai"))).forked_streams() == frozenset()


def test_a_stream_begun_twice_is_marked() -> None:
    an = Pen("an")
    first = an.epoch()
    an.tip = None
    assert known(first, an.epoch(reason="restored")).forked_streams() == {(SPACE, an.stream)}


def test_a_stranger_under_the_same_stream_name_does_not_mark_it() -> None:
    an, stranger = Pen("an"), Pen("xa", root=b"other", stream="stream of an")
    assert known(an.epoch(), stranger.epoch()).forked_streams() == frozenset()


def test_a_chain_that_breaks_stays_broken() -> None:
    two = Two()
    jump = two.an.record("write", [Write("finding", "1", "content", "?", ())], n=9)
    after = two.an.put("!", id="2")
    found = known(*two.begun, jump, after)
    assert [reason(found, jump), reason(found, after)] == [Reason.BROKEN_CHAIN] * 2
    assert values(found) == ["đạt"]
