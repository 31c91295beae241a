"""What stands of ratings on front pages."""

import pytest

from certificates.ratings.models import Result
from certificates.ratings.panels import pages
from certificates.ratings.services import appeals, periods
from lianbing.people.rules import Role
from tests.factories import people, ratings

pytestmark = pytest.mark.django_db


@pytest.fixture
def squad():
    return people.unit("东城中队")


@pytest.fixture
def period(squad):
    officer = people.officer(squad)
    made = ratings.period(squad)
    ratings.fact(officer, 82)
    return made


def test_an_officer_sees_the_newest_published_result_and_nothing_before(
    period, at, django_assert_num_queries
):
    ratings.computed(period)
    result = Result.objects.get()
    officer = people.actor(result.officer.user)
    assert pages.my_star(officer, at) is None
    ratings.publish(period)
    with django_assert_num_queries(1):
        shown = pages.my_star(officer, at)
    assert shown.context["result"] == result
    assert shown.url == result.get_absolute_url()


def test_office_staff_without_a_record_of_their_own_see_none(at):
    assert pages.my_star(people.actor(people.staff(Role.HR)), at) is None


def test_a_period_to_confirm_and_an_appeal_are_urgent(period, squad, at, django_assert_num_queries):
    leader = people.actor(people.staff(Role.LEADER, unit=squad))
    ratings.computed(period)
    assert pages.to_do(leader, at).urgent is False
    periods.review(period=period, by=ratings.HR, at=at)
    with django_assert_num_queries(1):
        shown = pages.to_do(leader, at)
    assert (shown.urgent, shown.context["found"]["confirm"]) == (True, 1)
    periods.confirm(period=period, by=ratings.LEADER, at=at)
    periods.publish(period=period, by=ratings.HR, at=at)
    result = Result.objects.get()
    appeals.file(result=result, text="案卷评查漏登一卷。", by=people.actor(result.officer.user), at=at)
    assert pages.to_do(leader, at).context["found"]["appeals"] == 1


def test_who_has_nothing_to_do_with_any_period_sees_no_panel(period, at):
    stranger = people.staff(Role.HR, unit=people.unit("别局"))
    assert pages.to_do(people.actor(stranger), at) is None
