"""The review rule and the legal moves."""

import pytest

from question_bank import models
from question_bank.state import MOVES, State, can_approve, can_pass, may


@pytest.mark.parametrize(
    ("people", "state", "reviewer", "approver", "allowed"),
    [
        (1, "draft", None, 1, True),
        (1, "draft", None, None, True),
        (2, "in_review", None, 2, True),
        (2, "in_review", None, 1, False),
        (2, "draft", None, 2, False),
        (2, "in_review", None, None, False),
        (3, "in_review", None, 3, False),
        (3, "reviewed", 2, 3, True),
        (3, "reviewed", 2, 2, False),
        (3, "reviewed", 2, 1, False),
        (3, "reviewed", None, 3, False),
    ],
)
def test_who_may_publish_what_1_wrote(people, state, reviewer, approver, allowed):
    writers = frozenset({1})
    got = can_approve(writers=writers, approver=approver, people=people, state=state, reviewer=reviewer)
    assert got is allowed


@pytest.mark.parametrize(
    ("people", "reviewer", "allowed"), [(3, 2, True), (3, 1, False), (3, None, False), (2, 2, False)]
)
def test_who_may_pass_a_review(people, reviewer, allowed):
    assert can_pass(writers=frozenset({1}), reviewer=reviewer, people=people) is allowed


def test_every_state_is_one_the_database_knows():
    assert {state.value for state in State} == set(models.Question.State.values)


@pytest.mark.parametrize(
    ("move", "state", "legal"),
    [
        ("submit", "draft", True),
        ("submit", "published", False),
        ("publish", "in_review", True),
        ("publish", "reviewed", True),
        ("pass_review", "in_review", True),
        ("pass_review", "draft", False),
        ("send_back", "reviewed", True),
        ("publish", "retired", False),
        ("send_back", "draft", False),
        ("revise", "retired", True),
        ("retire", "retired", False),
    ],
)
def test_legal_moves(move, state, legal):
    assert may(move, state) is legal
    assert move in MOVES
