"""The pages of external training, and who may see the evidence."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from courses.training.models import External, HourEntry
from courses.training.services import external as service
from lianbing.kit import clock
from lianbing.people.rules import Role
from tests.factories import people, plans

MINE, DESK = "/training/external/mine/", "/training/external/"


@pytest.fixture(autouse=True)
def friday(at, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    with clock.pinned(at):
        yield


@pytest.fixture
def bureau(db):
    root = people.unit("云汐市城管局")
    east, west = people.unit("东城中队", root), people.unit("西城中队", root)
    return SimpleNamespace(
        root=root,
        east=east,
        officer=people.officer(east, name="王小明"),
        colleague=people.officer(east),
        trainer=people.staff(Role.TRAINER, unit=east),
        hr=people.staff(Role.HR, unit=east),
        hr_west=people.staff(Role.HR, unit=west),
        leader=people.staff(Role.LEADER),
    )


def as_user(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form(**change):
    return {
        "title": "住建部执法培训班",
        "organiser": "住建部干部学院",
        "starts_on": "2026-11-02",
        "ends_on": "2026-11-04",
        "days": "3",
        "evidence": plans.picture(),
    } | change


def record(bureau, at):
    made = plans.external(bureau.officer)
    return service.enter(
        record=made, files=[plans.certificate()], by=people.actor(bureau.officer.user), at=at
    )


def test_an_officer_enters_a_course_on_the_page_and_hr_accepts_it(bureau):
    as_user(bureau.officer.user).post(MINE + "new/", form())
    made = External.objects.get()
    page = f"{DESK}{made.uid}/"
    assert made.title in as_user(bureau.hr).get(DESK).content.decode()
    as_user(bureau.hr).post(page + "decide/", {"accept": "1", "reason": ""})
    assert HourEntry.objects.get(officer=bureau.officer).days == 3
    assert str(HourEntry.objects.get().hours) in as_user(bureau.officer.user).get(page).content.decode()


def test_a_trainer_enters_for_the_people_of_the_unit(bureau):
    as_user(bureau.trainer).post(DESK + "new/", form(officer="王小明"))
    assert External.objects.get().officer == bureau.officer


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"evidence": SimpleUploadedFile("a.png", b"<script>")}, "evidence"),
        ({"evidence": ""}, "evidence"),
        ({"days": "4"}, "days"),
        ({"days": "2.3"}, "days"),
        ({"days": ""}, "days"),
        ({"days": "", "minutes": "-5"}, "minutes"),
        ({"ends_on": "2026-11-01"}, "ends_on"),
        ({"ends_on": "2027-01-01"}, "ends_on"),
        ({"starts_on": "0001-01-01"}, "starts_on"),
        ({"title": ""}, "title"),
        ({"cost": "1e40"}, "cost"),
    ],
)
def test_what_cannot_be_is_shown_at_its_field(bureau, change, field):
    response = as_user(bureau.officer.user).post(MINE + "new/", form(**change))
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not External.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 200), ("hr", 200), ("trainer", 200), ("colleague", 404), ("hr_west", 404), ("leader", 404)],
)
def test_evidence_is_served_to_whom_it_concerns_alone(bureau, at, who, status):
    made = record(bureau, at)
    user = getattr(bureau, who)
    client = as_user(getattr(user, "user", user))
    page = f"{DESK}{made.uid}/"
    assert client.get(page).status_code == status
    response = client.get(f"{page}files/{made.files.get().uid}/")
    assert response.status_code == status
    if status == 200:
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]


def test_a_file_of_another_record_is_not_there(bureau, at):
    made = record(bureau, at)
    other = plans.external(bureau.colleague)
    service.enter(
        record=other,
        files=[plans.certificate(colour="red")],
        by=people.actor(bureau.colleague.user),
        at=at,
    )
    page = f"{DESK}{made.uid}/files/{other.files.get().uid}/"
    assert as_user(bureau.officer.user).get(page).status_code == 404


def test_a_refusal_asks_why_and_is_shown(bureau, at):
    made = record(bureau, at)
    page = f"{DESK}{made.uid}/"
    response = as_user(bureau.hr).post(page + "decide/", {"refuse": "1", "reason": ""})
    assert response.context["form"].errors["reason"]
    as_user(bureau.hr).post(page + "decide/", {"refuse": "1", "reason": "证书无法辨认"})
    assert "证书无法辨认" in as_user(bureau.officer.user).get(page).content.decode()


def test_officers_decide_nothing_and_take_back_their_own(bureau, at):
    made = record(bureau, at)
    page = f"{DESK}{made.uid}/"
    client = as_user(bureau.officer.user)
    assert client.post(page + "decide/", {"accept": "1"}).status_code == 403
    assert client.get(page + "withdraw/").status_code == 405
    client.post(page + "withdraw/")
    made.refresh_from_db()
    assert made.state == "withdrawn"


@pytest.mark.parametrize("text", ["x", "7", "00000000-0000-0000-0000-000000000000"])
def test_a_nomination_that_is_not_there_is_not_found(bureau, text):
    assert as_user(bureau.officer.user).get(f"{MINE}new/?nomination={text}").status_code == 404


def test_statements_do_not_grow_with_the_records(bureau, at, django_assert_max_num_queries):
    for user, page in ((bureau.hr, DESK), (bureau.officer.user, MINE)):
        client = as_user(user)
        record(bureau, at)
        client.get(page)
        with django_assert_max_num_queries(15) as few:
            client.get(page)
        record(bureau, at)
        record(bureau, at)
        with django_assert_max_num_queries(15) as many:
            client.get(page)
        assert len(few) == len(many)
