"""风险: a team chooses what it plays for."""

import pytest

from exams.contests.rules.match import Illegal, Item, TurnPhase
from tests.exams.contests.tables import Table, amount_of


def _chosen(table, value, **data):
    table.asked()
    table.go("chosen", team=table.turn.chooser, value=value, **data)
    table.go("opened")


@pytest.mark.parametrize(
    ("settings", "value", "verdict", "score"),
    [
        ({}, "30", "right", 130),
        ({}, "30", "wrong", 70),
        ({}, "20", "timeout", 80),
        ({"timeout": "nothing"}, "20", "timeout", 100),
        ({"loss": "half"}, "30", "wrong", 85),
        ({"loss": "nothing"}, "30", "wrong", 100),
        ({"values": ["20", "40", "60"]}, "60", "wrong", 40),
        ({}, "30", "void", 100),
    ],
)
def test_right_wins_and_wrong_loses_what_was_chosen(settings, value, verdict, score):
    table = Table.running("risk", **settings)
    _chosen(table, value)
    table.ruled(verdict)
    assert table.scores == [score, 100, 100]


@pytest.mark.parametrize(
    ("order", "teams"), [("lowest", [2, 1, 3]), ("highest", [3, 1, 2]), ("seat", [1, 2, 3])]
)
def test_the_order_of_choosing_follows_the_scores(order, teams):
    table = Table({"kind": "risk", "title": "", "settings": {"order": order}})
    table.go("started")
    table.go("overridden", team=2, points="-10", reason="复核")
    table.go("overridden", team=3, points="10", reason="复核")
    table.go("round_opened", round=0)
    asked = []
    for _ in teams:
        table.asked()
        asked.append(table.turn.team)
        table.go("declined", team=table.turn.team)
        table.go("turn_closed")
    assert asked == teams


def test_equal_scores_are_drawn_by_the_seed_of_the_match():
    orders = set()
    for seed in range(12):
        table = Table({"kind": "risk", "title": "", "settings": {"ties": "draw"}}, seed=b"%d" % seed)
        table.go("started")
        table.go("round_opened", round=0)
        orders.add(tuple(ask.team for ask in table.state.round.queue))
    assert len(orders) > 2
    assert all(sorted(order) == [1, 2, 3] for order in orders)


def test_a_team_that_declines_keeps_its_score_and_the_item_stays_free():
    table = Table.running("risk")
    table.asked()
    table.go("declined", team=1)
    assert table.refused("ruled", team=1, verdict="right") == "not_answering"
    table.go("turn_closed")
    assert table.scores == [100, 100, 100]
    assert table.state.asked == frozenset()


def test_declining_is_refused_where_the_rule_says_so():
    table = Table.running("risk", decline=False)
    table.asked()
    assert table.refused("declined", team=1) == "no_declining"


def test_another_team_or_another_value_is_refused():
    table = Table.running("risk")
    table.asked()
    assert table.refused("chosen", team=2, value="10") == "not_choosing"
    assert table.refused("chosen", team=1, value="15") == "no_such_value"
    assert table.refused("opened") == "wrong_phase"
    assert table.refused("ruled", team=1, verdict="right") == "wrong_phase"


def test_the_item_may_come_with_the_choice_and_must_be_of_its_value():
    items = [Item(n, 0, value=amount_of(value)) for n, value in enumerate(("10", "10", "20"))]
    table = Table({"kind": "risk", "title": ""}, items=items)
    table.go("started")
    table.go("round_opened", round=0)
    table.go("turn_opened", team=1)
    assert table.turn.phase is TurnPhase.CHOOSING
    assert table.refused("chosen", team=1, value="20") == "item_needed"
    assert table.refused("chosen", team=1, value="20", item=0) == "item_not_here"
    table.go("chosen", team=1, value="20", item=2)
    assert table.turn.item == 2


def test_a_value_that_is_used_up_is_not_offered():
    table = Table.running("risk", per_value=1)
    _chosen(table, "30")
    table.ruled("right")
    table.asked()
    assert table.turn.choices == ("10", "20")


def test_a_value_without_a_question_is_not_offered():
    items = [Item(n, 0, value=amount_of("10")) for n in range(3)]
    table = Table({"kind": "risk", "title": ""}, items=items)
    table.go("started")
    table.go("round_opened", round=0)
    table.go("turn_opened")
    assert table.turn.choices == ("10",)


def test_when_nothing_is_left_to_choose_the_round_may_end():
    table = Table.running("risk", per_value=1, values=["10"])
    _chosen(table, "10")
    table.ruled("right")
    assert table.refused("turn_opened", item=1) == "round_done"
    table.go("round_closed")


def test_when_the_questions_run_out_the_round_may_end():
    table = Table({"kind": "risk", "title": ""}, items=[Item(0, 0, value=amount_of("10"))])
    table.go("started")
    table.go("round_opened", round=0)
    table.go("turn_opened")
    table.go("chosen", team=1, value="10", item=0)
    table.go("opened")
    table.ruled("right")
    assert table.refused("turn_opened") == "item_needed"
    table.go("round_closed")


def test_values_are_checked():
    with pytest.raises((Illegal, ValueError), match="setting_twice"):
        Table.running("risk", values=["10", "10"])
