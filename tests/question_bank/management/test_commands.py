"""import_questions and question_template, as the outside contract has them."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from question_bank.models import Question, QuestionBank

pytestmark = pytest.mark.django_db
KEYS = ["read", "by_kind", "created", "unchanged", "duplicates", "refused", "warnings"]


def run(*args):
    """Exit code and report of import_questions --json."""
    out = io.StringIO()
    code = 0
    try:
        call_command("import_questions", *map(str, args), "--json", stdout=out, stderr=io.StringIO())
    except SystemExit as error:
        code = error.code
    return code, json.loads(out.getvalue())


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "模板.xlsx"
    call_command("question_template", "-o", str(path), stderr=io.StringIO())
    return path


def test_the_template_comes_in(template):
    code, report = run(template, "--bank", "new", "--publish")
    assert (code, list(report)) == (0, KEYS)
    assert (report["read"], report["created"]) == (6, 6)
    assert Question.objects.filter(state="published").count() == 6


def test_a_second_run_changes_nothing(template):
    run(template, "--bank", "b")
    code, report = run(template, "--bank", "b")
    assert (code, report["created"], report["unchanged"]) == (0, 0, 6)


def test_a_dry_run_saves_nothing(template):
    code, report = run(template, "--bank", "b", "--dry-run")
    assert (code, report["created"], QuestionBank.objects.count()) == (0, 6, 0)


@pytest.mark.parametrize(
    "args",
    [["missing.xlsx", "--bank", "b"], [__file__, "--bank", "b"], [__file__, "--bank", "a b/c"]],
)
def test_nothing_usable(args):
    code, report = run(*args)
    assert (code, report["created"]) == (2, 0)
    assert report["refused"][0]["reason"]


def test_the_wrong_format_is_two(template):
    assert run(template, "--bank", "b", "--format", "hrss_json")[0] == 2


def test_the_table_for_people(template, capsys):
    call_command("import_questions", str(template), "--bank", "b")
    assert "created: 6" in capsys.readouterr().out


def test_a_place_that_cannot_be_written(tmp_path):
    with pytest.raises(CommandError) as told:
        call_command("question_template", "-o", str(tmp_path / "no" / "t.xlsx"))
    assert told.value.returncode == 2
