"""The worked table of the reference is what the rules give."""

import datetime
import re
from decimal import Decimal
from pathlib import Path

import pytest

from courses.training.rules.conversion import PRESETS, Activity, Form, convert

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "hours.md"
ROWS = re.findall(
    r"^\| (8-4|6-3|45) \| (\w+) (\d+)( days)?( test)? \| ([\d.]+) \|$", PAGE.read_text(encoding="utf-8"), re.M
)
DAY, LATER = datetime.date(2026, 6, 1), datetime.date(2026, 6, 30)


def test_the_page_has_its_table():
    assert len(ROWS) == 19


@pytest.mark.parametrize(("code", "form", "number", "days", "test", "hours"), ROWS)
def test_a_worked_row(code, form, number, days, test, hours):
    table = next(preset.table for preset in PRESETS if preset.code == code)
    minutes, whole = (0, Decimal(number)) if days else (int(number), Decimal(0))
    activity = Activity(Form(form), DAY, LATER, minutes=minutes, days=whole, test_passed=bool(test))
    assert convert(table, activity) == Decimal(hours)
