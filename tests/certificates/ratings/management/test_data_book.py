"""The data book by command."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories import people

pytestmark = pytest.mark.django_db


def told(capsys, *options):
    call_command("data_book", "--json", *options)
    return json.loads(capsys.readouterr().out)


def test_it_writes_the_file_and_checks_it(tmp_path, capsys):
    people.officer(people.unit("云汐市城管局"))
    target = tmp_path / "book.xlsx"
    report = told(capsys, "--check", "-o", str(target))
    assert report["unequal"] == 0
    assert {"figure": "officers", "book": 1.0, "sql": 1.0, "equal": True} in report["checked"]
    assert target.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("options", [["-o", "book.docx"], ["--unit", "没有这个单位"]])
def test_what_cannot_be_done_is_said(options):
    people.unit("云汐市城管局")
    with pytest.raises(CommandError) as caught:
        call_command("data_book", *options)
    assert caught.value.returncode == 2
