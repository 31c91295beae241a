"""Rulebooks to begin with, as JSON. Sources of the figures: `docs/reference/contest-rules.md`.

The titles of rounds are what stands on the screen; a contest may change them like everything else.
"""

from typing import Any

FOULS = [
    {"code": "reading_material", "points": "20"},
    {"code": "assisting", "points": "10"},
    {"code": "prompting", "points": "10"},
]
SUDDEN_DEATH = {
    "kind": "sudden_death",
    "title": "加赛",
    "items": 10,
    "settings": {"points": "10", "seconds": 15, "counted": False, "early": "out", "until": "first"},
}

BUREAU: dict[str, Any] = {
    "name": "城管局知识竞赛规则",
    "base_score": "100",
    "on_stage": 3,
    "most_substitutions": 2,
    "floor": None,
    "qualify": 0,
    "fouls": FOULS,
    "buzzer": {"cap_ms": 150, "tie_window_ms": 20, "tie_rule": "lower_score"},
    "rounds": [
        {"kind": "compulsory", "title": "个人必答题", "settings": {"points": "10", "seconds": 60}},
        {"kind": "team", "title": "小组共答题", "settings": {"points": "10", "seconds": 60}},
        {
            "kind": "buzzer",
            "title": "抢答题",
            "items": 30,
            "settings": {
                "points": "10",
                "penalty": "10",
                "early": "to_audience",
                "early_penalty": "10",
                "start_seconds": 10,
                "seconds": 60,
                "silence_seconds": 15,
            },
        },
        {
            "kind": "risk",
            "title": "风险题",
            "settings": {"values": ["10", "20", "30"], "seconds": 120, "order": "lowest", "decline": True},
        },
    ],
    "tie_break": SUDDEN_DEATH,
}

PROVINCIAL_FINAL: dict[str, Any] = {
    "name": "省级决赛规则",
    "base_score": "100",
    "on_stage": 4,
    "most_substitutions": 1,
    "floor": None,
    "qualify": 0,
    "fouls": FOULS,
    "buzzer": {"cap_ms": 150, "tie_window_ms": 20, "tie_rule": "again"},
    "rounds": [
        {"kind": "compulsory", "title": "个人必答题", "settings": {"points": "10", "seconds": 30}},
        {
            "kind": "team",
            "title": "团队共答题",
            "settings": {"points": "20", "seconds": 60, "mode": "together", "each": 3, "by": "pad"},
        },
        {
            "kind": "scenario",
            "title": "情景应对题",
            "settings": {"points": "20", "seconds": 120, "judges": 5, "trim_from": 5},
        },
        {
            "kind": "buzzer",
            "title": "抢答题",
            "items": 20,
            "settings": {
                "points": "20",
                "penalty": "20",
                "early": "second_costs",
                "early_penalty": "20",
                "start_seconds": 20,
                "seconds": 30,
                "silence_seconds": 20,
                "after_miss": "next",
            },
        },
        {
            "kind": "designated",
            "title": "指定题",
            "settings": {"values": ["10", "20", "30"], "per_value": 5, "target": "next"},
        },
        {
            "kind": "risk",
            "title": "风险题",
            "settings": {"values": ["20", "40", "60"], "seconds": 120, "order": "highest", "ties": "draw"},
        },
    ],
    "tie_break": {**SUDDEN_DEATH, "settings": {**SUDDEN_DEATH["settings"], "until": "all"}},  # type: ignore[dict-item]  # a mapping
}

HEAT_AND_STAGE: dict[str, Any] = {
    "name": "初赛笔试加现场赛规则",
    "base_score": "100",
    "on_stage": 3,
    "most_substitutions": 2,
    "floor": None,
    "qualify": 2,
    "fouls": FOULS,
    "buzzer": {"cap_ms": 150, "tie_window_ms": 20, "tie_rule": "lower_score"},
    "rounds": [
        {"kind": "team", "title": "团队必答题", "settings": {"points": "10", "seconds": 60, "each": 2}},
        {"kind": "compulsory", "title": "个人必答题", "settings": {"points": "10", "seconds": 60}},
        {
            "kind": "risk",
            "title": "风险题",
            "settings": {"values": ["10", "20", "30"], "seconds": 120, "order": "lowest"},
        },
        {
            "kind": "buzzer",
            "title": "抢答题",
            "items": 20,
            "settings": {"points": "10", "penalty": "10", "early": "lose_item", "seconds": 30},
        },
    ],
    "tie_break": SUDDEN_DEATH,
}

CLASSROOM: dict[str, Any] = {
    "name": "课堂抢分规则",
    "base_score": "0",
    "on_stage": 0,
    "most_substitutions": 0,
    "floor": None,
    "qualify": 0,
    "fouls": [],
    "rounds": [
        {
            "kind": "audience",
            "title": "全员答题",
            "items": 10,
            "settings": {"points": "500", "speed_points": "500", "seconds": 20},
        }
    ],
    "tie_break": None,
}

PRESETS: dict[str, dict[str, Any]] = {
    "bureau": BUREAU,
    "provincial_final": PROVINCIAL_FINAL,
    "heat_and_stage": HEAT_AND_STAGE,
    "classroom": CLASSROOM,
}
