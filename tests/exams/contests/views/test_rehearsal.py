"""The rehearsal page: the list for the host, the measuring page for a seat, and nobody else."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from exams.contests.rules.seats import secret_of
from exams.contests.services import rehearsal as trying
from lianbing.kit import clock
from tests.factories import contests

pytestmark = pytest.mark.django_db


@pytest.fixture
def match():
    made = contests.match(teams=3)
    for entry in made.entries.all():
        contests.seat(made, "team", team=entry.team)
    return made


def address(match, name="rehearsal"):
    return reverse(f"contests:{name}", args=[match.uid])


def as_host(match):
    client = Client()
    client.force_login(contests.staff(match.contest, "host"))
    return client


def as_pad(match, token="phone"):
    client = Client()
    seat = match.seats.order_by("pk").first()
    seat.secret = secret_of(token)
    seat.save()
    client.cookies[f"contest_seat_{match.uid.hex}"] = token
    return client


def test_the_host_sees_which_pad_is_unfit_and_why(match):
    far = match.seats.order_by("pk").first()
    heard = trying.Heard(minimum_ms=420, median_ms=431, jitter_ms=8)
    trying.record(seat=far.pk, heard=heard, at=clock.now())
    text = as_host(match).get(address(match)).content.decode()
    assert far.team.name in text
    assert "420" in text
    assert "badge-bad" in text
    assert text.count("badge-muted") == 2


def test_the_list_alone_comes_for_the_refresh(match):
    text = as_host(match).get(address(match), {"list": "part"}).content.decode()
    assert text.startswith('<div id="pads"')
    assert "<html" not in text


def test_a_pad_gets_its_measuring_page_with_a_ticket(match):
    text = as_pad(match).get(address(match)).content.decode()
    assert "data-ticket=" in text
    assert f"/ws/contests/{match.uid}/" in text


def test_who_holds_no_seat_is_asked_for_a_code(match):
    text = Client().get(address(match)).content.decode()
    assert "data-ticket" not in text
    assert 'id="pads"' not in text


def test_a_judge_sees_no_list_and_opens_no_trial(match):
    client = Client()
    client.force_login(contests.staff(match.contest, "judge"))
    assert 'id="pads"' not in client.get(address(match)).content.decode()
    told = client.post(address(match, "rehearsal_trial"))
    assert (told.status_code, told["location"]) == (302, address(match))
    assert [str(one) for one in get_messages(told.wsgi_request)]


def test_a_match_without_seats_says_what_to_do_first():
    empty = contests.match(teams=1)
    assert "empty" in as_host(empty).get(address(empty)).content.decode()


@pytest.mark.parametrize("teams", [1, 3])
def test_the_list_costs_the_same_for_one_pad_and_for_three(teams, django_assert_max_num_queries):
    made = contests.match(teams=teams)
    for entry in made.entries.all():
        contests.seat(made, "team", team=entry.team)
    client = as_host(made)
    with django_assert_max_num_queries(10):
        client.get(address(made), {"list": "part"})
