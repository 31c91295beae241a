"""An older register comes in through the browser in two steps."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certificates.models import EnforcementCertificate, EnforcementRefusal
from tests.factories import people

pytestmark = pytest.mark.django_db
HEAD = "工号,证号,有效期起,有效期止\n"


def upload(*rows):
    return SimpleUploadedFile("旧台账.csv", (HEAD + "\n".join(rows)).encode("gb18030"))


def row(officer, number="A001", begins="2024-03-01"):
    return f"{officer.staff_number},{number},{begins},2029-02-28"


def test_checked_then_taken_over(bureau, as_user):
    client = as_user(bureau.hr_all)
    page = client.post(reverse("certificates:enforcement_import"), {"file": upload(row(bureau.officer))})
    assert not EnforcementCertificate.objects.exists()
    assert page.context["report"].created == 1
    client.post(reverse("certificates:enforcement_import_confirm"))
    assert EnforcementCertificate.objects.get().officer == bureau.officer


def test_faults_are_shown_and_nothing_is_offered(bureau, as_user):
    client = as_user(bureau.hr_all)
    sent = upload(row(bureau.officer, begins="不记得"))
    page = client.post(reverse("certificates:enforcement_import"), {"file": sent})
    assert "不记得" in page.content.decode()
    assert reverse("certificates:enforcement_import_confirm") not in page.content.decode()


def test_the_good_rows_alone_leave_a_refusal_on_record(bureau, as_user):
    client, auxiliary = as_user(bureau.hr_all), people.officer(bureau.west, category="auxiliary")
    sent = upload(row(bureau.officer), row(auxiliary, "A002"))
    form = {"file": sent, "skip_bad_rows": "on"}
    page = client.post(reverse("certificates:enforcement_import"), form)
    assert page.context["report"].refused == 1
    client.post(reverse("certificates:enforcement_import_confirm"))
    assert EnforcementRefusal.objects.get().officer == auxiliary
    assert EnforcementCertificate.objects.count() == 1


def test_confirming_without_a_checked_file_says_so(bureau, as_user):
    done = as_user(bureau.hr_all).post(reverse("certificates:enforcement_import_confirm"), follow=True)
    assert done.status_code == 200
    assert not EnforcementCertificate.objects.exists()


def test_a_file_that_is_no_workbook_is_refused_in_words(bureau, as_user):
    sent = SimpleUploadedFile("x.xlsx", b"PK\x03\x04 nothing")
    page = as_user(bureau.hr_all).post(reverse("certificates:enforcement_import"), {"file": sent})
    assert page.context["form"].errors["file"]


def test_hr_of_a_part_of_the_bureau_is_turned_away(bureau, as_user):
    assert as_user(bureau.hr).get(reverse("certificates:enforcement_import")).status_code == 403


def test_the_template_comes_as_a_workbook(bureau, as_user):
    page = as_user(bureau.hr_all).get(reverse("certificates:enforcement_import_template"))
    assert page.content[:2] == b"PK"
