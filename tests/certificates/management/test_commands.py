"""Each act by command too: award, revoke, export."""

import io
import json
import uuid

import openpyxl
import pytest
from django.core.management import call_command

from certificates.models import Certificate, CertificateEvent
from tests.factories import certificates, people

pytestmark = pytest.mark.django_db


def run(name, *args):
    """The exit code and the JSON on stdout."""
    out, code = io.StringIO(), 0
    try:
        call_command(name, *args, "--json", stdout=out, stderr=io.StringIO())
    except SystemExit as stop:
        code = stop.code
    return code, json.loads(out.getvalue())


def test_award_is_idempotent():
    rule, squad = certificates.rule(), people.unit()
    sitting = certificates.released(squad, rule.blueprint)
    certificates.result(sitting, people.officer(squad), "80")
    asked = ("award_certificates", "--sitting", str(sitting.uid))
    assert run(*asked) == (0, {"issued": 1, "existing": 0, "refused": []})
    assert run(*asked) == (0, {"issued": 0, "existing": 1, "refused": []})


def test_award_names_who_was_refused():
    rule, squad = certificates.rule(), people.unit()
    sitting = certificates.released(squad, rule.blueprint)
    certificates.result(sitting, people.officer(squad, category="auxiliary"), "80")
    code, said = run("award_certificates", "--sitting", str(sitting.uid))
    assert (code, len(said["refused"])) == (1, 1)


@pytest.mark.parametrize("uid", ["nonsense", str(uuid.UUID(int=1))])
def test_award_of_nothing(uid):
    assert run("award_certificates", "--sitting", uid)[0] == 2


def test_award_before_the_release():
    sitting = certificates.released(people.unit(), certificates.rule().blueprint, released_at=None)
    code, said = run("award_certificates", "--sitting", str(sitting.uid))
    assert code == 2
    assert said["error"]
    assert not Certificate.objects.exists()


def test_revoke():
    made = certificates.certificate()
    code, said = run("revoke_certificate", "--uid", str(made.uid), "--reason", "调查认定违规")
    assert (code, said["revoked"], said["number"]) == (0, True, made.number)
    assert run("revoke_certificate", "--uid", str(made.uid), "--reason", "调查认定违规")[0] == 2


@pytest.mark.parametrize(
    ("uid", "reason"), [("x", "调查认定违规"), (None, "短"), (str(uuid.UUID(int=1)), "调查认定违规")]
)
def test_revoke_refused(uid, reason):
    made = certificates.certificate()
    assert run("revoke_certificate", "--uid", uid or str(made.uid), "--reason", reason)[0] == 2
    assert not CertificateEvent.objects.filter(kind="revoked").exists()


def test_export_of_a_unit(tmp_path):
    bureau = people.unit("局")
    east = people.unit("东", bureau)
    certificates.certificate(people.officer(east, name="甲"))
    people.officer(people.unit("西", bureau), name="乙")
    file = tmp_path / "out.xlsx"
    assert run("export_certified", "-o", str(file), "--unit", "局/东") == (0, {"rows": 1})
    values = [cell.value for row in openpyxl.load_workbook(file).worksheets[0].iter_rows() for cell in row]
    assert "甲" in values
    assert "乙" not in values


def test_export_of_everybody_and_of_nobody(tmp_path):
    people.officer(people.unit("局"))
    file = tmp_path / "out.xlsx"
    assert run("export_certified", "-o", str(file)) == (0, {"rows": 1})
    assert run("export_certified", "-o", str(file), "--unit", "没有")[0] == 2
    assert run("export_certified", "-o", str(tmp_path / "no" / "x.xlsx"))[0] == 2
