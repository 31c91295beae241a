"""How far away a pad is: round trips measured by the server alone.

The server sends a nonce and takes the time; the pad sends the nonce back; the server takes the time again.
No moment of the pad's own clock is read. What counts is the rolling minimum of the last measurements: a
network can only add to the shortest way there is, so the minimum is the way itself and not the crowd on it.
A pad that holds its echo back looks farther away than it is; what that may bring is bounded by the cap of
`buzzer.correction_ms`, and to look so it has to hold back every echo of the whole window.
"""

import itertools
import statistics
from collections import deque
from dataclasses import dataclass, field

KEPT = 20
"""How many measurements the rolling minimum looks back on."""

LEAST = 3
"""Fewer measurements than this say nothing: the pad counts as not measured."""

LONGEST_MS = 5_000
"""An echo that takes longer than this measures a pad that slept and not the way to it."""

MOST_UNDERWAY = 8
"""Nonces remembered as sent; older ones count as lost."""


@dataclass
class RoundTrips:
    """The measurements of one pad on one connection. Moments are milliseconds of one steady clock."""

    kept: deque[float] = field(default_factory=lambda: deque(maxlen=KEPT))
    underway: dict[str, float] = field(default_factory=dict)

    def sent(self, nonce: str, at_ms: float) -> None:
        """A nonce has left the server at `at_ms`. The oldest of too many unanswered ones is given up."""
        self.underway[nonce] = at_ms
        while len(self.underway) > MOST_UNDERWAY:
            del self.underway[next(iter(self.underway))]

    def answered(self, nonce: str, at_ms: float) -> float | None:
        """The nonce has come back at `at_ms`: the round trip in milliseconds.

        None, and nothing counted, for a nonce that was never sent, came back before, or took less than no
        time or more than `LONGEST_MS`.
        """
        begun = self.underway.pop(nonce, None)
        if begun is None or not 0 <= at_ms - begun <= LONGEST_MS:
            return None
        self.kept.append(at_ms - begun)
        return at_ms - begun

    @property
    def minimum_ms(self) -> float | None:
        """The shortest of the last `KEPT` round trips, or None before there are `LEAST` of them."""
        return min(self.kept) if len(self.kept) >= LEAST else None

    @property
    def median_ms(self) -> float | None:
        """The middle one of the last `KEPT` round trips, or None before there are `LEAST` of them."""
        return statistics.median(self.kept) if len(self.kept) >= LEAST else None

    @property
    def jitter_ms(self) -> float | None:
        """The mean step from one measurement to the next, or None before there are `LEAST` of them."""
        if len(self.kept) < LEAST:
            return None
        measured = list(self.kept)
        return statistics.fmean(abs(b - a) for a, b in itertools.pairwise(measured))
