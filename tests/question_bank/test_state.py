"""The review rule and the legal moves."""

import pytest

from question_bank import models
from question_bank.state import MOVES, State, can_approve, may


@pytest.mark.parametrize(
    ("needs", "reviewed", "approver", "allowed"),
    [
        (False, False, 1, True),
        (False, False, None, True),
        (True, True, 2, True),
        (True, True, 1, False),
        (True, False, 2, False),
        (True, True, None, False),
    ],
)
def test_who_may_approve(needs, reviewed, approver, allowed):
    got = can_approve(writers=frozenset({1}), approver=approver, needs_second_person=needs, reviewed=reviewed)
    assert got is allowed


def test_every_state_is_one_the_database_knows():
    assert {state.value for state in State} == set(models.Question.State.values)


@pytest.mark.parametrize(
    ("move", "state", "legal"),
    [
        ("submit", "draft", True),
        ("submit", "published", False),
        ("publish", "in_review", True),
        ("publish", "retired", False),
        ("send_back", "draft", False),
        ("revise", "retired", True),
        ("retire", "retired", False),
    ],
)
def test_legal_moves(move, state, legal):
    assert may(move, state) is legal
    assert move in MOVES
