"""``python -m tests.ends PLAN [FAULT]``: live through the plan in a file, in a folder ``world`` beside it.

One line of JSON tells how it ended.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
import traceback
from pathlib import Path

from tests.ends import faults, plans
from tests.ends.programs import Violation, warm_up
from tests.ends.world import World


def main(file: str, fault: str = "none") -> int:
    plan = plans.read(Path(file))
    folder = Path(file).absolute().with_name("world")
    folder.mkdir()
    _own_account(folder / "account")
    warm_up()
    begun, whose = time.monotonic(), os.getppid()
    world = World(plan, folder, faults.FAULTS[fault])
    failure = None
    try:
        world.begin()
        for number, step in enumerate(plan.steps):
            if os.getppid() != whose:
                raise Violation("whoever wanted this is gone")
            world.do(number, step)
        world.finish()
    except Violation as found:
        failure = str(found)
    except Exception:
        failure = traceback.format_exc()
    finally:
        world.close()
        shutil.rmtree(folder, ignore_errors=True)
    result = {
        "failure": failure,
        "seconds": round(time.monotonic() - begun, 1),
        "receipts": len(world.oracle.promised),
        "forgiven": len(world.oracle.forgiven),
        "told": world.told,
    }
    print(json.dumps(result, ensure_ascii=False))  # noqa: T201 - what it is for
    return 1 if failure else 0


def _own_account(home: Path) -> None:
    """No keychain and no folders of the person at this machine."""
    home.mkdir()
    os.environ.update(HOME=str(home), PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring")
    for name in ("INSPECTOR_HOME", "INSPECTOR_KEY_FILE", "DBUS_SESSION_BUS_ADDRESS"):
        os.environ.pop(name, None)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
