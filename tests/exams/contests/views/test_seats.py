"""The desk of seats: for hosts and organisers, with sheets to print."""

import pytest

from exams.contests.models import Seat
from exams.contests.queries import seats
from exams.contests.rules.seats import spaced
from exams.contests.services import joining
from lianbing.people.rules import Role
from tests.factories import contests, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def match():
    return contests.match(teams=2)


@pytest.fixture
def host(client, match):
    client.force_login(contests.staff(match.contest, "host"))
    return client


@pytest.fixture
def desk(match):
    return f"/contests/matches/{match.uid}/seats/"


def test_the_host_makes_the_seats_and_sees_their_codes(host, match, desk):
    assert host.get(desk).context["gate"] is None
    assert host.post(desk).url == desk
    page = host.get(desk).content.decode()
    assert all(spaced(seat.code) in page for seat in match.seats.all())


def test_a_game_of_the_whole_room_asks_for_no_teams(client):
    game = contests.match(contests.contest(contests.preset("classroom")), teams=0)
    client.force_login(contests.staff(game.contest, "host"))
    desk = f"/contests/matches/{game.uid}/seats/"
    client.post(desk)
    page = client.get(desk).content.decode()
    assert spaced(game.seats.get().code) in page
    assert 'class="empty"' not in page
    assert "/rehearsal/" not in page


@pytest.mark.parametrize("path", ["", "sheets/"])
def test_a_judge_and_an_officer_see_no_codes(client, match, desk, path):
    for user in (contests.staff(match.contest, "judge"), people.officer(people.unit("外局")).user):
        client.force_login(user)
        assert client.get(desk + path).status_code == 403


def test_an_organiser_of_another_bureau_sees_no_codes(client, match, desk):
    client.force_login(people.staff(Role.EXAM_ADMINISTRATOR, unit=people.unit("外局")))
    assert client.get(desk).status_code == 403


def test_sheets_hold_a_picture_for_every_seat(host, match, desk):
    host.post(desk)
    page = host.get(f"{desk}sheets/").content.decode()
    assert page.count('class="qr"') == match.seats.count()
    team = match.entries.first().team
    one = host.get(f"{desk}sheets/?team={team.pk}").content.decode()
    assert one.count('class="qr"') == 4
    assert host.get(f"{desk}sheets/?team=x").status_code == 200


def test_withdrawing_asks_first(host, match, desk):
    host.post(desk)
    seat = seats.of_teams(match).first()
    address = f"/contests/seats/{seat.pk}/withdraw/"
    assert host.get(address).status_code == 200
    assert Seat.objects.get(pk=seat.pk).withdrawn_at is None
    assert host.post(address).url == desk
    assert Seat.objects.get(pk=seat.pk).withdrawn_at is not None


def test_a_new_code_is_told_once(host, match, desk):
    host.post(desk)
    seat = seats.of_teams(match).first()
    page = host.post(f"/contests/seats/{seat.pk}/reissue/", follow=True).content.decode()
    fresh = Seat.objects.get(pk=seat.pk).code
    assert fresh != seat.code
    assert spaced(fresh) in page


def test_nobody_in_the_audience_gets_a_code(host, match, desk, at):
    host.post(desk)
    held = joining.join_audience(code=seats.gate(match).code, name="小李", at=at)
    assert host.get(f"/contests/seats/{held.seat.pk}/reissue/").status_code == 404
    assert host.post(f"/contests/seats/{held.seat.pk}/withdraw/").url == desk


@pytest.mark.parametrize("action", ["withdraw", "reissue"])
def test_strangers_change_no_seat(client, match, desk, host, action):
    host.post(desk)
    seat = seats.of_teams(match).first()
    client.force_login(people.officer(people.unit("外局")).user)
    assert client.post(f"/contests/seats/{seat.pk}/{action}/").status_code == 403


def test_the_desk_costs_the_same_for_few_and_many(client, django_assert_max_num_queries, at):
    for teams in (1, 3):
        match = contests.match(contests.contest(unit=people.unit(f"局{teams}")), teams=teams)
        client.force_login(contests.staff(match.contest, "host"))
        client.post(f"/contests/matches/{match.uid}/seats/")
        contests.audience(match, teams)
        with django_assert_max_num_queries(11):
            client.get(f"/contests/matches/{match.uid}/seats/")
