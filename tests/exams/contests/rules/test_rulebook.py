"""A rulebook is read from JSON, complete or not at all."""

import copy

import pytest

from exams.contests import rounds
from exams.contests.rules.presets import PRESETS
from exams.contests.rules.rulebook import BadRulebook, to_json

RISK = {"kind": "risk", "title": "风险题"}
BOOK = {"name": "规则", "rounds": [RISK]}


def _with(**changes):
    return {**copy.deepcopy(BOOK), **changes}


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_sound_and_comes_back_the_same(name):
    book = rounds.parse(PRESETS[name])
    assert rounds.parse(to_json(book)) == book
    assert all(
        set(one.settings) == {setting.name for setting in rounds.get(one.kind).settings}
        for one in book.rounds
    )


@pytest.mark.parametrize(
    ("document", "field", "code"),
    [
        ([], "", "malformed"),
        ({}, "rounds", "missing"),
        (_with(rounds=[]), "rounds", "missing"),
        (_with(rounds={}), "rounds", "malformed"),
        (_with(rounds=[RISK] * 21), "rounds", "too_many"),
        (_with(surprise=1), "surprise", "unknown"),
        (_with(name=""), "name", "missing"),
        (_with(name="长" * 41), "name", "too_long"),
        (_with(base_score=100), "base_score", "malformed"),
        (_with(base_score="-1"), "base_score", "malformed"),
        (_with(base_score="1e9"), "base_score", "malformed"),
        (_with(floor="200"), "floor", "floor_above_base"),
        (_with(on_stage=9), "on_stage", "too_large"),
        (_with(on_stage=True), "on_stage", "malformed"),
        (_with(on_stage=0), "on_stage", "nobody_on_stage"),
        (_with(qualify=17), "qualify", "too_large"),
        (_with(most_substitutions=-1), "most_substitutions", "too_small"),
        (_with(fouls=[{"code": "Über", "points": "1"}]), "fouls.0.code", "malformed"),
        (_with(fouls=[{"code": "a", "points": "1"}] * 2), "fouls.1.code", "twice"),
        (_with(fouls=[{"code": "a"}]), "fouls.0.points", "malformed"),
        (_with(buzzer={"cap_ms": 151}), "buzzer.cap_ms", "too_large"),
        (_with(buzzer={"tie_rule": "mine"}), "buzzer.tie_rule", "unknown"),
        (_with(buzzer=5), "buzzer", "malformed"),
        (_with(rounds=[{"kind": "dance", "title": ""}]), "rounds.0.kind", "unknown"),
        (_with(rounds=[{"title": ""}]), "rounds.0.kind", "missing"),
        (_with(rounds=[{**RISK, "colour": 1}]), "rounds.0.colour", "unknown"),
        (_with(rounds=[{**RISK, "items": 201}]), "rounds.0.items", "too_large"),
        (_with(rounds=[{**RISK, "settings": []}]), "rounds.0.settings", "settings_malformed"),
        (_with(rounds=[{**RISK, "settings": {"x": 1}}]), "rounds.0.settings.x", "setting_unknown"),
        (_with(rounds=[{**RISK, "settings": {"each": 0}}]), "rounds.0.settings.each", "setting_too_small"),
        (_with(rounds=[{**RISK, "settings": {"each": True}}]), "rounds.0.settings.each", "setting_malformed"),
        (
            _with(rounds=[{**RISK, "settings": {"order": "up"}}]),
            "rounds.0.settings.order",
            "setting_unknown_word",
        ),
        (
            _with(rounds=[{**RISK, "settings": {"values": []}}]),
            "rounds.0.settings.values",
            "setting_malformed",
        ),
        (
            _with(rounds=[{**RISK, "settings": {"values": ["0"]}}]),
            "rounds.0.settings.values",
            "setting_too_small",
        ),
        (
            _with(rounds=[{**RISK, "settings": {"decline": "no"}}]),
            "rounds.0.settings.decline",
            "setting_malformed",
        ),
        (_with(rounds=[{"kind": "buzzer", "title": ""}]), "rounds.0.items", "missing"),
        (_with(rounds=[{"kind": "sudden_death", "title": ""}]), "rounds.0.kind", "only_tie_break"),
        (_with(tie_break=RISK | {"kind": "scenario"}), "tie_break.kind", "no_tie_break"),
        (
            _with(
                rounds=[
                    {"kind": "team", "title": "", "settings": {"mode": "together", "after_miss": "audience"}}
                ]
            ),
            "rounds.0.settings.after_miss",
            "together_no_miss",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_field(document, field, code):
    with pytest.raises(BadRulebook) as caught:
        rounds.parse(document)
    assert (caught.value.field, caught.value.code) == (field, code)


@pytest.mark.parametrize(
    ("kind", "items", "settings", "teams", "on_stage", "questions"),
    [
        ("compulsory", 0, {}, 4, 3, 12),
        ("compulsory", 0, {"each": 2}, 4, 3, 24),
        ("compulsory", 10, {}, 4, 3, 10),
        ("team", 0, {"each": 2}, 4, 3, 8),
        ("team", 0, {"mode": "together", "each": 3}, 16, 3, 3),
        ("buzzer", 30, {}, 4, 3, 30),
        ("risk", 0, {}, 4, 3, 4),
        ("scenario", 0, {"each": 2}, 6, 4, 12),
        ("designated", 0, {}, 5, 3, 5),
        ("audience", 7, {}, 0, 0, 7),
        ("sudden_death", 10, {}, 2, 3, 10),
    ],
)
def test_a_round_knows_how_many_questions_it_needs(kind, items, settings, teams, on_stage, questions):
    document = {"kind": kind, "title": "", "items": items, "settings": settings}
    tie_break = document if kind == "sudden_death" else None
    book = rounds.parse(_with(rounds=[RISK if tie_break else document], tie_break=tie_break))
    assert rounds.planned(book.tie_break or book.rounds[0], teams, on_stage) == questions
