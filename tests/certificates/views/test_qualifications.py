"""Qualifications are entered and struck out by others; a legal reviewer without one is flagged."""

import datetime

import pytest
from django.urls import reverse

from certificates.models import DutyPost, Qualification
from lianbing.people.models import Post
from lianbing.people.rules import Role
from tests.factories import people

pytestmark = pytest.mark.django_db
DOCUMENT = {"kind": "legal_profession", "number": "A2019 0001", "obtained_on": "2019-03-01", "grade": "A"}


@pytest.fixture
def review_post():
    post = Post.objects.create(name="法制审核岗")
    DutyPost.objects.create(post=post, duty=DutyPost.Duty.LEGAL_REVIEW)
    return post


def enter(client, officer, **changed):
    form = {"officer": officer.staff_number, **DOCUMENT, **changed}
    return client.post(reverse("certificates:qualification_new"), form)


def reviewing(client):
    """How many reviewers without the qualification the front page counts."""
    panels = [panel for panel in client.get("/").context["panels"] if panel.context.get("figures")]
    url = reverse("certificates:qualifications")
    return sum(one["count"] for panel in panels for one in panel.context["figures"] if one["url"] == url)


def test_hr_enters_a_qualification_and_strikes_it_out(bureau, as_user):
    client = as_user(bureau.hr)
    enter(client, bureau.officer)
    made = Qualification.objects.get()
    assert (made.number, made.officer) == ("A20190001", bureau.officer)
    assert "A20190001" in client.get(reverse("certificates:qualifications")).content.decode()
    url = reverse("certificates:qualification_strike", args=[made.uid])
    client.post(url, {"reason": "短"})
    made.refresh_from_db()
    assert made.struck_at is None
    client.post(url, {"reason": "录入有误，证号不符。"})
    assert "A20190001" not in client.get(reverse("certificates:qualifications")).content.decode()
    assert client.post(url, {"reason": "录入有误，证号不符。"}).status_code == 404


def test_one_number_belongs_to_one_person(bureau, as_user):
    client = as_user(bureau.hr_all)
    enter(client, bureau.officer)
    page = enter(client, bureau.other)
    assert page.status_code == 200
    assert Qualification.objects.count() == 1


def test_nobody_enters_their_own(bureau, as_user):
    people.grant(bureau.officer.user, Role.HR, unit=bureau.east)
    assert enter(as_user(bureau.officer.user), bureau.officer).status_code == 200
    assert not Qualification.objects.exists()


@pytest.mark.parametrize("changed", [{"obtained_on": "2027-01-01"}, {"valid_until": "2018-01-01"}])
def test_impossible_days_are_refused(bureau, as_user, changed):
    assert enter(as_user(bureau.hr), bureau.officer, **changed).status_code == 200
    assert not Qualification.objects.exists()


def test_hr_of_another_unit_reaches_nobody_here(bureau, as_user):
    enter(as_user(bureau.hr), bureau.officer)
    assert enter(as_user(bureau.hr_west), bureau.officer, number="B1").status_code == 200
    made = Qualification.objects.get()
    url = reverse("certificates:qualification_strike", args=[made.uid])
    assert as_user(bureau.hr_west).post(url, {"reason": "录入有误，证号不符。"}).status_code == 404
    assert (
        made.number
        not in as_user(bureau.hr_west).get(reverse("certificates:qualifications")).content.decode()
    )


def test_a_reviewer_without_it_is_flagged_on_page_and_front_page(bureau, as_user, review_post):
    reviewer = people.officer(bureau.east, post=review_post, name="赵审核")
    people.officer(bureau.east, post=review_post, name="钱老", since=datetime.date(2016, 1, 1))
    client = as_user(bureau.hr)
    page = client.get(reverse("certificates:qualifications"))
    assert page.context["lacking"] == 1
    assert reviewing(client) == 1
    enter(client, reviewer)
    assert client.get(reverse("certificates:qualifications")).context["lacking"] == 0
    assert reviewing(client) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_of_the_database_for_one_and_for_three(
    bureau, as_user, review_post, count, django_assert_num_queries
):
    for place in range(count):
        enter(as_user(bureau.hr), people.officer(bureau.east, post=review_post), number=f"N{place}")
    client = as_user(bureau.hr)
    client.get(reverse("certificates:qualifications"))
    with django_assert_num_queries(9):
        client.get(reverse("certificates:qualifications"))
