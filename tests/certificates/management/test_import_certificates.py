"""The command's report is the outside contract."""

import io
import json

import pytest
from django.core.management import call_command

from certificates.models import EnforcementCertificate
from lianbing.kit.spreadsheets import read_path
from tests.factories import people

pytestmark = pytest.mark.django_db

HEAD = "工号,执法证号,发证日期,有效期至\n"


def run(path, *options):
    out, code = io.StringIO(), 0
    try:
        call_command("import_certificates", str(path), "--json", *options, stdout=out, stderr=io.StringIO())
    except SystemExit as stop:
        code = stop.code
    return json.loads(out.getvalue()), code


@pytest.fixture
def sheet(tmp_path):
    officer = people.officer(people.unit())
    path = tmp_path / "台账.csv"
    path.write_text(f"{HEAD}{officer.staff_number},云A1,2024-03-01,2029-02-28\n", encoding="gb18030")
    return path


def test_everything_accepted(sheet):
    report, code = run(sheet)
    assert (report, code) == ({"rows": 1, "created": 1, "updated": 0, "unchanged": 0, "errors": []}, 0)
    assert run(sheet) == ({**report, "created": 0, "unchanged": 1}, 0)


def test_a_dry_run_saves_nothing(sheet):
    report, code = run(sheet, "--dry-run")
    assert (report["created"], code) == (1, 0)
    assert not EnforcementCertificate.objects.exists()


def test_all_or_nothing_unless_told_otherwise(sheet):
    sheet.write_text(sheet.read_text("gb18030") + "9999,云A2,2024-03-01,2029-02-28\n", encoding="utf-8")
    report, code = run(sheet)
    assert (report["created"], code) == (0, 1)
    assert [set(error) for error in report["errors"]] == [{"sheet", "row", "column", "message"}]
    report, code = run(sheet, "--skip-bad-rows")
    assert (report["created"], len(report["errors"]), code) == (1, 1, 1)


def test_nothing_usable(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"no workbook")
    report, code = run(tmp_path / "x.xlsx")
    assert (report["rows"], len(report["errors"]), code) == (0, 1, 2)


def test_the_template_has_a_sheet_for_each_thing(tmp_path):
    call_command("certificate_template", "-o", str(tmp_path / "t.xlsx"), stderr=io.StringIO())
    names = [sheet.name for sheet in read_path(tmp_path / "t.xlsx")]
    assert names == ["执法证", "年审记录", "变更记录", "资格", "填写说明"]
