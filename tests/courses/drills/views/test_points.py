"""The pages of points, boards and rest days."""

import datetime

import pytest

from courses.drills.models import PointDay, RestDay
from lianbing.kit import clock
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import Role
from tests.factories import drills
from tests.factories.people import staff, unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with clock.pinned(drills.NOON):
        yield


@pytest.fixture
def officer(client):
    one = drills.learner()
    client.force_login(one.user)
    return one


def test_my_points_say_what_each_was_given_for(client, officer):
    drills.take_all(drills.drill_set(officer, drills.questions(6), kind="daily"))
    page = client.get("/drills/points/")
    assert page.context["standing"].today == 18
    assert page.context["standing"].streak.length == 1
    assert "第1道练习题" in page.text
    assert page.text.count("+2") == 6


def test_a_new_person_is_told_how_to_begin(client, officer):
    page = client.get("/drills/points/")
    assert page.status_code == 200
    assert "empty-title" in page.text


def test_a_rest_day_keeps_the_streak(client, officer):
    for back in (3, 1):
        PointDay.objects.create(officer=officer, on=clock.today() - drills.DAY * back, cap=50, answered=5)
    assert client.get("/drills/points/").context["standing"].streak.length == 1
    RestDay.objects.create(officer=officer, on=clock.today() - drills.DAY * 2, by_name="本人", at=drills.NOON)
    assert client.get("/drills/points/").context["standing"].streak.length == 2


def test_a_rest_day_of_the_brigade_holds_for_its_squads(client):
    brigade = unit("一大队", unit("局"))
    one = drills.learner(unit("一中队", brigade))
    client.force_login(one.user)
    RestDay.objects.create(unit=brigade, on=clock.today(), by_name="甲", at=drills.NOON)
    states = [day.state for day in client.get("/drills/points/").context["standing"].week]
    assert states[4] == "rest"


def test_one_sets_and_takes_back_a_rest_day_of_ones_own(client, officer):
    client.post("/drills/points/rest/", {"day": "2026-11-25", "reason": "轮休"})
    rest = RestDay.objects.get(officer=officer)
    assert (rest.on, rest.reason) == (datetime.date(2026, 11, 25), "轮休")
    client.post(f"/drills/points/rest/{rest.pk}/")
    assert not RestDay.objects.exists()


@pytest.mark.parametrize("day", ["2026-11-19", "2027-06-01", "昨天", ""])
def test_a_rest_day_behind_or_far_ahead_is_refused_in_words(client, officer, day):
    page = client.post("/drills/points/rest/", {"day": day}, follow=True)
    assert "alert-bad" in page.text
    assert not RestDay.objects.exists()


def test_a_rest_day_of_somebody_else_does_not_exist_for_me(client, officer):
    other = RestDay.objects.create(officer=drills.learner(), on=clock.today(), by_name="乙", at=drills.NOON)
    assert client.post(f"/drills/points/rest/{other.pk}/").status_code == 404
    assert RestDay.objects.exists()


def test_a_leader_sets_a_rota_and_it_stands_in_the_audit_trail(client):
    squad = unit("一中队", unit("局"))
    client.force_login(staff(Role.LEADER, unit=squad))
    sent = {"unit": squad.pk, "first": "2026-11-21", "last": "2026-11-30", "every": 3, "reason": "三班倒"}
    assert client.post("/drills/manage/rest/", sent).status_code == 302
    assert [rest.on.day for rest in RestDay.objects.order_by("on")] == [21, 24, 27, 30]
    assert AuditRecord.objects.get(action="rest_set").subject_name == "一中队"
    rest = RestDay.objects.first()
    client.post(f"/drills/points/rest/{rest.pk}/")
    assert RestDay.objects.count() == 3


def test_a_leader_sets_no_rota_elsewhere(client):
    bureau = unit("局")
    client.force_login(staff(Role.LEADER, unit=unit("一中队", bureau)))
    other = unit("二中队", bureau)
    sent = {"unit": other.pk, "first": "2026-11-21", "last": "2026-11-22", "every": 1}
    assert client.post("/drills/manage/rest/", sent).status_code == 200
    assert not RestDay.objects.exists()


@pytest.mark.parametrize("query", ["", "?period=month", "?period=year&unit=1", "?period=nonsense"])
def test_the_boards_open_for_every_period(client, officer, query):
    unit_pk = officer.appointments.get().unit_id
    drills.take_all(drills.drill_set(officer))
    page = client.get("/drills/boards/" + query.replace("unit=1", f"unit={unit_pk}"))
    assert page.status_code == 200
    assert page.context["total"] == 6
    assert page.context["mine"].place == 1


@pytest.mark.parametrize("text", ["0", "x", "-1", "²", "9" * 30])
def test_a_unit_nobody_has_is_not_found(client, officer, text):
    assert client.get("/drills/boards/", {"unit": text}).status_code == 404


@pytest.mark.parametrize("address", ["/drills/points/", "/drills/boards/"])
def test_pages_cost_the_same_for_one_and_for_three(client, officer, address, django_assert_max_num_queries):
    for count in (1, 3):
        for _ in range(count):
            other = drills.learner(unit(f"中队{count}"))
            drills.take_all(drills.drill_set(other, drills.questions(1)))
        drills.take_all(
            drills.drill_set(officer, drills.questions(count)), at=clock.now() + drills.DAY / 24 * count
        )
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200
