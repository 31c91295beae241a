"""指定: a team sets a question for another."""

import pytest

from tests.exams.contests.tables import Table


def _set(table, target, value="20"):
    table.asked()
    table.go("chosen", team=table.turn.chooser, target=target, value=value)
    table.go("opened")


@pytest.mark.parametrize(
    ("verdict", "scores"),
    [("right", [100, 120, 100]), ("wrong", [100, 80, 100]), ("timeout", [100, 80, 100])],
)
def test_the_named_team_answers_and_wins_or_loses(verdict, scores):
    table = Table.running("designated")
    _set(table, 2)
    assert (table.turn.chooser, table.turn.team) == (1, 2)
    table.ruled(verdict)
    assert table.scores == scores


def test_only_the_next_team_may_be_named():
    table = Table.running("designated")
    table.asked()
    assert table.turn.targets == (2,)
    assert table.refused("chosen", team=1, target=3, value="10") == "no_such_target"
    assert table.refused("chosen", team=1, target=1, value="10") == "no_such_target"


def test_the_last_seat_names_the_first():
    table = Table.running("designated")
    for target in (2, 3):
        _set(table, target)
        table.ruled("right")
    table.asked()
    assert (table.turn.chooser, table.turn.targets) == (3, (1,))


def test_any_other_team_may_be_named_where_the_rule_says_so():
    table = Table.running("designated", target="any")
    table.asked()
    assert table.turn.targets == (2, 3)


def test_after_a_miss_who_set_the_question_may_answer_and_loses_nothing():
    table = Table.running("designated", after_miss="chooser")
    _set(table, 2)
    table.go("ruled", team=2, verdict="wrong")
    table.go("passed", to=1)
    table.go("ruled", team=1, verdict="wrong")
    assert table.refused("passed", to=1) == "not_passed_there"
    table.go("turn_closed")
    assert table.scores == [100, 80, 100]


def test_after_a_miss_who_set_the_question_may_win_its_value():
    table = Table.running("designated", after_miss="chooser")
    _set(table, 2)
    table.go("ruled", team=2, verdict="wrong")
    table.go("passed", to=1)
    table.ruled("right")
    assert table.scores == [120, 80, 100]


def test_a_value_is_set_at_most_as_often_as_the_rule_says():
    table = Table.running("designated", per_value=1, values=["10", "20"])
    _set(table, 2, "20")
    table.ruled("right")
    table.asked()
    assert table.turn.choices == ("10",)
