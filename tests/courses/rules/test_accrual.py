"""What learning time is worth: a table of cases, and properties over every way of sending beats."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.accrual import (
    LIMITS,
    BadBeat,
    Beat,
    Clock,
    Need,
    Standing,
    accrue,
    merged,
    parse_beats,
    seen_of,
    time_is_done,
    videos_seen,
)

START = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
SECOND, MINUTE = 1_000, 60_000
ARTICLE = Need(20 * MINUTE)
FILM = Need(10 * MINUTE, (8 * MINUTE,))


def after(ms: int) -> datetime.datetime:
    return START + datetime.timedelta(milliseconds=ms)


def reading(ms: int, seq: int = 1) -> Beat:
    return Beat(seq, ms)


def playing(ms: int, start: int, end: int, seq: int = 1) -> Beat:
    return Beat(seq, ms, ms, ((0, start, end),))


def stretch(beats: int) -> list[Beat]:
    """A quarter of a minute in each beat."""
    return [reading(15 * SECOND, seq) for seq in range(1, beats + 1)]


CASES = [
    # what, is the line live, beats, arrived after, credited
    ("a beat in its time", False, [reading(15 * SECOND)], 15 * SECOND, 15 * SECOND),
    ("more claimed than passed", False, [reading(60 * SECOND)], 15 * SECOND, 15 * SECOND),
    ("less claimed than passed", False, [reading(15 * SECOND)], 50 * SECOND, 15 * SECOND),
    ("a silence before it brings nothing", True, [reading(15 * SECOND)], 3600 * SECOND, 15 * SECOND),
    ("nothing has passed", False, [reading(15 * SECOND)], 0, 0),
    ("ten minutes without signal", True, stretch(40), 10 * MINUTE, 10 * MINUTE),
    ("the allowance is the most", True, stretch(200), 50 * MINUTE, LIMITS.offline),
    ("longer claimed than passed without signal", True, stretch(80), 10 * MINUTE, 10 * MINUTE),
    ("a stretch without a live beat before it", False, stretch(40), 10 * MINUTE, LIMITS.live_gap),
]


@pytest.mark.parametrize(
    ("live", "beats", "wall", "credited"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_the_servers_clock_caps_what_beats_claim(
    live: bool, beats: list[Beat], wall: int, credited: int
) -> None:
    need = Need(60 * MINUTE)
    found = accrue(need, Standing(), Clock(START, live=live), beats, after(wall))
    assert found.added == found.standing.credited == credited


def test_a_beat_sent_again_earns_nothing() -> None:
    first = accrue(ARTICLE, Standing(), Clock(START), [reading(15 * SECOND)], after(15 * SECOND))
    again = accrue(ARTICLE, first.standing, first.clock, [reading(15 * SECOND)], after(40 * SECOND))
    assert (again.added, again.standing) == (0, first.standing)


def test_a_second_stretch_needs_a_live_beat_between() -> None:
    clock, standing = Clock(START, live=True), Standing()
    first = accrue(Need(99 * MINUTE), standing, clock, stretch(40), after(10 * MINUTE))
    beats = [reading(15 * SECOND, seq) for seq in range(41, 81)]
    second = accrue(Need(99 * MINUTE), first.standing, first.clock, beats, after(20 * MINUTE))
    assert (first.added, second.added) == (10 * MINUTE, LIMITS.live_gap)


def test_a_beat_late_on_its_way_loses_nothing() -> None:
    """The first takes three seconds to arrive, the second none: together they still bring 30 seconds."""
    first = accrue(ARTICLE, Standing(), Clock(START), [reading(15 * SECOND)], after(18 * SECOND))
    second = accrue(ARTICLE, first.standing, first.clock, [reading(15 * SECOND, 2)], after(30 * SECOND))
    assert second.standing.credited == 30 * SECOND


def test_beyond_twice_the_minimum_nothing_is_credited() -> None:
    need, standing = Need(MINUTE), Standing(credited=2 * MINUTE - 5 * SECOND)
    found = accrue(need, standing, Clock(START), [reading(15 * SECOND)], after(15 * SECOND))
    assert found.standing.credited == 2 * MINUTE


FILMS = [
    ("played at its own speed", playing(20 * SECOND, 0, 20 * SECOND), 20 * SECOND, 20 * SECOND),
    ("played at one and a half", playing(20 * SECOND, 0, 30 * SECOND), 20 * SECOND, 30 * SECOND),
    ("played at four times", playing(20 * SECOND, 0, 80 * SECOND), 20 * SECOND, 30 * SECOND),
    ("a claim to have seen the end", playing(SECOND, 0, 480 * SECOND), 20 * SECOND, 1_500),
    ("nothing has passed", playing(20 * SECOND, 0, 20 * SECOND), 0, 0),
    ("a stretch behind the end", playing(20 * SECOND, 500 * SECOND, 520 * SECOND), 20 * SECOND, 0),
]


@pytest.mark.parametrize(("beat", "wall", "seen"), [c[1:] for c in FILMS], ids=[c[0] for c in FILMS])
def test_a_video_shows_what_the_time_allows(beat: Beat, wall: int, seen: int) -> None:
    found = accrue(FILM, Standing(), Clock(START), [beat], after(wall))
    assert seen_of(found.standing.seen, FILM) == seen


def test_the_same_stretch_twice_is_seen_once() -> None:
    beats = [playing(20 * SECOND, 0, 20 * SECOND, seq) for seq in (1, 2)]
    found = accrue(FILM, Standing(), Clock(START), beats, after(40 * SECOND))
    assert seen_of(found.standing.seen, FILM) == 20 * SECOND


def test_beside_an_unseen_video_only_the_rest_of_the_minimum_counts() -> None:
    standing = Standing(credited=2 * MINUTE, reading=2 * MINUTE)
    found = accrue(FILM, standing, Clock(START), [reading(15 * SECOND)], after(15 * SECOND))
    assert found.added == 0


def test_after_the_video_every_present_minute_counts() -> None:
    standing = Standing(5 * MINUTE, 2 * MINUTE, (((0, 8 * MINUTE),),))
    found = accrue(FILM, standing, Clock(START), [reading(15 * SECOND)], after(15 * SECOND))
    assert found.added == 15 * SECOND


DONE = [
    ("too little time", Standing(9 * MINUTE, 0, (((0, 8 * MINUTE),),)), False),
    ("the end of the film is missing", Standing(10 * MINUTE, 0, (((0, 7 * MINUTE),),)), False),
    ("a hole in the film", Standing(10 * MINUTE, 0, (((0, 4 * MINUTE), (5 * MINUTE, 8 * MINUTE)),)), False),
    ("the last seconds may be missing", Standing(10 * MINUTE, 0, (((0, 8 * MINUTE - 20 * SECOND),),)), True),
    ("never played", Standing(10 * MINUTE), False),
]


@pytest.mark.parametrize(("standing", "done"), [c[1:] for c in DONE], ids=[c[0] for c in DONE])
def test_the_time_of_a_lesson_is_served(standing: Standing, done: bool) -> None:
    assert time_is_done(standing, FILM) is done


def test_a_lesson_without_a_minimum_and_a_video_is_served_at_once() -> None:
    assert time_is_done(Standing(), Need(0))


BAD = [
    None,
    {},
    [1],
    [{"seq": 1}],
    [{"seq": -1, "active": 5}],
    [{"seq": 1, "active": 60_001}],
    [{"seq": 1, "active": True}],
    [{"seq": 1, "active": 1.5}],
    [{"seq": 1, "active": 5, "ranges": {}}],
    [{"seq": 1, "active": 5, "ranges": [[0, 1]]}],
    [{"seq": 1, "active": 5, "ranges": [[0, "0", 4]]}],
    [{"seq": 1, "active": 5, "place": [0, 0]}],
    [{"seq": 1, "active": 5, "place": [0, 0, 1001]}],
    [{"seq": 2**31, "active": 5}],
    [{"seq": 1, "active": 5}] * 201,
]


@pytest.mark.parametrize("raw", BAD)
def test_what_is_no_beat_is_refused(raw: object) -> None:
    with pytest.raises(BadBeat):
        parse_beats(raw)


def test_a_beat_is_read_as_it_was_sent() -> None:
    raw = [{"seq": 3, "active": 9000, "playing": 9000, "ranges": [[0, 5, 9005]], "place": [0, 9005, 250]}]
    assert parse_beats(raw) == [Beat(3, 9000, 9000, ((0, 5, 9005),), (0, 9005, 250))]


def test_playing_is_a_part_of_being_there() -> None:
    assert parse_beats([{"seq": 1, "active": 10, "playing": 900}])[0].playing == 10


claims = st.lists(
    st.tuples(
        st.integers(0, MINUTE), st.integers(0, MINUTE), st.integers(0, 480_000), st.integers(0, 480_000)
    ),
    max_size=8,
)
moments = st.lists(st.tuples(st.integers(0, 90 * MINUTE), claims, st.integers(0, 3)), max_size=12)


def _walk(rounds: list[tuple[int, list[tuple[int, int, int, int]], int]]) -> tuple[Standing, int]:
    """Send batches after pauses, some of their beats with numbers already used. Gives the end and the time."""
    standing, clock, now, seq = Standing(), Clock(START), 0, 0
    for pause, some, back in rounds:
        now += pause
        first = max(0, seq - back)
        beats = [
            Beat(first + nth, active, min(active, run), ((0, start, max(start, end)),))
            for nth, (active, run, start, end) in enumerate(some, 1)
        ]
        seq = max(seq, first + len(beats))
        found = accrue(FILM, standing, clock, beats, after(now))
        standing, clock = found.standing, found.clock
    return standing, now


@given(moments)
def test_no_way_of_sending_earns_more_than_has_passed(rounds: list) -> None:
    standing, passed = _walk(rounds)
    assert standing.credited <= passed


@given(moments)
def test_no_way_of_sending_earns_more_than_twice_the_minimum(rounds: list) -> None:
    standing, _passed = _walk(rounds)
    assert standing.credited <= 2 * FILM.minimum


@given(moments)
def test_no_way_of_sending_shows_more_video_than_its_speed_allows(rounds: list) -> None:
    standing, passed = _walk(rounds)
    assert seen_of(standing.seen, FILM) * 2 <= passed * 3


@given(moments)
def test_nobody_is_done_before_the_minimum_has_passed(rounds: list) -> None:
    standing, passed = _walk(rounds)
    if time_is_done(standing, FILM):
        assert passed >= FILM.minimum
        assert videos_seen(standing, FILM)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))))
def test_merged_ranges_hold_the_same_moments(ranges: list[tuple[int, int]]) -> None:
    held = {second for start, end in merged(ranges) for second in range(start, end)}
    assert held == {second for start, end in ranges for second in range(start, end)}
    assert len(held) == sum(end - start for start, end in merged(ranges))


def test_a_short_clip_whose_length_was_rounded_up_can_be_seen_to_its_end():
    ten = Need(0, (11_000,))
    assert videos_seen(Standing(seen=(((0, 10_050),),)), ten)
    assert not videos_seen(Standing(seen=(((0, 8_900),),)), ten)
