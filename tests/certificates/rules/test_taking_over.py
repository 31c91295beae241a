"""Rows of an older register become the history they stand for."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certificates.rules.taking_over import (
    Card,
    Change,
    Review,
    Unreadable,
    change_of,
    history,
    result_of,
    state_of,
)
from certificates.state.enforcement import Event, Kind, State, replay

DAY = datetime.date
CARD = Card(2, 1, "N3", "省政府", None, DAY(2022, 11, 1), DAY(2027, 10, 31))


def folded(steps):
    return replay(Event(Kind(one.kind), one.on, "", one.document_no, one.data) for one in steps)


def test_words_are_read_as_bureaus_write_them():
    assert [change_of(word) for word in ("换 证", "吊销", "解除暂扣", "转行")] == [
        "renewed",
        "revoked",
        "reinstated",
        None,
    ]
    assert [state_of(word) for word in ("", "已注销", "正常", "也许")] == ["", "cancelled", "active", None]
    assert [result_of(word) for word in ("合格", "不称职", "暂缓")] == ["passed", "failed", None]


def test_reviews_before_the_card_in_hand_begin_the_entry_earlier():
    review = Review(3, 1, 2020, DAY(2020, 12, 1), "passed", hours="40", exam="86")
    steps = history(CARD, [review], [])
    assert [(one.kind, one.on) for one in steps] == [
        ("entered", DAY(2020, 12, 1)),
        ("reviewed", DAY(2020, 12, 1)),
    ]
    assert steps[1].data == {"year": 2020, "result": "passed", "hours": "40", "exam_result": "86"}


@pytest.mark.parametrize(
    ("card", "reviews", "changes", "code"),
    [
        (Card(2, 1, "N", "", None, CARD.valid_from, CARD.valid_until, "suspended"), [], [], "since_when"),
        (CARD, [], [Change(3, 1, DAY(2022, 11, 1), "renewed", old_number="N2")], "old_until_missing"),
        (
            Card(2, 1, "N", "", DAY(2021, 1, 1), CARD.valid_from, CARD.valid_until),
            [Review(3, 1, 2020, DAY(2020, 12, 1), "passed")],
            [],
            "before_first",
        ),
    ],
)
def test_what_contradicts_itself_is_named(card, reviews, changes, code):
    with pytest.raises(Unreadable) as caught:
        history(card, reviews, changes)
    assert caught.value.problem.code == code


def test_a_row_that_says_suspended_is_so_from_its_day():
    card = Card(
        2, 1, "N", "", None, CARD.valid_from, CARD.valid_until, "suspended", DAY(2025, 5, 1), "一号", "违纪"
    )
    holding = folded(history(card, [], []))
    assert (holding.state, holding.since, holding.document) == (State.SUSPENDED, DAY(2025, 5, 1), "一号")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(300, 1800), max_size=5))
def test_any_chain_of_renewals_ends_in_the_card_in_hand_without_a_day_between(lengths):
    one, ends = datetime.timedelta(days=1), [CARD.valid_from - datetime.timedelta(days=1)]
    for length in lengths:
        ends.append(ends[-1] - datetime.timedelta(days=length))
    first = ends.pop() + one
    changes = [
        Change(row, 1, end + one, "renewed", old_number=f"O{row}", old_until=end)
        for row, end in enumerate(ends[: len(lengths)], start=3)
    ]
    card = Card(2, 1, "N3", "", first, CARD.valid_from, CARD.valid_until)
    holding = folded(history(card, [], changes))
    assert (holding.newest.number, len(holding.chain)) == ("N3", len(lengths) + 1)
    assert (holding.newest.valid_from, holding.newest.valid_until) == (CARD.valid_from, CARD.valid_until)
    assert (holding.first_issued_on, holding.covered_from) == (first, first)
