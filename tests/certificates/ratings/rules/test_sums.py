"""The single steps: values, points, places, spans, stars."""

import datetime
import itertools
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.ratings.rules import periods, ranking
from certificates.ratings.rules.indicators import Indicator, Scale, combined
from certificates.ratings.rules.numbers import plain, rounded
from certificates.ratings.rules.presets import STARS
from certificates.ratings.rules.schemes import Line, Movement, Scheme, Veto
from certificates.ratings.rules.scoring import Scorer, line_score
from certificates.ratings.rules.stars import Previous, star
from certificates.ratings.rules.words import (
    Combine,
    How,
    Kind,
    Missing,
    PeriodKind,
    ScaleKind,
    WhyStar,
    Window,
)

DAY = "2026-10-15"


def _values(*numbers):
    return [(D(number), f"2026-10-{15 + place}", place) for place, number in enumerate(numbers)]


@pytest.mark.parametrize(
    ("text", "to"),
    [("2.345", "2.35"), ("-2.345", "-2.35"), ("2.344", "2.34"), ("-0.001", "0.00"), ("0.005", "0.01")],
)
def test_rounding_goes_half_up_and_never_to_minus_zero(text, to):
    assert str(rounded(D(text))) == to


@pytest.mark.parametrize(
    ("number", "text"), [("14.00", "14"), ("0.50", "0.5"), ("100", "100"), ("0.00", "0"), ("-2.10", "-2.1")]
)
def test_numbers_are_written_as_people_do(number, text):
    assert plain(D(number)) == text


@pytest.mark.parametrize(
    ("combine", "value"),
    [
        ("sum", "210.00"),
        ("mean", "70.00"),
        ("best", "90.00"),
        ("last", "50.00"),
        ("count", "3.00"),
        ("share", "66.67"),
    ],
)
def test_several_facts_become_one_value(combine, value):
    indicator = Indicator("x", combine=Combine(combine), at_least=D(60))
    assert str(combined(indicator, _values("70", "90", "50"))) == value


def test_the_last_of_one_day_is_the_one_recorded_last():
    same = [(D(1), DAY, 7), (D(2), DAY, 9), (D(3), DAY, 8)]
    assert combined(Indicator("x", combine=Combine.LAST), same) == 2


TARGET = Scale(target=D(60))
RANGE = Scale(ScaleKind.RANGE, low=D(60), high=D(100))
LESS = Scale(ScaleKind.RANGE, low=D(30), high=D(10))
BANDS = Scale(ScaleKind.BANDS, bands=((D(90), D(100)), (D(60), D(70))))
EACH = Scale(ScaleKind.EACH, each=D("0.5"))
DIRECT = Scale(ScaleKind.DIRECT)


@pytest.mark.parametrize(
    ("scale", "value", "points", "how"),
    [
        (TARGET, "42", "14.00", How.SCALED),
        (TARGET, "60", "20.00", How.SCALED),
        (TARGET, "75", "20.00", How.CAPPED),
        (TARGET, "-1", "0.00", How.CAPPED),
        (RANGE, "80", "10.00", How.SCALED),
        (RANGE, "50", "0.00", How.CAPPED),
        (LESS, "15", "15.00", How.SCALED),
        (BANDS, "90", "20.00", How.SCALED),
        (BANDS, "89.99", "14.00", How.SCALED),
        (BANDS, "59", "0.00", How.SCALED),
        (EACH, "7", "0.70", How.SCALED),
        (DIRECT, "33.33", "6.67", How.SCALED),
    ],
)
def test_a_value_becomes_points_of_a_line_of_twenty(scale, value, points, how):
    scored = line_score(Indicator("x", scale=scale), D(20), D(value))
    assert (str(scored.points), scored.how) == (points, how)


@pytest.mark.parametrize(
    ("missing", "points", "how"),
    [
        ("zero", "0.00", How.MISSING_ZERO),
        ("skip", "0.00", How.MISSING_SKIPPED),
        ("full", "20.00", How.MISSING_FULL),
    ],
)
def test_what_a_line_without_entries_gives(missing, points, how):
    scored = line_score(Indicator("x", missing=Missing(missing)), D(20), None)
    assert (str(scored.points), scored.how) == (points, how)


@pytest.mark.parametrize(
    ("kind", "value", "points", "how"),
    [
        (Kind.BONUS, "4", "4.00", How.SCALED),
        (Kind.BONUS, "40", "10.00", How.CAPPED),
        (Kind.DEDUCTION, "4", "-4.00", How.SCALED),
        (Kind.DEDUCTION, "40", "-10.00", How.CAPPED),
        (Kind.DEDUCTION, "-4", "0.00", How.SCALED),
        (Kind.VETO, "1", "0.00", How.VETO),
        (Kind.VETO, "0", "0.00", How.NOTHING),
    ],
)
def test_bonuses_and_deductions_end_at_their_cap(kind, value, points, how):
    indicator = Indicator("x", kind=kind, scale=EACH, cap=D(5))
    scored = line_score(indicator, D(2), D(value))
    assert (str(scored.points), scored.how) == (points, how)


EVERY_RULE = [
    (Indicator("x", kind=kind, scale=scale, full=full, cap=cap, missing=missing, at_least=least), weight)
    for kind, scale, full, cap, missing, least, weight in itertools.product(
        Kind,
        [TARGET, RANGE, BANDS, EACH, DIRECT],
        [D(50), D(100)],
        [None, D(3)],
        Missing,
        [D(1), D(60)],
        [D(1), D("1.004"), D(20)],
    )
]


@pytest.mark.parametrize("numbers", ["", "0", "59.5", "60", "60.00", "99.9949"])
def test_lines_of_one_rule_share_what_they_remember_and_no_others(numbers):
    scorer = Scorer(
        Scheme(lines=tuple(Line(f"i{place}", 1, weight) for place, (_of, weight) in enumerate(EVERY_RULE))),
        {(f"i{place}", 1): of for place, (of, _weight) in enumerate(EVERY_RULE)},
        PeriodKind.MONTHLY,
    )
    found = _values(numbers) if numbers else []
    outcome = scorer.score([found] * len(EVERY_RULE))
    assert [tuple(map(str, line)) for line in outcome.lines] == [
        tuple(map(str, line_score(of, weight, combined(of, found)))) for of, weight in EVERY_RULE
    ]


@pytest.mark.parametrize(
    ("scores", "small", "places"),
    [
        ({1: 90, 2: 85, 3: 85, 4: 70}, [], {1: 1, 2: 2, 3: 2, 4: 4}),
        ({1: 70, 2: 70}, [], {1: 1, 2: 1}),
        ({1: 70, 2: 90, 3: 80}, [2], {3: 1, 1: 2}),
        ({}, [], {}),
    ],
)
def test_equals_share_a_place_and_small_units_have_none(scores, small, places):
    assert ranking.places({key: D(score) for key, score in scores.items()}, small) == places


def test_a_unit_of_twelve_with_one_on_long_leave_uses_eleven():
    members = [("00010001", place == 0) for place in range(12)] + [("00010002", False)] * 3
    sizes = ranking.base_sizes(["0001", "00010001", "00010002"], members)
    assert sizes == {"0001": 14, "00010001": 11, "00010002": 3}


@pytest.mark.parametrize(
    ("kind", "day", "first", "last"),
    [
        ("monthly_check", "2024-02-29", "2024-02-01", "2024-02-29"),
        ("quarterly_assessment", "2026-12-31", "2026-10-01", "2026-12-31"),
        ("midyear_review", "2026-03-05", "2026-01-01", "2026-06-30"),
        ("annual_appraisal", "2026-07-01", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_day_lies_in_its_period(kind, day, first, last):
    read = datetime.date.fromisoformat
    assert periods.span(PeriodKind(kind), read(day)) == (read(first), read(last))


@pytest.mark.parametrize(
    ("window", "from_day"),
    [("period", "2026-04-01"), ("year", "2026-01-01"), ("twelve_months", "2025-07-01")],
)
def test_a_window_ends_with_the_period(window, from_day):
    first, last = datetime.date(2026, 4, 1), datetime.date(2026, 6, 30)
    assert periods.window(Window(window), first, last) == (datetime.date.fromisoformat(from_day), last)


def test_twelve_months_to_the_end_of_a_leap_february():
    last = datetime.date(2028, 2, 29)
    assert periods.window(Window.TWELVE_MONTHS, last, last)[0] == datetime.date(2027, 3, 1)


def _star(score, before, vetoed=False, **rules):
    scheme = Scheme(
        stars=STARS, star_kinds=tuple(PeriodKind), movement=Movement(**rules), veto=Veto(star_at_most=1)
    )
    previous = [None if one is None else Previous(*one) for one in before]
    return star(scheme, "monthly_check", D(score), previous, vetoed=vetoed)


@pytest.mark.parametrize(
    ("score", "before", "rules", "level", "why"),
    [
        ("97", [], {}, 5, WhyStar.FIRST),
        ("97", [], {"first_at_most": 3}, 3, WhyStar.FIRST),
        ("97", [(2, 2)], {}, 3, WhyStar.PROMOTED),
        ("97", [(2, 2)], {"most_up": 0}, 5, WhyStar.PROMOTED),
        ("97", [(2, 2)], {"up_after": 2}, 2, WhyStar.WAITS_UP),
        ("97", [(2, 2), (2, 3)], {"up_after": 2}, 3, WhyStar.PROMOTED),
        ("97", [(2, 2), (2, 4)], {"up_after": 2, "most_up": 0}, 4, WhyStar.PROMOTED),
        ("97", [(2, 3), None], {"up_after": 2}, 2, WhyStar.WAITS_UP),
        ("10", [(4, 4)], {}, 3, WhyStar.DEMOTED),
        ("10", [(4, 4)], {"most_down": 0}, 0, WhyStar.DEMOTED),
        ("10", [(4, 3)], {"down_after": 2, "most_down": 0}, 3, WhyStar.DEMOTED),
        ("10", [(4, 4)], {"down_after": 2}, 4, WhyStar.WAITS_DOWN),
        ("90", [(4, 4)], {}, 4, WhyStar.KEPT),
    ],
)
def test_a_star_moves_by_its_rules(score, before, rules, level, why):
    assert _star(score, before, **rules)[0:3:2] == (level, why)


def test_a_veto_takes_stars_at_once_and_gives_none():
    assert _star("97", [(4, 4)], vetoed=True) == (1, 5, WhyStar.VETOED, (5, 1))
    assert _star("10", [(0, 0)], vetoed=True).star == 0


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8),
    st.integers(0, 100),
    st.integers(1, 3),
    st.integers(1, 3),
    st.booleans(),
)
def test_a_star_moves_at_most_a_step_and_never_past_what_was_earned(before, score, up, down, vetoed):
    given = _star(str(score), before, vetoed, up_after=up, down_after=down)
    assert 0 <= given.star <= 5
    if before and not vetoed:
        now = before[-1][0]
        assert abs(given.star - now) <= 1
        assert min(now, given.earned) <= given.star <= max(now, given.earned)
