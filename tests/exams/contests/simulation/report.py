"""The figures of docs/explanation/buzzer.md: `PYTHONPATH=platform:. .venv/bin/python -m tests.exams.contests.simulation.report`.

Prints them; with `--write` puts them into the page. Seeds are fixed: the same figures come every time.
"""

import random
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from exams.contests.rules import buzzer
from tests.exams.contests.simulation.race import Network, Pad, match

DOC = Path(__file__).parents[4] / "docs" / "explanation" / "buzzer.md"
MATCHES, TURNS = 100, 30
NEAR, FAR = 1, 2
FAR_MS = (10, 25, 50, 75, 100, 150, 200, 400, 800)
FIELD_MS = (10, 10, 25, 25, 50, 50, 75, 75)
CHEATS = (
    ("equal and honest", 0.0, 0.0),
    ("echo held back by 50 ms", 50.0, 0.0),
    ("echo held back by 150 ms", 150.0, 0.0),
    ("echo held back by 1,000 ms", 1000.0, 0.0),
    ("clock set back by an hour", 0.0, 3_600_000.0),
)
Pads = Callable[[random.Random], dict[int, Pad]]


def shares(pads: Pads, cap_ms: int, seat: int, matches: int = MATCHES) -> list[float]:
    """The percentage of first places that `seat` takes, match by match. Ties are drawn: all scores are even."""
    rules = buzzer.BuzzerRules(cap_ms=cap_ms, tie_rule=buzzer.DRAW)
    found = []
    for number in range(matches):
        chance = random.Random(f"match {number}")
        played = match(pads(chance), TURNS, chance, cap_ms)
        seed = number.to_bytes(16, "big")
        won = [buzzer.order(p, rules, {}, seed, turn).winner for turn, p in enumerate(played)]
        found.append(100 * sum(one is not None and one.team == seat for one in won) / TURNS)
    return found


def mean(found: list[float]) -> str:
    """The mean with its 95 % interval."""
    half = 1.96 * statistics.stdev(found) / len(found) ** 0.5
    return f"{statistics.mean(found):.1f} ± {half:.1f}"


def pair(far_ms: float, **cheat: float) -> Pads:
    """A pad 10 ms away, and another one `far_ms` away that may cheat."""

    def made(chance: random.Random) -> dict[int, Pad]:
        return {NEAR: Pad(Network(10, chance)), FAR: Pad(Network(far_ms, chance), **cheat)}

    return made


def field(chance: random.Random) -> dict[int, Pad]:
    """Eight teams in one hall and three houses beside it."""
    return {seat: Pad(Network(ms, chance)) for seat, ms in enumerate(FIELD_MS, 1)}


def distances() -> Iterator[str]:
    """Two equal people: how often the far one is first."""
    yield "| One-way time of the far one | First without correction | First with it | Between matches |"
    yield "| --- | --- | --- | --- |"
    for ms in FAR_MS:
        bare, put_right = (shares(pair(ms), cap, FAR) for cap in (0, buzzer.CAP_MS))
        yield f"| {ms} ms | {mean(bare)} % | {mean(put_right)} % | {statistics.stdev(put_right):.1f} |"


def halls() -> Iterator[str]:
    """Eight equal teams: how often each is first."""
    yield "| Eight teams, one-way time | First without correction | First with it |"
    yield "| --- | --- | --- |"
    for seat, ms in enumerate(FIELD_MS, 1):
        bare, put_right = (shares(field, cap, seat) for cap in (0, buzzer.CAP_MS))
        yield f"| {ms} ms | {mean(bare)} % | {mean(put_right)} % |"


def gain_ms(delay_ms: float, back_ms: float) -> float:
    """By how much a cheat 10 ms away is dated back more than it would be if it were honest, on average."""
    corrections = []
    for cheat in ({}, {"delay_ms": delay_ms, "clock_back_ms": back_ms}):
        chance = random.Random("gain")
        played = [match(pair(10, **cheat)(chance), TURNS, chance, buzzer.CAP_MS) for _ in range(10)]
        corrections.append(
            statistics.mean(press.correction_ms for one in played for turn in one for press in turn[1:])
        )
    return corrections[1] - corrections[0]


def cheats() -> Iterator[str]:
    """A cheat and an honest one, both 10 ms away: what the cheat gains."""
    yield "| Cheat, 10 ms away like the other | Dated back more by | First, cap 150 ms | First, cap 50 ms |"
    yield "| --- | --- | --- | --- |"
    for name, delay, back in CHEATS:
        won = [mean(shares(pair(10, delay_ms=delay, clock_back_ms=back), cap, FAR)) for cap in (150, 50)]
        yield f"| {name} | {gain_ms(delay, back):.0f} ms | {won[0]} % | {won[1]} % |"


TABLES = {"distances": distances, "halls": halls, "cheats": cheats}


def written(text: str) -> str:
    """The page with its tables put in between their marks."""
    for name, rows in TABLES.items():
        before, begin, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition("<!-- end -->")
        text = before + begin + "\n".join(rows()) + "\n" + end + after
    return text


if __name__ == "__main__":
    if "--write" in sys.argv:
        DOC.write_text(written(DOC.read_text(encoding="utf-8")), encoding="utf-8")
    for rows in TABLES.values():
        print("\n".join(rows()), end="\n\n")
