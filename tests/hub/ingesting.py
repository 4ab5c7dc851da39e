"""A program that takes streams into a hub and says which records it may call received: ``ingesting.py FILE SEED``."""

from __future__ import annotations

import sys
import threading

from inspector.storage.hub.log import HubLog
from tests.storage.hub.streams import RULES, stream

WRITERS = 4


def main(address: str, seed: str) -> None:
    """Every line on stdout is the hash of a record that was acknowledged."""
    lock = threading.Lock()
    with HubLog(address, rules=RULES) as hub:

        def write(number: int) -> None:
            records = list(stream(f"{seed} {number}", 400))
            for at in range(0, len(records), 5):
                hub.take_in(records[at : at + 5], "An")
                with lock:
                    sys.stdout.write("".join(f"{one.hash.hex()}\n" for one in records[at : at + 5]))
                    sys.stdout.flush()

        threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
