"""Questions of a match: from the pool for contests, never one reserved for exams, none twice, locked at the start."""

import pytest
from django.db import DatabaseError, transaction

from exams.contests.models import Match
from exams.contests.queries import items as reading
from exams.contests.services import items as service
from exams.contests.services.refusals import AuthoringRefused
from lianbing.people.rules import Role
from question_bank.models import Question
from tests.factories import contests, exams, people

pytestmark = pytest.mark.django_db
AT = contests.NOON


@pytest.fixture
def bureau():
    return people.unit("市局")


@pytest.fixture
def by(bureau):
    return people.actor(people.staff(Role.TRAINER, unit=bureau))


@pytest.fixture
def match(bureau):
    return contests.match(contests.contest(unit=bureau, bank=exams.bank()), teams=3)


def _write(count, pool="contest", kind="single_choice"):
    made = [exams.question(kind=kind) for _ in range(count)]
    Question.objects.filter(versions__in=made).update(pool=pool)
    return made


def _draw(match, by):
    return service.draw_items(match=match, by=by, at=AT, seed=b"seed")


def test_a_match_gets_what_its_rules_ask_with_spares(match, by):
    _write(120)
    assert _draw(match, by) == []
    rows = reading.laid_out(match)
    assert [(one.kind, len(one.asked), one.missing) for one in rows] == [
        ("compulsory", 9, 0),
        ("team", 3, 0),
        ("buzzer", 30, 0),
        ("risk", 9, 0),
        ("sudden_death", 0, 0),
    ]
    assert [len(one.spares) for one in rows] == [3, 2, 8, 3, 5]
    assert sorted({row.value for row in rows[3].asked}) == [10, 20, 30]
    assert match.items.values("version").distinct().count() == match.items.count()


def test_a_reserved_question_is_never_reached(match, by):
    reserved = {one.pk for one in _write(40, pool="exam")}
    _write(10)
    lacking = _draw(match, by)
    assert lacking
    assert not reserved & set(match.items.values_list("version_id", flat=True))
    assert match.items.count() == 10


def test_questions_open_to_drills_come_in_where_the_contest_says_so(match, by):
    _write(120, pool="drill")
    assert len(reading.stock_of(match.contest, AT, match)) == 0
    match.contest.uses_drill_pool = True
    match.contest.save()
    assert _draw(match, by) == []


def test_what_another_match_of_the_contest_asks_is_left_out(match, by):
    _write(100)
    _draw(match, by)
    other = contests.match(match.contest, teams=2)
    _draw(other, by)
    first, second = (set(one.items.values_list("version_id", flat=True)) for one in (match, other))
    assert not first & second


def test_a_question_is_swapped_for_one_that_is_not_there_yet(match, by):
    _write(120)
    _draw(match, by)
    item = match.items.first()
    before = set(match.items.values_list("version_id", flat=True))
    service.swap(item=item, by=by, at=AT)
    item.refresh_from_db()
    assert item.version_id not in before


def test_without_another_question_a_swap_is_refused(match, by):
    _write(5)
    _draw(match, by)
    with pytest.raises(AuthoringRefused):
        service.swap(item=match.items.first(), by=by, at=AT)


def test_once_started_the_questions_stand(match, by):
    _write(120)
    _draw(match, by)
    Match.objects.filter(pk=match.pk).update(started_at=AT, phase="running")
    item = match.items.select_related("match__contest__unit").first()
    with pytest.raises(AuthoringRefused):
        _draw(match, by)
    with pytest.raises(AuthoringRefused):
        service.swap(item=item, by=by, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        match.items.update(round=0)


def test_who_plays_lays_out_no_questions(match, bureau):
    officer = people.officer(bureau)
    people.grant(officer.user, Role.TRAINER, unit=bureau)
    player = match.entries.first().team.players.first()
    player.officer = officer
    player.save()
    _write(120)
    with pytest.raises(AuthoringRefused):
        _draw(match, people.actor(officer.user))
    assert match.items.count() == 0


def test_a_contest_without_a_bank_draws_nothing(match, by):
    match.contest.bank = None
    match.contest.save()
    with pytest.raises(AuthoringRefused):
        _draw(match, by)
