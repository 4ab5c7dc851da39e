"""The oracle: what a bag of signed bytes means, worked out anew each time, straight from the definitions.

It shares nothing with the merge but the two functions that name things. Everything is a set or a walk over the whole
bag; nothing is kept up to date, nothing depends on an order.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

from inspector.domain.ids import space_id

Record = dict[str, Any]
Rights = frozenset[str]
Field = tuple[str, str, str]

KIND_RIGHTS = {
    "write": "write",
    "member": "enrol",
    "revoke": "enrol",
    "seal": "decide",
    "void_seal": "decide",
    "settle": "decide",
    "issue": "draft",
    "witness": "write",
    "blob_lost": "write",
}
WRITING = {"write", "seal", "void_seal", "witness", "issue", "settle", "blob_lost"}


@dataclass
class Picture:
    """What a replica holding these bytes must show."""

    status: dict[str, str] = field(default_factory=dict)
    heads: dict[Field, list[str]] = field(default_factory=dict)
    values: dict[Field, str] = field(default_factory=dict)
    conflicts: dict[Field, str] = field(default_factory=dict)
    forks: set[str] = field(default_factory=set)


def text(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


@lru_cache(maxsize=20_000)
def _read(body: bytes) -> tuple[str, Record]:
    return hashlib.sha256(b"CCHC-CS-1\0" + body).hexdigest(), json.loads(body)


@lru_cache(maxsize=20_000)
def _name(digest: str) -> str:
    return base64.b32encode(bytes.fromhex(digest)[:20]).decode().lower()


@lru_cache(maxsize=1_000)
def _space(root: str, nonce: str) -> str:
    return space_id(bytes.fromhex(root), nonce)


@lru_cache(maxsize=1_000)
def _certificate(body: str) -> Record:
    found: Record = json.loads(body)
    return found


class Oracle:
    def __init__(
        self,
        bag: Iterable[tuple[bytes, bytes]],
        verify: Callable[[bytes, bytes, bytes], bool],
        right_of: Callable[[str, str], str],
        rule_of: Callable[[str, str], str],
    ) -> None:
        self.verify, self.right_of, self.rule_of = verify, right_of, rule_of
        self.records: dict[str, Record] = {}
        self.signatures: dict[str, set[bytes]] = {}
        for body, signature in bag:
            digest, record = _read(body)
            self.records[digest] = record
            self.signatures.setdefault(digest, set()).add(signature)
        self.names = {_name(digest): digest for digest in self.records}
        self.memo: dict[Any, Any] = {}
        self.chains = {digest: self.chain(digest) for digest in self.records}
        self.certificates = {c[-1]: self.certificate_of(c[-1]) for c in self.chains.values() if c}
        self.proven = self.find_proven()
        self.known = self.find_known()
        self.linked = {digest for digest in self.known if self.is_linked(digest)}
        self.controls = {d for d in self.linked if self.records[d]["k"] in ("member", "revoke", "settle")}

    # what is there

    def chain(self, digest: str) -> list[str] | None:
        """The record and all before it, back to the first; None where one is not there."""
        found = []
        here: str | None = digest
        while here is not None:
            if here not in self.records:
                return None
            found.append(here)
            here = self.records[here]["ph"]
        return found

    def certificate_of(self, digest: str) -> Record | None:
        record = self.records[digest]
        if record["k"] != "epoch":
            return None
        found = self.signed_certificate(record.get("ep", {}))
        return found if found and found["dev"] == record["dev"] else None

    def signed_certificate(self, payload: Record) -> Record | None:
        if "cert" not in payload or "sig" not in payload:
            return None
        found = _certificate(payload["cert"])
        message = b"CCHC-CERT-1\0" + payload["cert"].encode()
        good = self.verify(bytes.fromhex(found["root"]), bytes.fromhex(payload["sig"]), message)
        return found if good else None

    def find_proven(self) -> set[str]:
        """What carries a good signature of its stream's key, and everything such a record goes back to."""
        proven: set[str] = set()
        for digest, chain in self.chains.items():
            certificate = self.certificates[chain[-1]] if chain else None
            if chain and certificate:
                key = bytes.fromhex(certificate["key"])
                if any(self.verify(key, s, bytes.fromhex(digest)) for s in self.signatures[digest]):
                    proven |= set(chain)
        return proven

    def needs(self, digest: str) -> set[str]:
        record = self.records[digest]
        found = {record["ph"]} if record["ph"] else set()
        found |= {self.names.get(p.split(".")[0], "?") for w in record.get("w", []) for p in w["p"]}
        if record["k"] in ("member", "revoke", "settle"):
            payload = record.get(record["k"], {})
            found |= {self.names.get(name, "?") for name in payload.get("seen", [])}
            found |= set(payload.get("of", [])) | {tip[2] for tip in payload.get("frontier") or []}
        return found

    def find_known(self) -> set[str]:
        wanted = {digest: self.needs(digest) for digest in self.proven}
        known: set[str] = set()
        while True:
            more = {digest for digest, needs in wanted.items() if digest not in known and needs <= known}
            if not more:
                return known
            known |= more

    def is_linked(self, digest: str) -> bool:
        chain = [self.records[d] for d in self.chains[digest] or []]
        return all(
            (later["st"], later["dev"], later["n"]) == (earlier["st"], earlier["dev"], earlier["n"] + 1)
            for later, earlier in pairwise(chain)
        )

    # who may do what

    def past(self, digest: str) -> frozenset[str]:
        """The control records the author of a control record had seen."""
        if ("past", digest) not in self.memo:
            record = self.records[digest]
            seen = {self.names.get(name) for name in record.get(record["k"], {}).get("seen", [])}
            direct = self.controls & (seen | set((self.chains[digest] or [])[1:]))
            self.memo["past", digest] = frozenset(direct).union(*(self.past(d) for d in direct))
        found: frozenset[str] = self.memo["past", digest]
        return found

    def payload(self, digest: str) -> Record:
        record = self.records[digest]
        found: Record = record.get("ep" if record["k"] == "epoch" else record["k"], {})
        return found

    def members(self, view: frozenset[str]) -> frozenset[str]:
        """The member records of a view whose authors may enrol: the least set that justifies itself."""
        if ("members", view) not in self.memo:
            revokes = self.revokes(view)
            found: frozenset[str] = frozenset()
            while True:
                more = frozenset(
                    d
                    for d in view
                    if self.records[d]["k"] == "member"
                    and self.sound(d)
                    and "enrol" in (self.rights(d, found, revokes) or ())
                )
                if more == found:
                    break
                found = more
            self.memo["members", view] = found
        result: frozenset[str] = self.memo["members", view]
        return result

    def revokes(self, view: frozenset[str]) -> frozenset[str]:
        return frozenset(
            d for d in view if self.records[d]["k"] == "revoke" and self.sound(d) and self.revoke_counts(d)
        )

    def revoke_counts(self, digest: str) -> bool:
        """A revocation counts when its author might enrol by all that author had seen, whatever came to light since."""
        if ("revoke", digest) not in self.memo:
            view = self.past(digest)
            rights = self.rights(digest, self.members(view), self.revokes(view))
            self.memo["revoke", digest] = "enrol" in (rights or ())
        return bool(self.memo["revoke", digest])

    def sound(self, digest: str) -> bool:
        """Whether the payload of a control record is what it should be."""
        kind, payload = self.records[digest]["k"], self.payload(digest)
        if kind == "settle":
            return isinstance(payload.get("take"), bool) and "of" in payload
        if kind == "revoke":
            return "dev" in payload and "frontier" in payload
        return "rights" in payload and ("root" in payload or self.signed_certificate(payload) is not None)

    def rights(self, digest: str, members: Iterable[str], revokes: Iterable[str]) -> Rights | None:
        """The rights behind one record: all that was given for it and not taken back since."""
        chain = self.chains[digest] or []
        certificate = self.certificates[chain[-1]] or {}
        given: list[tuple[Rights, frozenset[str]]] = []
        if _space(certificate["root"], self.payload(chain[-1]).get("nonce", "")) == self.records[digest]["sp"]:
            given.append((frozenset(certificate["rights"]), frozenset()))
        for member in members:
            payload = self.payload(member)
            granted = frozenset(payload["rights"])
            if "root" in payload:
                reached = payload.get("frontier") is None or self.within(digest, payload["frontier"])
                if payload["root"] == certificate["root"] and reached:
                    given.append((granted & frozenset(certificate["rights"]), self.past(member)))
            else:
                admitted = _certificate(payload["cert"])
                if (admitted["dev"], admitted["key"]) == (certificate["dev"], certificate["key"]):
                    given.append((granted, self.past(member)))
        against = {
            r
            for r in revokes
            if self.payload(r)["dev"] == certificate["dev"] and not self.within(digest, self.payload(r)["frontier"])
        }
        left = [rights for rights, past in given if against <= past]
        return frozenset().union(*left) if left else None

    def within(self, digest: str, frontier: list[list[Any]]) -> bool:
        """Whether a record is one of the ends of a frontier or before one."""
        return any(digest in (self.chains.get(tip[2]) or []) for tip in frontier)

    def needed(self, digest: str) -> Rights:
        record = self.records[digest]
        rights = set()
        if record["k"] in WRITING:
            rights = {self.right_of(w["e"], w["f"]) for w in record.get("w", [])}
        if record["k"] in KIND_RIGHTS and (record["k"] != "write" or not rights):
            rights.add(KIND_RIGHTS[record["k"]])
        return frozenset(rights)

    def verdict(self, digest: str) -> str:
        chain = self.chains[digest]
        if digest not in self.proven and chain:
            if self.certificates[chain[-1]] is None:
                return "no-certificate" if self.records[chain[-1]]["k"] != "epoch" else "bad-certificate"
            return "bad-signature"
        if digest not in self.known:
            return "held"
        if digest not in self.linked:
            return "broken-chain"
        kind = self.records[digest]["k"]
        if digest in self.controls and not self.sound(digest):
            return "bad-payload"
        objection = self.objection(digest, self.past(digest) if kind == "revoke" else frozenset(self.controls))
        if objection and kind not in ("member", "revoke", "settle"):
            return self.settled(digest, objection)
        return objection or "accepted"

    def objection(self, digest: str, view: frozenset[str]) -> str:
        rights = self.rights(digest, self.members(view), self.revokes(view))
        if rights is None:
            device = self.records[digest]["dev"]
            return "revoked" if any(self.payload(r)["dev"] == device for r in self.revokes(view)) else "not-admitted"
        return "" if self.needed(digest) <= rights else "right-missing"

    def settled(self, digest: str, objection: str) -> str:
        view = frozenset(self.controls)
        valid = set()
        for settle in self.controls:
            payload = self.payload(settle)
            if self.records[settle]["k"] == "settle" and self.sound(settle) and digest in payload["of"]:
                rights = self.rights(settle, self.members(view), self.revokes(view))
                allowed = rights is not None and self.needed(settle) <= rights
                if allowed and (not payload["take"] or self.needed(digest) <= (rights or frozenset())):
                    valid.add(settle)
        last = {s for s in valid if not any(s in self.past(other) for other in valid)}
        answers = {self.payload(s)["take"] for s in last}
        return {(): objection, (True,): "accepted", (False,): "hidden"}.get(tuple(answers), "disputed")

    # what the fields are

    def picture(self) -> Picture:
        result = Picture(status={digest: self.verdict(digest) for digest in self.records})
        operations: dict[str, tuple[Field, Any, str, set[str]]] = {}
        for digest in self.known:
            if self.records[digest]["k"] in WRITING:
                for index, w in enumerate(self.records[digest].get("w", [])):
                    operations[f"{_name(digest)}.{index}"] = ((w["e"], w["id"], w["f"]), w["x"], digest, set(w["p"]))
        live = {o: v for o, v in operations.items() if result.status[v[2]] == "accepted"}
        dead = {p for place, _, _, parents in live.values() for p in parents if p in live and live[p][0] == place}
        for place in {v[0] for v in operations.values()}:
            mine = [o for o, v in live.items() if v[0] == place and o not in dead]
            result.heads[place] = sorted(mine, key=lambda o: (self.records[live[o][2]]["lc"], o))
        for place, heads in result.heads.items():
            result.values[place] = text(self.value(place, [live[o][1] for o in heads]))
            result.conflicts[place] = self.conflict(place, result.heads, live)
        result.forks = self.forks()
        return result

    def value(self, place: Field, values: list[Any]) -> Any:
        rule = self.rule_of(place[0], place[2])
        if rule == "set":
            present = [value for value in values if value]
            return (present or values or [None])[-1]
        if values and (rule == "order" or len({text(value) for value in values}) == 1):
            return values[-1]
        return None

    def conflict(self, place: Field, heads: dict[Field, list[str]], live: dict[str, Any]) -> str:
        entity, identity, name = place
        rule = self.rule_of(entity, name)
        mine = heads[place]
        if not mine:
            return ""
        if rule not in ("order", "set") and len({text(live[o][1]) for o in mine}) > 1:
            return "C3" if name == "_del" else "minor" if rule == "minor" else "C2"
        deleted = [o for o in heads.get((entity, identity, "_del"), []) if live[o][1]]
        others = [o for p, hs in heads.items() if p[:2] == place[:2] and p[2] not in (name, "_del") for o in hs]
        pairs = [(d, o) for d in deleted for o in (others if name == "_del" else mine)]
        if any(self.apart(live[a][2], live[b][2]) for a, b in pairs):
            return "C3"
        if name != "_del" and any(self.apart(live[a][2], live[b][2]) for a in mine for b in others):
            return "C1"
        return ""

    def apart(self, one: str, other: str) -> bool:
        return one != other and not self.knew(one, other) and not self.knew(other, one)

    def knew(self, one: str, other: str) -> bool:
        named = {self.names.get(p.split(".")[0]) for w in self.records[one].get("w", []) for p in w["p"]}
        return other in named or other in (self.chains[one] or [])

    def forks(self) -> set[str]:
        numbered: dict[tuple[str, int, str], set[str]] = {}
        for digest in self.linked:
            record = self.records[digest]
            key = (self.certificates[(self.chains[digest] or [])[-1]] or {})["key"]
            numbered.setdefault((record["st"], record["n"], key), set()).add(digest)
        return {place[0] for place, digests in numbered.items() if len(digests) > 1}
