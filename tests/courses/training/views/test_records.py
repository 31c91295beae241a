"""Past records come in through the browser in two steps."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.training.models import Session, TakenOver
from lianbing.people.rules import Role
from tests.factories import people, training

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    training.category("professional", "业务学习")
    return people.officer(people.unit())


def upload(officer, hours="8"):
    text = f"工号,名称,日期,学时\n{officer.staff_number},春训,2025-03-10,{hours}\n"
    return SimpleUploadedFile("旧台账.csv", text.encode("gb18030"))


def test_checked_then_taken_over(client, officer):
    client.force_login(people.staff(Role.HR))
    page = client.post(reverse("training:records"), {"file": upload(officer)})
    assert not TakenOver.objects.exists()
    assert page.context["report"].created == 1
    done = client.post(reverse("training:records_confirm"), follow=True)
    assert TakenOver.objects.get().file == "旧台账.csv"
    assert "旧台账.csv" in done.content.decode()


def test_faults_are_shown_and_nothing_is_offered(client, officer):
    client.force_login(people.staff(Role.HR))
    page = client.post(reverse("training:records"), {"file": upload(officer, hours="很多")})
    assert "很多" in page.content.decode()
    assert reverse("training:records_confirm") not in page.content.decode()


def test_confirming_without_a_checked_file_says_so(client, officer):
    client.force_login(people.staff(Role.TRAINER))
    done = client.post(reverse("training:records_confirm"), follow=True)
    assert done.status_code == 200
    assert not TakenOver.objects.exists()


def test_a_file_that_is_no_workbook_is_refused_in_words(client, officer):
    client.force_login(people.staff(Role.HR))
    sent = SimpleUploadedFile("x.xlsx", b"PK\x03\x04 nothing")
    page = client.post(reverse("training:records"), {"file": sent})
    assert page.context["form"].errors["file"]


def test_whoever_looks_after_a_part_of_the_bureau_is_turned_away(client, officer):
    root = people.Unit.objects.get()
    squad = people.unit("中队", parent=people.unit("大队", parent=root))
    client.force_login(people.staff(Role.TRAINER, unit=squad))
    assert client.get(reverse("training:records")).status_code == 403
    assert client.get(reverse("training:records_template")).status_code == 403


def test_the_page_costs_the_same_with_more_files(client, officer, django_assert_max_num_queries):
    client.force_login(people.staff(Role.HR))
    with django_assert_max_num_queries(15):
        assert client.get(reverse("training:records")).status_code == 200


def test_the_pages_of_a_session_and_class_taken_over_open(client, officer):
    text = f"工号,名称,日期,学时\n{officer.staff_number},春训,2025-03-10,8\n".encode()
    client.force_login(people.staff(Role.HR, Role.TRAINER))
    client.post(reverse("training:records"), {"file": SimpleUploadedFile("x.csv", text)})
    client.post(reverse("training:records_confirm"))
    session = Session.objects.get()
    for name, uid in (
        ("training:roll", session.uid),
        ("training:roll_sheet", session.uid),
        ("training:class", session.batch.training_class.uid),
    ):
        assert client.get(reverse(name, args=[uid])).status_code == 200
