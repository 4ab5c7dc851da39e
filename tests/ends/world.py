"""Lives through a plan with real processes: laptops, a hub over TLS, sticks, disks that run full."""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
import signal
import socket
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.ends import looking, proxies
from tests.ends.disks import Disk
from tests.ends.hubs import Hub
from tests.ends.looking import Seen
from tests.ends.oracle import Oracle
from tests.ends.plans import HUB, LEAD, Plan, Step
from tests.ends.programs import Programs, Ran, Running, Violation, whole_lines

CODE = "7K2M-QX4T-9FHD-R3WA"
ROUNDS = 5
"""How often everybody meets the hub at the end before it counts as never quiet."""
EXPECTED = {
    *("way-cut", "peer-no-answer", "peer-not-secure", "peer-busy", "peer-disk-full", "server-busy"),
    *("hub-knows-not", "disk-full", "hub-busy", "hub-full", "backup-exists", "inspection-not-found"),
    *("package-missing", "package-of-nothing", "package-no-room", "receipt-missing", "receipt-unknown"),
}
"""What a sentence may be about; anything else (damage, an error of the program) is a fault."""


class Laptop:
    """A folder on a disk, and the inspections its person was invited to (numbers)."""

    def __init__(self, name: str, disk: Disk, key: Path, inspections: set[int]) -> None:
        self.name = name
        self.disk = disk
        self.home = disk.folder / "home"
        self.key = key
        self.inspections = inspections

    @property
    def opening(self) -> tuple[str, ...]:
        return "--home", str(self.home), "--key-file", str(self.key)


class World:
    def __init__(self, plan: Plan, folder: Path, spoil: Callable[[list[str]], None] = lambda words: None) -> None:
        self.plan = plan
        self.folder = folder
        for name in ("err", "in", "sticks", "copies", "keys"):
            (folder / name).mkdir()
        self.programs = Programs(folder / "err", spoil)
        self.oracle = Oracle()
        self.laptops: dict[str, Laptop] = {}
        self.disks: dict[str, Disk] = {}
        self.spaces: list[str] = []
        self.told: list[str] = []
        self.kept: dict[int, set[str]] = {}
        """By copy, what may be known on it."""
        self.hub = Hub(self.programs, self.disk(HUB), folder / "backups")

    def disk(self, name: str) -> Disk:
        made = self.disks[name] = Disk(self.folder / name, small=name in self.plan.small)
        return made

    def close(self) -> None:
        self.hub.close()
        for disk in self.disks.values():
            disk.close()

    # ------------------------------------------------------------ commands

    def run(self, *words: object, said: str = "", **variables: str) -> Ran:
        return self.checked(self.programs.begin(*words, said=said, **variables))

    def checked(self, running: Running) -> Ran:
        """Its end, which may be a refusal or a kill and never a fault of the program."""
        return self.expected(running.end(), running.name)

    def expected(self, ran: Ran, name: str = "a command") -> Ran:
        if ran.code not in (0, 1, -signal.SIGKILL) or {*ran.errors} - EXPECTED or "Traceback" in ran.err:
            raise Violation(f"{name} ended with {ran.code}\n{ran.err}{self.reports()}")
        return ran

    def reports(self) -> str:
        """What the program wrote of its own faults."""
        found = [file for file in self.folder.rglob("*") if file.parent.name == "logs" and file.is_file()]
        return "".join(file.read_text("utf-8", "replace")[-3000:] for file in found)

    def look(self, name: str, *, closely: bool = False) -> Seen:
        """In a process of its own, as everything that opens data."""

        def work() -> int:
            if name == HUB:
                seen = looking.hub(self.hub.folder)
            else:
                seen = looking.laptop(self.laptops[name].home, self.laptops[name].key, closely=closely)
            print(seen.text())  # noqa: T201 - to the process that asked
            return 0

        ran = self.programs.fork(f"look at {name}", work).end()
        if ran.code and self.disks[name].full:
            self.disks[name].free()
            ran = self.programs.fork(f"look at {name}", work).end()
        if ran.code:
            raise Violation(f"{name} cannot be opened\n{ran.err}")
        return looking.read(ran.out)

    def look_everywhere(self, *, closely: bool = False) -> dict[str, Seen]:
        return {name: self.look(name, closely=closely) for name in (*self.laptops, HUB)}

    # ------------------------------------------------------------ beginning

    def begin(self) -> None:
        """The lead's laptop with its inspections, and a hub that knows it."""
        self.hub.make()
        lead = self.laptop(LEAD, set(range(self.plan.inspections)))
        words = ("--name", "An", "--agency", "Sở Nội vụ", "--office", "UBND tỉnh")
        self.must(*lead.opening, "start", *words, "--recovery-to", self.folder / "keys" / "lead.txt")
        units = ("28360", "28366")[: self.plan.inspections]
        acts: list[dict[str, object]] = [
            {"id": f"mo-{unit}", "act": "open_inspection", "with": {**_VISIT, "unit": unit}} for unit in units
        ]
        ran = self.must(*lead.opening, "record", self.file("mo.jsonl", acts))
        self.spaces = [json.loads(line)["space"] for line in whole_lines(ran.out)]
        self.hub.admit(self.look(LEAD).root_key)

    def must(self, *words: object, **variables: str) -> Ran:
        ran = self.run(*words, **variables)
        if ran.code:
            raise Violation(f"{words} was refused\n{ran.err}")
        return ran

    def laptop(self, name: str, inspections: set[int]) -> Laptop:
        made = Laptop(name, self.disk(name), self.folder / "keys" / name, inspections)
        self.laptops[name] = made
        self.oracle.known.setdefault(name, set())
        return made

    def file(self, name: str, acts: list[dict[str, object]]) -> Path:
        file = self.folder / "in" / name
        file.write_text("".join(json.dumps(act, ensure_ascii=False) + "\n" for act in acts), "utf-8")
        return file

    # ------------------------------------------------------------ steps

    def do(self, number: int, step: Step) -> None:
        """One step; whoever is not there is passed over."""
        begun = time.monotonic()
        names = [step[key] for key in ("laptop", "at_laptop", "like") if key in step]
        if step["do"] in ("join", "clone"):
            names = names[1:]
        if all(name in self.laptops for name in names):
            said = getattr(self, f"_do_{step['do']}")(step)
        else:
            said = "nobody there"
        self.told.append(f"{number} {step['do']} {step.get('laptop', '')}: {said} {time.monotonic() - begun:.1f} s")

    def _do_join(self, step: Step) -> str:
        name, lead = step["laptop"], self.laptops[LEAD]
        if name in self.laptops:
            return "there already"
        letter = self.folder / "in" / f"{name}.moi"
        letter.unlink(missing_ok=True)
        among = [word for one in step["inspections"] for word in ("--inspection", self.spaces[one])]
        who = ("--name", f"Người {name}", "--agency", "Sở Tư pháp")
        written = self.run(*lead.opening, "invite", "write", letter, *among, *who, "--json")
        if written.code:
            return f"not invited: {written.errors}"
        made = self.laptop(name, set(step["inspections"]))
        recovery = ("--recovery-to", self.folder / "keys" / f"{name}.txt")
        code = json.loads(written.out)["code"]
        self.must(*made.opening, "start", "--invitation", letter, *recovery, INSPECTOR_INVITATION_CODE=code)
        self.oracle.meets(name, LEAD)
        return "ok"

    def _do_record(self, step: Step) -> str:
        laptop, number = self.laptops[step["laptop"]], step["inspection"]
        if number not in laptop.inspections:
            return "not invited"
        acts = [self.act(laptop.name, line, self.spaces[number]) for line in step["lines"]]
        words = (*laptop.opening, "record", self.file(f"{step['lines'][0]['id']}.jsonl", acts))
        if "kill" in step:
            running = self.programs.begin(*words)
            running.lines(step["kill"]["after"])
            time.sleep(step["kill"]["ms"] / 1000)
            running.signal(signal.SIGKILL)
            ran = self.checked(running)
            self.oracle.hears(whole_lines(ran.out))
            if not step["again"]:
                return f"killed after {len(whole_lines(ran.out))}"
        ran = self.run(*words)
        self.oracle.hears(whole_lines(ran.out))
        refused = Counter(one["code"] for one in map(json.loads, whole_lines(ran.out)) if not one["ok"])
        return f"{len(whole_lines(ran.out))} receipts {ran.errors} {dict(refused)}"

    def act(self, place: str, line: Step, space: str) -> dict[str, object]:
        """A line of the plan as ``record`` takes it; the oracle is told first."""
        words, blob = f"[{line['id']}] Hồ sơ trễ hẹn.", None
        if "finding" in line:
            words += " Chưa có văn bản xin lỗi." * line["finding"]
            act: dict[str, object] = {"act": "add_finding", "with": {"kind": "shortcoming", "content": words}}
        elif "remark" in line:
            act = {"act": "remark_item", "with": {"item": line["remark"], "remark": words}}
        else:
            data = random.Random(f"{self.plan.seed} {line['id']}").randbytes(line["file"])
            file = self.folder / "in" / f"{line['id']}.pdf"
            file.write_bytes(data)
            blob = hashlib.sha256(data).hexdigest()
            act = {"act": "attach_file", "with": {"path": str(file), "caption": words}}
        self.oracle.sends(place, line, words, blob)
        return {"id": line["id"], "inspection": space, **act}

    def _do_meet(self, step: Step) -> str:
        asking, opening = self.laptops[step["laptop"]], self.laptops[step["at_laptop"]]
        point = self.programs.begin(*opening.opening, "exchange", "open", "--port", "0", said="co\n" * 3)
        port = re.search(r":(\d+)$|cổng (\d+)", "".join(point.lines(1)))
        if port is None:
            return f"not opened: {self.checked(point).errors}"
        with proxies.listening() as door:
            words = (*asking.opening, "exchange", "with", proxies.address(door), "--json")
            running = self.programs.begin(*words, said="co\n" * 3)
            pids = {"asking": running.pid, "opening": point.pid}
            ran = self._through(door, int(port[1] or port[2]), running, step, pids)
        point.signal(signal.SIGINT)
        self.checked(point)
        self.oracle.meets(asking.name, opening.name)
        if ran.code == 0:
            both = asking.inspections & opening.inspections
            one, other = self.look(asking.name), self.look(opening.name)
            met = {row["inspection"] for row in json.loads(ran.out)[0]["inspections"]}
            shared = {self.spaces[number] for number in both} & met
            self.oracle.same((asking.name, one), (opening.name, other), shared)
        return f"{ran.code} {ran.errors}"

    def _through(self, door: socket.socket, port: int, running: Running, step: Step, pids: dict[str, int]) -> Ran:
        """The end of a command that reaches the other through a proxy with the trouble of this step."""
        trouble = None
        if "trouble" in step:
            trouble = proxies.Trouble(step["at"], pids.get(step["trouble"], 0))
        proxy = self.programs.fork("proxy", lambda: proxies.carry(door, port, trouble))
        try:
            return self.checked(running)
        finally:
            proxy.signal(signal.SIGKILL)
            proxy.end()

    def _do_sync(self, step: Step) -> str:
        laptop = self.laptops[step["laptop"]]
        ran = self.sync(laptop, step)
        if ran.code == 0:
            here, there = self.look(laptop.name), self.look(HUB)
            self.oracle.same((laptop.name, here), (HUB, there), {self.spaces[one] for one in laptop.inspections})
        return f"{ran.code} {ran.errors}"

    def sync(self, laptop: Laptop, step: Step) -> Ran:
        serving = self.hub.pid()
        words = (*laptop.opening, "sync", "--hub", proxies.address(self.hub.door), "--pin", self.hub.pin)
        running = self.programs.begin(*words)
        pids = {"asking": running.pid, "hub": serving}
        ran = self._through(self.hub.door, self.hub.port, running, step, pids)
        self.oracle.meets(laptop.name, HUB)
        self.hub.notice(killed=step.get("trouble") == "hub")
        return ran

    def _do_pack(self, step: Step) -> str:
        laptop, stick = self.laptops[step["laptop"]], f"stick {step['stick']}"
        words = ("package", "write", self.folder / "sticks" / stick, "--all", "--code", CODE)
        ran = self.run(*laptop.opening, *words)
        self.oracle.known[stick] = set(self.oracle.known[laptop.name])
        return f"{ran.code} {ran.errors}"

    def _do_unpack(self, step: Step) -> str:
        laptop, stick = self.laptops[step["laptop"]], f"stick {step['stick']}"
        words = ("package", "read", self.folder / "sticks" / stick, "--code", CODE, "--yes")
        running = self.programs.begin(*laptop.opening, *words)
        if "kill" in step:
            time.sleep(step["kill"] / 1000)
            running.signal(signal.SIGKILL)
        ran = self.checked(running)
        self.oracle.known[laptop.name] |= self.oracle.known.get(stick, set())
        return f"{ran.code} {ran.errors}"

    def _do_receipt(self, step: Step) -> str:
        laptop, stick = self.laptops[step["laptop"]], f"stick {step['stick']}"
        ran = self.run(*laptop.opening, "package", "receipt", self.folder / "sticks" / stick)
        return f"{ran.code} {ran.errors}"

    def _do_decide(self, step: Step) -> str:
        laptop, space = self.laptops[step["laptop"]], self.spaces[step["inspection"]]
        told = self.run(*laptop.opening, "conflicts", space, "--json")
        found = json.loads(told.out or "[]")
        if not found:
            return f"nothing to decide {told.errors}"
        ran = self.run(*laptop.opening, "decide", space, found[0]["code"], "--keep", "A", "--json")
        if ran.code == 0:
            self.oracle.decides(laptop.name, json.loads(ran.out)["hash"])
        return f"{ran.code} {ran.errors}"

    def _do_copy(self, step: Step) -> str:
        laptop = self.laptops[step["laptop"]]
        shutil.copytree(laptop.home, self.copy_of(step["copy"]))
        self.kept[step["copy"]] = set(self.oracle.known[laptop.name])
        return "ok"

    def copy_of(self, number: int) -> Path:
        return self.folder / "copies" / str(number)

    def _do_restore(self, step: Step) -> str:
        laptop, copy = self.laptops[step["laptop"]], self.copy_of(step["copy"])
        if step["copy"] not in self.kept:
            return "no copy"
        before = self.look(laptop.name)
        marks = {file.name: file.read_bytes() for file in laptop.home.glob("highwater.*")} if step["keep_marks"] else {}
        laptop.disk.free()
        shutil.rmtree(laptop.home)
        shutil.copytree(copy, laptop.home)
        for name, data in marks.items():
            (laptop.home / name).write_bytes(data)
        self.oracle.known[laptop.name] = set(self.kept[step["copy"]])
        self.oracle.goes(before, self.look_everywhere())
        return f"{len(self.oracle.forgiven)} forgiven"

    def _do_clone(self, step: Step) -> str:
        like = self.laptops[step["like"]]
        if step["laptop"] in self.laptops:
            return "there already"
        made = self.laptop(step["laptop"], like.inspections)
        shutil.copytree(like.home, made.home)
        shutil.copyfile(like.key, made.key)
        self.oracle.known[made.name] = set(self.oracle.known[like.name])
        return "ok"

    def _do_fill(self, step: Step) -> str:
        if step["place"] not in self.disks:
            return "no such disk"
        self.disks[step["place"]].fill(step["leave"])
        return "filled" if self.disks[step["place"]].full else "not a small disk"

    def _do_free(self, step: Step) -> str:
        for disk in self.disks.values():
            disk.free()
        return "ok"

    def _do_hub_kill(self, step: Step) -> str:
        self.hub.stop()
        return "ok"

    def _do_hub_backup(self, step: Step) -> str:
        ran = self.hub.back_up()
        return f"{ran.code} {self.expected(ran).errors}"

    def _do_hub_restore(self, step: Step) -> str:
        backup = self.hub.backup(step["which"])
        if backup is None:
            return "no backup"
        before = self.look(HUB)
        ran = self.hub.set_back(backup, f"hub{len(self.told)}")
        if ran.code == 0:
            self.oracle.goes(before, self.look_everywhere())
        return f"{ran.code} {ran.errors} {len(self.oracle.forgiven)} forgiven"

    # ------------------------------------------------------------ the end

    def finish(self) -> None:
        """Everything is mended, everybody meets the hub until nothing moves; then it is judged."""
        for disk in self.disks.values():
            disk.free()
        for turn in range(ROUNDS):
            ends = {name: self.sync(laptop, {}) for name, laptop in self.laptops.items()}
            if turn and all(ran.code == 0 and _moved_nothing(ran) for ran in ends.values()):
                break
        else:
            told = "\n".join(f"{name}: {ran.code}\n{ran.out}{ran.err}" for name, ran in ends.items())
            raise Violation(f"never quiet\n{told}")
        places = {
            space: {HUB, *(one.name for one in self.laptops.values() if number in one.inspections)}
            for number, space in enumerate(self.spaces)
        }
        self.oracle.judge(self.look_everywhere(closely=True), places)
        for laptop in self.laptops.values():
            self.must(*laptop.opening, "verify")
        self.hub.stop()


_VISIT = {"form": "on_site", "visit_date": "2026-11-26"}


def _moved_nothing(ran: Ran) -> bool:
    return "chưa khớp" not in ran.out.lower() and not re.search(r"gửi [1-9]|nhận [1-9]", ran.out)
