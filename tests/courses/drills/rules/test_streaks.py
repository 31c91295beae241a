"""Streaks: what lengthens them, what breaks them, what does neither."""

import datetime

import pytest

from courses.drills.rules.streaks import OWN_A_MONTH, State, counts, own_fault, rota, streak, week

TODAY = datetime.date(2026, 11, 20)  # a Friday
DAY = datetime.timedelta(days=1)


def told(days):
    """The days of a word that ends today: d = practised, r = rest, D = practised on a rest day, - = neither."""
    places = [(TODAY - back * DAY, letter) for back, letter in enumerate(reversed(days))]
    done = {day for day, letter in places if letter in "dD"}
    rest = {day for day, letter in places if letter in "rD"}
    return {"done": done, "rests": lambda day: day in rest, "today": TODAY}


@pytest.mark.parametrize(
    ("days", "length", "longest"),
    [
        ("", 0, 0),
        ("d", 1, 1),
        ("ddd", 3, 3),
        ("dd-", 2, 2),
        ("dd-d", 1, 2),
        ("dd--", 0, 2),
        ("ddrr", 2, 2),
        ("ddrrd", 3, 3),
        ("ddrr-", 2, 2),
        ("dDrd", 3, 3),
        ("drrdrrdrrd", 4, 4),
        ("drrrrrrrrrrrrrrrrrrrrrrd", 2, 2),
        ("ddd-rrd", 1, 3),
        ("ddd-rr-", 0, 3),
        ("r", 0, 0),
        ("D", 1, 1),
    ],
)
def test_a_streak_is_broken_by_a_missed_day_only(days, length, longest):
    found = streak(**told(days))
    assert (found.length, found.longest) == (length, longest)


@pytest.mark.parametrize(("answered", "enough"), [(0, False), (4, False), (5, True), (200, True)])
def test_a_day_counts_from_five_questions_on(answered, enough):
    assert counts(answered) is enough


def test_a_week_shows_each_day_as_it_is():
    weekend = {TODAY + DAY, TODAY + 2 * DAY}
    done = {TODAY - 4 * DAY, TODAY - DAY}
    seen = week(done=done, rests=lambda day: day in weekend or day == TODAY - 2 * DAY, today=TODAY)
    assert [state for _day, state in seen] == [
        State.DONE,
        State.MISSED,
        State.REST,
        State.DONE,
        State.OPEN,
        State.REST,
        State.REST,
    ]


def test_days_to_come_lie_ahead_and_are_no_reproach():
    seen = week(done=(), rests=lambda _day: False, today=TODAY - 4 * DAY)
    assert [state for _day, state in seen] == [State.OPEN, *[State.AHEAD] * 6]


@pytest.mark.parametrize(
    ("day", "already", "fault"),
    [
        (TODAY, 0, ""),
        (TODAY - DAY, 0, "past"),
        (TODAY + 92 * DAY, 0, ""),
        (TODAY + 93 * DAY, 0, "far"),
        (TODAY, OWN_A_MONTH - 1, ""),
        (TODAY, OWN_A_MONTH, "many"),
    ],
)
def test_a_person_sets_few_rest_days_and_none_behind(day, already, fault):
    assert own_fault(day, today=TODAY, set_already={(2026, 11): already}) == fault


def test_the_limit_holds_for_each_month_by_itself():
    assert own_fault(TODAY + 20 * DAY, today=TODAY, set_already={(2026, 11): 99}) == ""


def test_a_rota_takes_every_third_day():
    assert rota(TODAY, TODAY + 7 * DAY, every=3) == [TODAY, TODAY + 3 * DAY, TODAY + 6 * DAY]


@pytest.mark.parametrize(("last", "every"), [(TODAY - DAY, 1), (TODAY + 92 * DAY, 1), (TODAY, 0)])
def test_a_rota_that_makes_no_sense_is_refused(last, every):
    with pytest.raises(ValueError, match="2026"):
        rota(TODAY, last, every=every)
