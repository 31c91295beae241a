"""Taking seats: the audience's gate, one phone on each seat, dead phones replaced, codes renewed."""

import datetime

import pytest

from exams.contests import ports
from exams.contests.models import Seat
from exams.contests.queries import seats
from exams.contests.rules.seats import secret_of
from exams.contests.services import joining
from exams.contests.services.joining import JoinRefused
from lianbing.kit.models import AuditRecord
from lianbing.people.rules import NOBODY, SYSTEM
from tests.factories import contests

pytestmark = pytest.mark.django_db
LATER = datetime.timedelta(minutes=5)


@pytest.fixture
def match(at):
    """A match of two teams of three with its seats."""
    made = contests.match(teams=2)
    joining.lay_seats(match=made, by=SYSTEM, at=at)
    return made


@pytest.fixture
def ended(monkeypatch):
    """Which seats were told to end."""
    told = []
    monkeypatch.setattr(ports, "_seat_enders", [lambda uid, pk: told.append(pk)])
    return told


def pad(match):
    return seats.of_teams(match).filter(role="team").first()


def test_a_match_gets_a_gate_and_a_seat_for_every_team_and_player(match, at):
    roles = list(match.seats.values_list("role", flat=True))
    assert [roles.count(role) for role in ("audience", "team", "player")] == [1, 2, 6]
    assert len(seats.gate(match).code) == 6
    assert {len(seat.code) for seat in seats.of_teams(match)} == {8}
    assert joining.lay_seats(match=match, by=SYSTEM, at=at) == 0


def test_a_team_that_leaves_the_stage_loses_its_seats(match, at, ended, django_capture_on_commit_callbacks):
    gone = match.entries.get(seat=2)
    gone.delete()
    with django_capture_on_commit_callbacks(execute=True):
        joining.lay_seats(match=match, by=SYSTEM, at=at)
    assert set(seats.of_teams(match).values_list("team", flat=True)) == {match.entries.get().team_id}
    assert len(ended) == 4


def test_a_team_can_be_deleted_once_its_seats_are(match):
    team = match.entries.get(seat=2).team
    joining.drop_seats(team=team)
    match.entries.filter(team=team).delete()
    team.delete()
    assert match.seats.exclude(role="audience").count() == 4


def test_somebody_in_the_audience_sits_under_a_nickname(match, at):
    held = joining.join_audience(code=seats.gate(match).code, name=" 小李 ", at=at)
    assert (held.seat.name, held.seat.code, held.seat.taken_at) == ("小李", "", at)
    assert seats.of_phone(match.uid, held.token) == held.seat


def test_without_a_nickname_one_sits_under_a_number(match, at):
    code = seats.gate(match).code
    names = [joining.join_audience(code=code, name="\u200b", at=at).seat.name for _ in range(2)]
    assert len(set(names)) == 2
    assert names[1].endswith("2")


def test_the_audience_is_limited(match, at, monkeypatch):
    monkeypatch.setattr(joining, "MOST_AUDIENCE", 1)
    code = seats.gate(match).code
    joining.join_audience(code=code, name="", at=at)
    with pytest.raises(JoinRefused, match="full"):
        joining.join_audience(code=code, name="", at=at)
    assert seats.audience(match).count() == 1


def test_joining_the_audience_costs_three_statements(match, at, django_assert_max_num_queries):
    code = seats.gate(match).code
    with django_assert_max_num_queries(5):  # three, and the savepoint of the test's transaction
        joining.join_audience(code=code, name="小李", at=at)


@pytest.mark.parametrize("phase", ["finished", "confirmed"])
def test_nobody_sits_down_at_a_match_that_is_over(match, at, phase):
    match.phase, match.started_at = phase, at
    match.save()
    with pytest.raises(JoinRefused, match="over"):
        joining.join_audience(code=seats.gate(match).code, name="", at=at)
    with pytest.raises(JoinRefused, match="over"):
        joining.take(seat=pad(match), seen=None, by=NOBODY, at=at)


def test_of_two_phones_that_reach_for_a_free_seat_one_gets_it(match, at):
    one, other = pad(match), pad(match)  # both saw it free
    held = joining.take(seat=one, seen=None, by=NOBODY, at=at)
    with pytest.raises(JoinRefused, match="taken"):
        joining.take(seat=other, seen=None, by=NOBODY, at=at)
    assert Seat.objects.get(pk=one.pk).secret == secret_of(held.token)


def test_of_two_phones_that_move_a_seat_one_gets_it(match, at):
    joining.take(seat=pad(match), seen=None, by=NOBODY, at=at)
    one, other = pad(match), pad(match)
    held = joining.take(seat=one, seen=one.generation, by=NOBODY, at=at)
    with pytest.raises(JoinRefused, match="taken"):
        joining.take(seat=other, seen=other.generation, by=NOBODY, at=at)
    assert seats.of_phone(match.uid, held.token).pk == one.pk


def test_a_dead_phone_is_replaced_and_falls_out(match, at, ended, django_capture_on_commit_callbacks):
    dead = joining.take(seat=pad(match), seen=None, by=NOBODY, at=at)
    again = pad(match)
    with django_capture_on_commit_callbacks(execute=True):
        fresh = joining.take(seat=again, seen=again.generation, by=NOBODY, at=at + LATER)
    assert seats.of_phone(match.uid, dead.token) is None
    assert seats.of_phone(match.uid, fresh.token).pk == dead.seat.pk
    assert ended == [dead.seat.pk]
    assert list(AuditRecord.objects.filter(action__startswith="seat_").values_list("action", flat=True)) == [
        "seat_taken",
        "seat_moved",
    ]


def test_a_phone_that_takes_another_seat_frees_its_own(match, at):
    first, second = seats.of_teams(match).filter(role="team")
    held = joining.take(seat=first, seen=None, by=NOBODY, at=at)
    joining.take(seat=second, seen=None, by=NOBODY, at=at, leaving=held.seat)
    first.refresh_from_db()
    assert (first.secret, first.taken_at) == ("", None)


def test_a_withdrawn_seat_is_taken_by_nobody(match, at, ended, django_capture_on_commit_callbacks):
    held = joining.take(seat=pad(match), seen=None, by=NOBODY, at=at)
    with django_capture_on_commit_callbacks(execute=True):
        assert joining.withdraw(seat=held.seat, by=SYSTEM, at=at)
    assert not joining.withdraw(seat=held.seat, by=SYSTEM, at=at)
    assert seats.by_code(held.seat.code) is None
    with pytest.raises(JoinRefused, match="taken"):
        joining.take(seat=held.seat, seen=None, by=NOBODY, at=at)
    assert ended == [held.seat.pk]


def test_a_new_code_ends_the_old_one_and_the_phone(match, at):
    held = joining.take(seat=pad(match), seen=None, by=NOBODY, at=at)
    joining.withdraw(seat=held.seat, by=SYSTEM, at=at)
    old = held.seat.code
    fresh = joining.reissue(seat=held.seat, by=SYSTEM, at=at)
    assert seats.by_code(old) is None
    assert seats.by_code(fresh.code) == fresh
    assert seats.of_phone(match.uid, held.token) is None


def test_the_gate_gets_a_short_code_again(match, at):
    gate = seats.gate(match)
    old = gate.code
    fresh = joining.reissue(seat=gate, by=SYSTEM, at=at)
    assert len(fresh.code) == 6
    assert fresh.code != old


def test_a_withdrawn_phone_leaves_its_place_in_the_audience_to_another(match, at, monkeypatch):
    monkeypatch.setattr(joining, "MOST_AUDIENCE", 1)
    code = seats.gate(match).code
    gone = joining.join_audience(code=code, name="", at=at).seat
    joining.withdraw(seat=gone, by=SYSTEM, at=at)
    assert joining.join_audience(code=code, name="", at=at).seat.name != gone.name
