"""The desk of periods: the road from the evidence to the closed period."""

import datetime

import pytest

from certificates.ratings.models import Period
from certificates.ratings.services import periods as services
from lianbing.kit import clock
from lianbing.people.rules import Role
from tests.factories import people, ratings

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(rated):
    """November, opened and gathered."""
    period = ratings.period(rated.root, rated.scheme, first=rated.november)
    ratings.fact(rated.officer, 88, on=datetime.date(2026, 11, 3))
    ratings.gather(period)
    return period


def at(period, page=""):
    return f"/ratings/periods/{period.uid}/{page}"


def step(client, period, act, **sent):
    return client.post(at(period, f"do/{act}/"), sent)


def phase(period):
    return Period.objects.get(pk=period.pk).phase


def test_hr_opens_a_period_of_a_scheme_in_force(rated, as_user):
    sent = {"scheme": rated.scheme.pk, "span": "monthly_check|2026-09-01", "unit": rated.root.pk}
    assert as_user(rated.hr).post("/ratings/periods/new/", sent).status_code == 302
    assert Period.objects.filter(first=datetime.date(2026, 9, 1)).exists()


@pytest.mark.parametrize("span", ["", "monthly_check|2026-09-02", "monthly_check|1999-01-01", "x|y"])
def test_what_is_no_period_is_not_opened(rated, as_user, span):
    sent = {"scheme": rated.scheme.pk, "span": span, "unit": rated.root.pk}
    assert as_user(rated.hr).post("/ratings/periods/new/", sent).context["form"].errors
    assert Period.objects.count() == 1


def test_opening_one_twice_says_so(rated, as_user):
    sent = {"scheme": rated.scheme.pk, "span": "monthly_check|2026-10-01", "unit": rated.root.pk}
    assert as_user(rated.hr).post("/ratings/periods/new/", sent).context["form"].errors


def test_hr_of_a_squad_opens_none_for_the_bureau(rated, as_user):
    sent = {"scheme": rated.scheme.pk, "span": "monthly_check|2026-09-01", "unit": rated.root.pk}
    assert as_user(rated.hr_east).post("/ratings/periods/new/", sent).context["form"].errors


def test_gathering_shows_its_steps_and_closes_a_gathering(rated, as_user):
    period = ratings.period(rated.root, rated.scheme, first=rated.november)
    response = as_user(rated.hr).post(at(period, "gather/"))
    page = b"".join(response.streaming_content).decode()
    assert page.count("<html") == page.count("</html>") == 1
    assert "1 / 1" in page
    assert phase(period) == "gathered"


def test_the_whole_road_with_two_people(rated, begun, as_user):
    one, two = as_user(rated.hr), as_user(rated.leader)
    step(one, begun, "computed")
    step(one, begun, "reviewed", reason="逐项核对无误")
    step(one, begun, "confirmed", looked="on")
    assert phase(begun) == "reviewed"
    step(two, begun, "confirmed", looked="on")
    step(one, begun, "published", appeals_until="2026-11-27")
    assert phase(begun) == "published"


def test_nobody_confirms_without_saying_so(rated, begun, as_user):
    step(as_user(rated.hr), begun, "computed")
    step(as_user(rated.hr), begun, "reviewed")
    assert step(as_user(rated.leader), begun, "confirmed").context["form"].errors
    assert phase(begun) == "reviewed"


@pytest.mark.parametrize("day", ["", "2026-11-20", "2028-01-01", "9999-12-31", "morgen"])
def test_appeals_need_a_day_ahead(rated, begun, as_user, day):
    step(as_user(rated.hr), begun, "computed")
    step(as_user(rated.hr), begun, "reviewed")
    step(as_user(rated.leader), begun, "confirmed", looked="on")
    assert step(as_user(rated.hr), begun, "published", appeals_until=day).context["form"].errors
    assert phase(begun) == "confirmed"


def test_a_confirmation_is_taken_back_with_a_reason_only(rated, begun, as_user):
    hr = as_user(rated.hr)
    step(hr, begun, "computed")
    step(hr, begun, "reviewed")
    step(as_user(rated.leader), begun, "confirmed", looked="on")
    assert step(hr, begun, "reopened", reason="").context["form"].errors
    step(hr, begun, "reopened", reason="发现一名队员的学时未登记")
    assert phase(begun) == "computed"


def test_a_leader_computes_nothing_and_a_step_out_of_turn_is_none(rated, begun, as_user):
    assert step(as_user(rated.leader), begun, "computed").status_code == 404
    assert step(as_user(rated.hr), begun, "locked").status_code == 404
    assert phase(begun) == "gathered"


def test_closing_before_the_days_for_appeals_are_over_is_refused(rated, as_user, friday):
    hr = as_user(rated.hr)
    step(hr, rated.period, "locked")
    assert phase(rated.period) == "published"
    with clock.pinned(friday + datetime.timedelta(days=20)):
        step(as_user(rated.hr), rated.period, "locked")
    assert phase(rated.period) == "locked"


def test_a_correction_leaves_the_old_statement_readable(rated, as_user):
    ratings.fact(rated.officer, 96, origin=rated.fact.origin)
    ratings.gather(rated.period)
    hr = as_user(rated.hr)
    step(hr, rated.period, "corrected", reason="十月案卷评查复核后加四分")
    step(hr, rated.period, "reviewed")
    step(as_user(rated.leader), rated.period, "confirmed", looked="on")
    step(hr, rated.period, "published", appeals_until="2026-11-27")
    page = hr.get(f"/ratings/results/{rated.result.uid}/").content.decode()
    assert "92.00" in page
    told = hr.get(at(rated.period)).context["told"]
    assert [(one.statement.number, one.statement.reason) for one in told] == [
        (2, "十月案卷评查复核后加四分"),
        (1, ""),
    ]


def test_readers_of_one_squad_see_figures_of_their_own_and_nothing_unpublished(rated, begun, as_user):
    services.compute(period=begun, by=ratings.HR, at=ratings.AT)
    west = as_user(rated.leader_west)
    assert west.get(at(rated.period)).context["figures"].results == 1
    assert west.get(at(begun)).context["told"] == []


def test_a_reader_of_nothing_here_finds_no_period(rated, as_user):
    stranger = people.staff(Role.LEADER, unit=people.unit("别局"))
    assert as_user(stranger).get(at(rated.period)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_as_for_three(rated, as_user, count, django_assert_num_queries):
    for month in range(1, count):
        ratings.period(rated.root, rated.scheme, first=datetime.date(2026, month, 1))
    hr = as_user(rated.hr)
    hr.get("/ratings/periods/")
    with django_assert_num_queries(6):
        hr.get("/ratings/periods/")
