"""Versions of the rules, statements with a document, and the list that leaves the house."""

import datetime
import io

import openpyxl
import pytest

from certificates.models import Attestation, QualifyingRules
from certificates.queries.eligible import Filter
from certificates.rules.proposing import Policy
from certificates.rules.qualifying_parts import Part
from certificates.services import eligibility
from certificates.services.eligibility import RulesRefused, StatementRefused
from lianbing.kit.models import AuditRecord
from tests.factories import people, qualifying

TODAY = qualifying.TODAY
pytestmark = pytest.mark.django_db


def save(at, **fields):
    given = {"title": "试行", "holds_from": TODAY, "policy": Policy(), "by": qualifying.hr(), "at": at}
    return eligibility.save_rules(**given | {"rule": qualifying.asked(public_exam={})} | fields)


def attest(officer, at, **fields):
    given = {
        "part": Part.PUBLIC_EXAM,
        "met": True,
        "on": TODAY,
        "until": None,
        "document_no": "市司法局〔2026〕8号",
        "by": qualifying.hr(),
        "at": at,
    }
    return eligibility.attest(officer=officer, **given | fields)


def test_versions_are_numbered_and_on_record(at):
    assert [save(at).number, save(at, holds_from=TODAY + datetime.timedelta(days=30)).number] == [1, 2]
    assert AuditRecord.objects.filter(action="eligibility_rules_made").count() == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"rule": qualifying.asked()},
        {"policy": Policy(tries=0)},
        {"holds_from": TODAY - datetime.timedelta(days=1)},
    ],
)
def test_rules_that_cannot_stand_are_not_stored(at, fields):
    with pytest.raises(RulesRefused):
        save(at, **fields)
    assert not QualifyingRules.objects.exists()


def test_a_statement_is_stored_and_on_record(at):
    made = attest(people.officer(people.unit()), at)
    assert made.document_no == "市司法局〔2026〕8号"
    assert AuditRecord.objects.get(action="attested").details["part"] == "public_exam"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"document_no": "  "}, "document"),
        ({"part": Part.HOURS}, "part"),
        ({"part": Part.AGE, "met": False}, "part"),
        ({"on": TODAY + datetime.timedelta(days=1)}, "future"),
        ({"until": TODAY - datetime.timedelta(days=1)}, "ends"),
    ],
)
def test_a_statement_that_says_nothing_is_refused(at, fields, code):
    with pytest.raises(StatementRefused) as refused:
        attest(people.officer(people.unit()), at, **fields)
    assert refused.value.code == code
    assert not Attestation.objects.exists()


def test_nobody_states_anything_for_themselves(at):
    officer = people.officer(people.unit())
    own = people.actor(people.grant(officer.user, "hr"))
    with pytest.raises(StatementRefused) as refused:
        attest(officer, at, by=own)
    assert refused.value.code == "own"


def test_a_statement_is_taken_back_once_and_stays_readable(at):
    made = attest(people.officer(people.unit()), at)
    eligibility.take_back(statement=made, reason="证明材料有误", by=qualifying.hr(), at=at)
    with pytest.raises(StatementRefused) as refused:
        eligibility.take_back(statement=made, reason="证明材料有误", by=qualifying.hr(), at=at)
    assert refused.value.code == "withdrawn"
    assert Attestation.objects.filter(withdraws=None).count() == 1


def test_the_list_goes_out_with_a_record_and_masked(at):
    qualifying.rules()
    unit = people.unit()
    people.officer(unit, name="=1+1", id_number_masked="440101********12")
    book, rows = eligibility.export(asked=Filter((unit.path,)), by=qualifying.hr(), at=at)
    cells = [
        cell for row in openpyxl.load_workbook(io.BytesIO(book)).worksheets[0].iter_rows() for cell in row
    ]
    assert rows == 1
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "440101********12" in [cell.value for cell in cells]
    assert AuditRecord.objects.get(action="exported").details["what"] == "eligibility"
