"""The command's report is the outside contract."""

import io
import json

import pytest
from django.core.management import call_command

from courses.training.models import TakenOver
from tests.factories import people, training

pytestmark = pytest.mark.django_db

HEAD = "工号,班次名称,培训类型,日期,学时\n"


def run(path, *options):
    out, code = io.StringIO(), 0
    try:
        call_command("import_training", str(path), "--json", *options, stdout=out, stderr=io.StringIO())
    except SystemExit as stop:
        code = stop.code
    return json.loads(out.getvalue()), code


@pytest.fixture
def sheet(tmp_path):
    training.category("professional", "业务学习")
    officer = people.officer(people.unit())
    path = tmp_path / "旧.csv"
    path.write_text(f"{HEAD}{officer.staff_number},春训,培训班,2025-03-10,8\n", encoding="gb18030")
    return path


def test_everything_accepted(sheet):
    report, code = run(sheet)
    assert report == {"rows": 1, "created": 1, "updated": 0, "unchanged": 0, "errors": []}
    assert code == 0
    assert run(sheet) == ({**report, "created": 0, "unchanged": 1}, 0)


def test_a_dry_run_saves_nothing(sheet):
    report, code = run(sheet, "--dry-run")
    assert (report["created"], code) == (1, 0)
    assert not TakenOver.objects.exists()


def test_all_or_nothing_unless_told_otherwise(sheet):
    sheet.write_text(sheet.read_text("gb18030") + "9999,春训,培训班,2025-03-10,8\n", encoding="utf-8")
    report, code = run(sheet)
    assert (report["created"], code) == (0, 1)
    assert [set(error) for error in report["errors"]] == [{"sheet", "row", "column", "message"}]
    report, code = run(sheet, "--skip-bad-rows")
    assert (report["created"], len(report["errors"]), code) == (1, 1, 1)


def test_nothing_usable(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"no workbook")
    report, code = run(tmp_path / "x.xlsx")
    assert (report["rows"], code) == (0, 2)
    assert report["errors"]
    assert run(tmp_path / "missing.xlsx")[1] == 2


def test_the_template_is_understood_and_its_examples_are_left_out(tmp_path):
    path = tmp_path / "t.xlsx"
    call_command("training_template", "-o", str(path), stderr=io.StringIO())
    report, code = run(path)
    assert (report["rows"], code) == (0, 2)
