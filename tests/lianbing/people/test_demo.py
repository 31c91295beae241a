"""The demo's first chapter."""

import datetime

import pytest

from lianbing.kit.demo import Story
from lianbing.people.demo import people
from lianbing.people.models import Appointment, Officer, Unit, User
from lianbing.people.rules import LEARNERS, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(at):
    told = Story(today=datetime.date(2026, 11, 20), now=at)
    people(told)
    return told


def test_the_bureau_has_its_people(story):
    counts = {c: Officer.objects.filter(category=c).count() for c in ("officer", "auxiliary", "civilian")}
    assert counts == {"officer": 60, "auxiliary": 20, "civilian": 10}
    assert max(Unit.objects.values_list("depth", flat=True)) == 4
    assert len({o.name for o in story.data["officers"]}) == 80


def test_one_login_for_each_role_of_the_contract(story, client):
    wanted = {str(role) for role in Role if role is not Role.CIVILIAN}
    assert {login["role"] for login in story.data["logins"]} == wanted
    for login in story.data["logins"]:
        response = client.post("/sign-in/", {"username": login["username"], "password": login["password"]})
        assert response.url == "/"
        assert Role(login["role"]) in story.data["actors"][Role(login["role"])].roles
        client.logout()


def test_everybody_is_marked_as_demo_and_serves_somewhere(story):
    assert not User.objects.filter(is_demo=False).exists()
    today = story.today
    serving = Appointment.objects.filter(starts_on__lte=today, ends_on=None)
    assert serving.count() == 90


def test_nobody_lacks_a_learner_role(story):
    assert all(actor.roles & LEARNERS for actor in story.data["actors"].values())


def test_one_move_was_entered_late(story):
    late = [
        a for a in Appointment.objects.exclude(reason="") if (a.recorded_at.date() - a.starts_on).days > 7
    ]
    assert len(late) == 1
