#!/usr/bin/env python3
"""Everything a developer does with this program, from a bare Python 3.11 or newer and nothing else.

    python3 dev.py                      set up, then open the program
    python3 dev.py test [--all] [ARGS]  run the tests; ARGS go to pytest; --all adds what needs more of the system
    python3 dev.py check                lint, format, types, contracts between rooms, lock files, documentation
    python3 dev.py inspector ARGS       the command line of the program, in the folder where you are
    python3 dev.py bench [NAME[:SIZE]]  measure one thing, or everything
    python3 dev.py screenshots DIR      draw every screen, light and dark, at every scale, in both languages
    python3 dev.py fuzz NAME [N]        search for trouble with N random inputs; end-to-end --minutes M, --replay FILE
    python3 dev.py docs                 write the generated pages of docs/ again
    python3 dev.py lock [--upgrade]     write the lock files again after pyproject.toml changed (needs uv)
    python3 dev.py help                 this text

The environment is made in .venv from requirements-dev.lock, with hashes, and made again when the lock changes.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "made-from"
LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"
# A PostgreSQL in a wheel and what speaks to it: 90 MB that the tests of one group need.
POSTGRES_LOCK = ROOT / "requirements-postgres.lock"
PROJECT = ROOT / "pyproject.toml"
LINUX = sys.platform.startswith("linux")

# What a bare Debian lacks: ensurepip for the environment, and the libraries Qt is linked to, with their packages.
APT_PYTHON = ("python3-venv",)
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# And what it is linked to where it draws on a screen of X or Wayland; tests need no screen.
APT_SCREEN = (
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxkbcommon-x11-0",
    "libwayland-cursor0",
)


class Group(NamedTuple):
    """Tests that need more of the system than Python, or minutes; a pytest marker of the same name picks them."""

    purpose: str
    apt: tuple[str, ...]
    programs: tuple[str, ...]
    linux_only: bool = True
    by_path: bool = False
    """Whether it is also run where tests are asked for by path, as those who work on them do."""
    long: bool = False
    """Whether it takes more time than ``--all`` has, and runs by its name only."""
    packages: Path | None = None


GROUPS = {
    "pages": Group(
        "turn documents into PDF and pictures of pages",
        apt=("libreoffice-writer-nogui", "fonts-liberation2", "poppler-utils"),
        programs=("soffice", "pdftoppm", "pdftotext"),
        linux_only=False,
    ),
    "small_disk": Group("fill a file system of a few MiB", apt=("mount",), programs=("mount", "umount")),
    "power_cut": Group("record every write and cut the power between two", apt=("strace",), programs=("strace",)),
    "keychain": Group(
        "keep a secret in a real system keychain",
        apt=("gnome-keyring", "dbus-x11"),
        programs=("gnome-keyring-daemon", "dbus-daemon"),
    ),
    "input_method": Group(
        "type Vietnamese through a real input method",
        apt=(
            *("xvfb", "xauth", "xdotool", "openbox", "dbus-x11", "ibus", "ibus-unikey"),
            *("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxkbcommon-x11-0"),
        ),
        programs=("xvfb-run", "xdotool", "openbox", "dbus-run-session", "ibus-daemon"),
    ),
    "window": Group("work on every page of the window (minutes)", apt=(), programs=(), by_path=True),
    "laptops": Group("let laptops and a hub meet, invite, decide and seal", apt=(), programs=(), by_path=True),
    "documents": Group("look into documents and workbooks of every kind", apt=(), programs=(), by_path=True),
    "every_screen": Group("go through every screen, in every theme, scale and language (minutes)", apt=(), programs=()),
    "postgres": Group(
        "keep the log of a hub in a real PostgreSQL, started by the tests",
        apt=(),
        programs=(),
        linux_only=False,
        packages=POSTGRES_LOCK,
    ),
    "many_kills": Group("kill the program some hundred times (minutes)", apt=(), programs=()),
    "end_to_end": Group(
        "live through plans of laptops and a hub with kills, cuts, full disks and disks set back (2 minutes)",
        apt=("mount",),
        programs=("mount", "umount"),
    ),
    "packages": Group("exchange by package in many histories and every order", apt=(), programs=()),
    "many_meetings": Group("let laptops of random histories meet over HTTPS", apt=(), programs=()),
    "many_laptops": Group(
        "let twelve laptops meet on one emulated radio", apt=("iproute2",), programs=("ip", "unshare"), long=True
    ),
}


class NotRun(NamedTuple):
    """Why a group is left out; what the kernel or system forbids is nobody's fault, the rest fails a CI run."""

    reason: str
    forbidden: bool = False


# ---------------------------------------------------------------- the prepared environment


def say(text: str) -> None:
    """To stderr: stdout belongs to the program that is started."""
    print(text, file=sys.stderr, flush=True)


def environment() -> dict[str, str]:
    """The caller's variables, with this checkout importable and UTF-8 on every system.

    Compiled modules are kept: tests start the program some hundred times.
    """
    foreign = ("PYTHONHOME", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def call(*command: object, quiet: bool = False) -> int:
    output = subprocess.DEVNULL if quiet else None
    parts = [str(part) for part in command]
    return subprocess.run(parts, cwd=ROOT, env=environment(), stdout=output, stderr=output, check=False).returncode


def is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def apt_line(packages: tuple[str, ...]) -> str:
    return "sudo apt-get install -y --no-install-recommends " + " ".join(packages)


def apt_install(packages: tuple[str, ...]) -> bool:
    """Install what is missing, as root on Debian and its kin; False where that cannot be done."""
    missing = [name for name in packages if call("dpkg", "-s", name, quiet=True)] if shutil.which("dpkg") else []
    if not shutil.which("apt-get") or not is_root():
        return False
    if not missing:
        return True
    say("Installing " + " ".join(missing))
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    call("apt-get", "update", "-q", quiet=True)
    return call("apt-get", "install", "-y", "-q", "--no-install-recommends", *missing, quiet=True) == 0


def need_ensurepip() -> None:
    try:
        import ensurepip  # noqa: F401  -- Debian splits it out; only its presence matters
    except ImportError:
        if not apt_install(APT_PYTHON):
            sys.exit(f"This Python cannot make environments (ensurepip is missing). Run:  {apt_line(APT_PYTHON)}")


def need_qt() -> None:
    """Qt comes with its wheel, but not what it is linked to."""
    missing = tuple(package for library, package in QT_LIBRARIES.items() if LINUX and not loads(library))
    if missing and not apt_install(missing):
        sys.exit(f"Qt needs libraries of the system. Run:  {apt_line(missing)}")


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def need_screen() -> None:
    """The program draws on a screen; without one, what to do instead."""
    if not LINUX:
        return
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        sys.exit(NO_SCREEN)
    if call(PYTHON, "-c", LOAD_SCREEN, quiet=True) and not apt_install(APT_SCREEN):
        sys.exit(f"Drawing on the screen needs libraries of the system. Run:  {apt_line(APT_SCREEN)}")


NO_SCREEN = """\
Phiên này không có màn hình (DISPLAY, WAYLAND_DISPLAY) nên không mở được cửa sổ. Các cách làm tiếp:
This session has no screen (DISPLAY, WAYLAND_DISPLAY), so no window can be opened. What to do:

    in a desktop session:            python3 dev.py
    on a virtual screen:             xvfb-run python3 dev.py     (sudo apt-get install -y xvfb xauth)
    everything by command:           python3 dev.py inspector --help
    a workspace to try it on:        python3 dev.py inspector --home DEMO demo
"""
# Fails where the plugin of Qt for X cannot be loaded because a library it is linked to is missing.
LOAD_SCREEN = """\
import ctypes, pathlib, PySide6.QtGui
ctypes.CDLL(str(pathlib.Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / "libqxcb.so"))
"""


def prepare(needs: Callable[[], None]) -> None:
    """Make ``.venv`` from the development lock, unless it was made from exactly this lock, Python and place.

    ``needs`` installs what the system lacks for a command; it takes its time beside pip.
    """
    wanted = fingerprint()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        needs()
        return
    need_ensurepip()
    with ThreadPoolExecutor() as beside:
        needed = beside.submit(needs)
        make_environment()
        needed.result()
    STAMP.write_text(wanted, encoding="utf-8")


def make_environment() -> None:
    say("Preparing .venv (about half a minute)")
    import venv  # not every Debian Python has it before need_ensurepip

    venv.create(VENV, with_pip=True, clear=VENV.exists())
    if pip_install(DEV_LOCK):
        sys.exit("pip could not install the locked packages (see above). It needs the network once; run this again.")


def pip_install(lock: Path) -> int:
    """Install what a lock file names; the exit code of pip."""
    # Modules are compiled when they are first imported: most never are.
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "-qq", "--no-deps", "--no-compile")
    return call(*pip, "--require-hashes", "--only-binary", ":all:", "-r", lock)


def fingerprint() -> str:
    parts = [DEV_LOCK.read_text(encoding="utf-8"), sys.version, str(ROOT)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


# ---------------------------------------------------------------- tests


def when(name: str) -> str:
    """When a group runs that a plain run leaves out."""
    return f"takes long, only with --groups={name}" if GROUPS[name].long else "only with --all"


def group_state(name: str) -> NotRun | None:
    """None if the group can run here."""
    group = GROUPS[name]
    if group.long:
        return NotRun(when(name), forbidden=True)
    if group.linux_only and not LINUX:
        return NotRun("only on Linux", forbidden=True)
    absent = [program for program in group.programs if not shutil.which(program)]
    if absent:
        return NotRun(f"{', '.join(absent)} missing; {apt_line(group.apt)}")
    if group.packages is not None and pip_install(group.packages):
        return NotRun(f"pip could not install {group.packages.name}")
    if name == "small_disk" and not may_mount():
        return NotRun("mounting is not allowed here", forbidden=True)
    if name == "power_cut" and call("strace", "-f", "-o", os.devnull, "true", quiet=True):
        return NotRun("tracing a process is not allowed here", forbidden=True)
    return None


def may_mount() -> bool:
    with tempfile.TemporaryDirectory() as place:
        trial = f"mount -t tmpfs -o size=1m tmpfs {place} && umount {place}"
        return call(*own_mounts(), "sh", "-c", trial, quiet=True) == 0


def own_mounts() -> tuple[str, ...]:
    """What an ordinary user puts before a command that mounts something; root needs nothing."""
    return () if is_root() else ("unshare", "-Urm")


def run_tests(arguments: list[str]) -> int:
    everything = "--all" in arguments
    rest = [argument for argument in arguments if argument != "--all"]
    if everything:
        apt_install(tuple(package for group in GROUPS.values() if not group.long for package in group.apt))
        left_out = {name: state for name in GROUPS if (state := group_state(name))}
    else:
        asked = asked_by_path(rest)
        left_out = {name: NotRun(when(name), forbidden=True) for name in GROUPS if name not in asked}
    ready = [name for name in GROUPS if name not in left_out]
    apart = ["small_disk"] if "small_disk" in ready and not is_root() else []
    codes = [run_pytest(rest, groups=[name for name in ready if name not in apart])]
    codes += [run_pytest([*rest, "-m", name], groups=[name], before=own_mounts()) for name in apart]
    for name, state in left_out.items():
        print(f"not run: {name}: {state.reason}", flush=True)
    missed = [name for name, state in left_out.items() if not state.forbidden]
    if missed and os.environ.get("CI"):
        say(f"In CI every group has to run: {', '.join(missed)}")
        codes.append(1)
    return max(codes)


def asked_by_path(arguments: list[str]) -> set[str]:
    """The groups that run because a part of the tests is named."""
    paths = [(ROOT / argument.split("::")[0]).resolve() for argument in arguments]
    named = any(path.exists() and ROOT / "tests" in path.parents for path in paths)
    return {name for name, group in GROUPS.items() if group.by_path and named}


def run_pytest(arguments: list[str], groups: list[str], before: tuple[str, ...] = ()) -> int:
    # Several processes pay off for the whole suite only; starting them costs more than a few test files.
    cores = min(os.cpu_count() or 1, 8)
    whole = all(argument in ("-q", "-v", "-x") for argument in arguments)
    workers = ["-n", str(cores), "--dist", "worksteal"] if whole and cores > 1 else []
    asked = [f"--groups={','.join(groups)}"] if groups else []
    return call(*before, PYTHON, "-m", "pytest", *workers, *asked, *arguments)


# ---------------------------------------------------------------- checks


def run_check() -> int:
    module = (PYTHON, "-m")
    steps: list[tuple[str, tuple[object, ...]]] = [
        ("lint", (*module, "ruff", "check", ".")),
        ("format", (*module, "ruff", "format", "--check", ".")),
        ("types", (*module, "mypy")),
        (
            "contracts",
            (PYTHON, "-c", "import importlinter.cli as c; c.lint_imports_command()", "--no-cache", "--no-logo"),
        ),
        ("documentation", (*module, "pytest", "-q", "-p", "no:randomly", "-m", "documentation")),
    ]
    failed = [name for name, command in steps if call(*command)]
    faults = lock_faults()
    for fault in faults:
        say(fault)
    failed += ["locks"] if faults else []
    say(f"check: failed: {', '.join(failed)}" if failed else "check: passed")
    return 1 if failed else 0


def declared() -> str:
    """Digest of everything in pyproject.toml that the lock files are made from; their first line repeats it."""
    import tomllib  # new in 3.11, and older versions are to be refused with a sentence

    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    chosen = [
        project["project"]["dependencies"],
        project["project"]["optional-dependencies"],
        project["dependency-groups"],
        project["project"]["requires-python"],
    ]
    return hashlib.sha256(json.dumps(chosen, sort_keys=True).encode()).hexdigest()


def pins(lock: Path) -> dict[str, str]:
    """Name → version in a lock file."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    found = (re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*])?==([^ ;\\]+)", line) for line in lines)
    return {match[1]: match[2] for match in found if match}


def lock_faults() -> list[str]:
    """What is wrong with the lock files, one sentence each."""
    faults = []
    for lock in (LOCK, DEV_LOCK, POSTGRES_LOCK):
        text = lock.read_text(encoding="utf-8")
        if text.splitlines()[0] != lock_head():
            faults.append(f"{lock.name} is not made from this pyproject.toml: run  python3 dev.py lock")
        if "://" in text or re.search(r"^\s*-", text.replace("    --hash=", ""), re.MULTILINE):
            faults.append(f"{lock.name} names an address or an option of one machine")
        if len(re.findall(r"^\w", text, re.MULTILINE)) != len(
            re.findall(r"^\w.*\\\n    --hash=sha256:", text, re.MULTILINE)
        ):
            faults.append(f"{lock.name} has a package without a hash")
    newer = sorted(set(pins(LOCK).items()) - set(pins(DEV_LOCK).items()))
    return faults + [f"{name} {version} is in {LOCK.name} only" for name, version in newer]


def lock_head() -> str:
    return f"# Written by: python3 dev.py lock, from {declared()}"


def write_locks(options: list[str]) -> int:
    uv = shutil.which("uv")
    if not uv:
        sys.exit("Writing the lock files needs uv (python3 -m pip install uv); using them does not.")
    fixed = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet")
    # The run-time lock takes its versions from the development lock, so that what is tested is what is shipped.
    same = ("--constraint", DEV_LOCK.name)
    made: list[tuple[Path, tuple[str, ...]]] = [
        (DEV_LOCK, (PROJECT.name, "--group", "dev")),
        (LOCK, (PROJECT.name, *same)),
        (POSTGRES_LOCK, ("--group", "postgres", *same)),
    ]
    for lock, sources in made:
        if call(uv, "pip", "compile", *sources, *fixed, *options, "--output-file", lock.name):
            return 1
        lock.write_text(f"{lock_head()}\n{lock.read_text(encoding='utf-8')}", encoding="utf-8", newline="\n")
    for fault in (faults := lock_faults()):
        say(fault)
    return 1 if faults else 0


# ---------------------------------------------------------------- the program


def inspector(arguments: list[str]) -> int:
    """The command line, in the caller's folder; on POSIX the program takes this process over, signals and all."""
    # -P: a folder called "inspector" where the caller stands is not the program.
    command = [str(PYTHON), "-P", "-m", "inspector", *arguments]
    if os.name == "posix":
        sys.stdout.flush()
        os.execve(command[0], command, environment())  # noqa: S606  -- no shell is wanted
    return subprocess.run(command, env=environment(), check=False).returncode


def write_pages() -> int:
    return call(PYTHON, "-m", "inspector.services.reference_pages") or call(PYTHON, "-m", "inspector.hub.description")


def open_program() -> int:
    need_screen()
    return inspector([])


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036  -- this line is for those who start it with something older
        sys.exit(f"Inspector needs Python 3.11 or newer; this is {sys.version.split()[0]} ({sys.executable}).")
    command, *rest = arguments or ["open"]
    if command in ("help", "-h", "--help"):
        print(__doc__)
        return 0
    if command == "lock":
        return write_locks(rest)
    commands: dict[str, Callable[[], int]] = {
        "open": open_program,
        "test": lambda: run_tests(rest),
        "check": run_check,
        "inspector": lambda: inspector(rest),
        "bench": lambda: call(PYTHON, "-m", "tests.bench", *rest),
        "screenshots": lambda: call(PYTHON, "-m", "tests.ui.screenshots", *map(os.path.abspath, rest[:1]), *rest[1:]),
        "fuzz": lambda: call(PYTHON, "-m", "tests.fuzz", *rest),
        "docs": write_pages,
    }
    if command not in commands:
        say(f"dev.py has no command {command!r}.\n{__doc__}")
        return 2
    with_qt = command in ("open", "test", "check", "bench", "screenshots")
    prepare(need_qt if with_qt else lambda: None)
    return commands[command]()


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a console, not a StringIO
    sys.exit(main(sys.argv[1:]))
