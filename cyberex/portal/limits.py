"""How often may somebody do something? Buckets that fill again with time, one a key."""

from collections import OrderedDict

from cyberex.exercise.clocks import Clocks

MOST_KEYS = 10_000


class PerKey:
    """`most` takes in `window_s` for each key; the oldest keys are forgotten past MOST_KEYS."""

    def __init__(self, clocks: Clocks, most: int, window_s: float) -> None:
        self._clocks = clocks
        self._most = most
        self._window_s = window_s
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> bool:
        """One more; False when there is none left, and nothing is taken then."""
        left = self._now_left(key)
        if left < 1.0:
            return False
        self._keep(key, left - 1.0)
        return True

    def allows(self, key: str) -> bool:
        """Whether `take` would be answered."""
        return self._now_left(key) >= 1.0

    def _now_left(self, key: str) -> float:
        left, at_s = self._left.get(key, (float(self._most), 0.0))
        gained = (self._clocks.monotonic_s() - at_s) * self._most / self._window_s
        return min(float(self._most), left + gained)

    def _keep(self, key: str, left: float) -> None:
        self._left[key] = (left, self._clocks.monotonic_s())
        self._left.move_to_end(key)
        while len(self._left) > MOST_KEYS:
            self._left.popitem(last=False)
