"""How learning time is credited: the server's clock alone counts (docs/decisions/0023).

A player sends beats: "since my last beat so many milliseconds passed before a present reader, so many of
them with a video running, which ran over these stretches". What a beat says is a claim. It can only take
away from what the server's own clock allows, never add to it. All lengths are milliseconds.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

MINUTE = 60_000
Range = tuple[int, int]
Seen = tuple[tuple[Range, ...], ...]


@dataclass(frozen=True)
class Limits:
    """The figures of the rule.

    `live_gap`: the most that beats may bring while the line stands. `offline`: the most that one stretch
    without signal may bring. `slack`: how late a beat may be on its way without losing what it claims.
    `speed`: seconds of video one second may show, as a fraction. `times_needed`: beyond so many times the
    minimum nothing is credited. `seen_share`: the share of a video, in percent, that must have run, or all but
    `tail`: lengths are known to the second, rounded up, and the last moment is often not shown.
    """

    live_gap: int = MINUTE
    offline: int = 30 * MINUTE
    slack: int = 5_000
    speed: tuple[int, int] = (3, 2)
    times_needed: int = 2
    seen_share: int = 95
    tail: int = 2_000


LIMITS = Limits()
MOST_BEATS = 200
MOST_RANGES = 40
LONGEST = 24 * 60 * MINUTE


class BadBeat(ValueError):
    """What came is no beat; nothing of the batch counts."""


@dataclass(frozen=True)
class Beat:
    """A claim of the player. `seq` counts up within one opening of a lesson; `ranges`: (video, from, to).

    `place`: which video, where in it, and how far down the page in thousandths, to go on from.
    """

    seq: int
    active: int
    playing: int = 0
    ranges: tuple[tuple[int, int, int], ...] = ()
    place: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True)
class Need:
    """What a lesson asks for: its minimum, and the length of each of its videos."""

    minimum: int
    videos: tuple[int, ...] = ()

    @property
    def reading(self) -> int:
        """How much beside the videos counts before they have been seen."""
        return max(0, self.minimum - sum(self.videos))


@dataclass(frozen=True)
class Standing:
    """How far somebody is in a lesson: credited in all, of it without a video running, and what has run."""

    credited: int = 0
    reading: int = 0
    seen: Seen = ()
    place: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True)
class Clock:
    """An officer's clock under one opening: counted up to when, the last beat, and whether that was live."""

    counted_to: datetime.datetime
    seq: int = 0
    live: bool = False


@dataclass(frozen=True)
class Outcome:
    """After a batch. `added` was credited, `refused` was claimed and not credited."""

    standing: Standing
    clock: Clock
    added: int = 0
    refused: int = 0
    fresh: int = 0


def seen_of(seen: Seen, need: Need) -> int:
    """How much of the videos has run, each moment of a video once."""
    pairs = zip(seen, need.videos, strict=False)
    return sum(
        min(end, length) - start for ranges, length in pairs for start, end in ranges if start < length
    )


def videos_seen(standing: Standing, need: Need, limits: Limits = LIMITS) -> bool:
    """Whether enough of every video has run."""
    for at, length in enumerate(need.videos):
        part = seen_of((standing.seen[at],), Need(0, (length,))) if at < len(standing.seen) else 0
        if part * 100 < length * limits.seen_share and length - part > limits.tail:
            return False
    return True


def time_is_done(standing: Standing, need: Need, limits: Limits = LIMITS) -> bool:
    """Whether the time of a lesson is served: its minimum credited and its videos seen."""
    return standing.credited >= need.minimum and videos_seen(standing, need, limits)


def merged(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """The same moments as ranges that do not touch, in order."""
    found: list[Range] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif end > start:
            found.append((start, end))
    return tuple(found)


def _run(seen: Seen, beat: Beat, playing: int, need: Need, limits: Limits) -> Seen:
    """What has run after a beat: its ranges in their order, cut to what so much playing can show."""
    left = playing * limits.speed[0] // limits.speed[1]
    rows = [list(one) for one in seen[: len(need.videos)]]
    rows += [[] for _ in range(len(need.videos) - len(rows))]
    for video, start, end in beat.ranges:
        if left <= 0 or video >= len(rows):
            continue
        end = min(end, start + left, need.videos[video])
        if end > start:
            left -= end - start
            rows[video].append((start, end))
    return tuple(merged(one) for one in rows)


def _beat(standing: Standing, beat: Beat, budget: int, need: Need, limits: Limits) -> tuple[Standing, int]:
    """One beat within a budget: the standing after it and how much of the budget it took."""
    taken = min(beat.active, budget)
    playing = min(beat.playing, taken)
    seen = _run(standing.seen, beat, playing, need, limits)
    beside = taken - playing
    after = replace(standing, seen=seen, place=beat.place)
    if not videos_seen(after, need, limits):
        beside = min(beside, max(0, need.reading - standing.reading))
    room = max(0, need.minimum * limits.times_needed - standing.credited)
    playing = min(playing, room)
    beside = min(beside, room - playing)
    return replace(
        after, credited=standing.credited + playing + beside, reading=standing.reading + beside
    ), taken


def _allowed(clock: Clock, claimed: int, wall: int, limits: Limits) -> int:
    """How much a batch may bring: the wall clock, and the gap or, after a live beat, the offline allowance."""
    if claimed <= limits.live_gap or not clock.live:
        return min(wall, limits.live_gap)
    return min(wall, limits.offline)


def accrue(
    need: Need,
    standing: Standing,
    clock: Clock,
    beats: Sequence[Beat],
    at: datetime.datetime,
    limits: Limits = LIMITS,
) -> Outcome:
    """What a batch of beats brings at the moment it arrived.

    Beats already heard are passed over. Never more is credited than has passed on the server's clock since
    it was last counted, whatever the beats claim and however often they come.
    """
    fresh = {beat.seq: beat for beat in sorted(beats, key=lambda one: one.seq) if beat.seq > clock.seq}
    if not fresh:
        return Outcome(standing, clock)
    wall = max(0, _ms(at - clock.counted_to))
    claimed = sum(beat.active for beat in fresh.values())
    budget = allowed = _allowed(clock, claimed, wall, limits)
    before = standing
    for beat in fresh.values():
        standing, taken = _beat(standing, beat, budget, need, limits)
        budget -= taken
    counted_to = max(
        clock.counted_to,
        at - datetime.timedelta(milliseconds=min(limits.slack, wall - (allowed - budget))),
    )
    live = claimed <= limits.live_gap
    added = standing.credited - before.credited
    after = Clock(counted_to, max(fresh), live)
    return Outcome(standing, after, added, claimed - added, len(fresh))


def _ms(length: datetime.timedelta) -> int:
    return length // datetime.timedelta(milliseconds=1)


def _whole(value: Any, most: int) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise BadBeat
    return value


def _range(raw: Any) -> tuple[int, int, int]:
    if not isinstance(raw, list) or len(raw) != 3:
        raise BadBeat
    video, start, end = _whole(raw[0], 99), _whole(raw[1], LONGEST), _whole(raw[2], LONGEST)
    return video, start, max(start, end)


def _place(raw: Any) -> tuple[int, int, int]:
    if not isinstance(raw, list) or len(raw) != 3:
        raise BadBeat
    return _whole(raw[0], 99), _whole(raw[1], LONGEST), _whole(raw[2], 1000)


def _parsed(raw: Any) -> Beat:
    if not isinstance(raw, dict):
        raise BadBeat
    ranges = raw.get("ranges", [])
    if not isinstance(ranges, list) or len(ranges) > MOST_RANGES:
        raise BadBeat
    active = _whole(raw.get("active"), MINUTE)
    return Beat(
        seq=_whole(raw.get("seq"), 2**31 - 1),
        active=active,
        playing=min(active, _whole(raw.get("playing", 0), MINUTE)),
        ranges=tuple(_range(one) for one in ranges),
        place=_place(raw.get("place", [0, 0, 0])),
    )


def parse_beats(raw: Any) -> list[Beat]:
    """The beats of a request: [{seq, active, playing, ranges: [[video, from, to]], place}].

    Raises BadBeat for whatever is not exactly that.
    """
    if not isinstance(raw, list) or len(raw) > MOST_BEATS:
        raise BadBeat
    return [_parsed(one) for one in raw]
