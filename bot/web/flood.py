"""How fast one browser may send: a bucket of tokens that refills with time."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_BUCKETS = 10_000


@dataclass(slots=True)
class Flood:
    """At most ``burst`` messages at once and ``per_second`` in the long run, for each ``who``."""

    burst: float = 30.0
    per_second: float = 1.0
    clock: Callable[[], float] = time.monotonic
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)

    def admit(self, who: str) -> bool:
        """Take a token of ``who``; False when there is none left."""
        now = self.clock()
        tokens, since = self._buckets.pop(who, (self.burst, now))
        tokens = min(self.burst, tokens + (now - since) * self.per_second)
        admitted = tokens >= 1
        self._buckets[who] = (tokens - 1 if admitted else tokens, now)
        if len(self._buckets) > MOST_BUCKETS:
            del self._buckets[next(iter(self._buckets))]
        return admitted
