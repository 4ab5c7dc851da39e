"""The same world played by Hypothesis, which looks for failures in its own way and shortens them itself."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.merge.world import PLACES, VALUES, World

laptops = st.integers(0, 5)
fields = st.integers(0, len(PLACES) - 1)
some = st.integers(0, len(VALUES) - 1)
few = st.integers(0, 11)
order = st.integers(0, 1000)
parts = st.integers(0, 6)


class Team(RuleBasedStateMachine):
    """At the end of every run all laptops meet and are compared with the oracle."""

    world: World | None = None

    @initialize(team=st.lists(st.integers(0, 59), min_size=2, max_size=4), rights=few)
    def begin(self, team: list[int], rights: int) -> None:
        self.world = World(team)
        for member in range(1, len(team)):
            self.do("enrol", 0, member, rights // 3 * (member % 2))
            self.do("send", 0, member, 0, 0)

    def do(self, *step: Any) -> None:
        if self.world is not None:
            self.world.do(step)

    def teardown(self) -> None:
        if self.world is not None:
            self.world.finish()

    @rule(r=laptops, f=fields, v=some, width=parts)
    def write(self, r: int, f: int, v: int, width: int) -> None:
        self.do("write", r, f, v, 1 + width % 3)

    @rule(r=laptops, f=fields, width=parts)
    def open(self, r: int, f: int, width: int) -> None:
        self.do("open", r, f, 1 + width % 3)

    @rule(r=laptops, v=some)
    def commit(self, r: int, v: int) -> None:
        self.do("commit", r, v)

    @rule(r=laptops, f=fields, v=some)
    def resolve(self, r: int, f: int, v: int) -> None:
        self.do("resolve", r, f, v)

    @rule(r=laptops, f=fields, gone=few, at_once=st.booleans())
    def delete(self, r: int, f: int, gone: int, at_once: bool) -> None:
        self.do(*(("delete", r, f, gone) if at_once else ("opendelete", r, f)))

    @rule(r=laptops, f=fields, kind=few)
    def seal(self, r: int, f: int, kind: int) -> None:
        self.do("seal", r, f, kind)

    @rule(a=laptops, b=laptops, limit=parts, shuffle=order)
    def send(self, a: int, b: int, limit: int, shuffle: int) -> None:
        self.do("send", a, b, limit, shuffle)

    @rule(a=laptops)
    def pack(self, a: int) -> None:
        self.do("pack", a)

    @rule(p=few, b=laptops, limit=parts, shuffle=order)
    def unpack(self, p: int, b: int, limit: int, shuffle: int) -> None:
        self.do("unpack", p, b, limit, shuffle)

    @rule(a=laptops, b=laptops, k=few)
    def run(self, a: int, b: int, k: int) -> None:
        self.do("run", a, b, k)

    @rule(a=laptops, b=laptops, k=few)
    def damage(self, a: int, b: int, k: int) -> None:
        self.do("damage", a, b, k)

    @rule(r=laptops)
    def snapshot(self, r: int) -> None:
        self.do("snapshot", r)

    @rule(s=few, keep_mark=st.integers(0, 1))
    def restore(self, s: int, keep_mark: int) -> None:
        self.do("restore", s, keep_mark)

    @rule(r=laptops)
    def clone(self, r: int) -> None:
        self.do("clone", r)

    @rule(r=laptops, years=st.integers(0, 60))
    def clock(self, r: int, years: int) -> None:
        self.do("clock", r, years)

    @rule(r=laptops, whom=laptops, rights=few, root=st.booleans())
    def enrol(self, r: int, whom: int, rights: int, root: bool) -> None:
        self.do("adopt" if root else "enrol", r, whom, rights)

    @rule(r=laptops, whom=laptops, back=few)
    def revoke(self, r: int, whom: int, back: int) -> None:
        self.do("revoke", r, whom, back)

    @rule(r=laptops, k=few, take=few)
    def settle(self, r: int, k: int, take: int) -> None:
        self.do("settle", r, k, take)

    @rule(r=laptops)
    def check(self, r: int) -> None:
        self.do("check", r)


TestTeam = Team.TestCase
TestTeam.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
