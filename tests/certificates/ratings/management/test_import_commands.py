"""The commands that take files over: one JSON object, and the exit says whether all was well."""

import json

import pytest
from django.core.management import call_command

from certificates.ratings.formats.columns import SCORE_COLUMNS
from certificates.ratings.models import ImportedScore
from lianbing.kit.spreadsheets import OutSheet, write_workbook
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    """A file of one score of a unit, and one of somebody who is not there."""
    people.unit("执法局")
    path = tmp_path / "scores.xlsx"
    rows = [["", "", "执法局", "satisfaction", "满意度", "2026-03-01", 90, ""]]
    rows.append(["没有", "", "", "satisfaction", "满意度", "2026-03-01", 90, ""])
    path.write_bytes(write_workbook([OutSheet("表", [c.heading for c in SCORE_COLUMNS], rows)]))
    return path


def run(capsys, *args):
    with pytest.raises(SystemExit) as ended:
        call_command(*args)
    return json.loads(capsys.readouterr().out), ended.value.code


def test_a_file_with_a_fault_saves_nothing_and_ends_with_one(file, capsys):
    report, code = run(capsys, "import_scores", str(file), "--source", "external", "--json")
    assert (report["rows"], report["created"], len(report["errors"]), code) == (2, 0, 1, 1)
    assert report["errors"][0]["row"] == 3


def test_the_good_rows_alone_come_in_when_asked_for(file, capsys):
    report, _code = run(
        capsys, "import_scores", str(file), "--source", "external", "--skip-bad-rows", "--json"
    )
    assert (report["created"], ImportedScore.objects.count()) == (1, 1)


def test_a_file_of_no_use_ends_with_two(tmp_path, capsys):
    path = tmp_path / "no.xlsx"
    path.write_bytes(b"no spreadsheet")
    report, code = run(capsys, "import_records", str(path), "--json")
    assert (report["rows"], len(report["errors"]), code) == (0, 1, 2)
