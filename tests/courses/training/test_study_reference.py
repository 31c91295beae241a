"""docs/reference/study-rules.md says what the rules do."""

import datetime
import re
from pathlib import Path

from courses.training.rules.study import Event, Part, Rule, evaluated
from courses.training.rules.study_periods import period_of
from courses.training.rules.study_presets import PRESETS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "study-rules.md"
DAY = datetime.date(2026, 11, 20)
PROFESSIONAL = Part("", frozenset({"professional", "legal", "practice"}))
RULES = {
    "2 x professional a month": (Rule(count=2, parts=(PROFESSIONAL,)), "month"),
    "1 x any a week of 60 minutes": (Rule(count=1, parts=(Part(""),), minimum_minutes=60), "week"),
}


def _rows(heading):
    section = PAGE.read_text(encoding="utf-8").partition(f"## {heading}")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def _events(text):
    found = re.findall(r"(\w+)/(\d+)", text)
    return [Event(str(n), DAY, "study_day", code, int(minutes)) for n, (code, minutes) in enumerate(found)]


def test_the_worked_examples_are_what_the_rules_compute():
    rows = _rows("Worked examples")
    assert len(rows) == 7
    for name, since, sessions, owed, lacking in rows:
        rule, kind = RULES[name]
        served = (datetime.date.fromisoformat(since), datetime.date.max)
        found = evaluated(rule, period_of(kind, DAY), _events(sessions), on=DAY, served=served)
        assert (found.needed, sum(lack.times for lack in found.lacking)) == (int(owed), int(lacking)), name


def test_every_preset_is_listed():
    assert [row[0].strip("`") for row in _rows("Rules of the founding documents")] == [
        preset.code for preset in PRESETS
    ]
