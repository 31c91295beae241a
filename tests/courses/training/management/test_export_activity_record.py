"""manage.py export_activity_record writes a workbook and reports its rows."""

import datetime
import io
import json

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook

from tests.factories import people, training

pytestmark = pytest.mark.django_db


@pytest.fixture
def squad():
    made = people.unit("滨河中队", parent=people.unit("云汐局"))
    moment = datetime.datetime(2026, 6, 10, 1, 0, tzinfo=datetime.UTC)
    training.session(unit=made, starts_at=moment, state="closed")
    return made


def run(path, *options, unit="云汐局/滨河中队", period="2026-06"):
    out, code = io.StringIO(), 0
    try:
        call_command(
            "export_activity_record",
            f"--unit={unit}",
            f"--period={period}",
            "-o",
            str(path),
            "--json",
            *options,
            stdout=out,
            stderr=io.StringIO(),
        )
    except SystemExit as stop:
        code = stop.code
    except CommandError as error:
        code = error.returncode
    return json.loads(out.getvalue()), code


@pytest.mark.parametrize("period", ["2026-06", "2026-Q2", "2026", "2026-06-01..2026-06-30"])
def test_a_record_of_a_period(squad, tmp_path, period):
    assert run(tmp_path / "a.xlsx", period=period) == ({"rows": 1}, 0)
    assert load_workbook(tmp_path / "a.xlsx").active["A1"].value.startswith("滨河中队2026年")


@pytest.mark.parametrize(
    ("unit", "period"), [("没有", "2026-06"), ("滨河中队", "上个月"), ("滨河中队", "2026-13")]
)
def test_a_unit_or_period_that_is_none(squad, tmp_path, unit, period):
    report, code = run(tmp_path / "a.xlsx", unit=unit, period=period)
    assert (report["rows"], code) == (0, 2)
    assert not (tmp_path / "a.xlsx").exists()


def test_a_template_and_its_unknown_placeholder(squad, tmp_path):
    book = Workbook()
    book.active["A1"], book.active["B1"] = "{{主题}}", "{{天气}}"
    book.save(tmp_path / "t.xlsx")
    report, code = run(tmp_path / "a.xlsx", f"--template={tmp_path / 't.xlsx'}")
    assert (report, code) == ({"rows": 1}, 1)


def test_a_template_that_cannot_be_read_writes_nothing(squad, tmp_path):
    (tmp_path / "t.xlsx").write_text("x")
    for name in ("t.xlsx", "missing.xlsx"):
        assert run(tmp_path / "a.xlsx", f"--template={tmp_path / name}")[1] == 2
    assert not (tmp_path / "a.xlsx").exists()
