"""The print list: one file for many, and who was printed when."""

import io

import pypdf
import pytest

from certificates.models import CertificatePrint
from lianbing.kit.models import AuditRecord
from tests.factories import certificates, people

PRINTS = "/certificates/prints/"


@pytest.fixture
def several(bureau):
    return [certificates.certificate(people.officer(bureau.east), bureau.rule) for _ in range(3)]


def pages(answer):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages]


def test_those_ticked_come_in_one_file_by_number_and_it_is_on_record(bureau, several, as_user):
    answer = as_user(bureau.hr).post(PRINTS, {"pick": [several[2].pk, several[0].pk]})
    told = pages(answer)
    assert len(told) == 2
    assert several[0].number in told[0]
    assert several[2].number in told[1]
    assert CertificatePrint.objects.count() == 2
    assert AuditRecord.objects.get(action="printed").details["numbers"] == [
        several[0].number,
        several[2].number,
    ]


def test_all_of_a_list_come_in_one_file(bureau, several, as_user):
    one = people.officer(bureau.east, name="只要我一个")
    certificates.certificate(one, bureau.rule)
    assert len(pages(as_user(bureau.hr).post(f"{PRINTS}?q=只要我一个", {"act": "all"}))) == 1
    assert len(pages(as_user(bureau.hr).post(PRINTS, {"act": "all"}))) == 4


def test_what_was_printed_leaves_the_list_of_those_not_printed(bureau, several, as_user):
    client = as_user(bureau.hr)
    client.post(PRINTS, {"pick": [several[0].pk]})
    page = client.get(f"{PRINTS}?never=on").content.decode()
    assert several[0].number not in page
    assert several[1].number in page


def test_revoked_ones_and_those_of_other_units_are_not_printed(bureau, as_user):
    revoked = certificates.certificate(bureau.officer, bureau.rule, revoked=True)
    elsewhere = certificates.certificate(bureau.other, bureau.rule)
    answer = as_user(bureau.hr).post(PRINTS, {"pick": [revoked.pk, elsewhere.pk]})
    assert answer.status_code == 200
    assert not CertificatePrint.objects.exists()


@pytest.mark.parametrize("pick", [[], ["x"], ["9" * 40], ["-1"]])
def test_nothing_ticked_says_so(bureau, several, as_user, pick):
    answer = as_user(bureau.hr).post(PRINTS, {"pick": pick})
    assert "alert" in answer.content.decode()
    assert not CertificatePrint.objects.exists()


def test_more_than_one_file_holds_is_refused(bureau, several, as_user, monkeypatch):
    monkeypatch.setattr("certificates.views.prints.MOST_PAGES", 2)
    answer = as_user(bureau.hr).post(PRINTS, {"act": "all"})
    assert answer["Content-Type"].startswith("text/html")
    assert not CertificatePrint.objects.exists()


@pytest.mark.parametrize(
    "asked", ["rule=9999999999999999999999", "basis=class:x", "basis=sitting:zz", "q=%00", "page=x"]
)
def test_hostile_filters_are_no_error(bureau, several, as_user, asked):
    assert as_user(bureau.hr).get(f"{PRINTS}?{asked}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(bureau, as_user, count, django_assert_max_num_queries):
    for _ in range(count):
        certificates.certificate(people.officer(bureau.east), bureau.rule)
    client = as_user(bureau.hr)
    with django_assert_max_num_queries(12):
        assert client.get(PRINTS).status_code == 200


def test_printing_costs_the_same_for_any_number(bureau, several, as_user, django_assert_max_num_queries):
    client = as_user(bureau.hr)
    with django_assert_max_num_queries(16):
        client.post(PRINTS, {"act": "all"})
