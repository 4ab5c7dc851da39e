"""Why laptops do not meet: a table of what can be seen, and what is said of it; and the looking itself."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from inspector.domain.errors import BadInput
from inspector.services.diagnosis import Cause, Facts, Way, conclude, diagnose
from inspector.system.network import Reached, reach
from tests.services.laptops import Laptop

OWN = ("192.168.137.7",)
NEAR, FAR = "192.168.137.1", "10.20.30.40"
GREETED = Facts(OWN, NEAR, Reached.ANSWERED)

TABLE: dict[str, tuple[Facts, tuple[Cause, ...], Way]] = {
    "in no network": (Facts(()), (Cause.NO_NETWORK,), Way.HOTSPOT),
    "in no network, with an address": (Facts((), NEAR, Reached.ABSENT), (Cause.NO_NETWORK,), Way.CABLE),
    "nobody around": (Facts(OWN), (Cause.NOBODY, Cause.ISOLATION, Cause.FIREWALL), Way.HERE),
    "somebody around": (Facts(OWN, around=1), (Cause.FINE,), Way.AGAIN),
    "an address elsewhere": (Facts(OWN, FAR, Reached.SILENT), (Cause.OTHER_NETWORK,), Way.HOTSPOT),
    "no way to an address elsewhere": (Facts(OWN, FAR, Reached.ABSENT), (Cause.OTHER_NETWORK,), Way.STICK),
    "silence nearby": (Facts(OWN, NEAR, Reached.SILENT), (Cause.FIREWALL, Cause.ISOLATION), Way.HERE),
    "no such laptop nearby": (Facts(OWN, NEAR, Reached.ABSENT), (Cause.ISOLATION,), Way.HOTSPOT),
    "no such name": (Facts(OWN, "may-cua-lan", Reached.NO_NAME), (Cause.NO_NAME,), Way.AGAIN),
    "a plain no": (Facts(OWN, NEAR, Reached.REFUSED), (Cause.CLOSED,), Way.HERE),
    "a plain no from elsewhere": (Facts(OWN, FAR, Reached.REFUSED), (Cause.CLOSED,), Way.AGAIN),
    "its own address": (Facts(OWN, OWN[0], Reached.REFUSED), (Cause.OWN,), Way.AGAIN),
    "itself under another address": (replace(GREETED, itself=True), (Cause.OWN,), Way.AGAIN),
    "a printer": (replace(GREETED, error="peer-not-ours"), (Cause.NOT_OURS,), Way.HERE),
    "something between": (replace(GREETED, error="peer-not-secure"), (Cause.NOT_OURS,), Way.STICK),
    "a wrong key": (replace(GREETED, error="peer-key-differs"), (Cause.OTHER_KEY,), Way.HOTSPOT),
    "another key than agreed": (replace(GREETED, same_key=False), (Cause.OTHER_KEY,), Way.STICK),
    "an unproven one": (replace(GREETED, error="peer-not-proven"), (Cause.OTHER_KEY,), Way.CABLE),
    "a newer program": (replace(GREETED, error="peer-newer"), (Cause.NEWER,), Way.STICK),
    "a broken line": (replace(GREETED, error="way-cut"), (Cause.FAILED,), Way.AGAIN),
    "a stranger": (replace(GREETED, known=False), (Cause.UNKNOWN,), Way.AGAIN),
    "another province": (replace(GREETED, known=False, same_office=False), (Cause.OTHER_PROVINCE,), Way.STICK),
    "a known one of another province": (replace(GREETED, same_office=False), (Cause.FINE,), Way.AGAIN),
    "another laptop at the address": (replace(GREETED, same_laptop=False), (Cause.OTHER_LAPTOP,), Way.AGAIN),
    "all well": (GREETED, (Cause.FINE,), Way.AGAIN),
}


@pytest.mark.parametrize("name", TABLE)
def test_what_is_seen_has_its_cause_and_a_way_on(name: str) -> None:
    facts, causes, way = TABLE[name]
    assert conclude(facts)[0] == causes
    assert way in conclude(facts)[1]


def test_the_table_names_every_cause() -> None:
    assert {cause for _, causes, _ in TABLE.values() for cause in causes} == set(Cause)


def test_a_port_nobody_listens_at_is_refused_and_one_that_listens_answers() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        listening.listen()
        assert reach("127.0.0.1", port, 2.0) is Reached.ANSWERED
    assert reach("127.0.0.1", port, 2.0) is Reached.REFUSED
    assert reach("khong-co-may-nay.invalid", port, 2.0) is Reached.NO_NAME


def test_looking_at_a_closed_port_says_that_the_point_is_closed(laptop: Laptop) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        found = diagnose(laptop.desk, f"127.0.0.1:{bound.getsockname()[1]}")
    assert (found.causes, found.is_fine) == ((Cause.CLOSED,), False)
    with pytest.raises(BadInput, match="address-malformed"):
        diagnose(laptop.desk, "không phải địa chỉ")
