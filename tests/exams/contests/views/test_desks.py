"""The host's desk, the judges' desk and the big screen: who gets in, and what the pages carry."""

import json
import re

import pytest

from exams.contests.models import Seat
from exams.contests.services import joining, tickets
from lianbing.people.rules import SYSTEM
from tests.factories import contests, people

pytestmark = pytest.mark.django_db
PAGES = ("host", "judge", "screen")
ALLOWED = {
    "host": {"host", "screen"},
    "judge": {"judge", "screen"},
    "chief_referee": {"judge", "screen"},
}


@pytest.fixture
def match():
    return contests.match(teams=2)


def address(match, name):
    return f"/contests/matches/{match.uid}/{name}/"


def opened(client, match, name, *roles, **fields):
    client.force_login(contests.staff(match.contest, *roles, **fields))
    return client.get(address(match, name))


@pytest.mark.parametrize("role", ALLOWED)
@pytest.mark.parametrize("name", PAGES)
def test_each_role_opens_its_own_desk(client, match, role, name):
    expected = 200 if name in ALLOWED[role] else 403
    assert opened(client, match, name, role).status_code == expected


@pytest.mark.parametrize("name", PAGES)
def test_an_officer_and_the_staff_of_another_contest_stay_outside(client, match, name):
    client.force_login(people.officer(people.unit("外局")).user)
    assert client.get(address(match, name)).status_code == 403
    client.force_login(contests.staff(contests.contest(title="另一场"), "host", "judge"))
    assert client.get(address(match, name)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_a_desk_is_only_read_over_get(client, match, name):
    client.force_login(contests.staff(match.contest, "host", "judge"))
    assert client.post(address(match, name)).status_code == 405


def test_the_seat_of_a_desk_is_made_once_and_its_ticket_is_for_it(client, match):
    page = opened(client, match, "host", "host").content.decode()
    client.get(address(match, "host"))
    seat = Seat.objects.get(match=match, role="host")
    ticket = re.search(r'data-ticket="([^"]+)"', page)[1]
    assert tickets.read(ticket, match=match.uid).seat == seat.pk


def test_the_screen_shows_the_rules_in_words_and_the_way_in(client, match, at):
    joining.lay_seats(match=match, by=SYSTEM, at=at)
    response = opened(client, match, "screen", "host")
    assert len(response.context["rules"]) > 3
    assert response.context["join"]["code"] in response.content.decode()
    assert "<svg" in response.context["join"]["svg"]


def test_the_screen_stands_without_a_gate_and_with_rules_that_cannot_be_read(client, match):
    match.contest.rulebook = {"rounds": "?"}
    match.contest.save()
    response = opened(client, match, "screen", "host")
    assert response.status_code == 200
    assert (response.context["rules"], response.context["join"]) == ([], None)


def test_a_judge_is_told_which_teams_are_of_the_own_unit(client):
    _bureau, first, second = contests.units()
    contest = contests.contest()
    own, other = (contests.team(contest, unit=unit) for unit in (first, second))
    match = contests.match(of=contest, teams=[own, other])
    page = opened(client, match, "judge", "judge", unit=first).content.decode()
    barred = json.loads(re.search(r'<script id="barred" type="application/json">(.*?)</script>', page)[1])
    assert list(barred) == ["1"]
    assert own.name in barred["1"]


@pytest.mark.parametrize("teams", [1, 8])
def test_a_desk_costs_the_same_however_many_teams_there_are(client, django_assert_max_num_queries, teams):
    match = contests.match(teams=teams)
    user = contests.staff(match.contest, "host", "judge")
    client.force_login(user)
    client.get(address(match, "judge"))
    with django_assert_max_num_queries(15):
        client.get(address(match, "judge"))
