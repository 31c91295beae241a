"""Study rules: tables of cases."""

import datetime

import pytest

from courses.training.rules import study
from courses.training.rules.study import Event, Part, Rule, evaluated, owed
from courses.training.rules.study_periods import following, parsed, period_of, preceding

D = datetime.date
NOV = period_of("month", D(2026, 11, 20))
WEEK = period_of("week", D(2026, 11, 20))
YEAR = period_of("year", D(2026, 11, 20))
PROFESSIONAL = Part("业务", frozenset({"professional", "practice", "legal"}))
POLITICAL = Part("政治", frozenset({"political", "theory"}))
TWO = Rule(count=2, parts=(PROFESSIONAL,), red_days=10)
HOUR = Rule(count=1, parts=(Part(""),), minimum_minutes=60, red_days=3)


def event(key, day=20, month=11, category="practice", minutes=90, **fields):
    return Event(key, D(2026, month, day), fields.pop("kind", "study_day"), category, minutes, **fields)


@pytest.mark.parametrize(
    ("kind", "day", "first", "last", "key"),
    [
        ("week", D(2026, 11, 20), D(2026, 11, 16), D(2026, 11, 22), "2026-W47"),
        ("week", D(2027, 1, 1), D(2026, 12, 28), D(2027, 1, 3), "2026-W53"),
        ("week", D(2025, 12, 31), D(2025, 12, 29), D(2026, 1, 4), "2026-W01"),
        ("month", D(2024, 2, 29), D(2024, 2, 1), D(2024, 2, 29), "2024-02"),
        ("quarter", D(2026, 11, 20), D(2026, 10, 1), D(2026, 12, 31), "2026-Q4"),
        ("year", D(2026, 1, 1), D(2026, 1, 1), D(2026, 12, 31), "2026"),
    ],
)
def test_a_day_lies_in_its_period(kind, day, first, last, key):
    period = period_of(kind, day)
    assert (period.first, period.last, period.key) == (first, last, key)
    assert parsed(key) == period
    assert preceding(following(period)) == period


@pytest.mark.parametrize("key", ["2026-13", "2025-W53", "2026-W00", "2026-Q5", "1899", "9999-12", "x", ""])
def test_there_is_no_such_period(key):
    assert parsed(key) is None


@pytest.mark.parametrize(
    ("events", "done", "lacking"),
    [
        ([], 0, [("业务", 2)]),
        ([event("a", category="political"), event("b")], 1, [("业务", 1)]),
        ([event("a"), event("a")], 1, [("业务", 1)]),
        ([event("a"), event("b", category="legal")], 2, []),
        ([event("a", month=10), event("b")], 1, [("业务", 1)]),
        ([event("a"), event("b"), event("c")], 3, []),
        ([event("a", day=21), event("b")], 1, [("业务", 1)]),
    ],
)
def test_one_political_and_one_professional_lacks_one_professional(events, done, lacking):
    """R08; what happens after the day asked about is not known yet."""
    found = evaluated(TWO, NOV, events, on=D(2026, 11, 20))
    assert (found.done, [(lack.name, lack.times) for lack in found.lacking]) == (done, lacking)


@pytest.mark.parametrize(
    ("minutes", "fulfilled"), [(45, False), (59, False), (60, True), (61, True), (30 + 30, True)]
)
def test_a_session_of_45_minutes_does_not_count_where_60_are_asked(minutes, fulfilled):
    """R09."""
    assert evaluated(HOUR, WEEK, [event("a", minutes=minutes)], on=D(2026, 11, 20)).fulfilled is fulfilled


def test_two_short_sessions_do_not_add_up():
    events = [event("a", minutes=30), event("b", minutes=30)]
    assert not evaluated(HOUR, WEEK, events, on=D(2026, 11, 20)).fulfilled


def test_the_week_across_new_year_is_one_week():
    week = period_of("week", D(2027, 1, 1))
    before = Event("a", D(2026, 12, 29), "study_day", "theory", 60)
    assert evaluated(HOUR, week, [before], on=D(2027, 1, 2)).fulfilled


@pytest.mark.parametrize(
    ("asked", "kind", "counted"),
    [
        ("yes", "study_day", True),
        ("yes", "self_study", True),
        ("no", "study_day", True),
        ("no", "self_study", False),
        ("only", "study_day", False),
        ("only", "self_study", True),
    ],
)
def test_self_study_counts_as_the_rule_says(asked, kind, counted):
    """R85."""
    rule = Rule(count=1, parts=(Part(""),), self_study=asked)
    assert study.counts(rule, event("a", kind=kind)) is counted


@pytest.mark.parametrize(
    ("topical", "of_event", "counted"),
    [
        ("any", True, True),
        ("any", False, True),
        ("yes", True, True),
        ("yes", False, False),
        ("no", True, False),
    ],
)
def test_topical_training_is_counted_by_itself(topical, of_event, counted):
    rule = Rule(count=1, parts=(Part(""),), topical=topical)
    assert study.counts(rule, event("a", topical=of_event)) is counted


@pytest.mark.parametrize("state", ["present", "late", "left_early", "made_up", "absent", "leave", "expected"])
def test_only_who_was_there_has_attended(state):
    strict = Rule(count=1, parts=(Part(""),), states=frozenset({"present", "made_up"}))
    lenient = Rule(count=1, parts=(Part(""),))
    assert study.counts(strict, event("a", state=state)) is (state in {"present", "made_up"})
    assert study.counts(lenient, event("a", state=state)) is (state not in {"absent", "leave", "expected"})


@pytest.mark.parametrize(
    ("count", "since", "until", "needed"),
    [
        (2, D(2020, 1, 1), D.max, 2),
        (2, D(2026, 11, 1), D.max, 2),
        (2, D(2026, 11, 10), D.max, 1),
        (2, D(2026, 11, 20), D.max, 0),
        (1, D(2026, 11, 2), D.max, 0),
        (4, D(2020, 1, 1), D(2026, 11, 15), 2),
        (2, D(2026, 12, 1), D.max, 0),
        (2, D(2020, 1, 1), D(2026, 10, 31), 0),
    ],
)
def test_a_part_of_the_period_owes_its_share_rounded_down(count, since, until, needed):
    assert owed(count, NOV, (since, until)) == needed


def test_who_was_on_leave_all_the_time_owes_nothing():
    found = evaluated(TWO, NOV, [], on=D(2026, 11, 30), excused=study.is_excused(3, 3))
    assert (found.needed, found.lacking, found.tone) == (0, (), "muted")
    assert not study.is_excused(0, 0)
    assert not study.is_excused(3, 2)


@pytest.mark.parametrize(
    ("on", "tone"),
    [(D(2026, 11, 1), "warn"), (D(2026, 11, 20), "warn"), (D(2026, 11, 21), "bad"), (D(2026, 12, 5), "bad")],
)
def test_what_is_lacking_turns_red_before_the_end(on, tone):
    found = evaluated(TWO, NOV, [], on=on)
    assert (found.tone, found.due_on) == (tone, D(2026, 11, 30))


def test_one_class_on_1_december_is_red_one_of_two():
    """R04."""
    rule = Rule(count=2, parts=(Part(""),), kinds=frozenset({study.CLASS}), red_days=92)
    found = evaluated(rule, YEAR, [event("class:1", month=3, kind="class")], on=D(2026, 12, 1))
    assert (found.done, found.needed, found.tone) == (1, 2, "bad")


def test_a_year_with_none_of_one_content_names_it():
    """R05."""
    contents = (
        Part("宗旨教育", frozenset({"purpose"})),
        Part("法制教育", frozenset({"legal"})),
        Part("执法业务", frozenset({"practice", "documents"})),
    )
    events = [event("a", category="legal"), event("b", category="documents"), event("c", category="legal")]
    found = evaluated(Rule(count=1, parts=contents), YEAR, events, on=D(2026, 12, 1))
    assert [lack.name for lack in found.lacking] == ["宗旨教育"]
    assert (found.done, found.needed) == (2, 3)


def test_two_per_topic_is_a_parameter():
    """R15: 'not fewer than two' in all, or two of every topic."""
    held = [
        event(f"class:{n}", kind="class", topical=True, topic=t)
        for n, t in enumerate(["渣土", "渣土", "广告"])
    ]
    base = Rule(count=2, parts=(Part("专题"),), kinds=frozenset({"class"}), topical="yes")
    assert evaluated(base, YEAR, held, on=D(2026, 12, 1)).fulfilled
    each = Rule(count=2, parts=(Part("专题"),), kinds=frozenset({"class"}), topical="yes", per_topic=True)
    found = evaluated(each, YEAR, held, on=D(2026, 12, 1))
    assert [(lack.name, lack.times) for lack in found.lacking] == [("广告", 1)]
    assert [(x.name, x.times) for x in evaluated(each, YEAR, [], on=D(2026, 12, 1)).lacking] == [("专题", 2)]
