"""People of equal speed who press at the end of unequal networks, honest ones and cheats.

A network has a shortest one-way time, split unevenly between the two directions, and jitter that only ever
adds: an exponential one of its own size, and now and then a stall. People see the opening when it reaches
their pad and press after a reaction time that is the same law for everybody.
"""

import random
from dataclasses import dataclass, field

from exams.contests.rules import buzzer
from exams.contests.rules.round_trip import KEPT, RoundTrips

REACTION_MS, REACTION_SPREAD_MS, QUICKEST_MS = 350.0, 70.0, 180.0
STALLS, STALL_MS = 0.02, 250.0


@dataclass
class Network:
    """A way to the server: its shortest one-way time in milliseconds; jitter grows with it."""

    one_way_ms: float
    chance: random.Random
    down: float = field(init=False)

    def __post_init__(self) -> None:
        self.down = self.one_way_ms * self.chance.uniform(0.7, 1.3)

    def _jitter(self) -> float:
        stall = self.chance.uniform(0, STALL_MS) if self.chance.random() < STALLS else 0.0
        return self.chance.expovariate(1 / (2 + 0.1 * self.one_way_ms)) + stall

    def downward(self) -> float:
        """From the server to the pad."""
        return self.down + self._jitter()

    def upward(self) -> float:
        """From the pad to the server."""
        return 2 * self.one_way_ms - self.down + self._jitter()


@dataclass
class Pad:
    """A pad. A cheat holds every echo back by `delay_ms`, or stamps its messages by a clock set back."""

    network: Network
    delay_ms: float = 0.0
    clock_back_ms: float = 0.0
    trips: RoundTrips = field(default_factory=RoundTrips)
    asked: int = 0

    def ping(self, at_ms: float) -> None:
        """One measurement, as the server makes it."""
        self.asked += 1
        self.trips.sent(str(self.asked), at_ms)
        back = at_ms + self.network.downward() + self.delay_ms + self.network.upward()
        self.trips.answered(str(self.asked), back)

    def message(self, chance: random.Random) -> tuple[float, dict[str, float]]:
        """When the press arrives, milliseconds after the opening, and what it says: its own clock, too."""
        reaction = max(QUICKEST_MS, chance.gauss(REACTION_MS, REACTION_SPREAD_MS))
        pressed = self.network.downward() + reaction
        return pressed + self.network.upward(), {"turn": 1, "clock": pressed - self.clock_back_ms}


def receive(seat: int, arrived: float, message: dict[str, float], pad: Pad, cap_ms: int) -> buzzer.Press:
    """What the server makes of a press: its own receipt, and a correction from its own measurements."""
    assert message["turn"] == 1
    return buzzer.Press(seat, arrived, buzzer.correction_ms(pad.trips.minimum_ms, cap_ms))


def match(pads: dict[int, Pad], turns: int, chance: random.Random, cap_ms: int) -> list[list[buzzer.Press]]:
    """`turns` questions of one match: the presses of each. The pads are measured before, and once a turn."""
    for number in range(KEPT):
        for pad in pads.values():
            pad.ping(1000.0 * number)
    played = []
    for number in range(turns):
        for pad in pads.values():
            pad.ping(1000.0 * (KEPT + number))
        played.append([receive(seat, *pad.message(chance), pad, cap_ms) for seat, pad in pads.items()])
    return played
