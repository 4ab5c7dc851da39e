"""Eight laptops write while somebody follows the arrival numbers: how many records does that reader never see?"""

from __future__ import annotations

import threading
from collections.abc import Sequence

from inspector.storage.hub.log import HubLog
from tests.merge.replica import SPACE
from tests.storage.hub.streams import stream

WRITERS = 8
_BATCH = 20
_PAGE = 200


def missed(hubs: Sequence[HubLog], records: int) -> int:
    """``records`` are written through the hubs in turn, which have one database; each of them is followed."""
    each = records // WRITERS
    done = threading.Event()
    faults: list[BaseException] = []
    writers = [threading.Thread(target=_write, args=(hubs[n % len(hubs)], n, each, faults)) for n in range(WRITERS)]
    seen: list[set[bytes]] = [set() for _ in hubs]
    readers = [threading.Thread(target=_follow, args=pair) for pair in zip(hubs, seen, [done] * len(hubs), strict=True)]
    for thread in (*readers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    if faults:
        raise faults[0]
    return sum(each * WRITERS - len(found) for found in seen)


def _write(hub: HubLog, number: int, count: int, faults: list[BaseException]) -> None:
    try:
        records = list(stream(f"w{number}", count))
        for at in range(0, count, _BATCH):
            hub.take_in(records[at : at + _BATCH], f"w{number}")
    except BaseException as error:
        faults.append(error)


def _follow(hub: HubLog, seen: set[bytes], done: threading.Event) -> None:
    """Reads on until it has read to the end after everything was written."""
    after, is_last = 0, False
    while True:
        with hub.holdings(SPACE) as holdings:
            page = holdings.feed(after, _PAGE)
        seen.update(record.body for _, record in page)
        if page:
            after = page[-1][0]
        elif is_last:
            return
        else:
            is_last = done.is_set()
