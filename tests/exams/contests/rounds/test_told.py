"""The rule of a round is told without what does not apply."""

import pytest

from exams.contests import rounds
from exams.contests.rules.rulebook import RoundRules


def _codes(kind, **settings):
    return [code for code, _params in rounds.get(kind).words(RoundRules(kind, "", 1, settings))]


@pytest.mark.parametrize(
    ("kind", "settings", "told", "untold"),
    [
        ("compulsory", {}, "order.seat", "ties.seat"),
        ("compulsory", {"order": "lowest"}, "ties.seat", "order.seat"),
        ("compulsory", {}, "penalty.none", "timeout.nothing"),
        ("compulsory", {"penalty": "5"}, "timeout.nothing", "penalty.none"),
        ("compulsory", {}, "each_player", "each"),
        ("team", {"mode": "together"}, "each_together", "order.seat"),
        ("team", {"mode": "together"}, "mode.together", "after_miss.nobody"),
        ("team", {}, "after_miss.nobody", "each_together"),
        ("buzzer", {}, "early_penalty", "early_penalty.none"),
        ("buzzer", {"early": "lose_item"}, "early.lose_item", "early_penalty"),
        ("risk", {"loss": "nothing"}, "loss.nothing", "timeout.wrong"),
        ("scenario", {}, "panel_points", "points"),
        ("sudden_death", {}, "counted.no", "points"),
        ("sudden_death", {"counted": True}, "points", "counted.no"),
    ],
)
def test_what_does_not_apply_is_not_told(kind, settings, told, untold):
    codes = _codes(kind, **settings)
    assert told in codes
    assert untold not in codes


def test_figures_stand_in_the_words():
    told = dict(rounds.get("risk").words(RoundRules("risk", "", 0, {"values": ["20", "40"], "seconds": 90})))
    assert told["values"] == {"values": "20/40"}
    assert told["seconds"] == {"value": "90"}
