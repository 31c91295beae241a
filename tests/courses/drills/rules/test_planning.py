"""What a plan takes first, with and without an exam ahead."""

import datetime

import pytest

from courses.drills.rules.planning import (
    LAST_RESORT,
    OUTSIDE,
    Aim,
    Candidate,
    days_ahead,
    gain,
    plan,
    recall,
    shares,
)

NOW = datetime.datetime(2026, 5, 4, 8, tzinfo=datetime.UTC)
EXAM = Aim(datetime.date(2026, 5, 24), {1: 3.0, 2: 1.0})


def ago(days):
    return NOW - datetime.timedelta(days=days)


def seen(question, *, stability=5.0, days=5.0, points=(1,), **fields):
    return Candidate(question, points, stability, 5.0, ago(days), **fields)


def taken(*candidates, goal=EXAM, size=10):
    return plan(candidates=candidates, now=NOW, goal=goal, size=size)


@pytest.mark.parametrize(
    ("goal", "days"),
    [
        (None, 30),
        (Aim(datetime.date(2026, 5, 3)), 30),
        (Aim(datetime.date(2026, 5, 4)), 0.5),
        (Aim(datetime.date(2026, 5, 14)), 10),
        (Aim(datetime.date(2027, 5, 4)), 365),
    ],
)
def test_the_day_that_counts(goal, days):
    assert days_ahead(now=NOW, goal=goal) == days


def test_a_points_weight_is_split_among_its_questions():
    three = [Candidate(1, (1,)), Candidate(2, (1,)), Candidate(3, (2,)), Candidate(4, (9,))]
    assert shares(candidates=three, goal=EXAM) == pytest.approx({1: 0.375, 2: 0.375, 3: 0.25, 4: OUTSIDE})


def test_without_weights_all_count_alike_but_for_emphasis():
    two = [Candidate(1), Candidate(2, emphasis=3.0)]
    assert shares(candidates=two, goal=None) == {1: 1.0, 2: 3.0}


def test_what_weighs_more_in_the_exam_comes_first():
    assert taken(Candidate(1, (2,)), Candidate(2, (1,)), Candidate(3, (9,))) == [2, 1, 3]


def test_what_fades_comes_before_what_is_firm():
    assert taken(seen(1, stability=200), seen(2, stability=4)) == [2, 1]


def test_what_was_practised_this_half_day_is_left_out_and_yesterdays_comes_last():
    assert taken(seen(1, days=0.3), seen(2, days=1), seen(3, stability=50)) == [3, 2]
    one = seen(2, days=1.7)
    assert gain(one, now=NOW, ahead=20) < LAST_RESORT


def test_emphasis_moves_a_question_forward():
    assert taken(seen(1), seen(2, emphasis=3.0)) == [2, 1]


@pytest.mark.parametrize(("size", "count"), [(0, 0), (-1, 0), (2, 2), (9, 3)])
def test_a_plan_has_at_most_its_size(size, count):
    assert len(taken(seen(1), seen(2), seen(3), size=size)) == count


def test_in_the_last_days_nothing_new_is_begun_before_what_fades_is_asked():
    fading = seen(1, stability=6, days=4)
    fresh = Candidate(2, (1,))
    weigh = {
        ahead: gain(fading, now=NOW, ahead=ahead) - gain(fresh, now=NOW, ahead=ahead) for ahead in (2, 40)
    }
    assert weigh[2] < weigh[40]


def test_a_curve_falls_from_certain_and_never_rises():
    values = [recall(4.0, day) for day in range(60)]
    assert values[0] == 1.0
    assert values == sorted(values, reverse=True)


def test_the_same_question_and_moment_give_the_same_plan():
    many = [seen(number, stability=1 + number % 7, days=2 + number % 5) for number in range(50)]
    assert taken(*many) == taken(*reversed(many))
