"""Laptops on one emulated radio: ``python -m tests.hub.links N MBIT DELAY_MS LOSS_% [CUT_EVERY CUT_FOR]``.

N network namespaces n0, n1 … (10.77.0.1 …) share one medium with a rate, a delay each way, a loss per packet, a queue
of 300 ms, and a darkness of ``CUT_FOR`` seconds in every ``CUT_EVERY``. Says "ready"; ends with SIGTERM and takes the
namespaces along. Needs root and /dev/net/tun; to be run inside ``unshare -m -n``.
"""

from __future__ import annotations

import fcntl
import heapq
import os
import random
import select
import signal
import struct
import subprocess
import sys
import time

_TUNSETIFF, _TAP, _QUEUE_SECONDS = 0x400454CA, 0x1002, 0.3


def _plug(number: int) -> tuple[int, bytes]:
    """The radio of one laptop: the descriptor that carries its frames, and its hardware address."""
    _ip("netns", "add", f"n{number}")
    descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(descriptor, _TUNSETIFF, struct.pack("16sH", b"tp%d" % number, _TAP))
    _ip("link", "set", f"tp{number}", "netns", f"n{number}", "name", "eth0")
    mac = bytes([2, 0, 0, 0, 0, number])
    lines = (
        "link set lo up",
        f"link set eth0 address {mac.hex(':')}",
        f"addr add 10.77.0.{number + 1}/24 brd + dev eth0",
    )
    _ip("-n", f"n{number}", "-batch", "-", said="\n".join([*lines, "link set eth0 up", ""]))
    return descriptor, mac


def _ip(*words: str, said: str | None = None) -> None:
    subprocess.run(("ip", *words), check=True, input=None if said is None else said.encode())


def main(arguments: list[str]) -> None:
    count, rate, delay, loss, every, dark = (float(word) for word in [*arguments, "0", "0"][:6])
    chance, stop = random.Random(1), [False]
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.__setitem__(0, True))
    radios = dict(_plug(number) for number in range(int(count)))
    to = {mac: descriptor for descriptor, mac in radios.items()}
    poll = select.epoll()
    for descriptor in radios:
        poll.register(descriptor, select.EPOLLIN)
    print("ready", flush=True)  # noqa: T201 - who started it waits for this
    on_the_way: list[tuple[float, int, int, bytes]] = []
    sent, free, begun = 0, 0.0, time.monotonic()
    while not stop[0]:
        left = on_the_way[0][0] - time.monotonic() if on_the_way else 0.2
        for descriptor, _ in poll.poll(max(0.0, left)):
            for frame in _frames(descriptor):
                now = time.monotonic()
                is_dark = every and (now - begun) % every > every - dark
                if is_dark or chance.random() < loss / 100 or free - now > _QUEUE_SECONDS:
                    continue
                free = max(now, free) + len(frame) / (rate * 125_000)
                sent += 1
                heapq.heappush(on_the_way, (free + delay / 1000, sent, descriptor, frame))
        while on_the_way and on_the_way[0][0] <= time.monotonic():
            _, _, source, frame = heapq.heappop(on_the_way)
            _deliver(frame, [to[frame[:6]]] if frame[:6] in to else [one for one in radios if one != source])
    for number in range(int(count)):
        _ip("netns", "del", f"n{number}")


def _frames(descriptor: int) -> list[bytes]:
    found: list[bytes] = []
    while len(found) < 64:
        try:
            found.append(os.read(descriptor, 2048))
        except BlockingIOError:
            break
    return found


def _deliver(frame: bytes, descriptors: list[int]) -> None:
    for descriptor in descriptors:
        try:
            os.write(descriptor, frame)
        except OSError:
            continue  # its queue is full: lost, as on a radio


if __name__ == "__main__":
    main(sys.argv[1:])
