"""Joining by code or QR, as a stranger and as an officer."""

import pytest
from django.core.cache import cache
from django.test import Client

from exams.contests.models import Seat
from exams.contests.queries import seats
from exams.contests.rules.seats import MOST_WRONG_CODES
from exams.contests.services import joining
from exams.contests.views import quiz_gate
from lianbing.kit import clock
from lianbing.people.rules import SYSTEM
from tests.factories import contests, people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_brake(at):
    """Nothing counted before, and a minute that does not end while a test counts."""
    cache.clear()
    with clock.pinned(at):
        yield
    cache.clear()


@pytest.fixture
def match(at):
    made = contests.match(teams=2)
    joining.lay_seats(match=made, by=SYSTEM, at=at)
    return made


@pytest.fixture
def hall(match):
    """The address in the QR code of the hall."""
    return f"/contests/join/{seats.gate(match).code}/"


@pytest.fixture
def team_seat(match):
    return seats.of_teams(match).filter(role="team").first()


def pad_of(match):
    return f"/contests/matches/{match.uid}/pad/"


def test_a_typed_code_leads_to_its_seat(client, team_seat):
    typed = f" {team_seat.code[:4].lower()} {team_seat.code[4:]}"
    response = client.post("/contests/join/", {"code": typed})
    assert response.url == f"/contests/join/{team_seat.code}/"
    assert team_seat.team.name in client.get(response.url).content.decode()


@pytest.mark.parametrize("typed", ["", "ABC", "0O1I00", "x" * 5000, "<script>"])
def test_what_is_no_code_is_said_so(client, typed):
    response = client.post("/contests/join/", {"code": typed})
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()


def test_a_stranger_joins_the_audience_and_comes_to_the_pad(client, match, hall):
    page = client.get(hall).content.decode()
    assert match.contest.title in page
    response = client.post(hall, {"name": "小李"})
    assert response.url == pad_of(match)
    cookie = response.cookies[f"contest_seat_{match.uid.hex}"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/contests/")
    assert "小李" in client.get(response.url).content.decode()


def test_a_phone_has_one_seat_in_the_audience(client, match, hall):
    client.post(hall, {"name": "小李"})
    assert client.get(hall).url == pad_of(match)
    assert client.post(hall, {"name": "小王"}).url == pad_of(match)
    assert seats.audience(match).count() == 1


def test_joining_costs_five_statements(client, hall, django_assert_max_num_queries):
    client.get(hall)
    with django_assert_max_num_queries(6):  # four, and the savepoint of the test's transaction
        client.post(hall, {"name": "小李"})


def test_a_seat_in_use_is_moved_only_when_one_says_so(client, match, team_seat):
    address, second = f"/contests/join/{team_seat.code}/", Client()
    client.post(address)
    page = second.get(address)
    assert page.context["seat"].secret
    assert second.post(address).status_code == 409
    assert client.get(pad_of(match)).status_code == 200
    seen = page.context["seat"].generation
    assert second.post(address, {"seen": seen}).url == pad_of(match)
    assert client.get(pad_of(match)).status_code == 403


@pytest.mark.parametrize("seen", ["", "-1", "9" * 30, "１", "x"])
def test_nonsense_moves_no_seat(client, match, team_seat, seen):
    address = f"/contests/join/{team_seat.code}/"
    Client().post(address)
    assert client.post(address, {"seen": seen}).status_code == 409


def test_an_officer_takes_the_own_seat_through_the_hall(client, match, hall):
    officer = people.officer(people.unit("一大队"))
    mine = seats.of_teams(match).filter(role="player").last()
    mine.player.officer = officer
    mine.player.save()
    client.force_login(officer.user)
    assert client.get(hall).context["own"] == mine
    assert client.post(hall, {"as": "player"}).url == pad_of(match)
    mine.refresh_from_db()
    assert mine.secret


def test_who_is_no_player_gets_no_seat_as_one(client, match, hall):
    client.force_login(people.officer(people.unit("一大队")).user)
    assert client.post(hall, {"as": "player"}).status_code == 409
    assert not Seat.objects.exclude(secret="").exists()


def test_a_withdrawn_phone_does_not_come_back_by_scanning(client, match, hall, at):
    client.post(hall, {"name": "捣蛋鬼"})
    joining.withdraw(seat=seats.audience(match).get(), by=SYSTEM, at=at)
    assert client.get(pad_of(match)).status_code == 403
    assert client.post(hall, {"name": "捣蛋鬼"}).status_code == 403
    assert seats.audience(match).count() == 1


def test_unknown_codes_are_slowed_down(client, team_seat):
    for _ in range(MOST_WRONG_CODES):
        assert client.get("/contests/join/ZZZZZZZZ/").status_code == 404
    assert client.get(f"/contests/join/{team_seat.code}/").status_code == 429
    other = client.get(f"/contests/join/{team_seat.code}/", REMOTE_ADDR="10.0.0.9")
    assert other.status_code == 200


def test_a_match_that_is_over_takes_nobody(client, match, hall, at):
    match.phase, match.started_at = "finished", at
    match.save()
    assert client.get(hall).context["over"]
    assert client.post(hall, {"name": "小李"}).status_code == 409
    assert seats.audience(match).count() == 0


def test_a_pad_without_a_seat_asks_for_a_code(client, match):
    response = client.get(pad_of(match))
    assert response.status_code == 403
    assert 'name="code"' in response.content.decode()


def test_the_pad_holds_a_ticket_and_no_code(client, match, team_seat):
    client.post(f"/contests/join/{team_seat.code}/")
    page = client.get(pad_of(match)).content.decode()
    assert f'data-room-url="/ws/contests/{match.uid}/"' in page
    assert "data-ticket=" in page
    assert team_seat.code not in page


def test_opening_the_pad_costs_one_statement(client, match, team_seat, django_assert_max_num_queries):
    client.post(f"/contests/join/{team_seat.code}/")
    with django_assert_max_num_queries(1):
        client.get(pad_of(match))


def test_who_tries_codes_in_the_hall_keeps_nobody_out_of_it(client, hall, team_seat):
    for _ in range(MOST_WRONG_CODES):
        client.get("/contests/join/ZZZZZZZZ/")
    assert client.get(hall).status_code == 200
    assert client.post(hall, {"name": "小李"}).status_code == 302
    assert client.get(f"/contests/join/{team_seat.code}/").status_code == 429


def test_one_address_does_not_take_all_seats_at_once(match, hall, monkeypatch):
    monkeypatch.setitem(quiz_gate.MOST_A_MINUTE, "seat", 3)
    codes = [Client().post(hall, {"name": "小李"}).status_code for _ in range(5)]
    assert codes == [302, 302, 302, 429, 429]
    assert seats.audience(match).count() == 3
    assert Client(REMOTE_ADDR="10.0.0.9").post(hall, {"name": "小王"}).status_code == 302
