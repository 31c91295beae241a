"""What editions do to articles, as tables of dates and texts."""

import datetime

import pytest

from lianbing.library.rules.amending import (
    AMENDED,
    CHANGED,
    MOVED,
    REMOVED,
    REPEALED,
    SAME,
    Event,
    Match,
    chains,
    events,
    lapses,
    matched,
)
from lianbing.library.rules.validity import Span

D = datetime.date


def span(key, start, end=None, published=None):
    return Span(key, D(start, 1, 1), D(end, 1, 1) if end else None, published or D(start, 1, 1), key)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], []),
        ([span(1, 2017)], []),
        ([span(1, 2017), span(2, 2023)], [Event(AMENDED, 2, D(2023, 1, 1), 1)]),
        ([span(1, 2017, end=2020)], [Event(REPEALED, 1, D(2020, 1, 1))]),
        ([span(1, 2017, end=2020), span(2, 2023)], [Event(REPEALED, 1, D(2020, 1, 1))]),
        ([span(1, 2017, end=2023), span(2, 2023)], [Event(AMENDED, 2, D(2023, 1, 1), 1)]),
        (
            [span(1, 2017), Span(2, D(2018, 1, 1), None, D(2017, 6, 1), 2), span(3, 2018)],
            [Event(AMENDED, 3, D(2018, 1, 1), 1)],
        ),
        ([Span(1), span(2, 2020)], [Event(AMENDED, 2, D(2020, 1, 1), 1)]),
        ([Span(1), Span(2)], []),
    ],
    ids=["none", "one", "amended", "repealed", "gap", "same-day", "never-held", "undated", "all-undated"],
)
def test_events_follow_from_the_dates(spans, expected):
    assert events(spans) == expected


def test_an_unchecked_edition_changes_nothing_but_is_changed():
    spans = [span(1, 2017), span(2, 2020), span(3, 2023)]
    found = chains(spans, checked={1, 3})
    assert found == {
        1: [Event(AMENDED, 3, D(2023, 1, 1), 1)],
        2: [Event(AMENDED, 3, D(2023, 1, 1), 1)],
        3: [],
    }


def test_a_repeal_ends_the_chain():
    found = chains([span(1, 2017), span(2, 2020, end=2022), span(3, 2025)], checked={1, 2, 3})
    assert [event.kind for event in found[1]] == [AMENDED, REPEALED]
    assert [event.kind for event in found[2]] == [REPEALED]
    assert found[3] == []


def table(*matches):
    steps = dict(matches)
    return lambda old, new: steps[old, new]


def test_every_later_change_of_the_words_counts_once_more():
    first, second = Event(AMENDED, 2, D(2020, 1, 1), 1), Event(AMENDED, 3, D(2023, 1, 1), 2)
    match = table(
        ((1, 2), {10: Match(SAME, 20), 11: Match(CHANGED, 21), 12: Match(REMOVED)}),
        ((2, 3), {20: Match(MOVED, 31), 21: Match(CHANGED, 30)}),
    )
    found = lapses(
        {1: [first, second], 2: [second], 3: []}, {1: [10, 11, 12], 2: [20, 21], 3: [30, 31]}, match
    )
    assert [(f.event.edition, f.article, f.kind, f.successor) for f in found] == [
        (2, 11, CHANGED, 21),
        (2, 12, REMOVED, None),
        (3, 10, MOVED, 31),
        (3, 11, CHANGED, 30),
        (3, 20, MOVED, 31),
        (3, 21, CHANGED, 30),
    ]


def test_a_repeal_takes_what_is_left():
    taken = Event(REPEALED, 1, D(2020, 1, 1))
    found = lapses({1: [taken]}, {1: [10, 11]}, table())
    assert [(f.article, f.kind, f.successor) for f in found] == [(10, REPEALED, None), (11, REPEALED, None)]


OLD = [
    (1, "第一条", "为了加强市容管理，制定本条例。"),
    (2, "第二条", "执法时不得少于二人。"),
    (3, "第三条", "本条例自公布之日起施行。"),
]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (OLD[1], Match(SAME, 2)),
        ((5, "第二条", "执法时不得少于三人。"), Match(CHANGED, 5)),
        ((5, "第二条", "执法时不得少于二人 。"), Match(SAME, 5)),
    ],
    ids=["same", "changed", "blank"],
)
def test_words_decide_and_blanks_do_not(new, expected):
    assert matched(OLD, [OLD[0], new, OLD[2]])[2] == expected


def test_another_number_is_moved_and_gone_is_removed():
    found = matched(OLD, [(7, "第一条", OLD[1][2]), (8, "第二条", OLD[2][2])])
    assert found == {1: Match(REMOVED), 2: Match(MOVED, 7), 3: Match(MOVED, 8)}
