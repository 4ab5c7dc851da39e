"""How often somebody may try: so many times in so many seconds from one address, counted in this process."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from inspector.domain.errors import Refused

_MOST_KNOWN = 10_000


class Tries:
    """``most`` counted tries in ``seconds`` of each."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, who: str) -> None:
        """Raises ``Refused`` (``too-many-tries``) where there were too many; ``seconds`` is when to come again."""
        with self._lock:
            tries = self._tries.get(who, deque())
            while tries and tries[0] <= self._clock() - self._seconds:
                tries.popleft()
            if len(tries) >= self._most:
                raise Refused("too-many-tries", seconds=int(tries[0] + self._seconds - self._clock()) + 1)

    def count(self, who: str) -> None:
        with self._lock:
            self._tries.setdefault(who, deque()).append(self._clock())
            self._tries.move_to_end(who)
            while len(self._tries) > _MOST_KNOWN:
                self._tries.popitem(last=False)
