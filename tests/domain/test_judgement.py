"""Who may do what, by what is known; never by who came first."""

from __future__ import annotations

from itertools import permutations

import pytest

from inspector.domain.changeset import ChangeSet, Json
from inspector.domain.credentials import Reason, parse_certificate
from inspector.domain.ids import space_id
from inspector.domain.merge import Known
from tests.merge.pen import Pen, op
from tests.merge.replica import ALL_RIGHTS, SPACE, right_of, rule_of
from tests.merge.signing import public_of, verify


class Team:
    """Chi opened the space; Dung has a certificate of his own making."""

    def __init__(self) -> None:
        self.chi, self.dung = Pen("chi"), Pen("dung", root=b"root of dung")
        self.begun = [self.chi.epoch(), self.dung.epoch()]


def known(*changesets: ChangeSet) -> Known:
    found = Known(verify, right_of=right_of, rule_of=rule_of)
    for changeset in changesets:
        found.add(changeset)
    return found


def reasons(found: Known, *changesets: ChangeSet) -> list[str]:
    verdicts = [found.status(changeset.hash) for changeset in changesets]
    return [str(verdict.reason or verdict.status) if verdict else "?" for verdict in verdicts]


def test_whoever_opened_the_space_writes_in_it() -> None:
    chi = Pen("chi")
    assert reasons(known(epoch := chi.epoch(), first := chi.put("a")), epoch, first) == ["accepted", "accepted"]


def test_the_same_root_with_another_nonce_did_not_open_this_space() -> None:
    chi = Pen("chi")
    epoch = chi.epoch(nonce="second")
    assert reasons(known(epoch), epoch) == ["not-admitted"]


@pytest.mark.parametrize("damage", [{"sig": "00" * 64}, {"cert": "{}"}, {"cert": None}, {"sig": None}])
def test_nobody_vouches_for_a_stream_with_a_bad_certificate(damage: dict[str, Json]) -> None:
    chi = Pen("chi")
    epoch, first = chi.epoch(**damage), chi.put("a")
    assert reasons(known(epoch, first), epoch, first) == ["bad-certificate"] * 2


def test_a_certificate_of_another_device_does_not_do() -> None:
    chi, other = Pen("chi"), Pen("other")
    epoch = chi.epoch(**other.certificate)
    assert reasons(known(epoch), epoch) == ["bad-certificate"]


def test_a_stream_begins_with_its_certificate() -> None:
    chi = Pen("chi")
    first = chi.put("a")
    assert reasons(known(first), first) == ["no-certificate"]


# members


def test_a_stranger_is_kept_but_counts_for_nothing() -> None:
    team = Team()
    record = team.dung.put("a")
    found = known(*team.begun, record)
    assert reasons(found, record) == ["not-admitted"]
    assert found.heads(SPACE, "finding", "1", "content") == ()


def test_a_member_is_admitted_whenever_the_admission_comes() -> None:
    team = Team()
    record, admission = team.dung.put("a"), team.chi.enrol(team.dung, "write")
    for order in permutations([*team.begun, record, admission]):
        found = known(*order)
        assert reasons(found, record) == ["accepted"]
        assert len(found.heads(SPACE, "finding", "1", "content")) == 1


def test_an_admission_reports_whom_it_touches() -> None:
    team = Team()
    record = team.dung.put("a")
    found = known(*team.begun, record)
    outcome = found.add(team.chi.enrol(team.dung, "write"))
    assert outcome.rejudged == (team.begun[1].hash, record.hash)


def test_only_who_may_enrol_admits() -> None:
    team = Team()
    ha = Pen("ha", root=b"root of ha")
    admission = team.dung.enrol(ha, *ALL_RIGHTS)
    records = [*team.begun, ha.epoch(), team.chi.enrol(team.dung, "write", "decide"), admission]
    assert reasons(known(*records), admission, records[2]) == ["right-missing", "not-admitted"]


def test_who_was_admitted_to_enrol_admits_others() -> None:
    team = Team()
    ha = Pen("ha", root=b"root of ha")
    records = [*team.begun, ha.epoch(), team.chi.enrol(team.dung, "enrol"), team.dung.enrol(ha, "write"), ha.put("a")]
    for order in permutations(records[2:]):
        assert reasons(known(*team.begun, *order), *records[2:]) == ["accepted"] * 4


def test_nobody_admits_themselves() -> None:
    team = Team()
    ha = Pen("ha", root=b"root of ha")
    circle = [ha.epoch(), team.dung.enrol(ha, *ALL_RIGHTS), ha.enrol(team.dung, *ALL_RIGHTS)]
    assert reasons(known(*team.begun, *circle), *circle) == ["not-admitted"] * 3


@pytest.mark.parametrize(
    ("right", "field", "expected"),
    [
        ("write", "content", "accepted"),
        ("write", "ruling", "right-missing"),
        ("decide", "ruling", "accepted"),
        ("decide", "content", "right-missing"),
        ("plan", "schedule", "accepted"),
    ],
)
def test_a_field_needs_its_right(right: str, field: str, expected: str) -> None:
    team = Team()
    record = team.dung.put("a", field=field)
    assert reasons(known(*team.begun, team.chi.enrol(team.dung, right), record), record) == [expected]


@pytest.mark.parametrize(
    ("kind", "right"),
    [("seal", "decide"), ("void_seal", "decide"), ("issue", "draft"), ("witness", "write"), ("blob_lost", "write")],
)
def test_a_kind_needs_its_right(kind: str, right: str) -> None:
    others = [other for other in ALL_RIGHTS if other != right]
    for rights, expected in (([right], "accepted"), (others, "right-missing")):
        team = Team()
        record = team.dung.record(kind, payload={})
        assert reasons(known(*team.begun, team.chi.enrol(team.dung, *rights), record), record) == [expected]


def test_an_act_counts_whole_or_not_at_all() -> None:
    team = Team()
    writes = [*team.dung.put("a").writes, *team.dung.put("b", field="ruling").writes]
    record = team.dung.record("write", writes)
    found = known(*team.begun, team.chi.enrol(team.dung, "write"), record)
    assert reasons(found, record) == ["held"]
    team = Team()
    record = team.dung.record("write", writes)
    found = known(*team.begun, team.chi.enrol(team.dung, "write"), record)
    assert reasons(found, record) == ["right-missing"]
    assert found.heads(SPACE, "finding", "1", "content") == ()


def test_a_root_is_adopted_with_at_most_the_rights_of_its_certificates() -> None:
    chi, office = Pen("chi"), Pen("office", root=b"office", rights=["write", "plan"])
    records = [chi.epoch(), office.epoch(), chi.adopt(b"office", "write", "decide")]
    content, ruling = office.put("a"), office.put("b", field="ruling")
    assert reasons(known(*records, content, ruling), content, ruling) == ["accepted", "right-missing"]


def test_a_root_adopted_at_a_frontier_counts_up_to_it() -> None:
    team = Team()
    before, last, after = team.dung.put("a"), team.dung.put("b", id="2"), team.dung.put("c", id="3")
    adoption = team.chi.adopt(b"root of dung", "write", frontier=[last])
    found = known(*team.begun, before, last, after, adoption)
    assert reasons(found, team.begun[1], before, last, after) == ["accepted"] * 3 + ["not-admitted"]


# revoking


def test_records_after_the_frontier_of_a_revocation_wait() -> None:
    team = Team()
    admission = team.chi.enrol(team.dung, "write")
    before, after = team.dung.put("a"), team.dung.put("b")
    revocation = team.chi.revoke(team.dung, before)
    for order in permutations([admission, before, after, revocation]):
        found = known(*team.begun, *order)
        assert reasons(found, before, after) == ["accepted", "revoked"]
        assert [head.value for head in found.heads(SPACE, "finding", "1", "content")] == ["a"]


def test_what_a_record_replaced_stands_again_when_it_is_revoked() -> None:
    team = Team()
    first = team.chi.put("cũ")
    admission, second = team.chi.enrol(team.dung, "write"), team.dung.put("mới", op(first))
    found = known(*team.begun, first, admission, second)
    found.add(team.chi.revoke(team.dung))
    assert [head.value for head in found.heads(SPACE, "finding", "1", "content")] == ["cũ"]


def test_a_branch_beside_the_frontier_is_not_behind_it() -> None:
    team = Team()
    admission, first = team.chi.enrol(team.dung, "write"), team.dung.put("a")
    one = team.dung.put("b", id="2")
    team.dung.tip = first
    other = team.dung.put("c", id="3")
    found = known(*team.begun, admission, first, one, other, team.chi.revoke(team.dung, one))
    assert reasons(found, first, one, other) == ["accepted", "accepted", "revoked"]


def test_a_revocation_waits_for_its_frontier() -> None:
    team = Team()
    last = team.dung.put("a")
    revocation = team.chi.revoke(team.dung, last)
    found = known(*team.begun, revocation)
    assert reasons(found, revocation) == ["held"]
    assert found.add(last).released == (revocation.hash,)


def test_two_who_revoke_each_other_without_knowing_are_both_out() -> None:
    team = Team()
    admission = team.chi.enrol(team.dung, "write", "enrol")
    by_dung = team.dung.revoke(team.chi, admission, seen=[admission])
    by_chi = team.chi.revoke(team.dung, team.begun[1])
    chis, dungs = team.chi.put("a"), team.dung.put("b", id="2")
    records = [admission, by_dung, by_chi, chis, dungs]
    for order in permutations(records):
        assert reasons(known(*team.begun, *order), *records) == ["accepted"] * 3 + ["revoked"] * 2


def test_whoever_knows_to_be_revoked_revokes_nobody() -> None:
    team = Team()
    admission = team.chi.enrol(team.dung, "write", "enrol")
    by_chi = team.chi.revoke(team.dung, team.begun[1])
    by_dung = team.dung.revoke(team.chi, seen=[by_chi])
    found = known(*team.begun, admission, by_chi, by_dung, chis := team.chi.put("a"))
    assert reasons(found, by_dung, chis) == ["revoked", "accepted"]


def test_a_device_knows_the_revocation_it_wrote_itself() -> None:
    """Its own earlier records belong to what an author had seen, without being listed."""
    team = Team()
    admission = team.chi.enrol(team.dung, "write")
    revocation = team.chi.revoke(team.dung)
    again = team.chi.enrol(team.dung, "write")
    found = known(*team.begun, admission, revocation, again, record := team.dung.put("a"))
    assert reasons(found, record) == ["accepted"]


def test_an_admission_that_did_not_know_of_the_revocation_does_not_undo_it() -> None:
    team = Team()
    apart = Pen("chi too")
    records = [apart.epoch(), apart.enrol(team.dung, "write"), team.chi.revoke(team.dung), record := team.dung.put("a")]
    found = known(*team.begun, *records)
    assert reasons(found, record) == ["revoked"]


def test_whom_a_revoked_device_admitted_meanwhile_is_out_too() -> None:
    team = Team()
    ha = Pen("ha", root=b"root of ha")
    records = [team.chi.enrol(team.dung, "enrol"), ha.epoch(), team.dung.enrol(ha, "write"), ha.put("a")]
    found = known(*team.begun, *records)
    assert reasons(found, records[3]) == ["accepted"]
    found.add(team.chi.revoke(team.dung, team.begun[1]))
    assert reasons(found, records[2], records[3]) == ["revoked", "not-admitted"]


def test_a_control_record_off_its_chain_has_no_effect() -> None:
    team = Team()
    odd = team.chi.record("revoke", payload={"dev": "chi", "frontier": []}, n=7)
    team.chi.tip = team.begun[0]
    found = known(*team.begun, odd, record := team.chi.put("a"))
    assert reasons(found, odd, record) == ["broken-chain", "accepted"]


def test_numbers_off_their_chain_do_not_move_a_frontier() -> None:
    team = Team()
    first = team.dung.put("a")
    odd = team.dung.record("write", payload=None, n=9)
    team.dung.tip = first
    second, third = team.dung.put("b", id="2"), team.dung.put("c", id="3")
    records = [team.chi.enrol(team.dung, "write"), first, odd, second, third, team.chi.revoke(team.dung, second)]
    assert reasons(known(*team.begun, *records), first, odd, second, third) == [
        "accepted",
        "broken-chain",
        "accepted",
        "revoked",
    ]


# settling


class Quarantine(Team):
    """Something Dung wrote after he was revoked."""

    def __init__(self) -> None:
        super().__init__()
        self.late = self.dung.put("muộn")
        self.begun += [self.chi.enrol(self.dung, "write"), self.chi.revoke(self.dung, self.begun[1]), self.late]


@pytest.mark.parametrize(("take", "expected"), [(True, "accepted"), (False, "hidden")])
def test_a_person_takes_or_hides_what_waits(take: bool, expected: str) -> None:
    team = Quarantine()
    found = known(*team.begun)
    outcome = found.add(team.chi.settle(team.late, take=take))
    assert outcome.rejudged == (team.late.hash,)
    assert reasons(found, team.late) == [expected]
    assert len(found.heads(SPACE, "finding", "1", "content")) == take


def test_a_later_decision_replaces_the_one_it_knew() -> None:
    team = Quarantine()
    first = team.chi.settle(team.late, take=True)
    found = known(*team.begun, first, team.chi.settle(team.late, take=False))
    assert reasons(found, team.late) == ["hidden"]


def test_two_decisions_made_apart_that_differ_leave_it_waiting() -> None:
    team = Quarantine()
    lead = Pen("lead")
    apart = [lead.epoch(), lead.settle(team.late, take=True), team.chi.settle(team.late, take=False)]
    for order in permutations(apart):
        assert reasons(known(*team.begun, *order), team.late) == ["disputed"]
    agreed = team.chi.settle(team.late, take=True, seen=[apart[1]])
    assert reasons(known(*team.begun, *apart, agreed), team.late) == ["accepted"]


def test_nobody_takes_what_they_might_not_have_written() -> None:
    team = Team()
    lead = Pen("lead", rights=["write", "decide"])
    records = [record := team.dung.put("a", field="schedule"), lead.epoch(), taken := lead.settle(record, take=True)]
    assert reasons(known(*team.begun, *records), taken, record) == ["accepted", "not-admitted"]


def test_settling_needs_the_right_to_decide() -> None:
    team = Quarantine()
    member = Pen("member", rights=["write"])
    epoch, taken = member.epoch(), member.settle(team.late, take=True)
    assert reasons(known(*team.begun, epoch, taken), taken, team.late) == ["right-missing", "revoked"]


def test_control_records_cannot_be_settled() -> None:
    team = Team()
    admission = team.dung.enrol(Pen("ha"), "write")
    found = known(*team.begun, admission, team.chi.settle(admission, take=True))
    assert reasons(found, admission) == ["not-admitted"]


def test_what_counts_anyway_is_not_hidden() -> None:
    team = Team()
    record = team.chi.put("a")
    assert reasons(known(*team.begun, record, team.chi.settle(record, take=False)), record) == ["accepted"]


def test_taken_after_it_was_replaced_it_does_not_stand_again() -> None:
    team = Quarantine()
    after = team.chi.put("sau", op(team.late))
    found = known(*team.begun, after, team.chi.settle(team.late, take=True))
    assert [head.value for head in found.heads(SPACE, "finding", "1", "content")] == ["sau"]


# payloads


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("member", {}),
        ("member", {"root": "00", "rights": []}),
        ("member", {"root": "00" * 32, "rights": [], "frontier": [["s", 1]]}),
        ("member", {"root": "00" * 32, "rights": "write"}),
        ("revoke", {"dev": "dung"}),
        ("revoke", {"frontier": []}),
        ("revoke", {"dev": "dung", "frontier": [], "seen": ["?"]}),
        ("settle", {"of": []}),
        ("settle", {"of": ["?"], "take": True}),
        ("settle", {"of": [], "take": True, "seen": "all"}),
    ],
)
def test_a_control_record_that_says_nothing_clear_has_no_effect(kind: str, payload: dict[str, Json]) -> None:
    team = Team()
    record = team.chi.record(kind, payload=payload)
    assert reasons(known(*team.begun, record), record) == [Reason.BAD_PAYLOAD]


def test_a_member_record_with_a_forged_certificate_admits_nobody() -> None:
    team = Team()
    record = team.chi.record("member", payload={**team.dung.certificate, "sig": "00" * 64, "rights": ["write"]})
    assert reasons(known(*team.begun, record), record, team.begun[1]) == ["bad-payload", "not-admitted"]


def test_what_was_seen_is_what_no_other_control_record_covers() -> None:
    team = Team()
    first, second = team.chi.enrol(team.dung, "write"), team.chi.revoke(team.dung)
    apart = team.dung.settle(take=True)
    found = known(*team.begun, first, second, apart)
    assert set(found.seen(SPACE)) == {op(changeset).split(".")[0] for changeset in (second, apart)}


def test_rights_come_from_the_root_that_named_the_space() -> None:
    """A stranger cannot open a space that already has a name."""
    stranger = Pen("xa", root=b"root of xa")
    epoch = stranger.epoch()
    assert space_id(public_of(b"root of xa"), "first") != SPACE
    assert reasons(known(epoch), epoch) == ["not-admitted"]


# what a laptop may write now, for whoever asks before it wrote anything


def rights_now(team: Team, who: Pen, *records: ChangeSet) -> list[str] | None:
    """By the certificate alone, in the space that Chi opened."""
    authority = known(*team.begun, *records)._space(SPACE).authority
    certificate = parse_certificate(str(who.certificate["cert"]))
    anchored = who is team.chi
    found = authority.welcome(certificate, anchored=anchored)
    return None if found is None else sorted(found)


def test_nobody_stands_behind_a_stranger() -> None:
    team = Team()
    assert rights_now(team, team.dung) is None
    assert rights_now(team, team.chi) == sorted(ALL_RIGHTS)


def test_an_admission_gives_its_rights_and_a_revocation_takes_them() -> None:
    team = Team()
    admission = team.chi.enrol(team.dung, "write", "decide")
    assert rights_now(team, team.dung, admission) == ["decide", "write"]
    revocation = team.chi.revoke(team.dung, team.begun[1])
    assert rights_now(team, team.dung, admission, revocation) is None
    again = team.chi.enrol(team.dung, "write", seen=[revocation])
    assert rights_now(team, team.dung, admission, revocation, again) == ["write"]


def test_what_was_adopted_up_to_a_frontier_goes_no_further() -> None:
    team = Team()
    adoption = team.chi.adopt(b"root of dung", "write", frontier=[team.begun[1]])
    assert rights_now(team, team.dung, adoption) is None
