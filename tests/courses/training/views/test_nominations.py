"""The pages of nominations."""

from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client

from courses.training.models import Nomination, NominationQuota
from lianbing.kit import clock
from lianbing.people.rules import Role
from tests.factories import people, plans, training

LIST = "/training/nominations/"


@pytest.fixture(autouse=True)
def friday(at):
    cache.clear()
    with clock.pinned(at):
        yield


@pytest.fixture
def bureau(db):
    root = people.unit("云汐市城管局")
    east = people.unit("东城中队", root)
    course = plans.superior_class(root)
    return SimpleNamespace(
        root=root,
        east=east,
        course=course,
        officer=people.officer(east, name="王小明"),
        chief=people.staff(Role.TRAINER),
        trainer=people.staff(Role.TRAINER, unit=east),
        hr=people.staff(Role.HR),
    )


def as_user(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(course):
    return f"{LIST}{course.uid}/"


def test_places_are_given_somebody_nominated_approved_and_told(bureau):
    page = page_of(bureau.course)
    given = {"unit": bureau.east.pk, "places": 1, "nominate_by": "2026-12-15"}
    as_user(bureau.chief).post(page + "places/", given)
    quota = NominationQuota.objects.get()
    as_user(bureau.trainer).post(f"{page}places/{quota.pk}/", {"officer": "王小明"})
    one = Nomination.objects.get()
    front = as_user(bureau.officer.user).get("/").content.decode()
    assert bureau.course.title in front
    as_user(bureau.hr).post(f"{LIST}people/{one.uid}/decide/", {"approve": "1", "reason": ""})
    one.refresh_from_db()
    assert one.state == "approved"
    assert "?nomination=" in as_user(bureau.officer.user).get(LIST + "mine/").content.decode()


def test_more_than_the_places_are_refused_with_a_word(bureau):
    quota = plans.quota(bureau.course, bureau.east)
    client = as_user(bureau.trainer)
    client.post(f"{page_of(bureau.course)}places/{quota.pk}/", {"officer": "王小明"})
    people.officer(bureau.east, name="李四")
    response = client.post(f"{page_of(bureau.course)}places/{quota.pk}/", {"officer": "李四"})
    form = next(row["form"] for row in response.context["quotas"])
    assert form.errors["officer"]
    assert Nomination.objects.count() == 1


def test_a_withdrawal_asks_why(bureau):
    quota = plans.quota(bureau.course, bureau.east)
    as_user(bureau.trainer).post(f"{page_of(bureau.course)}places/{quota.pk}/", {"officer": "王小明"})
    page = f"{LIST}people/{Nomination.objects.get().uid}/withdraw/"
    assert as_user(bureau.trainer).post(page, {"reason": ""}).status_code == 200
    as_user(bureau.trainer).post(page, {"reason": "借调"})
    assert Nomination.objects.get().state == "withdrawn"


def test_a_refusal_asks_why(bureau):
    quota = plans.quota(bureau.course, bureau.east)
    as_user(bureau.trainer).post(f"{page_of(bureau.course)}places/{quota.pk}/", {"officer": "王小明"})
    page = f"{LIST}people/{Nomination.objects.get().uid}/decide/"
    response = as_user(bureau.hr).post(page, {"refuse": "1", "reason": ""})
    assert response.context["form"].errors["reason"]
    as_user(bureau.hr).post(page, {"refuse": "1", "reason": "专案"})
    assert Nomination.objects.get().state == "refused"


def test_units_without_places_see_nothing_and_officers_no_list(bureau):
    plans.quota(bureau.course, bureau.east)
    other = as_user(people.staff(Role.TRAINER, unit=people.unit("西城中队", bureau.root)))
    assert other.get(page_of(bureau.course)).status_code == 404
    assert not other.get(LIST).context["page_obj"].object_list
    assert as_user(bureau.officer.user).get(LIST).status_code == 403
    assert as_user(bureau.trainer).get(page_of(bureau.course) + "places/").status_code == 405


def test_statements_do_not_grow_with_classes_and_people(bureau, django_assert_max_num_queries):
    client = as_user(bureau.hr)

    def grow(course):
        quota = plans.quota(course, bureau.east, places=9)
        for _ in range(2):
            officer = people.officer(bureau.east)
            Nomination.objects.create(
                quota=quota,
                training_class=course,
                officer=officer,
                unit=bureau.east,
                nominated_at=plans.AT,
                nominated_by={"name": "教官"},
                nominator=bureau.trainer,
            )

    grow(bureau.course)
    for page in (LIST, page_of(bureau.course)):
        client.get(page)
        with django_assert_max_num_queries(15) as few:
            client.get(page)
        grow(plans.superior_class(bureau.root, starts_on=training.TODAY, ends_on=training.TODAY))
        with django_assert_max_num_queries(15) as many:
            client.get(page)
        assert len(few) == len(many)
