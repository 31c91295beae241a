"""Chance that anyone can recompute: a documented generator on HMAC-SHA256.

The stream for (seed, label) is HMAC-SHA256(key=seed, message=label || 0x00 || counter) for counter
0, 1, 2, ... as eight big-endian bytes, concatenated. A number below n is drawn from the next eight
bytes as a big-endian integer, refused and drawn again when it falls in the last incomplete multiple
of n, so that every value is equally likely. A shuffle is Fisher-Yates from the end. The results are
the same on every machine and version of Python.
"""

import hashlib
import hmac
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_SPAN = 1 << 64


class Draw:
    """A stream of choices that depends on `seed` (bytes, secret until published) and `label` alone."""

    def __init__(self, seed: bytes, label: str) -> None:
        self._seed = seed
        self._label = label.encode()
        self._counter = 0
        self._buffer = b""

    def _eight_bytes(self) -> int:
        if not self._buffer:
            message = self._label + b"\x00" + self._counter.to_bytes(8, "big")
            self._buffer = hmac.new(self._seed, message, hashlib.sha256).digest()
            self._counter += 1
        taken, self._buffer = self._buffer[:8], self._buffer[8:]
        return int.from_bytes(taken, "big")

    def below(self, n: int) -> int:
        """An integer from 0 to n - 1, each equally likely. Raises ValueError when n < 1."""
        if n < 1:
            raise ValueError("n must be at least 1")
        limit = _SPAN - _SPAN % n
        while (number := self._eight_bytes()) >= limit:
            pass
        return number % n

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """A new list with the same items in drawn order."""
        drawn = list(items)
        for last in range(len(drawn) - 1, 0, -1):
            other = self.below(last + 1)
            drawn[last], drawn[other] = drawn[other], drawn[last]
        return drawn

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """`count` different items in drawn order. Raises ValueError when there are fewer."""
        if count > len(items):
            raise ValueError(f"asked for {count} of {len(items)}")
        return self.shuffled(items)[:count]
